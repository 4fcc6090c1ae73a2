"""The rehearsal server itself: as strict as the real ones, and honest in its count."""

import http.client
import json
import subprocess
import sys
import threading

import pytest

from assignments.generation.errors import RateLimited
from assignments.generation.providers.base import ImageRequest
from assignments.generation.rehearsal import art
from assignments.generation.rehearsal.limit import RateLimit
from assignments.generation.rehearsal.multipart import read_parts

from .conftest import KEY, MODEL, openai_provider
from .fake_server import Fault, RehearsalConfig, RehearsalControl, RehearsalServer

GOOD = {"model": MODEL, "prompt": "a dog", "size": "1536x864"}


def call(
    server: RehearsalServer,
    method: str = "POST",
    path: str = "/v1/images/generations",
    body: object = None,
    key: str = KEY,
    content_type: str = "application/json",
) -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    raw = body if isinstance(body, bytes) else json.dumps(GOOD if body is None else body).encode()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": content_type}
    connection.request(method, path, raw, headers)
    answer = connection.getresponse()
    content = json.loads(answer.read())
    connection.close()
    return answer.status, content


def test_a_right_request_is_drawn(server: RehearsalServer) -> None:
    status, content = call(server)
    assert status == 200
    assert len(content["data"]) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code", "parameter"),
    [
        ({"temperature": 1}, "unknown_parameter", "temperature"),
        ({"seed": 1}, "unknown_parameter", "seed"),
        ({"response_format": "b64_json"}, "unknown_parameter", "response_format"),
        ({"model": "dall-e-3"}, "model_not_found", "model"),
        ({"prompt": " "}, "missing_required_parameter", "prompt"),
        ({"prompt": "a" * 32_001}, "string_above_max_length", "prompt"),
        ({"n": 0}, "invalid_value", "n"),
        ({"n": 11}, "invalid_value", "n"),
        ({"n": "2"}, "invalid_value", "n"),
        ({"n": True}, "invalid_value", "n"),
        ({"quality": "hd"}, "invalid_value", "quality"),
        ({"size": "1024x576"}, "invalid_value", "size"),  # too few pixels
        ({"size": "4096x2304"}, "invalid_value", "size"),  # too many
        ({"size": "1530x864"}, "invalid_value", "size"),  # not in sixteens
        ({"size": "3072x512"}, "invalid_value", "size"),  # more than 3:1
        ({"size": "wide"}, "invalid_value", "size"),
        ({"safety_identifier": "x" * 65}, "string_above_max_length", "safety_identifier"),
    ],
)
def test_a_wrong_request_is_refused(
    server: RehearsalServer, changes: dict[str, object], code: str, parameter: str
) -> None:
    status, content = call(server, body=GOOD | changes)
    error = content["error"]
    assert (status, error["code"], error["param"]) == (400, code, parameter)  # type: ignore[index]
    assert server.counters()["pictures"] == 0


@pytest.mark.parametrize(
    ("method", "path", "key", "status"),
    [
        ("POST", "/v1/images/generations", "wrong", 401),
        ("POST", "/v1/images/generations", "", 401),
        ("GET", "/v1/images/generations", KEY, 405),
        ("POST", "/v1/models", KEY, 405),
        ("POST", "/v1/images/variations", KEY, 404),
        ("POST", "/images/generations", KEY, 404),
        ("POST", "/openai/v1/moderations", KEY, 404),
        ("POST", f"/openai/deployments/{MODEL}/images/generations", KEY, 404),  # no api-version
        ("POST", f"/openai/deployments/{MODEL}/images/generations?api-version=1", KEY, 401),  # not a bearer's
        ("POST", "/_control/nothing", KEY, 404),
    ],
)
def test_a_wrong_key_method_or_address_is_refused(
    server: RehearsalServer, method: str, path: str, key: str, status: int
) -> None:
    assert call(server, method, path, key=key)[0] == status


@pytest.mark.parametrize(
    ("body", "content_type"),
    [(b"{", "application/json"), (b"[]", "application/json"), (b"{}", "text/plain")],
)
def test_a_body_must_be_json(server: RehearsalServer, body: bytes, content_type: str) -> None:
    assert call(server, body=body, content_type=content_type)[0] == 400


def form(fields: dict[str, bytes]) -> bytes:
    pieces = [
        b'--edge\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), data)
        for name, data in fields.items()
    ]
    return b"".join(pieces) + b"--edge--\r\n"


TEXTS = {"model": MODEL.encode(), "prompt": b"a dog", "size": b"1536x864"}


@pytest.mark.parametrize(
    ("fields", "parameter"),
    [
        (TEXTS, "image"),
        (TEXTS | {"image": b"no picture"}, "image"),
        (
            TEXTS | {"image": art.draw_png(1536, 864, 1), "mask": art.draw_png(1536, 864, 1)},
            "mask",
        ),  # no alpha
        (TEXTS | {"image": art.draw_png(1536, 864, 1), "strength": b"1"}, "strength"),
        (TEXTS | {"image": art.draw_png(1536, 864, 1), "size": b"1x1"}, "size"),
    ],
)
def test_a_wrong_edit_is_refused(server: RehearsalServer, fields: dict[str, bytes], parameter: str) -> None:
    status, content = call(
        server, path="/v1/images/edits", body=form(fields), content_type="multipart/form-data; boundary=edge"
    )
    assert (status, content["error"]["param"]) == (400, parameter)  # type: ignore[index]


def test_a_form_survives_bytes_that_look_like_its_own() -> None:
    data = b"\r\n--edg\r\n\r\n--\r\nedge\n\r"
    parts = read_parts("multipart/form-data; boundary=edge", form({"image": data, "n": b"1"}))
    assert [(part.name, part.data) for part in parts] == [("image", data), ("n", b"1")]
    with pytest.raises(ValueError, match="boundary"):
        read_parts("multipart/form-data", b"")


def test_the_limit_is_a_true_one() -> None:
    now = [0.0]
    limit = RateLimit(60, burst=2, clock=lambda: now[0])
    assert [limit.take() for _ in range(3)] == [0.0, 0.0, 1.0]
    now[0] = 0.99
    assert limit.take() == pytest.approx(0.01)
    now[0] = 1.0
    assert limit.take() == 0.0
    now[0] = 100.0
    assert [limit.take(), limit.take()] == [0.0, 0.0]
    assert limit.take(2) == 1.0
    assert limit.left() == (0, 2.0)
    now[0] = 101.5
    assert limit.left() == (1, 0.5)
    now[0] = 200.0
    assert limit.left() == (2, 0.0)


def test_jitter_lets_a_request_come_early_but_not_more_of_them() -> None:
    now = [0.0]
    limit = RateLimit(60, jitter_seconds=0.2, clock=lambda: now[0])
    taken = 0
    for step in range(600):
        now[0] = step / 10
        taken += limit.take() == 0.0
    assert taken in {60, 61}  # the last may have come early for the next minute's slot


def test_too_fast_is_429_with_the_time_to_wait() -> None:
    slow = RehearsalConfig(limit=2)
    with RehearsalServer(slow) as server:
        provider = openai_provider(server)
        rate = provider.generate(ImageRequest(MODEL, "a dog")).rate
        assert (rate.limit, rate.remaining) == (2, 0)
        assert 0 < (rate.reset_seconds or 0) <= 30
        with pytest.raises(RateLimited) as caught:
            provider.generate(ImageRequest(MODEL, "a dog"))
        wait = caught.value.retry_after_seconds
        assert wait is not None
        assert 0 < wait <= 30
        server.configure(slow)  # as if that time had passed
        provider.generate(ImageRequest(MODEL, "a dog"))
        counters = server.counters()
        assert (counters["pictures"], counters["throttled"]) == (2, 1)


def test_the_count_is_that_of_what_was_drawn(server: RehearsalServer) -> None:
    provider = openai_provider(server)
    provider.generate(ImageRequest(MODEL, "a dog", count=3, pseudonym="a"))
    server.script(Fault("server_error"), Fault("reset", is_drawn=True))
    for pseudonym in ("b", "c"):
        with pytest.raises(Exception, match=r"500|reset"):
            provider.generate(ImageRequest(MODEL, "a dog", pseudonym=pseudonym))
    counters = server.counters()
    assert counters["by_pseudonym"] == {"a": 3, "c": 1}
    assert (counters["pictures"], counters["calls"], counters["requests"]) == (4, 3, 3)
    assert [drawing["pictures"] for drawing in counters["drawings"]] == [3, 1]


def test_latency_is_the_same_at_each_run_of_a_seed(server: RehearsalServer) -> None:
    server.configure(RehearsalConfig(latency_seconds=(1, 3), seed=5))
    first = [server.latency_of(number) for number in range(20)]
    assert first == [server.latency_of(number) for number in range(20)]
    assert all(1 <= seconds <= 3 for seconds in first)
    assert len(set(first)) == 20


def test_no_picture_is_drawn_twice() -> None:
    assert len({art.draw_png(1536, 864, number) for number in range(200)}) == 200


def test_a_fault_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="earthquake"):
        Fault("earthquake")


def test_another_process_serves_and_is_steered() -> None:
    command = [
        sys.executable,
        "-m",
        "tests.providers.fake_server",
        "--port",
        "0",
        "--limit",
        "6000",
        "--burst",
        "10",
        "--seed",
        "1",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            control = RehearsalControl(address)
            control.configure(latency_seconds=[0.01, 0.02], unknown_parameters=["quality"])
            control.script(Fault("html", times=2))
            server_port = int(address.rpartition(":")[2])
            results: list[int] = []

            def press() -> None:
                connection = http.client.HTTPConnection("127.0.0.1", server_port, timeout=60)
                headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
                connection.request("POST", "/v1/images/generations", json.dumps(GOOD), headers)
                results.append(len(connection.getresponse().read()))
                connection.close()

            for _ in range(3):
                thread = threading.Thread(target=press)
                thread.start()
                thread.join()
            counters = control.counters()
            assert (counters["calls"], counters["pictures"], counters["faults_left"]) == (3, 1, 0)
            assert results[0] < 100 < results[2]
            assert "a dog" in control.requests()[0]["raw"]
            control.reset()
            assert control.counters()["calls"] == 0
            with pytest.raises(ValueError, match="earthquake"):
                control._ask("POST", "faults", {"faults": [{"kind": "earthquake"}]})
        finally:
            process.terminate()
        assert process.wait(timeout=60) == 0

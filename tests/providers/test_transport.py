"""One deadline, a cap on bytes, and the address that was checked: against a server that tries."""

import socket
import threading
import time
import tracemalloc

import pytest

from assignments.generation.errors import (
    AddressForbidden,
    ConnectionLost,
    OversizedAnswer,
    TimedOut,
    Unreachable,
)
from assignments.generation.providers.base import Address, ImageRequest, Provider, SourceImage
from assignments.generation.providers.openai import OpenAIProvider

from .conftest import KEY, MODEL
from .fake_server import Fault, RehearsalConfig, RehearsalServer


def ask(**changes: object) -> ImageRequest:
    return ImageRequest(model=MODEL, prompt="a dog", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [Fault("hang"), Fault("drip", seconds=0.1)], ids=lambda fault: fault.kind)
def test_the_deadline_holds_for_the_whole_call(
    fault: Fault, openai: Provider, server: RehearsalServer
) -> None:
    server.script(fault)
    began = time.monotonic()
    with pytest.raises(TimedOut) as caught:
        openai.generate(ask(deadline_seconds=1.5))
    assert 1.4 < time.monotonic() - began < 60, "the server would have gone on for minutes"
    assert caught.value.is_billed


def test_the_deadline_holds_against_a_server_that_reads_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        provider = OpenAIProvider(
            Address(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", KEY, is_private_allowed=True)
        )
        began = time.monotonic()
        with pytest.raises(TimedOut):
            provider.edit(ask(source=SourceImage(b"x" * 30_000_000), deadline_seconds=2))
        assert time.monotonic() - began < 60


def test_a_server_that_hangs_up_without_a_word_may_have_drawn() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def hang_up() -> None:
            connection, _ = listener.accept()
            connection.recv(65_536)
            connection.close()

        threading.Thread(target=hang_up, daemon=True).start()
        provider = OpenAIProvider(
            Address(f"http://127.0.0.1:{listener.getsockname()[1]}/v1", KEY, is_private_allowed=True)
        )
        with pytest.raises(ConnectionLost) as caught:
            provider.generate(ask())
        assert caught.value.is_billed


def test_a_closed_port_is_unreachable_and_costs_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(Unreachable) as caught:
        OpenAIProvider(Address(f"http://127.0.0.1:{port}/v1", KEY, is_private_allowed=True)).generate(ask())
    assert not caught.value.is_billed


def test_a_name_that_nobody_has_is_unreachable() -> None:
    provider = OpenAIProvider(Address("https://no-such-school.invalid/v1", KEY))
    with pytest.raises(Unreachable):
        provider.generate(ask(deadline_seconds=15))


def test_a_swollen_answer_is_never_held(openai: Provider, server: RehearsalServer) -> None:
    server.script(Fault("oversized", size=60_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(OversizedAnswer):
            openai.generate(ask(max_bytes=1_000_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8_000_000


def test_an_answer_that_announces_too_much_is_not_read(openai: Provider) -> None:
    with pytest.raises(OversizedAnswer, match="announced"):
        openai.generate(ask(max_bytes=1_000))


def test_a_private_address_is_refused_before_a_byte_is_sent(server: RehearsalServer) -> None:
    for url in (server.openai_address, server.openai_address.replace("http", "https")):
        with pytest.raises(AddressForbidden):
            OpenAIProvider(Address(url, KEY)).generate(ask())
    assert server.counters()["requests"] == 0


def test_a_name_that_changes_its_mind_is_asked_once(
    server: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that is public when checked and private when connected to (DNS rebinding) gains nothing."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolver(host: str, port: int, *rest: object, **more: object) -> list[object]:
        if host != "school.test":
            return real(host, port, *rest, **more)  # type: ignore[arg-type, return-value]
        asked.append(host)
        ips = answers.pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    url = server.openai_address.replace("127.0.0.1", "school.test")
    OpenAIProvider(Address(url, KEY, is_private_allowed=True)).generate(ask())
    assert asked == ["school.test"]
    assert server.counters()["pictures"] == 1


def test_one_private_address_among_public_ones_forbids_all(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.215.14", "169.254.169.254")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(AddressForbidden, match=r"169\.254\.169\.254"):
        OpenAIProvider(Address("https://pictures.example.com/v1", KEY)).generate(ask())


class Watched:
    """A gate that notes when it was passed, and what the server had seen by then."""

    def __init__(self, server: RehearsalServer) -> None:
        self.server = server
        self.seen: list[tuple[str, int]] = []

    def wait(self) -> None:
        self.seen.append(("wait", self.server.counters()["requests"]))

    def passed(self) -> None:
        self.seen.append(("passed", 0))


def test_every_request_waits_at_the_gate_and_tells_when_it_has_left(
    openai: Provider, server: RehearsalServer
) -> None:
    gate = Watched(server)
    openai.generate(ask(gate=gate))
    assert gate.seen == [("wait", 0), ("passed", 0)]
    server.configure(RehearsalConfig(unknown_parameters=frozenset({"quality"})))
    openai.generate(ask(gate=gate, quality="low"))
    assert gate.seen[2:] == [("wait", 1), ("passed", 0), ("wait", 2), ("passed", 0)], "once a request"


def test_one_provider_serves_many_threads() -> None:
    with RehearsalServer(RehearsalConfig(latency_seconds=(0.6, 0.6))) as server:
        provider = OpenAIProvider(Address(server.openai_address, KEY, is_private_allowed=True))
        drawn: list[bytes] = []

        def draw() -> None:
            drawn.append(provider.generate(ask()).images[0].data)

        threads = [threading.Thread(target=draw) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(drawn)) == 12
        counters = server.counters()
        assert counters["most_in_flight"] > 1
        assert counters["in_flight"] == 0

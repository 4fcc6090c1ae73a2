"""An image server that answers what no column holds: the picture is kept, the row ends, the next one is drawn."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from PIL import Image

from assignments.generation import endpoints
from assignments.models import Endpoint, Generation, Limit, Picture, ProviderCall, SchoolModel, Spending
from tests.assignments.generation.engine import allow_external, make_model, press, refreshed, run_queue
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

PRICE = Decimal("0.05")
Status = Generation.Status


def picture() -> str:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((1536, 864)).save(out, "PNG")
    image = Image.open(io.BytesIO(out.getvalue()))
    red, green, _blue = image.split()
    coloured = io.BytesIO()
    Image.merge("RGB", (red, green.point(lambda value: 255 - value), red)).save(coloured, "PNG")
    return base64.b64encode(coloured.getvalue()).decode()


@pytest.fixture
def hostile(cast: Cast, settings) -> Iterator[SimpleNamespace]:
    """A server that gives every POST ``answer``: a status and a body."""
    scene = SimpleNamespace(answer=(500, b""))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = scene.answer
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            pass

    settings.ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    allow_external(cast.school)
    endpoint = Endpoint.objects.create(
        name="Hostile", kind="openai", base_url=f"http://127.0.0.1:{server.server_port}/v1"
    )
    endpoints.set_key(endpoint, "a-key")
    scene.limit = Limit.objects.create(
        endpoint=endpoint, name="Hostile", per_minute=6000, burst=10, in_flight=8
    )
    model = make_model(endpoint, scene.limit, "hostile-1", price_image_out_usd=Decimal(30))
    SchoolModel.objects.update(is_default=False)
    SchoolModel.objects.create(school=cast.school, image_model=model, is_default=True)
    yield scene
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "more",
    [
        '"seed": 18446744073709551615',
        '"seed": -99999999999999999999999999',
        '"revised_prompt": "a dog\\ud800 \\u0000 beside a tower"',
        '"revised_prompt": {"deep": ["\\udfff"]}',
    ],
)
def test_odd_facts_about_a_picture_never_cost_it(cast: Cast, hostile, more: str) -> None:
    hostile.answer = (200, f'{{"data": [{{"b64_json": "{picture()}", {more}}}]}}'.encode())
    row = press(cast.student, cast.assignment)
    run_queue(hostile.limit)
    assert refreshed(row).status == Status.HELD
    kept = Picture.objects.get(generation=row)
    assert kept.seed is None
    kept.revised_prompt.encode()
    assert "\x00" not in kept.revised_prompt


@pytest.mark.parametrize("tokens", ["-1e999", "NaN", "1e300", "999999999999999999", '"many"'])
def test_an_odd_bill_is_not_believed(cast: Cast, hostile, tokens: str) -> None:
    usage = f'{{"output_tokens": {tokens}}}'
    hostile.answer = (200, f'{{"data": [{{"b64_json": "{picture()}"}}], "usage": {usage}}}'.encode())
    row = press(cast.student, cast.assignment)
    run_queue(hostile.limit)
    assert refreshed(row).status == Status.HELD
    assert Spending.objects.get(scope="school").spent_usd == PRICE


@pytest.mark.parametrize(
    ("status", "body", "ending"),
    [
        (400, b'{"error": {"message": "no\\ud800\\u0000 such size", "code": "\\udc00"}}', Status.FAILED),
        (400, json.dumps({"error": {"code": "moderation_blocked"}}).encode(), Status.REFUSED),
        (
            400,
            b'{"error": {"code": "moderation_blocked", "moderation_details": {"categories": ["a\\ud800\\u0000"]}}}',
            Status.REFUSED,
        ),
        (429, b"[" * 100_000, Status.QUEUED),
        (400, b"[" * 100_000, Status.FAILED),
    ],
)
def test_odd_errors_end_like_plain_ones(cast: Cast, hostile, status: int, body: bytes, ending: str) -> None:
    hostile.answer = (status, body)
    row = press(cast.student, cast.assignment)
    run_queue(hostile.limit)
    assert refreshed(row).status == ending
    call = ProviderCall.objects.get(generation=row)
    assert "\x00" not in call.detail
    call.detail.encode()

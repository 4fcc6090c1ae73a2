"""The watch over the browser sees what it is there to see."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import Watch, axe, fits, look

PAGE = """<!doctype html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>A page</h1>{body}</main></body></html>"""


class Pages(BaseHTTPRequestHandler):
    bodies = {
        "/quiet": "<p>Nothing to see.</p>",
        "/stranger": '<img alt="" src="http://pictures.example.org/one.png">',
        "/inline": "<script>document.title = 'taken over'</script>",
        "/broken": '<script src="/throws.js"></script>',
        "/throws.js": "throw new Error('oh')",
        "/unnamed": "<p><input></p>",
        "/wide": '<svg width="3000" height="10" role="img" aria-label="long"></svg>',
    }

    def do_GET(self) -> None:
        body = self.bodies.get(self.path)
        self.send_response(404 if body is None else 200)
        is_script = self.path.endswith(".js")
        self.send_header("Content-Type", "text/javascript" if is_script else "text/html")
        self.send_header("Content-Security-Policy", "script-src 'self'")
        self.end_headers()
        self.wfile.write((body if is_script else PAGE.format(body=body)).encode() if body else b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def watched(browser: Browser, watch: Watch) -> Iterator[Page]:
    context = browser.new_context()
    watch.attend(context)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/stranger", "request to another host: http://pictures.example.org/one.png"),
        ("/inline", "console: "),
        ("/broken", "script error: "),
    ],
)
def test_a_fault_is_a_complaint(watched, watch, address, path, complaint):
    watched.goto(address + path, wait_until="networkidle")
    assert any(told.startswith(complaint) for told in watch.complaints), watch.complaints


def test_a_quiet_page_is_no_complaint(watched, watch, address):
    watched.goto(f"{address}/quiet", wait_until="networkidle")
    axe(watched)
    fits(watched)
    assert watch.complaints == []


def test_a_field_without_a_name_is_found(watched, address):
    watched.goto(f"{address}/unnamed")
    with pytest.raises(AssertionError, match="label"):
        axe(watched)


def test_a_page_wider_than_its_window_is_found(watched, address):
    watched.goto(f"{address}/wide")
    with pytest.raises(AssertionError, match="wider"):
        fits(watched)


def test_a_look_leaves_three_pictures(watched, address, tmp_path, monkeypatch):
    monkeypatch.setattr("tests.support.browser.RESULTS", tmp_path)
    watched.goto(f"{address}/quiet")
    before = watched.viewport_size
    taken = look(watched, "quiet")
    assert [path.name for path in taken] == ["quiet-390.png", "quiet-820.png", "quiet-1440.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in taken)
    assert watched.viewport_size == before

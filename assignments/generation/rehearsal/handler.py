"""One HTTP request to a rehearsal provider."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import art, faults, rules
from .books import Recorded
from .breakage import break_answer
from .config import Fault
from .multipart import read_parts
from .routes import Route, find_route
from .rules import ApiError, Order

if TYPE_CHECKING:
    from .server import RehearsalServer

MAX_BODY_BYTES = 80 * 1024 * 1024


class RehearsalHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: RehearsalServer
    raw_requestline: bytes

    def log_message(self, format: str, *args: Any) -> None:
        """Keep silent: what happened stands in the books."""

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_DELETE = do_PATCH = do_GET

    def _answer(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        if length > MAX_BODY_BYTES:
            self.close_connection = True
            self.send_json(413, {"error": {"message": "Request too large.", "code": None}})
            return
        body = self.rfile.read(length)
        if self.path.startswith("/_control/"):
            self._control(body)
            return
        self._record(body)
        try:
            self._serve(body)
        except ApiError as error:
            self.send_json(error.status, error.body, error.headers)

    def _record(self, body: bytes) -> None:
        raw = self.raw_requestline + str(self.headers).encode("latin-1") + body
        headers = tuple(self.headers.items())
        self.server.books.record(Recorded(time.time(), self.command, self.path, raw, body, headers))

    def _control(self, body: bytes) -> None:
        action = urlsplit(self.path).path.removeprefix("/_control/").strip("/")
        try:
            self.send_json(200, self.server.control(action, body), is_counted=False)
        except LookupError:
            self.send_json(404, {"error": f"No action called {action!r}."}, is_counted=False)
        except (ValueError, TypeError) as error:
            self.send_json(400, {"error": str(error)}, is_counted=False)

    def _serve(self, body: bytes) -> None:
        path = urlsplit(self.path).path
        if path.startswith("/files/"):
            self._send_file(path)
            return
        route = find_route(self.path)
        self._check_key(route)
        if route is None:
            raise ApiError(404, None, f"Invalid URL ({self.command} {path})")
        if self.command != route.method:
            raise ApiError(405, "method_not_supported", f"Not allowed to {self.command} on this address.")
        match route.what:
            case "models":
                self._send_models()
            case "moderations":
                self._send_moderation(self._read_json(body))
            case _:
                self._serve_images(route, body)

    def _check_key(self, route: Route | None) -> None:
        key = self.server.config.key
        if not key:
            return
        bearer = self.headers.get("authorization", "").removeprefix("Bearer ")
        api_key = self.headers.get("api-key", "")
        given = (
            {api_key}
            if route and route.deployment
            else {bearer, api_key}
            if route and route.is_azure
            else {bearer}
        )
        if key not in given:
            raise rules.key_rejected()

    def _read_json(self, body: bytes) -> dict[str, Any]:
        if self.headers.get_content_type() != "application/json":
            raise ApiError(400, "unsupported_content_type", "Expected 'application/json'.")
        try:
            params = json.loads(body)
        except ValueError:
            raise ApiError(400, None, "We could not parse the JSON body of your request.") from None
        if not isinstance(params, dict):
            raise ApiError(400, None, "We could not parse the JSON body of your request.")
        return params

    def _serve_images(self, route: Route, body: bytes) -> None:
        started_at = time.time()
        number = self.server.books.begin_call()
        try:
            answer = self._decide(self._read_order(route, body), number, started_at)
        finally:
            # Before the answer goes out: a client that has it may ask again at once.
            self.server.books.end_call()
        answer()

    def _decide(self, order: Order, number: int, started_at: float) -> Callable[[], None]:
        """Return what sends the answer: a good one after its time, or a scripted fault."""
        wait = self.server.throttle(order)
        if wait:
            self.server.books.throttle()
            raise rules.rate_limited(wait, milliseconds=max(1, round(wait * 1000)))
        fault = self.server.books.next_fault()
        if fault:
            return self._fail(fault, order, started_at)
        self.server.stopping.wait(self.server.latency_of(number))
        numbers = self.server.books.draw(order, started_at)
        pictures = [art.draw_png(order.width, order.height, n) for n in numbers]
        return partial(self.send_pictures, order, pictures)

    def _read_order(self, route: Route, body: bytes) -> Order:
        if route.what == "images/edits":
            try:
                parts = read_parts(self.headers.get("content-type", ""), body)
            except ValueError as error:
                raise ApiError(400, None, str(error)) from None
            return rules.check_edit(parts, self.server.config, is_azure=route.is_azure)
        params = self._read_json(body)
        if route.deployment:
            params["model"] = route.deployment
        return rules.check_generation(params, self.server.config, is_azure=route.is_azure)

    def _fail(self, fault: Fault, order: Order, started_at: float) -> Callable[[], None]:
        refusal = faults.refusal_of(fault, order)
        pictures = faults.pictures_of(fault, order, tuple(range(order.count)))
        if fault.is_drawn or pictures is not None:
            self.server.books.draw(order, started_at)
        if refusal:
            raise refusal
        if pictures is not None:
            return partial(self.send_pictures, order, pictures)
        return partial(break_answer, self, fault, order)

    def send_pictures(self, order: Order, pictures: list[bytes]) -> None:
        data = [{"b64_json": base64.b64encode(picture).decode("ascii")} for picture in pictures]
        self.send_json(200, {"created": int(time.time()), "data": data, "usage": usage_of(order)})

    def _send_models(self) -> None:
        models = [
            {"id": name, "object": "model", "created": 0, "owned_by": "rehearsal", "shutdown_date": date}
            for name, date in self.server.config.models.items()
        ]
        self.send_json(200, {"object": "list", "data": models})

    def _send_moderation(self, params: dict[str, Any]) -> None:
        self.server.books.moderate()
        given = params.get("input")
        pieces = [given] if isinstance(given, str) else given
        if not isinstance(pieces, list) or not pieces or not isinstance(params.get("model"), str):
            raise ApiError(400, "invalid_value", "Invalid 'input'.", parameter="input")
        text = " ".join(piece if isinstance(piece, str) else str(piece.get("text", "")) for piece in pieces)
        is_flagged = any(word in text for word in self.server.config.flag_words)
        result = {
            "flagged": is_flagged,
            "categories": {"violence": is_flagged, "sexual": False},
            "category_scores": {"violence": 0.97 if is_flagged else 0.01, "sexual": 0.0},
        }
        self.send_json(200, {"id": "modr-rehearsal", "model": params["model"], "results": [result]})

    def _send_file(self, path: str) -> None:
        width, _, height = path.rpartition("/")[2].removesuffix(".png").partition("x")
        if not (width.isdigit() and height.isdigit()):
            raise ApiError(404, None, "No such file.")
        self.send_bytes(200, art.draw_png(int(width), int(height), 0), "image/png")

    def send_json(
        self, status: int, body: Any, headers: dict[str, str] | None = None, *, is_counted: bool = True
    ) -> None:
        self.send_bytes(
            status, json.dumps(body).encode("utf-8"), "application/json", headers, is_counted=is_counted
        )

    def send_bytes(
        self,
        status: int,
        body: bytes,
        content_type: str,
        headers: dict[str, str] | None = None,
        *,
        is_counted: bool = True,
    ) -> None:
        if is_counted:
            self.server.books.answer(status)
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.send_header("x-request-id", f"req_rehearsal_{time.monotonic_ns():x}")
        self._send_rate_headers()
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def _send_rate_headers(self) -> None:
        config = self.server.config
        if config.limit:
            remaining, reset_seconds = self.server.limit.left()
            self.send_header(f"x-ratelimit-limit-{self._unit()}", f"{config.limit:g}")
            self.send_header(f"x-ratelimit-remaining-{self._unit()}", str(remaining))
            self.send_header(f"x-ratelimit-reset-{self._unit()}", f"{reset_seconds:.3f}s")

    def _unit(self) -> str:
        return "images" if self.server.config.unit == "pictures" else "requests"


def usage_of(order: Order) -> dict[str, Any]:
    """Return token counts as the real service bills them, in proportion to words and pixels."""
    text = max(1, len(order.prompt) // 4)
    image_in = 1_024 if order.is_edit else 0
    out = max(1, order.width * order.height * order.count // 1_024)
    return {
        "input_tokens": text + image_in,
        "input_tokens_details": {"text_tokens": text, "image_tokens": image_in},
        "output_tokens": out,
        "total_tokens": text + image_in + out,
    }

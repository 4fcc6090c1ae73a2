"""Faults that break the HTTP answer itself: cut off, swollen, dripping, silent, or another kind."""

from __future__ import annotations

import base64
import gzip
import json
import socket
import struct
from typing import TYPE_CHECKING

from . import art
from .config import Fault
from .rules import Order

if TYPE_CHECKING:
    from .handler import RehearsalHandler

_HANG_SECONDS = 600.0
_DEFAULT_OVERSIZE = 80 * 1024 * 1024


def break_answer(handler: RehearsalHandler, fault: Fault, order: Order) -> None:
    """Play a fault on the handler's connection."""
    match fault.kind:
        case "html":
            handler.send_bytes(200, b"<!doctype html><title>Sign in to the Wi-Fi</title>", "text/html")
        case "plain_text_error":
            handler.send_bytes(500, b"failed to generate image: out of memory", "text/plain")
        case "event_stream":
            handler.send_bytes(200, b": keep-alive\n\n", "text/event-stream")
        case "no_data":
            handler.send_json(200, {"created": 0, "usage": None})
        case "error_inside":
            inner = {"message": "The picture could not be made.", "type": "server_error", "code": "internal"}
            handler.send_json(200, {"error": inner})
        case "not_base64":
            handler.send_json(200, {"created": 0, "data": [{"b64_json": "this is no base64 !!"}]})
        case "url" | "foreign_url":
            host = handler.server.address if fault.kind == "url" else "https://pictures.example.com"
            handler.send_json(
                200, {"created": 0, "data": [{"url": f"{host}/files/{order.width}x{order.height}.png"}]}
            )
        case "redirect":
            handler.send_bytes(
                307, b"", "text/plain", {"location": f"{handler.server.address}/_control/counters"}
            )
        case "compressed":
            handler.send_bytes(
                200, gzip.compress(_good_body(order)), "application/json", {"content-encoding": "gzip"}
            )
        case _:
            handler.close_connection = True
            handler.server.books.answer(200)
            _break_connection(handler, fault, order)


def _break_connection(handler: RehearsalHandler, fault: Fault, order: Order) -> None:
    match fault.kind:
        case "reset":
            # A linger time of 0 makes the kernel send RST in place of FIN.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        case "hang":
            handler.server.stopping.wait(fault.seconds or _HANG_SECONDS)
        case "truncated":
            body = _good_body(order)
            _send_head(handler, len(body))
            handler.wfile.write(body[: len(body) // 2])
            handler.wfile.flush()
        case "oversized":
            _send_oversized(handler, fault.size or _DEFAULT_OVERSIZE)
        case "drip":
            _send_drop_by_drop(handler, _good_body(order), fault.seconds or 0.05)
        case _:
            raise ValueError(f"Nothing plays the fault {fault.kind!r}.")


def _good_body(order: Order) -> bytes:
    picture = base64.b64encode(art.draw_png(order.width, order.height, 0)).decode("ascii")
    return json.dumps({"created": 0, "data": [{"b64_json": picture}]}).encode("ascii")


def _send_head(handler: RehearsalHandler, length: int | None) -> None:
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    if length is None:
        handler.send_header("transfer-encoding", "chunked")
    else:
        handler.send_header("content-length", str(length))
    handler.end_headers()


def _send_oversized(handler: RehearsalHandler, size: int) -> None:
    """Send a body without saying its length, so that only counting can stop it."""
    _send_head(handler, None)
    piece = b"A" * 65_536
    chunk = f"{len(piece):x}\r\n".encode("ascii") + piece + b"\r\n"
    for _ in range(size // len(piece) + 1):
        handler.wfile.write(chunk)
    handler.wfile.write(b"0\r\n\r\n")
    handler.wfile.flush()


def _send_drop_by_drop(handler: RehearsalHandler, body: bytes, pause_seconds: float) -> None:
    _send_head(handler, len(body))
    handler.wfile.flush()
    for start in range(len(body)):
        handler.wfile.write(body[start : start + 1])
        handler.wfile.flush()
        if handler.server.stopping.wait(pause_seconds):
            return

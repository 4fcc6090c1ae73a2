"""Reading a ``multipart/form-data`` body (RFC 7578)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = re.compile(rb'\bname="([^"]*)"')
_FILENAME = re.compile(rb'\bfilename="([^"]*)"')
_BOUNDARY = re.compile(r'boundary="?([^";]+)"?')


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    data: bytes
    filename: str = ""


def read_parts(content_type: str, body: bytes) -> tuple[Part, ...]:
    """Return the parts of a form.

    Raises:
        ValueError: the body is no such form.
    """
    found = _BOUNDARY.search(content_type)
    if not found:
        raise ValueError("The form names no boundary.")
    delimiter = b"--" + found.group(1).encode("ascii")
    pieces = (b"\r\n" + body).split(b"\r\n" + delimiter)
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise ValueError("The form does not end with its boundary.")
    return tuple(_read_part(piece) for piece in pieces[1:-1])


def _read_part(piece: bytes) -> Part:
    head, separator, data = piece.partition(b"\r\n\r\n")
    name = _NAME.search(head)
    if not separator or not name:
        raise ValueError("A part of the form has no name.")
    filename = _FILENAME.search(head)
    return Part(
        name=name.group(1).decode("utf-8"),
        data=data,
        filename=filename.group(1).decode("utf-8") if filename else "",
    )

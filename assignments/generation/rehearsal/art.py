"""Quick pictures: a landscape of gradients, one a palette and size, and every copy its own bytes."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache

from PIL import Image, ImageDraw

_PALETTES = (
    ((36, 62, 112), (238, 170, 108), (58, 104, 76)),
    ((120, 178, 214), (250, 232, 196), (110, 150, 70)),
    ((46, 24, 84), (214, 88, 112), (70, 52, 96)),
    ((226, 110, 60), (252, 214, 140), (150, 84, 52)),
    ((24, 92, 108), (168, 216, 190), (34, 74, 60)),
    ((150, 90, 150), (250, 200, 190), (92, 70, 120)),
)
_PNG_END = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))


def draw_png(width: int, height: int, number: int) -> bytes:
    """Return a colourful PNG; two numbers never give the same bytes.

    The pixels come from a cache by size and palette, the number goes into a text chunk, so that a
    picture costs no time and a mix-up of two pictures is still seen.
    """
    base = _landscape(width, height, number % len(_PALETTES))
    text = b"Comment\x00rehearsal " + str(number).encode("ascii")
    chunk = struct.pack(">I", len(text)) + b"tEXt" + text + struct.pack(">I", zlib.crc32(b"tEXt" + text))
    return base[: -len(_PNG_END)] + chunk + _PNG_END


@lru_cache(maxsize=32)
def _landscape(width: int, height: int, palette: int) -> bytes:
    sky, horizon, ground = _PALETTES[palette]
    image = Image.new("RGB", (width, height), ground)
    line = height * 2 // 3
    gradient = Image.linear_gradient("L").resize((width, line))
    image.paste(
        Image.composite(
            Image.new("RGB", (width, line), horizon), Image.new("RGB", (width, line), sky), gradient
        )
    )
    draw = ImageDraw.Draw(image)
    radius = height // 9
    centre_x, centre_y = width * (palette + 2) // 9, height // 3
    draw.ellipse(
        (centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius), fill=(255, 244, 214)
    )
    draw.polygon(
        [(0, line), (width // 4, height // 2), (width // 2, line)], fill=tuple(c * 3 // 4 for c in ground)
    )
    return _encode(image)


def draw_blank(width: int, height: int) -> bytes:
    return _encode(Image.new("RGB", (width, height), (12, 12, 12)))


def draw_grey(width: int, height: int) -> bytes:
    return _encode(Image.open(io.BytesIO(draw_png(width, height, 0))).convert("L").convert("RGB"))


def draw_gif(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(draw_png(width, height, 0))).save(out, "GIF")
    return out.getvalue()


@lru_cache(maxsize=1)
def draw_bomb() -> bytes:
    """Return some kilobytes that promise 30,000 x 30,000 pixels."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _PNG_END


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _encode(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=6)
    return out.getvalue()

"""Is this the picture that was asked for? Judged on its bytes, never on what the answer says of it."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from ..errors import (
    ImageBlank,
    ImageBomb,
    ImageGrey,
    ImageUnreadable,
    ImageWrongFormat,
    ImageWrongSize,
)

FORMATS = ("PNG", "JPEG", "WEBP")
# The PNG text in which a sample picture remembers what it shows: keys of its lexicon, no words of anyone.
SCENE_NOTE = "edu4all-scene"
# 4,096 x 4,096: twice what any model draws, and 50 MB once decoded.
MAX_PIXELS = 16_777_216
# Servers built on latent diffusion round a size up to whole blocks.
_BLOCK = 64
_RATIO_TOLERANCE = 0.01
_BLANK_SPREAD = 8
_GREY_CHROMA = 14
_COLOURED_SHARE = 0.002
_OTHER_FORMATS = (
    b"GIF8",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"%PDF",
    b"<svg",
    b"<?xml",
    b"\0\0\1\0",
    b"8BPS",
    b"\0\0\0\x0cjP",
)
_DECODING_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    struct.error,
    zlib.error,
    EOFError,
    IndexError,
    KeyError,
)


@dataclass(frozen=True, slots=True)
class VerifiedImage:
    """What the bytes are: ``PNG``, ``JPEG`` or ``WEBP``, and pixels."""

    format: str
    width: int
    height: int


def verify(data: bytes, *, width: int, height: int, is_colour_required: bool) -> VerifiedImage:
    """Decode a picture whole and check it against what was asked for.

    A picture may be up to 63 pixels larger a side (servers round up to blocks of 64), or smaller or
    larger in the same shape; cutting it to exactly 16:9 is the derivatives' matter.

    Args:
        width, height: the size asked for, in pixels.

    Raises:
        ImageWrongFormat: no PNG, JPEG or WebP, or one that moves.
        ImageUnreadable: broken or cut off.
        ImageBomb: more pixels than any model draws; found before anything is decoded.
        ImageWrongSize: another shape than asked for.
        ImageBlank: one even surface.
        ImageGrey: without colour although colour was wanted.
    """
    image = open_image(data)
    try:
        found = VerifiedImage(str(image.format), image.width, image.height)
        if not _is_size_right(found, width, height):
            raise ImageWrongSize(f"{found.width}x{found.height} came, {width}x{height} was asked for.")
        colours = flatten(image)
    finally:
        image.close()
    small = colours.resize((256, 144), Image.Resampling.BOX)
    if _is_blank(small):
        raise ImageBlank("Every pixel is nearly the same.")
    if is_colour_required and _is_grey(small):
        raise ImageGrey("No pixel has colour.")
    return found


def to_png(data: bytes) -> bytes:
    """Return a PNG of the same pixels, as edits want their source.

    Nothing else goes along but the note in which a sample picture remembers its scene (keys, no words).
    """
    with open_image(data) as image:
        plain = image.convert("RGBA" if _has_alpha(image) else "RGB")
        note = image.info.get(SCENE_NOTE)
    kept = PngInfo()
    if isinstance(note, str):
        kept.add_text(SCENE_NOTE, note)
    out = io.BytesIO()
    plain.save(out, "PNG", compress_level=3, pnginfo=kept)
    return out.getvalue()


def open_image(data: bytes) -> Image.Image:
    """Return the decoded picture; its size was checked before the first pixel was.

    Raises:
        ImageWrongFormat, ImageBomb, ImageUnreadable.
    """
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ImageBomb(str(error)) from error
    except _DECODING_ERRORS as error:
        if data.startswith(_OTHER_FORMATS) or data[4:8] == b"ftyp":
            raise ImageWrongFormat("It is another format than PNG, JPEG or WebP.") from error
        raise ImageUnreadable(f"{type(error).__name__}: {error}") from error
    if image.width * image.height > MAX_PIXELS:
        raise ImageBomb(f"{image.width}x{image.height} pixels.")
    if getattr(image, "n_frames", 1) > 1:
        raise ImageWrongFormat("The picture moves.")
    try:
        image.load()
    except Image.DecompressionBombError as error:
        raise ImageBomb(str(error)) from error
    except _DECODING_ERRORS as error:
        raise ImageUnreadable(f"{type(error).__name__}: {error}") from error
    return image


def flatten(image: Image.Image) -> Image.Image:
    """Return the picture in RGB; what is transparent shows white paper."""
    if not _has_alpha(image):
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    clear = image.convert("RGBA")
    paper.paste(clear, mask=clear.getchannel("A"))
    return paper


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _is_size_right(found: VerifiedImage, width: int, height: int) -> bool:
    if 0 <= found.width - width < _BLOCK and 0 <= found.height - height < _BLOCK:
        return True
    ratio = (found.width * height) / (found.height * width)
    return abs(ratio - 1) <= _RATIO_TOLERANCE and 2 * found.width >= width


def _is_blank(small: Image.Image) -> bool:
    extrema = [band.getextrema() for band in small.split()]
    return all(high - low < _BLANK_SPREAD for low, high in extrema)  # type: ignore[operator]


def _is_grey(small: Image.Image) -> bool:
    """Say whether no spot is coloured: chroma is a pixel's highest channel less its lowest."""
    red, green, blue = small.split()
    highest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    lowest = ImageChops.darker(ImageChops.darker(red, green), blue)
    counts = ImageChops.subtract(highest, lowest).histogram()
    coloured = sum(counts[_GREY_CHROMA:])
    return coloured < _COLOURED_SHARE * small.width * small.height

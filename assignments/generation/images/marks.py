"""Saying that a picture was made by a machine: inside the file, and on a copy that leaves."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image, ImageDraw, ImageFont

# IPTC NewsCodes, https://cv.iptc.org/newscodes/digitalsourcetype/
_TERMS = "http://cv.iptc.org/newscodes/digitalsourcetype/"
DRAWN_BY_MODEL = _TERMS + "trainedAlgorithmicMedia"
EDITED_BY_MODEL = _TERMS + "compositeWithTrainedAlgorithmicMedia"
DRAWN_BY_RULES = _TERMS + "algorithmicMedia"

_FONT_PACKAGE = "pylopdf_fonts_ko"
_FONT_FILE = "NotoSansKR-Regular.otf"
_PAPER, _INK = (250, 247, 241, 225), (33, 28, 22, 255)


def source_type(*, is_ai: bool, is_edited: bool) -> str:
    """Return the IPTC digital source type of a picture."""
    if not is_ai:
        return DRAWN_BY_RULES
    return EDITED_BY_MODEL if is_edited else DRAWN_BY_MODEL


def xmp_packet(source: str, label: str) -> str:
    """Return an XMP packet (ISO 16684-1) with the source type and the tool's name, and no person's."""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about=""'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f" Iptc4xmpExt:DigitalSourceType={quoteattr(source)}"
        f" xmp:CreatorTool={quoteattr(label)}/>"
        "</rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>'
    )


def draw_seal(image: Image.Image, *, language: str, is_edited: bool) -> Image.Image:
    """Return the picture with a small seal in its lower right corner that says AI made it."""
    with override(language):
        text = _("Edited with AI") if is_edited else _("Made with AI")
    size = max(14, image.height // 32)
    font, text = _font_for(text, size)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    left, top, right, bottom = draw.textbbox((0, 0), text, font=font)
    width, height = right - left + size * 1.2, bottom - top + size * 0.8
    x, y = image.width - width - size * 0.8, image.height - height - size * 0.8
    draw.rounded_rectangle((x, y, x + width, y + height), radius=height / 2, fill=_PAPER)
    draw.text((x + size * 0.6 - left, y + size * 0.4 - top), text, font=font, fill=_INK)
    return Image.alpha_composite(image.convert("RGBA"), layer).convert("RGB")


@lru_cache(maxsize=16)
def _font_for(text: str, size: int) -> tuple[ImageFont.ImageFont | ImageFont.FreeTypeFont, str]:
    """Return a font for the text, and the text it can draw: without a Korean font that is "AI"."""
    path = _korean_font()
    if path is None:
        return ImageFont.load_default(size), text if text.isascii() else "AI"
    return ImageFont.truetype(str(path), size), text


@lru_cache(maxsize=1)
def _korean_font() -> Path | None:
    spec = find_spec(_FONT_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / _FONT_FILE
    return path if path.is_file() else None

"""OpenMoji drawings and their names.

The drawings (CC BY-SA 4.0, openmoji.org) lie inside the installed ``emosvg`` package, which is only
located and never imported; Korean and English names are Unicode CLDR's short names in ``emoji``.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import emoji

from .svg import INK, colours_of, map_colours, mix, recolour, to_rgb

CREDIT = "OpenMoji (openmoji.org), CC BY-SA 4.0, colours and lines softened"

_SHELL = re.compile(r"^.*?<svg[^>]*>|</svg>\s*$", re.DOTALL)
_BLACKS = {"#000", "#000000", "#231f20", "#1d1d1b", "#111"}
_NOT_FOR_CHILDREN = re.compile(
    r"knife|dagger|sword|pistol|gun|bomb|cigarette|smok|beer|wine|cocktail|tropical drink|sake|"
    r"champagne|clinking|tumbler"
    r"|coffin|urn|skull|blood|syringe|pill|middle finger|slot machine|bikini|briefs|kiss|love hotel|underage"
    r"|axe|crossed swords|boomerang|poo|vomit|zombie|vampire|breast|pregnant|bullet|razor|coffin|"
    r"headstone|bow and arrow"
)
# Names too common or too abstract for a drawing: "new" in "new house" asks for no NEW button.
_NOT_A_THING = re.compile(
    r"button|arrow|sign|square|symbol|flag|mark|hand|finger|clock|keycap|circle|zodiac|skin tone|face$|face with|person"
    r"|^man|^woman|^men|^women|^boy|^girl|^child|^baby$|^people|^family|^couple|hair|\bpalm\b|heart|o’clock|thirty|button"
)
_COMMON_WORDS = {
    "back", "end", "on!", "soon", "top", "free", "new", "cool", "ok", "up",
    "down", "hole", "dizzy", "date", "watch", "ring",
    "key", "link", "fire", "collision", "cloud", "sun", "fog", "snowflake", "rainbow", "comet", "droplet", "wind",
    "night with stars", "sunrise", "sunset", "dashing away", "eye", "eyes",
    "ear", "nose", "mouth", "tongue", "bone", "brain",
    "tooth", "leg", "foot", "footprints", "sparkles", "infinity", "plus",
    "minus", "divide", "multiply", "dash", "copyright",
    "place of worship", "speaking head", "information", "input numbers", "play", "pause", "stop", "record", "eject",
}  # fmt: skip
_COMMON_WORDS_KO = {
    "위", "아래", "끝", "반짝임", "불", "구름", "해", "태양", "안개", "눈", "무지개",
    "바람", "물방울", "입", "코", "귀", "혀", "뼈",
    "뇌", "이빨", "치아", "다리", "발", "사람", "남자", "여자", "아이", "아기",
    "가족", "반지", "시계", "열쇠", "정지", "재생",
    "돌아가기", "하트", "인간", "성인", "영", "공", "새로움", "무료", "대결", "합격", "비밀", "신청", "달", "이", "손",
}  # fmt: skip


def _drawings() -> Path:
    spec = find_spec("emosvg")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("The package that carries the OpenMoji drawings is not installed.")
    return Path(spec.submodule_search_locations[0]) / "resources" / "openmoji-svg-color"


def _file_of(character: str) -> Path:
    return _drawings() / ("-".join(f"{ord(part):04X}" for part in character) + ".svg")


@lru_cache(maxsize=1)
def names() -> tuple[dict[str, str], dict[str, str], dict[str, tuple[str, str]]]:
    """Return Korean names (without spaces) to emoji, English names to emoji, emoji to (ko, en)."""
    emoji.config.load_language("ko")
    available = {path.stem for path in _drawings().glob("*.svg")}
    korean: dict[str, str] = {}
    english: dict[str, str] = {}
    both: dict[str, tuple[str, str]] = {}
    for character, facts in emoji.EMOJI_DATA.items():
        bare = character.replace("\ufe0f", "")
        if len(bare) > 1 or facts["status"] != emoji.STATUS["fully_qualified"]:
            continue
        if f"{ord(bare):04X}" not in available or 0x1F1E6 <= ord(bare) <= 0x1F1FF:
            continue
        name_en = facts["en"].strip(":").replace("_", " ").lower()
        name_ko = unicodedata.normalize("NFC", facts.get("ko", "").strip(":").replace("_", " "))
        if _NOT_FOR_CHILDREN.search(name_en) or _NOT_A_THING.search(name_en) or name_en in _COMMON_WORDS:
            continue
        english.setdefault(name_en, bare)
        key = name_ko.replace(" ", "")
        if key and name_ko not in _COMMON_WORDS_KO:
            korean.setdefault(key, bare)
        both[bare] = (name_ko or name_en, name_en)
    return korean, english, both


@lru_cache(maxsize=256)
def drawing_of(character: str, colour: str = "", weight: float = 0.6) -> str:
    """Return the inside of one drawing's SVG (72 x 72), softened to our ink and tinted if asked.

    ``weight`` is the share of its own line width that is kept, so that a large drawing has no heavy outline.
    """
    body = _SHELL.sub("", _file_of(character.replace("\ufe0f", "")).read_text("utf-8"))
    body = re.sub(r'\sid="[^"]*"', "", body)
    body = re.sub(
        r'stroke-width="([\d.]+)"', lambda width: f'stroke-width="{float(width[1]) * weight:.2f}"', body
    )
    # A form without stroke colour or fill is drawn in black by default, so say ink instead.
    body = f'<g fill="{INK}">{body}</g>'
    if colour:
        return recolour(_inked(body), colour)
    soft = {found: _softened(found) for found in colours_of(body) if found not in _BLACKS and found != INK}
    return map_colours(_inked(body), soft)


def _softened(colour: str) -> str:
    """Warm a colour a little; what is nearly black becomes a dark that sits well beside our ink."""
    red, green, blue = to_rgb(colour)
    is_dark_grey = max(red, green, blue) < 90 and max(red, green, blue) - min(red, green, blue) < 24
    return mix(colour, "#8f8078", 0.5) if is_dark_grey else mix(colour, "#f4e6cf", 0.16)


def _inked(body: str) -> str:
    return map_colours(body, dict.fromkeys(_BLACKS, INK))

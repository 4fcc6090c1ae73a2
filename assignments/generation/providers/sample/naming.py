"""What a thing is called in a sentence: its size, colour, name and number, in Korean and English."""

from __future__ import annotations

from collections.abc import Mapping

from .lexicon import lexicon
from .looks import FIGURES
from .relations import VEHICLES
from .scene import Kind, Thing

_COLOURS: Mapping[str, tuple[str, str]] = {
    "#d9574a": ("빨간", "red"), "#e98b45": ("주황색", "orange"),
    "#f2c230": ("노란", "yellow"), "#6aa35a": ("초록색", "green"),
    "#4f86c0": ("파란", "blue"), "#8a6bb0": ("보라색", "purple"),
    "#e893a8": ("분홍색", "pink"), "#8a6046": ("갈색", "brown"),
    "#f4efe6": ("하얀", "white"), "#4c4a4d": ("검은", "black"),
    "#a3a5a8": ("회색", "grey"), "#dcae3c": ("금색", "golden"),
}  # fmt: skip
_SIZES: Mapping[str, tuple[str, str]] = {
    "tiny": ("아주 작은", "tiny"), "small": ("작은", "small"), "big": ("커다란", "big"), "giant": ("거대한", "giant"),
}  # fmt: skip
_NUMBERS: tuple[tuple[str, str], ...] = (
    ("", ""), ("한", "a"), ("두", "two"), ("세", "three"), ("네", "four"), ("다섯", "five"), ("여섯", "six"),
    ("일곱", "seven"), ("여덟", "eight"), ("아홉", "nine"), ("열", "ten"),
)  # fmt: skip
_PLURALS: Mapping[str, str] = {
    "child": "children", "man": "men", "woman": "women", "mouse": "mice", "wolf": "wolves", "sheep": "sheep",
    "deer": "deer",
    "fish": "fish", "firefighter": "firefighters", "goose": "geese",
}  # fmt: skip
_ANIMALS = ((0x1F400, 0x1F43D), (0x1F980, 0x1F9AE), (0x1FAB0, 0x1FAB2), (0x1FABC, 0x1FABF))


def with_particle(word: str, after_consonant: str, after_vowel: str) -> str:
    last = word[-1]
    has_final = "가" <= last <= "힣" and (ord(last) - 0xAC00) % 28 != 0
    return word + (after_consonant if has_final else after_vowel)


def name_of(thing: Thing) -> tuple[str, str]:
    """Return the thing with its adjectives and number, as (Korean, English)."""
    korean, english = lexicon().names[thing.key]
    colour_ko, colour_en = _COLOURS.get(thing.colour, ("", ""))
    size_ko, size_en = _SIZES.get(thing.size, ("", ""))
    korean = " ".join(part for part in (size_ko, colour_ko, korean) if part)
    if thing.count > 1:
        korean = f"{korean} {_NUMBERS[thing.count][0]} {_counter(thing)}"
    if thing.kind is Kind.MONUMENT:
        return korean, _monument_in_english(english, size_en, colour_en)
    if thing.count > 1:
        parts = (_NUMBERS[thing.count][1], size_en, colour_en, _plural(english))
        return korean, " ".join(part for part in parts if part)
    described = " ".join(part for part in (size_en, colour_en, english) if part)
    return korean, f"{_article(described)} {described}"


def _monument_in_english(english: str, size: str, colour: str) -> str:
    """Names keep their own article until an adjective stands before them."""
    if not (size or colour):
        return english
    bare = english.removeprefix("the ").removeprefix("a ")
    described = " ".join(part for part in (size, colour, bare) if part)
    return f"{_article(described)} {described}"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" and word[:3] != "uni" else "a"


def _counter(thing: Thing) -> str:
    if thing.kind is Kind.FIGURE:
        look = FIGURES[thing.key]
        return "대" if look.head == "robot" else "마리" if look.muzzle else "명"
    if thing.key in VEHICLES:
        return "대"
    is_animal = len(thing.key) == 1 and any(low <= ord(thing.key) <= high for low, high in _ANIMALS)
    return "마리" if is_animal else "개"


def _plural(word: str) -> str:
    head, _, last = word.rpartition(" ")
    if last in _PLURALS:
        many = _PLURALS[last]
    elif last.endswith(("s", "x", "ch", "sh")):
        many = last if last.endswith("s") and not last.endswith(("ss", "us")) else f"{last}es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        many = f"{last[:-1]}ies"
    else:
        many = f"{last}s"
    return f"{head} {many}".strip()

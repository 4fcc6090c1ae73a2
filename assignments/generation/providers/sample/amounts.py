"""How many, and how big: numbers, counters, plurals and words of size."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .scene import MOST_OF_ONE
from .tokens import Token

A_FEW = 3

_KOREAN: Mapping[str, int] = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10,
    "몇": 3, "여러": 4, "수많은": 10, "많은": 6,
}  # fmt: skip
_KOREAN_ALONE: Mapping[str, int] = {"둘": 2, "셋": 3, "넷": 4, "여럿": 4}
_ENGLISH: Mapping[str, int] = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "dozen": 10,
    "couple": 2, "pair": 2, "few": 3, "some": 3, "several": 4, "many": 6, "lots": 6, "flock": 5, "herd": 5, "both": 2,
}  # fmt: skip
_COUNTED = re.compile(
    rf"^({'|'.join(_KOREAN)}|\d{{1,3}})(?:마리|명|개|그루|송이|대|척|채|권|쌍|자루|켤레|벌|조각)"
    r"(의|가|이|은|는|을|를|과|와|도|만|씩|로|으로)?$"
)
# A number before one of these counts no thing in the picture: years, floors, hands.
_UNITS = re.compile(
    r"^(?:년|월|일|시|분|초|살|층|번|번째|학년|반|교시|위|등|달|배|손|눈|팔|다리|발|귀|날개|볼|가지|사람의|"
    r"years?|days?|st|nd|rd|th|floors?|times?|hands?|eyes?|arms?|legs?|wings?|feet|am|pm)"
    r"(?:의|에|을|를|로|으로|이|가|은|는|째)?$"
)
_PLURAL_KO = re.compile(r"들(?:은|이|을|의|과|도|로|에게|이랑|끼리|만|하고|한테)?$")
_PLURAL_KO_WORDS = frozenset({"가족", "사람들", "아이들"})
# English words that name several without ending in s.
_PLURAL_EN = frozenset({"family", "children", "people", "mice", "men", "women", "geese", "wolves", "kids"})


def count_at(tokens: tuple[Token, ...], at: int) -> tuple[int, int, bool]:
    """Return (words used, how many, whether it speaks of the noun after it); (0, 1, True) where none is told.

    "세 마리의 고양이" and "three cats" speak of what follows, "고양이 세 마리" of what went before.
    """
    text = tokens[at].text
    if at + 1 < len(tokens) and _UNITS.match(tokens[at + 1].text):
        return 0, 1, True
    for length in (2, 1):
        run = tokens[at : at + length]
        found = _COUNTED.match("".join(token.text for token in run)) if len(run) == length else None
        if found:
            return length, _number(found[1]), found[2] == "의"
    if text in _KOREAN_ALONE or text[:-1] in _KOREAN_ALONE:
        return 1, _KOREAN_ALONE.get(text) or _KOREAN_ALONE[text[:-1]], False
    if text in _KOREAN or text in _ENGLISH or text.isdecimal():
        return 1, _number(text), True
    return 0, 1, True


def _number(word: str) -> int:
    said = int(word) if word.isdecimal() else _KOREAN.get(word) or _ENGLISH[word]
    return min(MOST_OF_ONE, max(1, said))


def is_plural(last: Token, form: str) -> bool:
    """Whether the word that was looked up as ``form`` was written in the plural."""
    if form in _PLURAL_KO_WORDS:
        return True
    if last.is_korean:
        return last.text.startswith(form) and bool(_PLURAL_KO.match(last.text[len(form) :]))
    return last.text in _PLURAL_EN or (form != last.text and "'" not in last.text and "’" not in last.text)

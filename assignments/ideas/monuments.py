"""The monuments that a class may choose from, each with a fact that a child can read."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Monument:
    """One monument in Korean and English.

    ``key`` is stable and names the drawing of the sample provider where ``has_sample_drawing``.
    """

    key: str
    ko: str
    en: str
    other_names: tuple[str, ...]
    country_ko: str
    country_en: str
    fact_ko: str
    fact_en: str
    has_sample_drawing: bool

    def name(self, language: str) -> str:
        return self.ko if language.startswith("ko") else self.en

    def country(self, language: str) -> str:
        return self.country_ko if language.startswith("ko") else self.country_en

    def fact(self, language: str) -> str:
        return self.fact_ko if language.startswith("ko") else self.fact_en


@lru_cache(maxsize=1)
def monuments() -> tuple[Monument, ...]:
    rows = json.loads((Path(__file__).parent / "monuments.json").read_text("utf-8"))
    return tuple(Monument(**{**row, "other_names": tuple(row["other_names"])}) for row in rows)


def _folded(text: str) -> str:
    """Lower case without accents; Hangul stays whole."""
    marked = unicodedata.normalize("NFD", text.casefold())
    plain = "".join(mark for mark in marked if not 0x300 <= ord(mark) <= 0x36F)
    return re.sub(r"[^\w\s]", " ", unicodedata.normalize("NFC", plain))


def _pattern(name: str) -> re.Pattern[str]:
    """A name begins a word; Korean may go on with a particle, English may not go on at all.

    Spaces inside a Korean name are free (피사의 사탑, 피사의사탑).
    """
    words = _folded(name).split()
    if re.search(r"[가-힣]", name):
        particle = (
            r"(?:에서|에게|으로|까지|부터|처럼|보다|이랑|하고|은|는|이|가|을|를|의|에|와|과|로|도|만|랑)*"
        )
        body = r"\s*".join(map(re.escape, "".join(words)))
        return re.compile(rf"(?<!\w){body}{particle}(?!\w)")
    body = r"\s+".join(map(re.escape, words))
    return re.compile(rf"(?<![a-z0-9]){body}(?![a-z0-9])")


@lru_cache(maxsize=1)
def _names() -> tuple[tuple[re.Pattern[str], Monument], ...]:
    pairs = [(name, one) for one in monuments() for name in (one.ko, one.en, *one.other_names)]
    pairs.sort(key=lambda pair: -len(_folded(pair[0])))
    return tuple((_pattern(name), one) for name, one in pairs)


def find_monument(text: str) -> Monument | None:
    """Return the monument that the text names: the longest name wins, then the first in the text."""
    folded = _folded(text[:2000])
    return next((one for pattern, one in _names() if pattern.search(folded)), None)

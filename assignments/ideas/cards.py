"""Idea cards: a monument where nobody expects it, with someone nobody expects."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .monuments import Monument, monuments


@dataclass(frozen=True, slots=True)
class Card:
    """One card in one language: its parts, and the prompt that they make together."""

    monument: Monument
    place: str
    companion: str
    time: str
    weather: str
    prompt: str


@lru_cache(maxsize=1)
def _parts() -> Mapping[str, tuple[Mapping[str, str], ...]]:
    rows = json.loads((Path(__file__).parent / "cards.json").read_text("utf-8"))
    return {group: tuple(one) for group, one in rows.items()}


def cards(seed: int | str, language: str, count: int = 3, *, is_drawn_only: bool = False) -> tuple[Card, ...]:
    """Return ``count`` cards; the same seed gives the same cards, in either language.

    Monuments and companions differ within one hand as long as there are enough of them.
    ``is_drawn_only`` keeps to monuments that the sample provider can draw.
    """
    digest = hashlib.blake2b(str(seed).encode(), digest_size=8).digest()
    chance = random.Random(int.from_bytes(digest, "big"))  # noqa: S311 - repeatable on purpose
    pool = [one for one in monuments() if one.has_sample_drawing or not is_drawn_only]
    count = max(0, min(count, len(pool)))
    chosen = chance.sample(pool, count)
    decks = {group: _dealt(chance, parts, count) for group, parts in _parts().items()}
    tongue = "ko" if language.startswith("ko") else "en"
    return tuple(
        _card(monument, {group: deck[number][tongue] for group, deck in decks.items()}, tongue)
        for number, monument in enumerate(chosen)
    )


def _dealt(
    chance: random.Random, parts: tuple[Mapping[str, str], ...], count: int
) -> list[Mapping[str, str]]:
    dealt: list[Mapping[str, str]] = []
    while len(dealt) < count:
        dealt += chance.sample(parts, len(parts))
    return dealt


def _card(monument: Monument, words: Mapping[str, str], tongue: str) -> Card:
    name = monument.name(tongue)
    if tongue == "ko":
        prompt = (
            f"{words['weather']} {words['place']} {words['companion']} 있는 {name}, "
            f"{words['time'].removesuffix('에')}"
        )
    else:
        prompt = f"{name} {words['place']} {words['companion']}, {words['time']}, {words['weather']}"
    return Card(monument, words["place"], words["companion"], words["time"], words["weather"], prompt)

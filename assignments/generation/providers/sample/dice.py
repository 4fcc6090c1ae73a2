"""Seeded chance whose reach is the lesson's ``variety``."""

from __future__ import annotations

import hashlib
import random


def seed_of(text: str) -> int:
    """Return a 32-bit number that is the same for the same text on every machine."""
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest(), "big"
    )


class Dice:
    """Two streams of chance, one of the words and one of the seed, blended by variety.

    At variety 0 only the words speak, so every seed gives the same picture; at 1 only the seed.
    Layers take their own dice (``for_layer``), so one thing more in the sky moves nothing below.
    """

    def __init__(self, words: str, seed: int, variety: float) -> None:
        self._words, self._seed, self._variety = words, seed, min(1.0, max(0.0, variety))
        self._steady = random.Random(seed_of(words))  # noqa: S311 - repeatable on purpose
        self._free = random.Random(seed)  # noqa: S311 - repeatable on purpose

    def for_layer(self, name: str) -> Dice:
        return Dice(f"{self._words}/{name}", seed_of(f"{self._seed}/{name}"), self._variety)

    def between(self, low: float, high: float) -> float:
        steady, free = self._steady.uniform(low, high), self._free.uniform(low, high)
        return steady + (free - steady) * self._variety

    def count(self, low: int, high: int) -> int:
        return min(high, int(self.between(low, high + 1)))

    def flip(self) -> bool:
        steady, free, chance = self._steady.random(), self._free.random(), self._free.random()
        return (free if chance < self._variety else steady) < 0.5

"""What a simulated lesson is: who presses how often, at what limit, against how slow a provider."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """A lesson to be played.

    Attributes:
        students: how many of each class press in the first second.
        presses: pictures each of them wants; the next press follows when a picture is there.
        limit: pictures a minute that the provider allows, and enforces by the same rule.
        latency_seconds: least and most time of one drawing.
        jitter_seconds: how much too early the provider lets a request come, for roads are uneven; its
            rate in the long run stays the same.
    """

    students: tuple[int, ...] = (30, 3)
    presses: int = 2
    limit: float = 120.0
    burst: int = 1
    latency_seconds: tuple[float, float] = (1.0, 3.0)
    jitter_seconds: float = 0.1
    seed: int = 1
    workers: int = 1

    @property
    def pictures(self) -> int:
        return sum(self.students) * self.presses

    @property
    def in_flight(self) -> int:
        """Enough calls at once that the limit, not this number, sets the pace."""
        return math.ceil(self.limit / 60 * (self.latency_seconds[1] + 2.5)) + self.burst

    def order_of_arrival(self) -> list[tuple[int, int]]:
        """(class, student) as they press: each class spread evenly over the same moment, who is who by the seed."""
        chance = random.Random(self.seed)  # noqa: S311
        arrivals = []
        for classroom, size in enumerate(self.students):
            numbers = list(range(size))
            chance.shuffle(numbers)
            for position, number in enumerate(numbers):
                arrivals.append(((position + 0.5) / size, chance.random(), classroom, number))
        return [(classroom, number) for _moment, _tie, classroom, number in sorted(arrivals)]

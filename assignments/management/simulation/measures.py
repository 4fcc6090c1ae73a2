"""Measures of a played lesson, from times alone."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .plan import Plan


@dataclass(frozen=True, slots=True)
class Drawn:
    """One press that became a picture. Times are seconds since the epoch by the database's clock.

    Attributes:
        turn: 0 for a student's first picture.
        told_seconds: the time to wait that the student was told at the press.
    """

    classroom: int
    student: int
    turn: int
    pressed_at: float
    begun_at: float
    ended_at: float
    told_seconds: float
    press_cpu_seconds: float
    engine_cpu_seconds: float
    engine_seconds: float

    @property
    def wait_seconds(self) -> float:
        return self.ended_at - self.pressed_at


def least_seconds(plan: Plan, drawing_seconds: float) -> float:
    """The makespan that no engine can beat: all slots but the last burst, and one drawing."""
    slots = math.ceil(plan.pictures / plan.burst) - 1
    return slots * plan.burst * 60 / plan.limit + drawing_seconds


def makespan_seconds(drawn: Sequence[Drawn]) -> float:
    return max(each.ended_at for each in drawn) - min(each.pressed_at for each in drawn)


def inversions(drawn: Sequence[Drawn]) -> int:
    """Second pictures begun while another student's first was waiting."""
    firsts = [each for each in drawn if each.turn == 0]
    return sum(
        any(first.pressed_at < later.begun_at < first.begun_at for first in firsts)
        for later in drawn
        if later.turn > 0
    )


def jain(drawn: Sequence[Drawn], students: int) -> float:
    """The lowest of Jain's indices (Jain, Chiu, Hawe 1984) of pictures begun a student, at each round's end."""
    in_order = sorted(drawn, key=lambda each: each.begun_at)
    lowest = 1.0
    begun: Counter[tuple[int, int]] = Counter()
    for number, each in enumerate(in_order, start=1):
        begun[each.classroom, each.student] += 1
        if number % students == 0:
            squares = sum(count * count for count in begun.values())
            lowest = min(lowest, number * number / (students * squares))
    return lowest


def mean_first_waits(drawn: Sequence[Drawn], sizes: Sequence[int]) -> tuple[float, float]:
    """Mean wait for the first picture in the smallest and in the largest class, in seconds."""
    small, large = (
        statistics.fmean(each.wait_seconds for each in drawn if each.turn == 0 and each.classroom == which)
        for which in (sizes.index(min(sizes)), sizes.index(max(sizes)))
    )
    return small, large


def eta_error(drawn: Sequence[Drawn]) -> float:
    """Median of |told - true| / true over all presses."""
    return statistics.median(abs(each.told_seconds - each.wait_seconds) / each.wait_seconds for each in drawn)


def overhead_ms(drawn: Sequence[Drawn], dispatch_cpu_seconds: float) -> float:
    """Mean milliseconds of processor time for our own work a picture: press, choosing, the worker's part."""
    worked = sum(each.press_cpu_seconds + each.engine_cpu_seconds for each in drawn)
    return 1000 * (worked + dispatch_cpu_seconds) / len(drawn)

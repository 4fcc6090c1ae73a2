"""The speed of a limit: the generic cell rate algorithm (GCRA, ITU-T I.371), its virtual-scheduling form.

Two clocks follow the same rule. ``Limit.tat`` plans: dispatch claims rows a moment ahead of their
slots. ``Limit.send_tat`` books: a worker that is ready takes the exact moment at which its request
leaves. A request that leaves late pushes the next booking, never the provider's patience; the plan
stays, and as its spacing is the wider one the bookings come back to it little by little.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from assignments.models import Limit

from .clock import as_moment, database_now
from .providers.base import RateFacts

# The provider's clock and ours differ a little, and so do two roads to it.
MARGIN = 1.01
# Booked moments may follow closer than planned slots, so that a lateness is made up for in time.
SENDING_MARGIN = 1.002
# Bookings that lag further behind than this move the plan.
LAG_SECONDS = 0.5
MAX_RETRY_AFTER_SECONDS = 300.0
MAX_UNITS = 10
# How far ahead of its slot a row may be claimed; the broker carries the claim meanwhile.
AHEAD_SECONDS = 1.0
LEARNED_FOR = timedelta(minutes=10)
LEARNING_PAUSE = timedelta(seconds=5)
SUSPICION_LASTS = timedelta(minutes=2)
SLOW_DOWN = 0.95
LONGEST_LATENESS_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The numbers of GCRA. ``spacing_seconds`` is one unit's share; ``tolerance_seconds`` lets a burst through."""

    spacing_seconds: float
    tolerance_seconds: float

    def slot(self, tat: float, now: float) -> float:
        """The earliest moment for the next unit."""
        return max(now, tat - self.tolerance_seconds)

    def after(self, tat: float, slot: float, units: int) -> float:
        """The theoretical arrival time once ``units`` have been taken at ``slot``."""
        return max(tat, slot) + units * self.spacing_seconds

    def believable(self, tat: float, now: float) -> float:
        """``tat``, unless it stands further ahead than any booking could have put it.

        Then the clock was set back; waiting for it would stop the school.
        """
        furthest = now + AHEAD_SECONDS + self.tolerance_seconds + MAX_UNITS * self.spacing_seconds
        return tat if tat <= furthest else now + self.spacing_seconds


def pace_of(limit: Limit, now: float, margin: float = MARGIN) -> Pace:
    spacing = margin * 60.0 / effective_per_minute(limit, now)
    return Pace(spacing, (limit.burst - 1) * spacing)


def planning_tat(limit: Limit, pace: Pace, now: float) -> float:
    """Where planning goes on: no slot is planned far before the moment that late bookings have come to."""
    return max(pace.believable(limit.tat, now), pace.believable(limit.send_tat, now) - LAG_SECONDS)


def correct_clocks(limit: Limit, pace: Pace, now: float) -> None:
    """Set clocks that the database's own clock no longer bears out to one spacing from now, once and for good.

    Judged anew at each look, one spacing from now would never come. Call it with the limit's row locked.
    """
    tat, send_tat = pace.believable(limit.tat, now), pace.believable(limit.send_tat, now)
    if (tat, send_tat) != (limit.tat, limit.send_tat):
        limit.tat, limit.send_tat = tat, send_tat
        Limit.objects.filter(pk=limit.pk).update(tat=tat, send_tat=send_tat)


def effective_per_minute(limit: Limit, now: float) -> float:
    """The operator's number, or the lower one that the provider taught us in the last ten minutes."""
    if limit.learned_per_minute is None or limit.learned_at is None:
        return limit.per_minute
    is_fresh = abs(as_moment(now) - limit.learned_at) < LEARNED_FOR
    return min(limit.per_minute, limit.learned_per_minute) if is_fresh else limit.per_minute


def units_of(limit: Limit, count: int) -> int:
    return count if limit.unit == Limit.Unit.PICTURES else 1


def resting_until(limit: Limit, now: float) -> float:
    """When a 429 lets the queue go on; 0 when nothing rests."""
    is_resting = now < limit.not_before <= now + MAX_RETRY_AFTER_SECONDS + 1
    return limit.not_before if is_resting else 0.0


@dataclass(frozen=True, slots=True)
class Booking:
    """A moment to send. ``send_tat`` is the limit's clock before and after it, to hand it back by."""

    wait_seconds: float
    tat_before: float
    tat_after: float


def book_sending(
    limit_pk: int, count: int, *, not_before: float = 0.0, missed: Booking | None = None
) -> Booking:
    """Take the next moment to send. Call it inside a transaction.

    Args:
        not_before: the planned slot, in the database's seconds.
        missed: a booking that was not kept; it is handed back unless somebody booked after it.
    """
    limit = Limit.objects.select_for_update().get(pk=limit_pk)
    now = database_now()
    pace = pace_of(limit, now, SENDING_MARGIN)
    is_last = missed is not None and missed.tat_after == limit.send_tat
    tat = pace.believable(missed.tat_before if missed is not None and is_last else limit.send_tat, now)
    planned = not_before if not_before <= now + AHEAD_SECONDS else 0.0
    slot = max(pace.slot(tat, now), resting_until(limit, now), planned)
    after = pace.after(tat, slot, units_of(limit, count))
    Limit.objects.filter(pk=limit_pk).update(send_tat=after)
    return Booking(slot - now, tat, after)


def report_lateness(limit_pk: int, seconds: float) -> None:
    """A request left later than its booked moment: move the next ones by as much."""
    Limit.objects.filter(pk=limit_pk).update(send_tat=F("send_tat") + min(seconds, LONGEST_LATENESS_SECONDS))


def push_back(limit_pk: int, seconds: float) -> None:
    """Let the queue rest: the provider asked for it, or can't be reached."""
    with transaction.atomic():
        until = database_now() + min(max(seconds, 0.0), MAX_RETRY_AFTER_SECONDS)
        Limit.objects.filter(pk=limit_pk).update(not_before=Greatest(F("not_before"), until))


def learn_from_refusal(limit_pk: int, retry_after_seconds: float | None) -> None:
    """A 429 although our clock allowed it: rest as told; a second one within two minutes slows us down.

    One may come from an uneven road. Several calls in flight are refused together and count as one.
    """
    with transaction.atomic():
        limit = Limit.objects.select_for_update().get(pk=limit_pk)
        now = database_now()
        moment = as_moment(now)
        rest = retry_after_seconds if retry_after_seconds is not None else 60.0 / limit.per_minute
        until = now + min(max(rest, 0.2), MAX_RETRY_AFTER_SECONDS)
        changes: dict[str, object] = {"not_before": max(until, resting_until(limit, now))}
        age = abs(moment - limit.learned_at) if limit.learned_at is not None else None
        speed = effective_per_minute(limit, now)
        if age is None or age > SUSPICION_LASTS:
            changes |= {"learned_per_minute": speed, "learned_at": moment}
        elif age > LEARNING_PAUSE:
            changes |= {"learned_per_minute": max(0.1, speed * SLOW_DOWN), "learned_at": moment}
        Limit.objects.filter(pk=limit_pk).update(**changes)


def learn_from_headers(limit_pk: int, facts: RateFacts) -> None:
    """Believe an ``x-ratelimit-limit`` below the operator's number, and an allowance that is used up."""
    if facts.limit is None and facts.remaining is None:
        return
    with transaction.atomic():
        limit = Limit.objects.select_for_update().get(pk=limit_pk)
        now = database_now()
        changes: dict[str, object] = {}
        is_lower = facts.limit is not None and 0 < facts.limit < limit.per_minute
        # What is told again keeps what was learned fresh.
        if facts.limit and is_lower and facts.limit <= effective_per_minute(limit, now):
            changes["learned_per_minute"] = float(facts.limit)
            changes["learned_at"] = as_moment(now)
        if facts.remaining == 0 and facts.reset_seconds:
            until = now + min(facts.reset_seconds, MAX_RETRY_AFTER_SECONDS)
            changes["not_before"] = max(until, resting_until(limit, now))
        if changes:
            Limit.objects.filter(pk=limit_pk).update(**changes)

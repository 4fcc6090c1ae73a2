"""Choosing who is next: moves rows from QUEUED to DRAWING at the limit's pace and hands them to workers."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from assignments.models import Generation, Limit

from . import limits, queue
from .clock import as_moment, database_now
from .wake import hand_over, wake

logger = logging.getLogger(__name__)

# A claimed row whose worker never began loses its claim this long after its slot.
START_LEASE_SECONDS = 20.0
MAX_CLAIMS = 32
MAX_NAP_SECONDS = 60.0


@dataclass(slots=True)
class _Round:
    """One look at a limit: its clocks as they move while rows are claimed."""

    limit: Limit
    now: float
    tat: float
    virtual_time: float
    free_calls: int
    next_slot: float = 0.0
    claimed: list[tuple[int, int]] = field(default_factory=list)


def dispatch(limit_pk: int) -> int:
    """Claim what is due on this limit and return how many rows were claimed.

    One short transaction holds the limit's row; nothing stays QUEUED between being chosen and being
    claimed. It re-arms itself for the next free slot.
    """
    begun_at = time.thread_time()
    with transaction.atomic():
        limit = Limit.objects.select_for_update().filter(pk=limit_pk).first()
        if limit is None:
            return 0
        now = database_now()
        pace = limits.pace_of(limit, now)
        limits.correct_clocks(limit, pace, now)
        look = _Round(
            limit=limit,
            now=now,
            tat=limits.planning_tat(limit, pace, now),
            virtual_time=limit.virtual_time,
            free_calls=limit.in_flight - queue.calls_in_flight(limit_pk),
        )
        rest = _claim_due(look, pace)
        armed_at = _next_look_at(look, rest)
        _write_back(look, armed_at, time.thread_time() - begun_at)
        for pk, claim in look.claimed:
            hand_over(pk, claim)
        if armed_at is not None and armed_at != limit.armed_at:
            wake(limit_pk, max(0.01, armed_at - now))
    return len(look.claimed)


def _claim_due(look: _Round, pace: limits.Pace) -> int:
    """Claim rows slot by slot; return how many are left waiting, as far as we looked."""
    limit, now = look.limit, look.now
    wanted = max(0, min(look.free_calls, MAX_CLAIMS)) + 1
    rows = list(queue.ready_rows(limit.pk, now)[:wanted])
    earliest = limits.resting_until(limit, now)
    horizon = now + limits.AHEAD_SECONDS
    for position, row in enumerate(rows):
        look.next_slot = max(pace.slot(look.tat, now), earliest)
        if look.free_calls <= 0 or look.next_slot > horizon:
            return len(rows) - position
        if not _claim(row, look.next_slot):
            continue
        look.tat = pace.after(look.tat, look.next_slot, limits.units_of(limit, row.count))
        look.virtual_time = max(look.virtual_time, row.start_tag)
        look.free_calls -= 1
        look.claimed.append((row.pk, row.claim + 1))
    return 0


def _claim(row: Generation, slot_at: float) -> bool:
    moment = as_moment(slot_at)
    won = Generation.objects.filter(pk=row.pk, status=Generation.Status.QUEUED, claim=row.claim).update(
        status=Generation.Status.DRAWING,
        claim=F("claim") + 1,
        slot_at=slot_at,
        resume_at=None,
        is_suspect=False,
        lease_expires_at=as_moment(slot_at + START_LEASE_SECONDS),
        claimed_at=moment,
        changed_at=moment,
    )
    return won == 1


def _next_look_at(look: _Round, rest: int) -> float | None:
    """When to look again; None when a finishing call or a new press will wake us."""
    if rest and look.free_calls > 0:
        # Half-way into the window, so that the next claim never comes late to its slot.
        wanted = look.next_slot - limits.AHEAD_SECONDS / 2
    elif rest:
        return None
    else:
        resume_at = queue.next_resume_at(look.limit.pk, look.now)
        if resume_at is None:
            return None
        wanted = resume_at
    wanted = min(max(wanted, look.now + 0.05), look.now + MAX_NAP_SECONDS)
    armed = look.limit.armed_at
    is_armed = look.now + 0.02 < armed <= wanted + 0.05
    return armed if is_armed else wanted


def _write_back(look: _Round, armed_at: float | None, cpu_seconds: float) -> None:
    changes: dict[str, Any] = {}
    if look.claimed:
        changes = {"tat": look.tat, "virtual_time": look.virtual_time}
    if armed_at is not None and armed_at != look.limit.armed_at:
        changes["armed_at"] = armed_at
    if changes:
        changes["dispatch_cpu_seconds"] = F("dispatch_cpu_seconds") + cpu_seconds
        Limit.objects.filter(pk=look.limit.pk).update(**changes)

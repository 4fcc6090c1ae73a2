"""Finds what stands still: leases that ran out, rows that nobody was woken for, rows of stopped models."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from assignments.models import Generation, ProviderCall

from . import leases, ledger, recovery, spool, stopping, transitions
from .clock import as_moment, database_now
from .dispatch import dispatch
from .wake import hand_over

logger = logging.getLogger(__name__)

Status = Generation.Status
# A worker that is alive renews its lease within this time; then the suspicion was wrong. It keeps a
# clock that jumps from declaring everyone dead.
GRACE_SECONDS = leases.BEAT_SECONDS + 3.0
# No lease reaches further ahead; one that does was written before the clock was set back.
FURTHEST_LEASE_SECONDS = 120.0
BATCH = 200


def sweep() -> None:
    """Look at everything once. Several may run at the same time: each change is a compare-and-set."""
    suspect_expired_leases()
    for row in _dead_rows():
        take_over(row)
    stopping.reroute_stranded()
    for limit_pk in limits_with_waiting_rows():
        dispatch(limit_pk)


def suspect_expired_leases() -> int:
    now = database_now()
    is_expired = Q(lease_expires_at__lt=as_moment(now)) | Q(lease_expires_at=None)
    is_unbelievable = Q(lease_expires_at__gt=as_moment(now + FURTHEST_LEASE_SECONDS))
    return Generation.objects.filter(
        is_expired | is_unbelievable, status__in=Generation.WORKING, is_suspect=False
    ).update(is_suspect=True, lease_expires_at=as_moment(now + GRACE_SECONDS))


def take_over(row: Generation) -> bool:
    """Go on with a row whose worker is gone; False when somebody else did."""
    if row.status == Status.CHECKING:
        if recovery.is_given_up(row):
            return transitions.fail(row, kind="storage_failed")
        return _resume_checking(row)
    had_begun = ledger.put_in_doubt(row.pk, row.claim)
    found = spool.read(row, row.claim)
    if found:
        ledger.mark_found(row.pk, row.claim, len(found))
        return _resume_checking(row)
    if not had_begun:
        return transitions.requeue(row)
    if recovery.may_draw_again(row):
        return transitions.requeue(row)
    kind = "gave_up" if recovery.is_given_up(row) else "timed_out"
    return transitions.fail(row, kind=kind)


def limits_with_waiting_rows() -> list[int]:
    waiting = Generation.objects.filter(status=Status.QUEUED, limit__isnull=False).order_by()
    return list(waiting.values_list("limit_id", flat=True).distinct())


def close_lost_calls() -> int:
    """Calls without an end whose row has moved on are in doubt: a worker died between two lines."""
    is_settled = Q(generation__status__in=Generation.SETTLED)
    is_older = Q(claim__lt=F("generation__claim"))
    deadline = as_moment(database_now() - settings.CALL_DEADLINE_SECONDS - leases.LEASE_SECONDS)
    lost = ProviderCall.objects.filter(
        is_settled | is_older, outcome=ProviderCall.Outcome.BEGUN, begun_at__lt=deadline
    ).values_list("generation_id", "claim")
    return sum(ledger.put_in_doubt(pk, claim) for pk, claim in list(lost[:BATCH]))


def _dead_rows() -> list[Generation]:
    return list(
        Generation.objects.filter(
            status__in=Generation.WORKING, is_suspect=True, lease_expires_at__lt=as_moment(database_now())
        )
        .select_related("classroom__school", "image_model")
        .order_by("pk")[:BATCH]
    )


def _resume_checking(row: Generation) -> bool:
    """A new claim on the same bytes; the one before can't finish any more."""
    expires_at = as_moment(database_now() + leases.LEASE_SECONDS)
    with transaction.atomic():
        claim = row.claim + 1
        if not transitions.move(
            row, to=Status.CHECKING, claim=claim, lease_expires_at=expires_at, is_suspect=False
        ):
            return False
        hand_over(row.pk, claim)
    return True

"""A claimed row's turn: waiting for its slot, booking the moment of sending, leaving exactly then."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.db.models import F

from assignments.models import Generation, ProviderCall

from . import leases, ledger, limits, transitions
from .clock import as_moment, database_now
from .errors import Unreachable
from .run import Run, release_connection

logger = logging.getLogger(__name__)

# A worker whose moment to send lies further away gives the row back instead of sleeping on it.
LONGEST_WAIT_SECONDS = 2.5
# The moment is booked this much before the slot: then the connection is opened, and it waits there.
BOOKING_SECONDS = 0.2
# A request that would leave later than this books a new moment: others have booked theirs by now.
MISSED_SECONDS = 0.1
# What the spacing's margin has room for.
UNNOTICED_SECONDS = 0.001
MOST_BOOKINGS = 5
WORTH_RELEASING_SECONDS = 0.25


@dataclass(slots=True)
class Turn:
    """A booked moment, with the ledger's row for the call that begins then; the gate of its requests.

    ``send_at`` is on the monotonic clock.
    """

    run: Run
    call: ProviderCall
    booking: limits.Booking
    send_at: float
    is_taken: bool = False
    late_seconds: float = 0.0

    @property
    def limit_pk(self) -> int:
        limit_pk = self.run.generation.limit_id
        assert limit_pk is not None
        return limit_pk

    def wait(self) -> None:
        """Sleep until the booked moment; a further request of the same call books a moment of its own."""
        if self.is_taken:
            self._book_anew(missed=None)
        self.is_taken = True
        for _booking in range(MOST_BOOKINGS):
            time.sleep(max(0.0, self.send_at - time.monotonic()))
            self.late_seconds = time.monotonic() - self.send_at
            if self.late_seconds <= MISSED_SECONDS:
                return
            self._book_anew(missed=self.booking)

    def passed(self) -> None:
        """Tell the clock how late the request left, now that telling can't delay it any more."""
        if self.late_seconds <= UNNOTICED_SECONDS:
            return
        try:
            limits.report_lateness(self.limit_pk, self.late_seconds)
        except DatabaseError as error:  # the request is out; its answer is worth more than this
            logger.warning("a lateness was not told: %s", error)
        release_connection()

    def _book_anew(self, missed: limits.Booking | None) -> None:
        try:
            with transaction.atomic():
                asked_at = time.monotonic()
                self.booking = limits.book_sending(self.limit_pk, self.run.generation.count, missed=missed)
        except DatabaseError as error:
            raise Unreachable(f"No moment to send could be booked: {error}") from error
        release_connection()
        self.send_at = asked_at + self.booking.wait_seconds


def take_turn(run: Run) -> Turn | None:
    """Wait for the slot, then in one transaction book the moment of sending and write the ledger's row.

    None when the row is no longer ours, or its moment has moved too far away (it is back in the queue).
    """
    row = run.generation
    assert row.limit_id is not None
    assert row.slot_at is not None
    wait = row.slot_at - database_now() - BOOKING_SECONDS
    if wait > 0:
        if wait > WORTH_RELEASING_SECONDS:
            release_connection()
        with run.watch.elsewhere():
            time.sleep(min(wait, LONGEST_WAIT_SECONDS))
    with transaction.atomic():
        asked_at = time.monotonic()
        booking = limits.book_sending(row.limit_id, row.count, not_before=row.slot_at)
        wait = booking.wait_seconds
        call = _write_call(run, wait) if wait <= LONGEST_WAIT_SECONDS else None
        if call is None:
            transaction.set_rollback(True)
    if call is None:
        transitions.requeue(row)
        return None
    release_connection()
    return Turn(run, call, booking, asked_at + wait)


def _write_call(run: Run, wait_seconds: float) -> ProviderCall | None:
    row = run.generation
    now = database_now()
    first_call_at = row.first_call_at or as_moment(now)
    lease_expires_at = as_moment(now + wait_seconds + leases.LEASE_SECONDS)
    won = Generation.objects.filter(pk=row.pk, status=Generation.Status.DRAWING, claim=row.claim).update(
        calls_begun=F("calls_begun") + 1,
        first_call_at=first_call_at,
        lease_expires_at=lease_expires_at,
        is_suspect=False,
        changed_at=as_moment(now),
    )
    if not won:
        return None
    row.calls_begun += 1
    row.first_call_at = first_call_at
    return ledger.begin_call(row, now + wait_seconds)

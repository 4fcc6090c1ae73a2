"""What becomes of a row whose call went wrong."""

from __future__ import annotations

import logging

from django.conf import settings

from assignments.models import Generation

from . import ledger, limits, stopping, transitions
from .clock import as_moment, database_now
from .errors import Action, GenerationError, Unreachable
from .run import Run

logger = logging.getLogger(__name__)

Status = Generation.Status
# A call that may have been paid is repeated at most once; one that can't have been, a few times.
MOST_PAID_CALLS = 2
MOST_FREE_CALLS = 5
FIRST_REST_SECONDS = 2.0
LONGEST_REST_SECONDS = 60.0


def after_error(run: Run, error: GenerationError) -> None:
    """Do what the error's class asks for. The call's ledger row is closed already."""
    row = run.generation
    # What the provider said may quote the prompt: it stands in the ledger, and no words in a log.
    logger.warning("generation %s claim %s: %s", row.pk, row.claim, error.kind)
    if error.action == Action.WAIT:
        _wait(run, error)
    elif error.action == Action.REFUSE:
        is_picture = error.kind == "picture_refused"
        stage = Generation.Stage.PICTURE if is_picture else Generation.Stage.PROMPT
        transitions.refuse(row, stage=stage, kind=error.kind)
    elif error.action == Action.STOP:
        _stop(run, error)
    elif error.action == Action.RETRY and may_draw_again(row, error):
        _retry(run, error)
    else:
        transitions.fail(row, kind=error.kind)


def may_draw_again(row: Generation, error: GenerationError | None = None) -> bool:
    if is_given_up(row):
        return False
    if isinstance(error, Unreachable):
        return True
    return ledger.maybe_paid_calls(row.pk) < MOST_PAID_CALLS and row.calls_begun < MOST_FREE_CALLS


def is_given_up(row: Generation) -> bool:
    """Fifteen minutes after the first call began; waiting for a turn never counts."""
    if row.first_call_at is None:
        return False
    age = as_moment(database_now()) - row.first_call_at
    return age.total_seconds() > settings.GIVE_UP_AFTER_SECONDS


def after_crash(run: Run) -> None:
    """Our own mistake or a database that went away: leave the row to the sweeper, which knows how to go on."""
    row = run.generation
    try:
        Generation.objects.filter(pk=row.pk, claim=row.claim, status__in=Generation.WORKING).update(
            lease_expires_at=as_moment(database_now() + FIRST_REST_SECONDS), is_suspect=True
        )
    except Exception as error:
        logger.warning("generation %s is left to its lease: %s", row.pk, error)


def _wait(run: Run, error: GenerationError) -> None:
    """A 429: the queue rests as long as it was told, the row keeps its place, and no call is counted."""
    row = run.generation
    if row.limit_id is not None:
        limits.learn_from_refusal(row.limit_id, error.retry_after_seconds)
    calls_begun = max(0, row.calls_begun - 1)
    transitions.requeue(
        row, calls_begun=calls_begun, first_call_at=row.first_call_at if calls_begun else None
    )


def _retry(run: Run, error: GenerationError) -> None:
    row = run.generation
    rest = min(LONGEST_REST_SECONDS, FIRST_REST_SECONDS * 2 ** max(0, row.calls_begun - 1))
    if isinstance(error, Unreachable) and row.limit_id is not None:
        # Nobody gets through just now; one row tries again, the others keep waiting.
        limits.push_back(row.limit_id, rest)
    transitions.requeue(row, rest_seconds=rest)


def _stop(run: Run, error: GenerationError) -> None:
    row = run.generation
    stopping.stop_model(run.model, error)
    if transitions.requeue(row):
        row.refresh_from_db()
        if row.status == Status.QUEUED:
            stopping.reroute(row)

"""A claimed row's way through a worker: ledger, call, bytes put down, then the check.

Whatever happens to the worker at any line, the row's lease runs out and the sweeper knows from
ledger and stored bytes how to go on.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from assignments.models import ClassPolicy, Generation

from . import budget, leases, ledger, limits, opinion, recovery, spool, storing, transitions
from .checking import STORAGE_REST_SECONDS, check_and_finish, put_originals
from .clock import as_moment, database_now
from .endpoints import provider_of
from .errors import BadAnswer, EmptyAnswer, GenerationError
from .images import verify
from .providers.base import ImageRequest, ImageResult
from .request import build_request
from .run import Run, take_up
from .turn import take_turn

logger = logging.getLogger(__name__)

Status = Generation.Status
PROMPT_HOLD_SECONDS = 60.0


def generate(pk: int, claim: int) -> None:
    """Draw or finish one claimed row; does nothing when the claim no longer holds it or is being worked on."""
    run = take_up(pk, claim)
    if run is None:
        return
    with leases.held(pk, claim):
        try:
            if run.generation.status == Status.CHECKING:
                check_and_finish(run)
            else:
                _draw(run)
        except Exception:
            logger.exception("generation %s claim %s broke", pk, claim)
            recovery.after_crash(run)


def _draw(run: Run) -> None:
    row = run.generation
    claim, found = spool.find(row)
    if found:
        # A call that was given up for lost has brought its bytes after all; they are paid.
        ledger.put_in_doubt(row.pk, claim)
        ledger.mark_found(row.pk, claim, len(found))
        accept(run, found)
        return
    if not _is_prompt_passed(run):
        return
    try:
        provider = provider_of(run.endpoint)
        request = build_request(run)
    except GenerationError as error:
        recovery.after_error(run, error)
        return
    except storing.StorageFailed as error:
        logger.error("generation %s waits for its picture to start from: %s", row.pk, error)
        transitions.requeue(row, rest_seconds=STORAGE_REST_SECONDS)
        return
    turn = take_turn(run)
    if turn is None:
        return
    call = turn.call
    try:
        with run.watch.elsewhere():
            request = replace(request, gate=turn)
            result = _call(provider.edit if request.source else provider.generate, request)
    except GenerationError as error:
        ledger.end_failed(call.pk, error)
        recovery.after_error(run, error)
        return
    images = spool.images_of(result)
    with run.watch.elsewhere():
        _put_down(row, images)
    ledger.end_drawn(call.pk, result, _cost(run, result))
    if row.limit_id is not None:
        limits.learn_from_headers(row.limit_id, result.rate)
    accept(run, images)


def accept(run: Run, images: tuple[spool.SpooledImage, ...]) -> None:
    """Look at the pictures that came, move on to CHECKING with those that are right, and finish."""
    row = run.generation
    with run.watch.elsewhere():
        right, fault = _sort_out(run, images)
    if fault is not None:
        ledger.mark_picture_fault(row.pk, row.claim, fault)
        if not right:
            spool.remove(row, row.claim)
            recovery.after_error(run, fault)
            return
        with run.watch.elsewhere():
            _put_down(row, right)
    images = right
    stored = put_originals(run, images)
    expires_at = as_moment(database_now() + leases.LEASE_SECONDS)
    if transitions.start_checking(row, stored=stored, lease_expires_at=expires_at):
        check_and_finish(run, images)


def _sort_out(
    run: Run, images: tuple[spool.SpooledImage, ...]
) -> tuple[tuple[spool.SpooledImage, ...], GenerationError | None]:
    """The pictures that are what was asked for, and the first fault of the others."""
    right: list[spool.SpooledImage] = []
    fault: GenerationError | None = None
    for image in images:
        try:
            verify(
                image.data,
                width=run.model.width,
                height=run.model.height,
                is_colour_required=run.assignment.is_colour_required,
            )
            right.append(image)
        except GenerationError as error:
            fault = fault or error
    return tuple(right), fault


def _is_prompt_passed(run: Run) -> bool:
    """Ask for the second opinion on the words. Without an answer the class's switch decides."""
    said = opinion.on_prompt(run)
    if said.outcome == "flagged":
        transitions.refuse(run.generation, stage=Generation.Stage.PROMPT, kind="prompt_flagged")
        return False
    policy = getattr(run.generation.classroom, "policy", None)
    must_wait = policy is None or policy.when_unchecked == ClassPolicy.WhenUnchecked.HOLD
    if said.was_asked and said.outcome == "unchecked" and must_wait:
        transitions.requeue(run.generation, rest_seconds=PROMPT_HOLD_SECONDS)
        return False
    return True


def _call(draw: Callable[[ImageRequest], ImageResult], request: ImageRequest) -> ImageResult:
    """Call the provider; whatever else it raises is an answer that we could not read."""
    try:
        result = draw(request)
    except GenerationError:
        raise
    except Exception as error:
        logger.exception("a provider raised what it must not")
        raise BadAnswer(repr(error)) from error
    if not result.images:
        raise EmptyAnswer("no pictures")
    if len(result.images) > request.count:
        return ImageResult(
            result.images[: request.count], result.usage, result.request_id, result.rate, result.cost
        )
    return result


def _put_down(row: Generation, images: tuple[spool.SpooledImage, ...]) -> None:
    """The spool comes first; with its disk full the storage is the only place left."""
    try:
        spool.write(row, images)
    except OSError as error:
        logger.error("the spool took no bytes of generation %s: %s", row.pk, error)


def _cost(run: Run, result: ImageResult) -> Decimal:
    if result.cost is not None:
        return result.cost
    return budget.cost_of(run.model, result.usage, len(result.images))

"""The ledger: a row before a call starts, its outcome and cost when it ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from assignments.models import Generation, ProviderCall

from . import budget
from .clock import as_moment, database_now
from .errors import GenerationError, RateLimited
from .providers.base import ImageResult

Outcome = ProviderCall.Outcome
MAYBE_PAID = frozenset({Outcome.BEGUN, Outcome.DRAWN, Outcome.IN_DOUBT})
_ENDED = (Outcome.DRAWN, Outcome.REFUSED, Outcome.FAILED)


def begin_call(generation: Generation, begun_at: float) -> ProviderCall:
    """Write a call down before it starts. Call it in the transaction that lets the call start."""
    assert generation.image_model is not None
    return ProviderCall.objects.create(
        generation=generation,
        claim=generation.claim,
        school_id=generation.classroom.school_id,
        image_model=generation.image_model,
        begun_at=as_moment(begun_at),
        reserved_usd=generation.reserved_usd,
    )


def end_drawn(call_pk: int, result: ImageResult, cost: Decimal) -> None:
    changes = {
        "request_id": result.request_id[:120],
        "pictures": len(result.images),
        "usage": asdict(result.usage),
    }
    _end(call_pk, Outcome.DRAWN, cost, changes)


def end_failed(call_pk: int, error: GenerationError) -> None:
    """Book what a failed call may have cost: its reserved price when the provider was maybe paid, else nothing."""
    outcome = Outcome.REFUSED if error.action == "refuse" else Outcome.FAILED
    if error.is_billed and outcome == Outcome.FAILED:
        outcome = Outcome.IN_DOUBT
    changes = {
        "error_kind": error.kind,
        "detail": error.detail[:2000],
        "status_code": error.status_code,
        "request_id": error.request_id[:120],
    }
    _end(call_pk, outcome, None if error.is_billed else budget.ZERO, changes)


def put_in_doubt(generation_pk: int, claim: int) -> bool:
    """The worker of this call is gone: it may have been paid. Returns whether a call had begun."""
    call = ProviderCall.objects.filter(
        generation_id=generation_pk, claim=claim, outcome=Outcome.BEGUN
    ).first()
    if call is None:
        return False
    _end(call.pk, Outcome.IN_DOUBT, None, {"error_kind": "worker_lost"})
    return True


def mark_found(generation_pk: int, claim: int, pictures: int) -> None:
    """The bytes of a call in doubt were found: it was drawn. What was booked for it stays."""
    ProviderCall.objects.filter(
        generation_id=generation_pk, claim=claim, outcome__in=(Outcome.BEGUN, Outcome.IN_DOUBT)
    ).update(outcome=Outcome.DRAWN, pictures=pictures)


def mark_picture_fault(generation_pk: int, claim: int, error: GenerationError) -> None:
    """The call brought a picture that can't be used: paid all the same, with the fault beside it."""
    ProviderCall.objects.filter(generation_id=generation_pk, claim=claim).update(
        error_kind=error.kind, detail=error.detail[:2000]
    )


def maybe_paid_calls(generation_pk: int) -> int:
    """Calls for which the provider was or may have been paid."""
    calls = ProviderCall.objects.filter(generation_id=generation_pk)
    return calls.filter(outcome__in=MAYBE_PAID).count()


def is_free_to_repeat(error: GenerationError) -> bool:
    """Nothing can have been drawn, so drawing again costs nothing twice."""
    return not error.is_billed and not isinstance(error, RateLimited)


def _end(call_pk: int, outcome: str, cost: Decimal | None, changes: Mapping[str, Any]) -> None:
    """Close a row once and book its cost; a worker that comes back late corrects what was in doubt.

    ``cost`` None books the reserved price.
    """
    with transaction.atomic():
        call = ProviderCall.objects.select_for_update().get(pk=call_pk)
        if call.outcome in _ENDED:
            return
        assert call.generation_id is not None  # only what has settled is ever deleted
        generation = (
            Generation.objects.select_for_update(of=("self",))
            .select_related("classroom")
            .get(pk=call.generation_id)
        )
        booked = call.reserved_usd if cost is None else cost
        released = budget.ZERO
        if call.outcome == Outcome.BEGUN and booked > budget.ZERO:
            released = min(generation.reserved_usd, call.reserved_usd)
        budget.shift(generation, reserved=-released, spent=booked - call.cost_usd)
        Generation.objects.filter(pk=generation.pk).update(
            reserved_usd=F("reserved_usd") - released, cost_usd=F("cost_usd") + (booked - call.cost_usd)
        )
        moment = as_moment(database_now())
        ProviderCall.objects.filter(pk=call.pk).update(
            outcome=outcome, cost_usd=booked, ended_at=call.ended_at or moment, **changes
        )

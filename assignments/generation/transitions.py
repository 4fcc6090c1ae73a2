"""Every change of a generation's state, each a compare-and-set on (pk, status, claim).

A function returns False when somebody else was first; then nothing was changed and the caller
must let go of the row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F

from assignments.models import Generation

from . import budget, queue
from .clock import as_moment, database_now
from .wake import wake

Status = Generation.Status


class MoneyMissing(Exception):
    """A cap leaves no room for drawing again."""


def move(generation: Generation, *, to: str, **changes: Any) -> bool:
    """Change state if the row still is as we know it, and make the object tell the same."""
    changes |= {"status": to, "changed_at": as_moment(database_now())}
    won = Generation.objects.filter(
        pk=generation.pk, status=generation.status, claim=generation.claim
    ).update(**changes)
    if won:
        for name, value in changes.items():
            if not hasattr(value, "resolve_expression"):
                setattr(generation, name, value)
    return won == 1


def settle(generation: Generation, *, to: str, is_turn_given_back: bool, **changes: Any) -> bool:
    """End a row: release what is still reserved, give its turn back where no picture came, wake the queue."""
    was_drawing = generation.status == Status.DRAWING
    with transaction.atomic():
        if not move(
            generation,
            to=to,
            settled_at=as_moment(database_now()),
            lease_expires_at=None,
            is_suspect=False,
            slot_at=None,
            resume_at=None,
            **changes,
        ):
            return False
        release(generation)
        if is_turn_given_back:
            queue.give_back(generation)
        if was_drawing and generation.limit_id is not None:
            wake(generation.limit_id)
    return True


def start_checking(generation: Generation, **changes: Any) -> bool:
    """The call has come back: its place among the calls in flight is free for the next."""
    with transaction.atomic():
        is_ours = move(generation, to=Status.CHECKING, is_suspect=False, **changes)
        if is_ours and generation.limit_id is not None:
            wake(generation.limit_id)
    return is_ours


def release(generation: Generation) -> None:
    """Give back what is reserved and was not spent. Call it in the transaction that settles the row."""
    reserved = Generation.objects.values_list("reserved_usd", flat=True).get(pk=generation.pk)
    if reserved > budget.ZERO:
        budget.shift(generation, reserved=-reserved)
        Generation.objects.filter(pk=generation.pk).update(reserved_usd=budget.ZERO)


def refuse(generation: Generation, *, stage: str, kind: str, reason: str = "") -> bool:
    """The provider, or the check on the picture, said no. Refused words cost no turn; a drawn picture does."""
    return settle(
        generation,
        to=Status.REFUSED,
        is_turn_given_back=stage == Generation.Stage.PROMPT,
        refusal_stage=stage,
        refusal_reason=reason[:300],
        error_kind=kind,
    )


def fail(generation: Generation, *, kind: str) -> bool:
    return settle(generation, to=Status.FAILED, is_turn_given_back=True, error_kind=kind)


def cancel(generation: Generation) -> bool:
    """Only a row that waits can be cancelled."""
    if generation.status != Status.QUEUED:
        return False
    return settle(generation, to=Status.CANCELLED, is_turn_given_back=True)


def requeue(generation: Generation, *, rest_seconds: float = 0.0, **changes: Any) -> bool:
    """Back to the queue with its own start: it comes before everyone who pressed later.

    A price that has been spent on an earlier call is reserved anew first; without room for it the
    row fails instead.
    """
    try:
        with transaction.atomic():
            now = database_now()
            is_back = move(
                generation,
                to=Status.QUEUED,
                slot_at=None,
                lease_expires_at=None,
                is_suspect=False,
                resume_at=now + rest_seconds if rest_seconds > 0 else None,
                **changes,
            )
            if is_back:
                _reserve_again(generation)
                if generation.limit_id is not None:
                    wake(generation.limit_id, rest_seconds)
        return is_back
    except MoneyMissing:
        generation.refresh_from_db()
        return fail(generation, kind="budget")


def _reserve_again(generation: Generation) -> None:
    model = generation.image_model
    if model is None:
        return
    held = Generation.objects.values_list("reserved_usd", flat=True).get(pk=generation.pk)
    reserve_more(generation, budget.highest_price(model, generation.count) - held)


def reserve_more(generation: Generation, price: Decimal) -> None:
    """Set more money aside for a row. Call it inside a transaction.

    Raises:
        MoneyMissing: a cap leaves no room; roll back.
    """
    if price <= budget.ZERO:
        return
    classroom = generation.classroom
    day = generation.budget_day or budget.school_day(classroom.school, generation.created_at)
    try:
        budget.reserve(
            school=classroom.school,
            classroom_pk=classroom.pk,
            student_pk=generation.student_id,
            day=day,
            price=price,
        )
    except budget.BudgetUsedUp as error:
        raise MoneyMissing from error
    Generation.objects.filter(pk=generation.pk).update(reserved_usd=F("reserved_usd") + price, budget_day=day)
    generation.budget_day = day

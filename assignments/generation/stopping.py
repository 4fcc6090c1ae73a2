"""Stopping a model whose account is used up, blocked or gone, and finding its waiting rows another way."""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import Q

from assignments.models import Generation, ImageModel
from edu4all.accounts.models import AuditEvent

from . import budget, choice, queue, transitions
from .clock import as_moment, database_now
from .errors import GenerationError
from .wake import wake

logger = logging.getLogger(__name__)

STRANDED_BATCH = 200


def stop_model(model: ImageModel, error: GenerationError) -> bool:
    """Stop a model's queue. The school's page of models shows when and why; schools get a line in their audit."""
    moment = as_moment(database_now())
    with transaction.atomic():
        won = ImageModel.objects.filter(pk=model.pk, stopped_at=None).update(
            stopped_at=moment, stop_reason=error.kind
        )
        if won:
            AuditEvent.objects.bulk_create(
                AuditEvent(
                    school_id=school_pk,
                    actor=None,
                    actor_name="",
                    verb="image_model.stopped",
                    target=str(model)[:200],
                    after={"reason": error.kind},
                )
                for school_pk in model.school_models.values_list("school_id", flat=True)
            )
    if won:
        logger.error("image model %s was stopped: %s (%s)", model.pk, error.kind, error.detail)
        reroute_stranded()
    return won == 1


def start_model(model: ImageModel) -> None:
    """Let a stopped model draw again."""
    ImageModel.objects.filter(pk=model.pk).update(stopped_at=None, stop_reason="")
    wake(model.limit_id)


def reroute_stranded() -> int:
    """Find waiting rows whose model can't draw any more another model, or end them and give the try back."""
    is_off = (
        Q(image_model__stopped_at__isnull=False)
        | Q(image_model__is_enabled=False)
        | Q(image_model__endpoint__is_enabled=False)
    )
    rows = (
        Generation.objects.filter(is_off, status=Generation.Status.QUEUED)
        .select_related("classroom__school", "image_model__endpoint")
        .order_by(*queue.ORDER)[:STRANDED_BATCH]
    )
    return sum(reroute(row) for row in list(rows))


def reroute(generation: Generation) -> bool:
    """Hand a row that waits to the next model of its school; without one, fail it kindly."""
    model = generation.image_model
    assert model is not None
    other = choice.choose_model(
        generation.classroom.school,
        model.pk,
        must_edit=generation.source_id is not None,
        must_mask=bool(generation.mask),
    )
    if other is None or other.pk == model.pk:
        return transitions.fail(generation, kind=model.stop_reason or "model_off")
    try:
        with transaction.atomic():
            return _hand_to(generation, other)
    except transitions.MoneyMissing:
        return transitions.fail(generation, kind="budget")


def _hand_to(generation: Generation, other: ImageModel) -> bool:
    # The row first, as everybody who settles one does: nobody waits for another in a circle.
    waiting = Generation.objects.select_for_update().filter(pk=generation.pk, status=Generation.Status.QUEUED)
    if waiting.first() is None:
        return False
    changes: dict[str, object] = {"image_model": other, "count": min(generation.count, other.max_count)}
    if other.limit_id != generation.limit_id:
        tags = queue.take_tags(
            limit=other.limit,
            student_pk=generation.student_id,
            count=generation.count,
            weight=generation.weight,
        )
        changes |= {"limit": other.limit, "start_tag": tags.start, "finish_tag": tags.finish}
        queue.give_back(generation)
    if not transitions.move(generation, to=Generation.Status.QUEUED, resume_at=None, **changes):
        transaction.set_rollback(True)
        return False
    price = budget.highest_price(other, generation.count)
    transitions.reserve_more(generation, price - generation.reserved_usd)
    wake(other.limit_id)
    return True

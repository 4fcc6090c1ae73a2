"""A person's decision on a picture, as far as this app knows it; the log of reviews stands above."""

from __future__ import annotations

from typing import Literal

from django.db import transaction

from assignments.generation.clock import as_moment, database_now
from assignments.models import Generation, Picture

Status = Generation.Status


def moderate_picture(*, picture: Picture, decision: Literal["approve", "reject"], reason: str = "") -> None:
    """Show or return a picture, and let its generation follow once all of its pictures are decided on.

    HELD becomes READY when one of its pictures was approved, REFUSED (stage review) when all were
    rejected. A later decision wins over an earlier one; READY can turn into REFUSED and back.
    """
    moderation = Picture.Moderation.APPROVED if decision == "approve" else Picture.Moderation.REJECTED
    with transaction.atomic():
        generation = Generation.objects.select_for_update().get(pk=picture.generation_id)
        moment = as_moment(database_now())
        Picture.objects.filter(pk=picture.pk).update(moderation=moderation, moderated_at=moment)
        picture.moderation, picture.moderated_at = moderation, moment
        states = set(generation.pictures.values_list("moderation", flat=True))
        changes = _follow(generation, states, decision, reason)
        if changes:
            Generation.objects.filter(pk=generation.pk, status=generation.status).update(
                changed_at=moment, **changes
            )


def _follow(generation: Generation, states: set[str], decision: str, reason: str) -> dict[str, str]:
    """What the generation becomes, given how its pictures stand; empty when it stays.

    The newest reason stays with it as long as one of its pictures is rejected: its student reads why.
    """
    by_review = generation.refusal_stage == Generation.Stage.REVIEW
    if generation.status not in (Status.HELD, Status.READY) and not by_review:
        return {}
    changes: dict[str, str] = {}
    if decision == "reject":
        changes["refusal_reason"] = reason[:300]
    elif Picture.Moderation.REJECTED not in states:
        changes["refusal_reason"] = ""
    if states <= {Picture.Moderation.REJECTED}:
        changes |= {"status": Status.REFUSED, "refusal_stage": Generation.Stage.REVIEW}
    elif states & Picture.SHOWN_TO_STUDENT:
        changes |= {"status": Status.READY, "refusal_stage": ""}
    return {name: value for name, value in changes.items() if getattr(generation, name) != value}

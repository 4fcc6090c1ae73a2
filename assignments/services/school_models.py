"""A school's image models: which are used, what they cost and how fast they may be asked.

Models and limits are shared by all schools that the operator offers them to. So a school's admin
changes only what no other school uses; the rest is the operator's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assignments.generation import stopping, tidying
from assignments.generation.errors import GenerationError
from assignments.generation.wake import wake
from assignments.models import Endpoint, ImageModel, Limit, SchoolModel
from edu4all.accounts.models import School, User
from edu4all.accounts.services.people import record
from edu4all.accounts.services.schools import plain
from edu4all.web.problems import Conflict, NotAllowed

MODEL_FACTS = frozenset(
    {
        "label",
        "width",
        "height",
        "quality",
        "price_per_picture_usd",
        "price_text_in_usd",
        "price_image_in_usd",
        "price_image_out_usd",
        "shutdown_at",
        "fallback",
    }
)
LIMIT_FACTS = frozenset({"unit", "per_minute", "burst", "in_flight"})


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What an endpoint told of its models: how many it named, and how many shutdown dates were new."""

    told: int
    changed: int


def is_shared(*, limit: Limit, school: School) -> bool:
    """Whether a model of this limit is offered to another school as well."""
    return SchoolModel.objects.filter(image_model__limit=limit).exclude(school=school).exists()


def change_use(*, offered: SchoolModel, actor: User, is_used: bool) -> None:
    """Use a model, or leave it unused. What waits for it goes to another one at the next look.

    Raises:
        Conflict: code ``default``, it is the school's default; choose another one first.
    """
    if offered.is_default and not is_used:
        raise Conflict(
            _("This is the default. Make another model the default first."),
            code="default",
        )
    with transaction.atomic():
        won = (
            SchoolModel.objects.filter(pk=offered.pk)
            .exclude(is_used=is_used)
            .exclude(is_default=True, is_used=True)
            .update(is_used=is_used)
        )
        if won:
            verb = "image_model.used" if is_used else "image_model.unused"
            record(actor=actor, verb=verb, target=offered.image_model, school=offered.school)


def make_default(*, offered: SchoolModel, actor: User) -> None:
    """The model that draws where an assignment names none."""
    with transaction.atomic():
        School.objects.select_for_update().get(pk=offered.school_id)
        before = SchoolModel.objects.filter(school=offered.school_id, is_default=True)
        names = [str(row.image_model) for row in before.select_related("image_model")]
        before.exclude(pk=offered.pk).update(is_default=False)
        won = SchoolModel.objects.filter(pk=offered.pk, is_default=False).update(
            is_default=True, is_used=True
        )
        if won:
            record(
                actor=actor,
                verb="image_model.made_default",
                target=offered.image_model,
                school=offered.school,
                before={"default": ", ".join(names)},
                after={"default": str(offered.image_model)},
            )


def edit_model(*, offered: SchoolModel, actor: User, changes: Mapping[str, Any]) -> None:
    """Change label, size, quality, prices, shutdown date or fallback of a model that only this school uses."""
    _require_own(offered)
    with transaction.atomic():
        model = ImageModel.objects.select_for_update().get(pk=offered.image_model_id)
        _save(model, MODEL_FACTS, changes, actor, offered.school, "image_model.edited")


def edit_limit(*, offered: SchoolModel, actor: User, changes: Mapping[str, Any]) -> None:
    """Change how fast an endpoint is asked; the queue follows at once."""
    _require_own(offered)
    with transaction.atomic():
        limit = Limit.objects.select_for_update().get(pk=offered.image_model.limit_id)
        _save(limit, LIMIT_FACTS, changes, actor, offered.school, "limit.edited")
        wake(limit.pk)


def try_again(*, offered: SchoolModel, actor: User) -> None:
    """Let a stopped model draw again. When the cause is still there, the next call stops it anew.

    Raises:
        NotAllowed: another school uses it too; each call of a blocked account can cost them all.
    """
    _require_own(offered)
    model = offered.image_model
    with transaction.atomic():
        stopping.start_model(model)
        record(
            actor=actor,
            verb="image_model.tried_again",
            target=model,
            school=offered.school,
            before={"reason": model.stop_reason},
        )


def refresh_models(*, endpoint: Endpoint) -> Refreshed:
    """Ask an endpoint for its models and keep the shutdown dates that it tells.

    Raises:
        Conflict: code ``not_told``, the endpoint can't be asked now.
    """
    try:
        told, changed = tidying.read_shutdown_dates(endpoint)
    except GenerationError as error:
        raise Conflict(
            _("The endpoint did not answer. Nothing was changed; look at its address and key."),
            code="not_told",
        ) from error
    return Refreshed(told, changed)


def _require_own(offered: SchoolModel) -> None:
    if is_shared(limit=offered.image_model.limit, school=offered.school):
        raise NotAllowed(_("Other schools use this model too, so only the site's operator changes it."))


def _save(
    row: ImageModel | Limit,
    facts: frozenset[str],
    changes: Mapping[str, Any],
    actor: User,
    school: School,
    verb: str,
) -> None:
    changed = {
        name: value for name, value in changes.items() if name in facts and getattr(row, name) != value
    }
    if not changed:
        return
    before = {name: plain(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    after = {name: plain(value) for name, value in changed.items()}
    record(actor=actor, verb=verb, target=row, school=school, before=before, after=after)

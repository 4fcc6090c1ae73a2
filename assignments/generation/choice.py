"""Which image model draws: the assignment's, else what it falls back on, else the school's default."""

from __future__ import annotations

from collections.abc import Iterator

from assignments.models import ImageModel, SchoolModel
from edu4all.accounts.models import School


def usable_models(school: School) -> list[ImageModel]:
    """Models that may draw for this school now, its default first."""
    rows = (
        SchoolModel.objects.filter(
            school=school,
            is_used=True,
            image_model__is_enabled=True,
            image_model__stopped_at=None,
            image_model__endpoint__is_enabled=True,
        )
        .select_related("image_model__endpoint", "image_model__limit")
        .order_by("-is_default", "pk")
    )
    models = [row.image_model for row in rows]
    return [model for model in models if school.is_external_allowed or not model.endpoint.is_external]


def choose_model(
    school: School, preferred_pk: int | None, *, must_edit: bool = False, must_mask: bool = False
) -> ImageModel | None:
    """The first that may draw now; None when no model can."""
    usable = {
        model.pk: model
        for model in usable_models(school)
        if (model.can_edit or not must_edit) and (model.can_mask or not must_mask)
    }
    for pk in _fallbacks(preferred_pk):
        if pk in usable:
            return usable[pk]
    return next(iter(usable.values()), None)


def _fallbacks(pk: int | None) -> Iterator[int]:
    seen: set[int] = set()
    while pk is not None and pk not in seen:
        seen.add(pk)
        yield pk
        pk = ImageModel.objects.filter(pk=pk).values_list("fallback_id", flat=True).first()

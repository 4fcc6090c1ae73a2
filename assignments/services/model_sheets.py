"""What an admin reads about the school's image models, in a number of queries that never grows with them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assignments.models import ImageModel, ProviderCall, SchoolModel
from edu4all.accounts.models import School

WEEK = timedelta(days=7)
SHUTDOWN_WARNING_DAYS = 60

Reason = ImageModel.StopReason
# What has happened, and what an admin can do about it.
STOP_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    Reason.QUOTA: (
        _("The account at the drawing service is used up."),
        _("Add money to the account, or raise its own limit there. Then try again."),
    ),
    Reason.BLOCKED: (
        _("The drawing service has blocked the account."),
        _("Read its mails and its console; it says there what it found. Then try again."),
    ),
    Reason.KEY: (
        _("The drawing service does not accept the key."),
        _("The site's operator enters a new key. Then try again."),
    ),
    Reason.GONE: (
        _("The drawing service no longer has this model."),
        _("Make another model the default. The operator can add the one that followed it."),
    ),
    Reason.ADDRESS: (
        _("The address of the drawing service is not allowed."),
        _("The site's operator looks at the address, or allows its host by name. Then try again."),
    ),
}
OTHER_STOP = (
    _("The drawing service could not go on."),
    _("Look at the last calls on the page of money. Try again once the cause is gone."),
)


def stop_words(reason: str) -> tuple[str | Promise, str | Promise]:
    """Why a model was stopped, and what to do, in plain words."""
    return STOP_WORDS.get(reason, OTHER_STOP)


@dataclass(frozen=True, slots=True)
class ModelSheet:
    """One model of a school, with its week.

    Attributes:
        pictures: drawn for this school in the last seven days.
        calls: (outcome's label, number), the same days, the commonest first.
        is_shared: another school uses the limit too, so only the operator edits.
        is_off_for_consent: external, and the school's review, consent or cap is missing.
        days_left: until the shutdown date when that is near or past; else None.
    """

    offered: SchoolModel
    pictures: int
    calls: tuple[tuple[str | Promise, int], ...]
    is_shared: bool
    is_off_for_consent: bool
    days_left: int | None

    @property
    def model(self) -> ImageModel:
        return self.offered.image_model

    @property
    def is_switched_off(self) -> bool:
        """By the operator."""
        return not (self.model.is_enabled and self.model.endpoint.is_enabled)

    @property
    def is_drawing(self) -> bool:
        is_stopped = self.model.stopped_at is not None
        is_off = self.is_switched_off or self.is_off_for_consent
        return self.offered.is_used and not is_stopped and not is_off

    @property
    def stopped_because(self) -> str | Promise:
        return stop_words(self.model.stop_reason)[0]

    @property
    def what_to_do(self) -> str | Promise:
        return stop_words(self.model.stop_reason)[1]

    @property
    def is_learned_slower(self) -> bool:
        """The service allowed less than the row says, and the queue goes by what it learned."""
        learned = self.model.limit.learned_per_minute
        return learned is not None and learned < self.model.limit.per_minute


def days_until_shutdown(model: ImageModel, today: date) -> int | None:
    """Days to a shutdown date that is at most 60 days away (negative when past); else None."""
    if model.shutdown_at is None:
        return None
    days = (model.shutdown_at - today).days
    return days if days <= SHUTDOWN_WARNING_DAYS else None


def offered_models(school: School) -> list[SchoolModel]:
    """All models that the operator offers to a school: its default, then the used ones, then the others."""
    rows = SchoolModel.objects.filter(school=school).select_related(
        "image_model__endpoint", "image_model__limit", "image_model__fallback"
    )
    return list(rows.order_by("-is_default", "-is_used", "pk"))


def model_sheets(school: School) -> list[ModelSheet]:
    """The sheets of a school's models, in the order of ``offered_models``."""
    rows = offered_models(school)
    drawn, outcomes = _week(school)
    shared = set(
        SchoolModel.objects.filter(image_model__limit__in=[row.image_model.limit_id for row in rows])
        .exclude(school=school)
        .values_list("image_model__limit_id", flat=True)
    )
    today = timezone.localdate()
    return [
        ModelSheet(
            offered=row,
            pictures=drawn[row.image_model_id],
            calls=tuple(outcomes[row.image_model_id]),
            is_shared=row.image_model.limit_id in shared,
            is_off_for_consent=row.image_model.endpoint.is_external and not school.is_external_allowed,
            days_left=days_until_shutdown(row.image_model, today),
        )
        for row in rows
    ]


def _week(school: School) -> tuple[dict[int, int], dict[int, list[tuple[str | Promise, int]]]]:
    """Pictures, and calls by outcome, of the last seven days, by image model."""
    calls = (
        ProviderCall.objects.filter(school=school, begun_at__gte=timezone.now() - WEEK)
        .order_by()
        .values("image_model_id", "outcome")
        .annotate(number=Count("pk"), drawn=Sum("pictures", filter=Q(outcome="drawn")))
        .order_by("-number", "outcome")
    )
    drawn: dict[int, int] = defaultdict(int)
    outcomes: dict[int, list[tuple[str | Promise, int]]] = defaultdict(list)
    for row in calls:
        drawn[row["image_model_id"]] += row["drawn"] or 0
        label = ProviderCall.Outcome(row["outcome"]).label
        outcomes[row["image_model_id"]].append((label, row["number"]))
    return drawn, outcomes

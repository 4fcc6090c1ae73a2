"""What keeps a school from drawing now: one query, so that any page may ask."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assignments.generation.budget import ZERO, school_day
from assignments.models import SchoolModel, Spending
from edu4all.accounts.models import Classroom, School

from .model_sheets import days_until_shutdown, stop_words
from .money import NEARLY_USED


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that everybody who runs a class should know.

    Attributes:
        is_grave: nothing is drawn until somebody acts.
        text: what has happened and what it means for the class.
        advice: what an admin can do.
        subject: "model" for one model alone, "models", or "money": where an admin does it.
    """

    is_grave: bool
    text: str
    advice: str
    subject: str = "model"


def drawing_notices(
    school: School, *, classroom: Classroom | None = None, with_warnings: bool = False
) -> list[Notice]:
    """Stopped models and used-up caps of a school, the gravest first.

    With a classroom its own cap is looked at too. ``with_warnings`` adds what is only about to
    happen: shutdown dates and caps that are nearly used up.
    """
    rows = list(_rows(school, classroom))
    usable = [row for row in rows if _can_draw(row, school)]
    notices = [*_stopped(rows, usable), *_money(usable, school, classroom, with_warnings)]
    if not usable and not notices:
        notices.append(_nothing_usable(bool(rows)))
    if with_warnings:
        notices += _ending(rows)
    return sorted(notices, key=lambda notice: not notice.is_grave)


def _rows(school: School, classroom: Classroom | None) -> QuerySet[SchoolModel]:
    """The used models in the order in which they are chosen, each with what counts of today's money."""
    today = school_day(school, timezone.now())

    def counted(scope: str) -> Coalesce:
        money = Spending.objects.filter(school=OuterRef("school"), day=today, scope=scope)
        field = DecimalField(max_digits=12, decimal_places=6)
        total = Subquery(money.values(total=F("spent_usd") + F("reserved_usd"))[:1], output_field=field)
        return Coalesce(total, Value(ZERO, output_field=field))

    class_scope = f"class:{classroom.pk}" if classroom else "school"
    return (
        SchoolModel.objects.filter(school=school, is_used=True)
        .select_related("image_model__endpoint")
        .annotate(school_counted=counted("school"), class_counted=counted(class_scope))
        .order_by("-is_default", "pk")
    )


def _can_draw(row: SchoolModel, school: School) -> bool:
    model = row.image_model
    is_on = model.is_enabled and model.endpoint.is_enabled and model.stopped_at is None
    return is_on and (school.is_external_allowed or not model.endpoint.is_external)


def _stopped(rows: list[SchoolModel], usable: list[SchoolModel]) -> list[Notice]:
    notices = []
    for row in rows:
        if row.image_model.stopped_at is None:
            continue
        reason, advice = stop_words(row.image_model.stop_reason)
        facts = {"model": row.image_model, "reason": reason}
        if usable:
            facts["other"] = usable[0].image_model
            text = _("“%(model)s” has stopped drawing: %(reason)s “%(other)s” draws instead.") % facts
        else:
            text = _("Drawing has stopped. “%(model)s”: %(reason)s What the students wrote is safe.") % facts
        notices.append(Notice(not usable, text, str(advice)))
    return notices


def _nothing_usable(is_any_offered: bool) -> Notice:
    text = _("Drawing has stopped: no image model is switched on for this school.")
    if is_any_offered:
        return Notice(
            True, text, _("Look at the models: one may be off, or its consent is missing."), "models"
        )
    return Notice(True, text, _("Use at least one of the school's models."), "models")


def _money(
    usable: list[SchoolModel], school: School, classroom: Classroom | None, with_warnings: bool
) -> list[Notice]:
    if not usable:
        return []
    first = usable[0]
    price = first.image_model.price_per_picture_usd
    if price <= ZERO:
        return []
    checks = [(school.daily_cap_usd, first.school_counted, True)]  # type: ignore[attr-defined]
    if classroom is not None:
        checks.append((school.class_daily_cap_usd, first.class_counted, False))  # type: ignore[attr-defined]
    for cap, counted, is_of_school in checks:
        if cap is None:
            continue
        if counted + price > cap:
            return [_used_up(is_of_school)]
        if with_warnings and counted >= cap * NEARLY_USED:
            return [_nearly_used()]
    return []


def _used_up(is_of_school: bool) -> Notice:
    if is_of_school:
        text = _("Drawing has stopped: the school's money for today is used up. It goes on tomorrow.")
    else:
        text = _("Drawing has stopped: this class's money for today is used up. It goes on tomorrow.")
    return Notice(True, text, _("Raise the daily cap, or make the sample model the default."), "money")


def _nearly_used() -> Notice:
    text = _("More than four fifths of the school's money for today are used.")
    return Notice(
        False, text, _("Raise the daily cap before the next lesson, or plan for tomorrow."), "money"
    )


def _ending(rows: list[SchoolModel]) -> list[Notice]:
    notices = []
    today = timezone.localdate()
    for row in rows:
        days = days_until_shutdown(row.image_model, today)
        if days is None or row.image_model.stopped_at is not None:
            continue
        facts = {"model": row.image_model, "days": days}
        if days < 0:
            text = _("The service said that “%(model)s” would be gone by now.") % facts
        else:
            text = (
                ngettext("“%(model)s” ends in %(days)s day.", "“%(model)s” ends in %(days)s days.", days)
                % facts
            )
        notices.append(Notice(False, text, _("Choose another default in time, and try it with one picture.")))
    return notices

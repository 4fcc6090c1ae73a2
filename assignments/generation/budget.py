"""Money of a day: the highest price is reserved at the press, each call's cost is booked when it ends.

Reserved plus spent never passes a cap before a paid call. The day is the school's own date at the
press, so a picture that ends after midnight is booked where it was reserved.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assignments.models import Generation, ImageModel, Spending
from edu4all.accounts.models import School

from .providers.base import Usage

ZERO = Decimal(0)
_MILLION = Decimal(1_000_000)
_SMALLEST = Decimal("0.000001")


class BudgetUsedUp(Exception):
    """A cap leaves no room. ``scope`` is "school", "class" or "student"."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


def school_day(school: School, moment: datetime) -> date:
    try:
        zone = ZoneInfo(school.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return moment.astimezone(zone).date()


def highest_price(model: ImageModel, count: int) -> Decimal:
    return model.price_per_picture_usd * count


def cost_of(model: ImageModel, usage: Usage, pictures: int) -> Decimal:
    """US$ of one call from the tokens it used; the price a picture where tokens or their prices aren't known."""
    is_told = usage.input_text_tokens or usage.input_image_tokens or usage.output_tokens
    is_priced = model.price_text_in_usd or model.price_image_in_usd or model.price_image_out_usd
    if not (is_told and is_priced):
        return highest_price(model, pictures)
    total = (
        usage.input_text_tokens * model.price_text_in_usd
        + usage.input_image_tokens * model.price_image_in_usd
        + usage.output_tokens * model.price_image_out_usd
    )
    return (total / _MILLION).quantize(_SMALLEST)


def reserve(*, school: School, classroom_pk: int, student_pk: int, day: date, price: Decimal) -> None:
    """Set a price aside for school, class and student. Call it inside a transaction.

    Raises:
        BudgetUsedUp: one of the caps leaves no room; roll back.
    """
    if price <= ZERO:
        return
    caps = {
        "school": school.daily_cap_usd,
        f"class:{classroom_pk}": school.class_daily_cap_usd,
        f"student:{student_pk}": school.student_daily_cap_usd,
    }
    rows = []
    for row in _locked(school.pk, day, classroom_pk, student_pk):
        cap = caps[row.scope]
        if cap is not None and row.reserved_usd + row.spent_usd + price > cap:
            raise BudgetUsedUp(row.scope.partition(":")[0])
        row.reserved_usd += price
        rows.append(row)
    Spending.objects.bulk_update(rows, ["reserved_usd"])


def shift(generation: Generation, *, reserved: Decimal = ZERO, spent: Decimal = ZERO) -> None:
    """Move what is reserved and spent for a generation by these amounts. Call it inside a transaction."""
    if generation.budget_day is None or (reserved == ZERO and spent == ZERO):
        return
    classroom = generation.classroom
    rows = _locked(classroom.school_id, generation.budget_day, classroom.pk, generation.student_id)
    for row in rows:
        row.reserved_usd = max(ZERO, row.reserved_usd + reserved)
        row.spent_usd = max(ZERO, row.spent_usd + spent)
    Spending.objects.bulk_update(rows, ["reserved_usd", "spent_usd"])


def _locked(school_pk: int, day: date, classroom_pk: int, student_pk: int) -> list[Spending]:
    """The day's three rows, locked in one order so that two presses can't wait for each other."""
    scopes = ["school", f"class:{classroom_pk}", f"student:{student_pk}"]
    Spending.objects.bulk_create(
        [Spending(school_id=school_pk, day=day, scope=scope) for scope in scopes], ignore_conflicts=True
    )
    rows = Spending.objects.select_for_update().filter(school_id=school_pk, day=day, scope__in=scopes)
    return list(rows.order_by("pk"))

"""What a school has spent: by day, by class, and call by call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from assignments.generation.budget import ZERO, school_day
from assignments.models import ProviderCall, Spending
from edu4all.accounts.models import Classroom, School

DAYS = 30
NEARLY_USED = Decimal("0.8")
LAST_CALLS = 20
CLASS_SCOPE = "class:"


@dataclass(frozen=True, slots=True)
class Day:
    """Money of one day in US$. ``share`` is 0 to 100, of the dearest day shown."""

    day: date
    spent: Decimal
    reserved: Decimal
    share: float


@dataclass(frozen=True, slots=True)
class ClassMoney:
    """Money of a class in US$; ``name`` is empty when the class is gone."""

    name: str
    today: Decimal
    month: Decimal


@dataclass(frozen=True, slots=True)
class Account:
    """A school's money of the last 30 days, its own dates, newest day first."""

    days: tuple[Day, ...]
    classes: tuple[ClassMoney, ...]
    cap: Decimal | None

    @property
    def today(self) -> Day:
        return self.days[0]

    @property
    def counted_today(self) -> Decimal:
        """What counts against the cap: spent, and reserved for pictures that are under way."""
        return self.today.spent + self.today.reserved

    @property
    def left_today(self) -> Decimal | None:
        return None if self.cap is None else max(ZERO, self.cap - self.counted_today)

    @property
    def warning_level(self) -> Decimal:
        """From here on the day's money is nearly used up."""
        return (self.cap or ZERO) * NEARLY_USED

    @property
    def total(self) -> Decimal:
        return sum((day.spent for day in self.days), ZERO)

    @property
    def dearest(self) -> Day:
        return max(self.days, key=lambda day: day.spent)


def read_account(school: School) -> Account:
    """Two queries, whatever the number of days and classes."""
    today = school_day(school, timezone.now())
    first = today - timedelta(days=DAYS - 1)
    rows = Spending.objects.filter(school=school, day__gte=first, day__lte=today)
    return Account(_days(rows, today), _classes(rows, school, today), school.daily_cap_usd)


def _days(rows: QuerySet[Spending], today: date) -> tuple[Day, ...]:
    found = {row.day: row for row in rows.filter(scope="school")}
    most = max((row.spent_usd for row in found.values()), default=ZERO)
    days = []
    for age in range(DAYS):
        day = today - timedelta(days=age)
        row = found.get(day)
        spent = row.spent_usd if row else ZERO
        reserved = row.reserved_usd if row else ZERO
        days.append(Day(day, spent, reserved, float(spent / most * 100) if most else 0.0))
    return tuple(days)


def _classes(rows: QuerySet[Spending], school: School, today: date) -> tuple[ClassMoney, ...]:
    sums = (
        rows.filter(scope__startswith=CLASS_SCOPE)
        .values("scope")
        .annotate(month=Sum("spent_usd"), today=Sum("spent_usd", filter=Q(day=today)))
        .filter(month__gt=0)
        .order_by("-month", "scope")
    )
    names = {f"{CLASS_SCOPE}{row.pk}": row.name for row in Classroom.objects.filter(school=school)}
    return tuple(ClassMoney(names.get(row["scope"], ""), row["today"] or ZERO, row["month"]) for row in sums)


def calls_in_doubt(school: School) -> QuerySet[ProviderCall]:
    """Calls of the last 30 days that may have been paid although no picture came."""
    since = timezone.now() - timedelta(days=DAYS)
    calls = ProviderCall.objects.filter(school=school, outcome="in_doubt", begun_at__gte=since)
    return calls.select_related("image_model")


def last_calls(school: School) -> QuerySet[ProviderCall]:
    calls = ProviderCall.objects.filter(school=school).select_related("image_model", "generation__classroom")
    return calls[:LAST_CALLS]

"""Place in the queue and an honest time to wait: the queue ahead is played through at its real pace."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import DurationField, ExpressionWrapper, F, Window
from django.db.models.functions import RowNumber

from assignments.models import Generation, ImageModel, Lesson, Limit, ProviderCall

from . import limits, queue
from .clock import database_now

RECENT_CALLS = 20
# What a drawing takes before the first one was measured.
UNMEASURED_SECONDS = 15.0
UNMEASURED_SAMPLE_SECONDS = 1.0
# From the end of the wait to the picture on the page: broker, sizes, check.
CARRY_SECONDS = 0.4


@dataclass(frozen=True, slots=True)
class Waiting:
    """``place`` counts from 1; 0 when it is being drawn. ``eta_seconds`` is None while nobody can know it."""

    place: int
    eta_seconds: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    limit_pk: int
    count: int
    model_pk: int
    classroom_pk: int
    resume_at: float | None


@dataclass(slots=True)
class _Line:
    """One limit's clocks while its queue is played through."""

    limit: Limit
    now: float
    pace: limits.Pace
    tat: float
    busy_until: list[float] = field(default_factory=list)

    def place_next(self, row: _Row, drawing_seconds: float) -> float:
        """The moment at which this row's picture is there."""
        earliest = max(self.now, limits.resting_until(self.limit, self.now), row.resume_at or 0.0)
        start = max(self.pace.slot(self.tat, self.now), earliest)
        if len(self.busy_until) >= self.limit.in_flight:
            start = max(start, heapq.heappop(self.busy_until))
        self.tat = self.pace.after(self.tat, start, limits.units_of(self.limit, row.count))
        heapq.heappush(self.busy_until, start + drawing_seconds)
        return start + drawing_seconds


def forecast(generations: Sequence[Generation]) -> dict[int, Waiting]:
    """Place and time to wait of unfinished rows, in a number of queries that doesn't grow with them."""
    wanted = [row for row in generations if row.is_unfinished and row.limit_id is not None]
    if not wanted:
        return {}
    now = database_now()
    limit_pks = {row.limit_id for row in wanted if row.limit_id is not None}
    waiting = _waiting_rows(limit_pks)
    working = list(
        Generation.objects.filter(limit__in=limit_pks, status__in=Generation.WORKING).values_list(
            "pk", "limit_id", "image_model_id", "status", "slot_at"
        )
    )
    models = {row.model_pk for row in waiting} | {model_pk for _pk, _limit, model_pk, *_ in working}
    seconds = drawing_seconds(models)
    paused = set(
        Lesson.objects.paused()
        .filter(classroom__in={row.classroom_pk for row in waiting})
        .values_list("classroom_id", flat=True)
    )
    found: dict[int, Waiting] = {}
    lines = {limit.pk: _open_line(limit, now) for limit in Limit.objects.filter(pk__in=limit_pks)}
    for pk, limit_pk, model_pk, status, slot_at in working:
        ends_at = max(now + 0.5, (slot_at or now) + seconds[model_pk])
        found[pk] = _waiting(0, ends_at - now)
        if status == Generation.Status.DRAWING:
            heapq.heappush(lines[limit_pk].busy_until, ends_at)
    found |= _play(waiting, lines, seconds, paused, now)
    return {row.pk: found[row.pk] for row in wanted if row.pk in found}


def drawing_seconds(model_pks: Iterable[int]) -> dict[int, float]:
    """Mean seconds of the last drawings of each model, from the call's start to its end."""
    pks = set(model_pks)
    took = ExpressionWrapper(F("ended_at") - F("begun_at"), output_field=DurationField())
    recent = (
        ProviderCall.objects.filter(
            image_model__in=pks, outcome=ProviderCall.Outcome.DRAWN, ended_at__isnull=False
        )
        .annotate(
            took=took,
            rank=Window(RowNumber(), partition_by=F("image_model_id"), order_by=F("begun_at").desc()),
        )
        .filter(rank__lte=RECENT_CALLS)
    )
    sums: defaultdict[int, list[float]] = defaultdict(list)
    for model_pk, duration in recent.values_list("image_model_id", "took"):
        sums[model_pk].append(max(0.0, duration.total_seconds()))
    unknown = pks - sums.keys()
    guesses = {
        model.pk: UNMEASURED_SECONDS if model.endpoint.is_external else UNMEASURED_SAMPLE_SECONDS
        for model in (ImageModel.objects.filter(pk__in=unknown).select_related("endpoint") if unknown else ())
    }
    return guesses | {pk: sum(values) / len(values) for pk, values in sums.items()}


def _waiting_rows(limit_pks: set[int]) -> list[_Row]:
    rows = Generation.objects.filter(limit__in=limit_pks, status=Generation.Status.QUEUED).order_by(
        *queue.ORDER
    )
    return [
        _Row(*values)
        for values in rows.values_list(
            "pk", "limit_id", "count", "image_model_id", "classroom_id", "resume_at"
        )
    ]


def _open_line(limit: Limit, now: float) -> _Line:
    pace = limits.pace_of(limit, now)
    return _Line(limit, now, pace, limits.planning_tat(limit, pace, now))


def _play(
    rows: list[_Row], lines: dict[int, _Line], seconds: dict[int, float], paused: set[int], now: float
) -> dict[int, Waiting]:
    """Let the rows go in their order; those of a paused lesson stand beside it and have no time."""
    places: defaultdict[int, int] = defaultdict(int)
    found = {}
    for row in rows:
        places[row.limit_pk] += 1
        if row.classroom_pk in paused:
            found[row.pk] = Waiting(places[row.limit_pk], None)
            continue
        ends_at = lines[row.limit_pk].place_next(row, seconds[row.model_pk])
        found[row.pk] = _waiting(places[row.limit_pk], ends_at - now)
    return found


def _waiting(place: int, seconds: float) -> Waiting:
    return Waiting(place, max(1, round(seconds + CARRY_SECONDS)))

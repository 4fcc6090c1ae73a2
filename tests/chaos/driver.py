"""A program that presses and looks, in the town's own database: one JSON line in, one JSON line out."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from django.db import OperationalError, close_old_connections, connection

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402

from assignments.management.simulation.lesson import Lesson  # noqa: E402
from assignments.management.simulation.plan import Plan  # noqa: E402
from assignments.models import Generation, ImageModel, Limit, ProviderCall, Spending  # noqa: E402
from assignments.services.generations import request_generation  # noqa: E402
from edu4all.web.problems import Conflict  # noqa: E402

_lessons: list[Lesson] = []


def prepare(address: str, students: int, limit: float) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    plan = Plan(students=(students,), limit=limit, latency_seconds=(1.0, 2.0))
    lesson = Lesson(plan, lambda text: None)
    lesson.prepare(address)
    _lessons.append(lesson)
    return {}


def press(turn: int, times: int = 1) -> dict[str, Any]:
    """Everyone presses; ``times`` tries to press twice in the same moment."""
    lesson = _lessons[-1]

    def once(who: tuple[int, int]) -> int | str:
        try:
            found = request_generation(
                student=lesson.students[who],
                assignment=lesson.assignments[who[0]],
                prompt=f"A lighthouse in a field, number {who[1]} of {turn}",
                idempotency_key=f"{who}-{turn}",
            )
            return found.generation.pk
        except Conflict as conflict:
            return conflict.code
        finally:
            connection.close()

    everyone = [who for who in lesson.students if who[0] == 0] * times
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(once, everyone))
    return {
        "accepted": len({each for each in results if isinstance(each, int)}),
        "codes": [each for each in results if isinstance(each, str)],
    }


def look() -> dict[str, Any]:
    calls = ProviderCall.objects.exclude(error_kind__in=["unreachable", "rate_limited"])
    outcomes = Counter(calls.values_list("outcome", flat=True))
    settled = Generation.objects.filter(status__in=Generation.SETTLED)
    many = Generation.objects.annotate(sets=Count("pictures")).filter(sets__gt=1).count()
    spent, reserved = Spending.objects.filter(scope="school").values_list(
        "spent_usd", "reserved_usd"
    ).first() or (0, 0)
    cost = ProviderCall.objects.aggregate(cost=Sum("cost_usd"))["cost"] or 0
    ended = [Generation.Status.READY, Generation.Status.HELD]
    return {
        "rows": Generation.objects.count(),
        "statuses": Counter(Generation.objects.values_list("status", flat=True)),
        "unfinished": Generation.objects.unfinished().count(),
        "without_reason": settled.exclude(status__in=ended).filter(error_kind="", refusal_stage="").count(),
        "without_picture": settled.filter(status__in=ended, pictures=None).count(),
        "two_sets": many,
        "calls": calls.count(),
        "outcomes": outcomes,
        "throttled": ProviderCall.objects.filter(error_kind="rate_limited").count(),
        "drawn": calls.filter(outcome="drawn").aggregate(sum=Sum("pictures"))["sum"] or 0,
        "is_money_right": spent == cost and (reserved == 0 or Generation.objects.unfinished().exists()),
        "stopped": ImageModel.objects.exclude(stopped_at=None).count(),
        "learned": Limit.objects.exclude(learned_per_minute=None).count(),
    }


_ACTS: dict[str, Callable[..., dict[str, Any]]] = {"prepare": prepare, "press": press, "look": look}


def act(order: dict[str, Any]) -> dict[str, Any]:
    """A database that is being restarted is asked again; nothing that was answered is asked twice."""
    name = order.pop("do")
    deadline = time.monotonic() + 30
    while True:
        close_old_connections()
        try:
            return _ACTS[name](**order)
        except OperationalError:
            if time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(0.2)


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(act(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()

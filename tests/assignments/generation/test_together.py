"""Several at once: real threads on a real database, with real wake-ups over the broker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from celery import current_app
from django.db import connection, transaction

from assignments.generation import pipeline
from assignments.generation.clock import database_now
from assignments.generation.dispatch import dispatch
from assignments.generation.providers.openai import OpenAIProvider
from assignments.models import Generation, Limit, Picture, ProviderCall, Spending
from assignments.services.generations import request_generation
from edu4all.accounts.models import Membership, School
from edu4all.web.problems import Conflict
from tests.assignments.generation.engine import PROMPT, press, refreshed
from tests.cast import make_person

pytestmark = [pytest.mark.queue, pytest.mark.django_db(transaction=True)]

Status = Generation.Status


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start in the same moment; an exception is a result like any other."""
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            gate.wait(10)
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def presses(cast, *keys: str) -> list[Callable[[], Any]]:
    facts = {"student": cast.student, "assignment": cast.assignment, "prompt": PROMPT}
    return [lambda key=key: request_generation(**facts, idempotency_key=key) for key in keys]


def test_double_press_is_one_row(cast):
    found = at_once(*presses(cast, *["same"] * 6))
    assert {each.generation.pk for each in found} == {Generation.objects.get().pk}
    assert sum(not each.is_replay for each in found) == 1


def test_presses_with_different_keys_leave_one_unfinished(cast):
    found = at_once(*presses(cast, "a", "b", "c", "d"))
    refused = [each for each in found if isinstance(each, Conflict)]
    assert [each.code for each in refused] == ["already_unfinished"] * 3
    assert Generation.objects.count() == 1


def test_last_money_goes_to_one(studio):
    School.objects.update(daily_cap_usd="0.05")
    cast = studio.cast
    cast.assignment.classroom.school.refresh_from_db()
    found = at_once(
        *(lambda person=person: press(person, cast.assignment) for person in (cast.student, cast.student2))
    )
    assert sorted(type(each).__name__ for each in found) == ["Conflict", "Generation"]
    assert str(Spending.objects.get(scope="school").reserved_usd) == "0.050000"


def test_many_dispatchers_choose_each_row_once(cast):
    people = [make_person(cast.school, f"pupil{number}", "student", "Pupil") for number in range(12)]
    Membership.objects.bulk_create(Membership(classroom=cast.classroom, user=person) for person in people)
    for person in people:
        press(person, cast.assignment)
    Limit.objects.filter(pk=cast.limit.pk).update(in_flight=5)
    found = at_once(*[lambda: dispatch(cast.limit.pk)] * 6)
    assert sum(found) == 5
    assert set(Generation.objects.filter(status=Status.DRAWING).values_list("claim", flat=True)) == {1}


def test_one_claim_is_drawn_once_whoever_gets_the_message(studio, caplog):
    row = studio.press()
    dispatch(studio.limit.pk)
    at_once(*[lambda: pipeline.generate(row.pk, 1)] * 3)
    assert not caplog.records, "a message that came twice is nobody's fault"
    assert refreshed(row).status == Status.HELD
    assert Picture.objects.count() == 1
    assert ProviderCall.objects.count() == studio.server.counters()["calls"] == 1


def test_press_is_saved_with_the_broker_down(cast, settings, monkeypatch):
    def down(*_arguments, **_facts):
        raise OSError("no broker")

    monkeypatch.setattr(current_app, "send_task", down)
    assert press(cast.student, cast.assignment).status == Status.QUEUED


def test_press_wakes_the_queue_over_the_real_broker(cast):
    seen = []
    with current_app.connection_for_read() as broker, broker.SimpleQueue("celery") as box:
        while _take(box, 0.1):
            pass
        press(cast.student, cast.assignment)
        seen.append(_take(box, 5))
        dispatch(cast.limit.pk)
        seen.append(_take(box, 5))
    assert seen == ["assignments.tasks.dispatch", "assignments.tasks.generate"]


def _take(box, seconds: float) -> str | None:
    try:
        message = box.get(timeout=seconds)
    except box.Empty:
        return None
    message.ack()
    return message.headers["task"]


def test_database_clock_goes_on_inside_a_transaction(cast):
    with transaction.atomic():
        first = database_now()
        threading.Event().wait(0.02)
        assert database_now() > first


def test_no_connection_is_held_during_a_call(studio, monkeypatch):
    seen = []

    def look(provider, request):
        seen.append(connection.connection)
        return before(provider, request)

    before = OpenAIProvider.generate
    monkeypatch.setattr(OpenAIProvider, "generate", look)
    row = studio.press()
    dispatch(studio.limit.pk)
    pipeline.generate(row.pk, 1)
    assert refreshed(row).status == Status.HELD
    assert seen == [None]

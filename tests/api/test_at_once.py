"""The same press many times in the same moment, by real threads on one real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from assignments.models import Generation
from edu4all.accounts.models import User
from edu4all.accounts.services import sign_in
from tests.cast import Cast

THREADS = 6
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.queue]


def all_at_once(calls: list[Callable]) -> list:
    barrier = Barrier(len(calls))

    def run(call: Callable):
        try:
            barrier.wait(timeout=20)
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def presses(cast: Cast, program: Callable, prompt: str, keys: list[str]) -> list:
    address = f"/api/v1/assignments/{cast.assignment.pk}/generations/"
    clients = [program(cast.student) for _key in keys]
    return all_at_once(
        [
            lambda client=client, key=key: client.post(
                address, {"prompt": prompt}, headers={"idempotency-key": key}
            )
            for client, key in zip(clients, keys, strict=True)
        ]
    )


def test_one_key_is_one_generation(cast: Cast, program: Callable) -> None:
    answers = presses(cast, program, "A dog beside the Eiffel Tower", ["one"] * THREADS)
    assert sorted(answer.status_code for answer in answers) == [200] * (THREADS - 1) + [201]
    assert {answer.json()["id"] for answer in answers} == {Generation.objects.get().pk}


def test_many_keys_are_one_generation_and_conflicts(cast: Cast, program: Callable) -> None:
    keys = [f"key-{number}" for number in range(THREADS)]
    answers = presses(cast, program, "A dog beside the Eiffel Tower", keys)
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (THREADS - 1)
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
        "already_unfinished"
    }
    assert Generation.objects.count() == 1


def test_one_refused_press_is_one_refusal(cast: Cast, program: Callable) -> None:
    answers = presses(cast, program, "피를 흘리는 기사", ["one"] * THREADS)
    assert {answer.status_code for answer in answers} == {422}
    assert {answer.json()["id"] for answer in answers} == {Generation.objects.get().pk}


def test_guesses_at_once_are_no_more_than_one_after_the_other(
    cast: Cast, program: Callable, settings, monkeypatch
) -> None:
    settings.SIGN_IN_FAILURE_LIMIT = 2
    monkeypatch.setattr(sign_in, "PAUSES_SECONDS", (3600,))
    checked = []
    monkeypatch.setattr(User, "check_password", lambda self, raw: checked.append(raw))
    wrong = {"username": "student", "password": "a-guess"}
    answers = all_at_once([lambda: program().post("/api/v1/token/", wrong)] * THREADS)
    assert {answer.status_code for answer in answers} <= {401, 429}
    assert checked == ["a-guess"] * 2

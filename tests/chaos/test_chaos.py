"""Disasters in a real town. The long ones run with `make chaos`, a short lesson with `make test`."""

from __future__ import annotations

import time

import pytest

from tests.chaos.town import Town, check_books, open_town

STUDENTS = 12


def open_for_lessons(town: Town, workers: int = 3, beats: int = 1) -> None:
    for _worker in range(workers):
        town.start_worker()
    for _beat in range(beats):
        town.start_beat()


def test_short_lesson_meets_one_disaster_of_each_kind():
    """Double presses, two beats, a full disk, kill -9, a broker and a database that restart, a clock set back."""
    with open_town(students=6) as town:
        town.own_clock()
        victim = town.start_worker()
        for _beat in range(2):
            town.start_beat()
        accepted = town.ask("press", turn=0, times=2)["accepted"]
        assert accepted == 6
        town.fill_storage()
        town.wait_for_calls(2)
        town.start_worker()
        town.kill(victim)
        town.empty_storage()
        town.redis.restart()
        town.wait_for_calls(3)
        town.set_clock("-2 hours")
        town.postgres.restart()
        town.wait_for_rest()
        told = check_books(town, accepted, most_lost=4, most_throttled=2)
        assert told["statuses"] == {"held": 6}


@pytest.mark.long
def test_workers_are_killed_again_and_again():
    with open_town(STUDENTS) as town:
        open_for_lessons(town)
        accepted = town.ask("press", turn=0)["accepted"]
        for kills in range(3):
            town.wait_for_calls(2 + 3 * kills)
            time.sleep(0.4 * kills)  # mid-call, about the end of a call, mid-store
            town.kill(town.workers[kills])
            town.start_worker()
        town.wait_for_rest()
        check_books(town, accepted, most_lost=3 * 8)


@pytest.mark.long
def test_broker_forgets_everything_and_restarts():
    with open_town(STUDENTS) as town:
        open_for_lessons(town)
        accepted = town.ask("press", turn=0)["accepted"]
        town.wait_for_calls(2)
        town.redis.flush()
        town.wait_for_calls(5)
        town.redis.restart()
        town.wait_for_calls(7)
        town.redis.stop()
        town.wait_for(lambda: town.provider.counters()["in_flight"] == 0, 60, "the last call")
        town.redis.start()
        town.wait_for_rest()
        told = check_books(town, accepted)
        assert told["statuses"] == {"held": STUDENTS}


@pytest.mark.long
def test_press_is_saved_while_the_broker_is_away():
    with open_town(STUDENTS) as town:
        town.redis.stop()
        accepted = town.ask("press", turn=0)["accepted"]
        assert accepted == STUDENTS
        town.redis.start()
        open_for_lessons(town)
        town.wait_for_rest()
        assert check_books(town, accepted)["statuses"] == {"held": STUDENTS}


@pytest.mark.long
def test_database_restarts():
    with open_town(STUDENTS) as town:
        open_for_lessons(town)
        accepted = town.ask("press", turn=0)["accepted"]
        for calls in (3, 7):
            town.wait_for_calls(calls)
            town.postgres.restart()
        town.wait_for_rest()
        check_books(town, accepted, most_lost=8)


@pytest.mark.long
def test_two_beats_and_double_presses():
    with open_town(STUDENTS) as town:
        open_for_lessons(town, beats=2)
        accepted = town.ask("press", turn=0, times=3)["accepted"]
        assert accepted == STUDENTS
        town.wait_for_rest()
        assert check_books(town, accepted)["statuses"] == {"held": STUDENTS}
        second = town.ask("press", turn=1, times=3)["accepted"]
        town.wait_for_rest()
        check_books(town, accepted + second)


@pytest.mark.long
@pytest.mark.parametrize("jumps", [("1 hour", "-2 hours"), ("-1 hour", "3 days")])
def test_database_clock_jumps(jumps):
    with open_town(STUDENTS) as town:
        town.own_clock()
        open_for_lessons(town)
        accepted = town.ask("press", turn=0)["accepted"]
        for number, jump in enumerate(jumps):
            town.wait_for_calls(3 + 3 * number)
            town.set_clock(jump)
        town.wait_for_rest()
        # A clock that leaps ahead says that the spacing has passed when it has not: an early call or two a jump.
        told = check_books(town, accepted, most_throttled=2 * len(jumps))
        assert told["statuses"] == {"held": STUDENTS}


@pytest.mark.long
def test_storage_takes_nothing_for_a_while():
    with open_town(STUDENTS) as town:
        town.fill_storage()
        open_for_lessons(town, workers=2)
        accepted = town.ask("press", turn=0)["accepted"]
        town.wait_for_calls(6)
        time.sleep(4)
        assert town.ask("look")["statuses"].get("held", 0) == 0
        town.empty_storage()
        town.wait_for_rest()
        told = check_books(town, accepted)
        assert told["statuses"] == {"held": STUDENTS}


@pytest.mark.long
def test_worker_is_killed_while_the_storage_is_full():
    with open_town(STUDENTS) as town:
        town.fill_storage()
        open_for_lessons(town, workers=1)
        accepted = town.ask("press", turn=0)["accepted"]
        town.wait_for_calls(4)
        time.sleep(3)
        town.kill(town.workers[0])
        town.empty_storage()
        town.start_worker()
        town.wait_for_rest()
        check_books(town, accepted, most_lost=8)

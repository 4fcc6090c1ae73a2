"""Who is next, and when."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from celery import current_app

from assignments.generation import limits, queue
from assignments.generation.clock import as_moment, database_now
from assignments.generation.dispatch import START_LEASE_SECONDS, dispatch
from assignments.generation.limits import Pace
from assignments.generation.providers.base import RateFacts
from assignments.generation.wake import wake_unless_armed
from assignments.models import FairShare, Generation, Lesson, Limit
from assignments.services import lessons
from assignments.services.generations import cancel_generation, waiting_for
from edu4all.accounts.models import Membership
from tests.assignments.generation.engine import draw_claimed, press, refreshed
from tests.cast import make_person

Status = Generation.Status


def make_slow(limit: Limit, **facts) -> None:
    Limit.objects.filter(pk=limit.pk).update(**({"per_minute": 1, "burst": 1, "in_flight": 50} | facts))
    limit.refresh_from_db()


def free_limit(limit: Limit) -> None:
    """As if a slot's time had passed."""
    Limit.objects.filter(pk=limit.pk).update(tat=0, send_tat=0, not_before=0, armed_at=0)


def next_drawn(limit: Limit) -> Generation | None:
    before = set(Generation.objects.filter(status=Status.DRAWING).values_list("pk", flat=True))
    free_limit(limit)
    dispatch(limit.pk)
    return Generation.objects.filter(status=Status.DRAWING).exclude(pk__in=before).first()


def settle(row: Generation, status: str = Status.READY) -> None:
    Generation.objects.filter(pk=row.pk).update(status=status, lease_expires_at=None)


@pytest.fixture
def pupils(cast):
    people = [make_person(cast.school, f"pupil{number}", "student", f"Pupil {number}") for number in range(4)]
    Membership.objects.bulk_create(Membership(classroom=cast.classroom, user=person) for person in people)
    make_slow(cast.limit)
    return people


def test_everyone_has_a_first_picture_before_anyone_has_a_second(cast, pupils):
    fast = press(pupils[0], cast.assignment)
    assert next_drawn(cast.limit) == fast
    settle(fast)
    again = press(pupils[0], cast.assignment)
    others = [press(person, cast.assignment) for person in pupils[1:]]
    neighbour = press(cast.student3, cast.assignment2)
    drawn = [next_drawn(cast.limit) for _turn in range(5)]
    assert drawn == [*others, neighbour, again]


def test_virtual_time_follows_so_that_nobody_saves_up_turns(cast, pupils):
    for _turn in range(3):
        row = press(pupils[0], cast.assignment)
        next_drawn(cast.limit)
        settle(row)
    cast.limit.refresh_from_db()
    assert cast.limit.virtual_time == 2
    late = press(pupils[1], cast.assignment)
    assert late.start_tag == 2, "a newcomer starts now, not at the beginning of time"
    assert press(pupils[0], cast.assignment).start_tag == 3


def test_a_press_of_several_pictures_counts_as_several(cast, pupils):
    cast.assignment.pictures_per_press = 3
    row = press(pupils[0], cast.assignment)
    assert row.finish_tag - row.start_tag == 3


def test_a_lesson_weighs_four_times_homework(cast, pupils):
    Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment)
    row = press(pupils[0], cast.assignment)
    assert row.finish_tag - row.start_tag == 0.25
    assert row.lesson is not None
    homework = press(cast.student3, cast.assignment2)
    assert homework.finish_tag - homework.start_tag == 1


def test_cancelled_turn_is_given_back(cast, pupils):
    row = press(pupils[0], cast.assignment)
    cancel_generation(generation=row, actor=pupils[0])
    assert FairShare.objects.get(student=pupils[0]).last_finish == 0
    assert press(pupils[0], cast.assignment).start_tag == 0


def test_slots_are_spaced(cast, pupils):
    make_slow(cast.limit, per_minute=100)
    for person in pupils:
        press(person, cast.assignment)
    begun = database_now()
    assert dispatch(cast.limit.pk) == 2, "the row of now and what is due within the next second"
    ended = database_now()
    slots = list(
        Generation.objects.filter(status=Status.DRAWING).order_by("pk").values_list("slot_at", flat=True)
    )
    assert begun <= slots[0] <= ended, "at once, as nothing was sent before"
    assert slots[1] - slots[0] == pytest.approx(0.6 * limits.MARGIN)
    cast.limit.refresh_from_db()
    assert slots[0] < cast.limit.armed_at < slots[0] + 1.2 * limits.MARGIN


def test_nobody_is_claimed_long_before_the_slot(cast, pupils):
    press(pupils[0], cast.assignment)
    assert dispatch(cast.limit.pk) == 1
    press(pupils[1], cast.assignment)
    assert dispatch(cast.limit.pk) == 0


def test_burst_goes_out_at_once(cast, pupils):
    make_slow(cast.limit, burst=3)
    for person in pupils:
        press(person, cast.assignment)
    assert dispatch(cast.limit.pk) == 3


def test_pictures_or_requests_are_counted(cast, pupils):
    cast.assignment.pictures_per_press = 2
    for unit, wanted in (("requests", 1), ("pictures", 2)):
        make_slow(cast.limit, unit=unit)
        free_limit(cast.limit)
        row = press(pupils[0], cast.assignment)
        dispatch(cast.limit.pk)
        cast.limit.refresh_from_db()
        row.refresh_from_db()
        assert cast.limit.tat - row.slot_at == pytest.approx(60 * limits.MARGIN * wanted)
        settle(row)


def test_calls_in_flight_are_counted_over_all_workers(cast, pupils):
    make_slow(cast.limit, per_minute=6000, in_flight=2)
    rows = [press(person, cast.assignment) for person in pupils]
    assert dispatch(cast.limit.pk) == 2
    assert dispatch(cast.limit.pk) == 0
    settle(rows[0])
    assert dispatch(cast.limit.pk) == 1


def test_paused_lesson_rests_and_the_others_go_on(cast, pupils):
    lesson = Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment)
    first, second = press(pupils[0], cast.assignment), press(pupils[1], cast.assignment)
    neighbour = press(cast.student3, cast.assignment2)
    lessons.pause_lesson(classroom=cast.classroom, actor=cast.teacher)
    assert next_drawn(cast.limit) == neighbour
    assert next_drawn(cast.limit) is None
    assert waiting_for([first])[first.pk].eta_seconds is None
    lessons.resume_lesson(classroom=cast.classroom, actor=cast.teacher)
    assert {next_drawn(cast.limit), next_drawn(cast.limit)} == {first, second}
    assert lesson.pk


def test_claim_goes_up_and_the_lease_is_short_until_the_call_begins(cast, pupils):
    row = press(pupils[0], cast.assignment)
    dispatch(cast.limit.pk)
    row = refreshed(row)
    assert (row.status, row.claim) == (Status.DRAWING, 1)
    assert row.lease_expires_at.timestamp() - row.slot_at == pytest.approx(START_LEASE_SECONDS)


@pytest.mark.parametrize("jump_seconds", [3600, 86400 * 400])
def test_clock_set_back_does_not_stop_a_school(cast, pupils, jump_seconds):
    future = database_now() + jump_seconds
    Limit.objects.update(tat=future, send_tat=future, not_before=future, armed_at=future)
    row = press(pupils[0], cast.assignment)
    Generation.objects.filter(pk=row.pk).update(resume_at=future)
    before = database_now()
    dispatch(cast.limit.pk)
    cast.limit.refresh_from_db()
    spacing = 60 * limits.MARGIN
    cautious = cast.limit.tat
    assert before + spacing <= cautious <= database_now() + spacing, "one spacing, and a new start"
    assert cast.limit.send_tat == cautious
    assert cast.limit.armed_at < cautious
    dispatch(cast.limit.pk)
    cast.limit.refresh_from_db()
    assert cast.limit.tat == cautious, "the new start comes nearer and is not put off at each look"
    Limit.objects.filter(pk=cast.limit.pk).update(tat=before, send_tat=before)
    dispatch(cast.limit.pk)
    assert refreshed(row).status == Status.DRAWING
    assert limits.book_sending(cast.limit.pk, 1).wait_seconds <= spacing + 1


def test_pace_follows_gcra():
    pace = Pace(spacing_seconds=2.0, tolerance_seconds=4.0)
    tat, sent = 0.0, []
    for _call in range(5):
        slot = pace.slot(tat, 100.0)
        sent.append(slot)
        tat = pace.after(tat, slot, 1)
    assert sent == [100, 100, 100, 102, 104]


def test_second_refusal_slows_down_and_time_forgives(cast):
    make_slow(cast.limit, per_minute=60)
    before = database_now()
    limits.learn_from_refusal(cast.limit.pk, 200.0)
    cast.limit.refresh_from_db()
    now = database_now()
    assert limits.effective_per_minute(cast.limit, now) == 60
    assert before + 200 <= limits.resting_until(cast.limit, now) <= now + 200
    earlier = cast.limit.learned_at - limits.LEARNING_PAUSE * 2
    Limit.objects.filter(pk=cast.limit.pk).update(learned_at=earlier)
    limits.learn_from_refusal(cast.limit.pk, None)
    cast.limit.refresh_from_db()
    assert limits.effective_per_minute(cast.limit, now) == pytest.approx(57)
    Limit.objects.filter(pk=cast.limit.pk).update(learned_at=as_moment(database_now()))
    limits.learn_from_refusal(cast.limit.pk, None)
    cast.limit.refresh_from_db()
    assert limits.effective_per_minute(cast.limit, now) == pytest.approx(57), "together they are one lesson"
    assert limits.effective_per_minute(cast.limit, now + 3600) == 60


def test_retry_after_is_capped(cast):
    limits.learn_from_refusal(cast.limit.pk, 86400)
    cast.limit.refresh_from_db()
    assert cast.limit.not_before - database_now() < limits.MAX_RETRY_AFTER_SECONDS + 1


def test_headers_teach_a_lower_limit_and_an_empty_allowance(cast):
    make_slow(cast.limit, per_minute=60)
    before = database_now()
    limits.learn_from_headers(cast.limit.pk, RateFacts(limit=5, remaining=0, reset_seconds=120.0))
    cast.limit.refresh_from_db()
    now = database_now()
    assert limits.effective_per_minute(cast.limit, now) == 5
    assert before + 120 <= limits.resting_until(cast.limit, now) <= now + 120
    limits.learn_from_headers(cast.limit.pk, RateFacts(limit=500, remaining=10))
    cast.limit.refresh_from_db()
    assert limits.effective_per_minute(cast.limit, now) == 5
    long_ago = cast.limit.learned_at - limits.LEARNED_FOR / 2
    Limit.objects.filter(pk=cast.limit.pk).update(learned_at=long_ago)
    limits.learn_from_headers(cast.limit.pk, RateFacts(limit=5, remaining=3))
    cast.limit.refresh_from_db()
    assert cast.limit.learned_at > long_ago, "what is told again stays learned"


def test_lateness_moves_the_next_booking(cast):
    make_slow(cast.limit, per_minute=60)
    limits.book_sending(cast.limit.pk, 1)
    cast.limit.refresh_from_db()
    before = cast.limit.send_tat
    limits.report_lateness(cast.limit.pk, 0.5)
    cast.limit.refresh_from_db()
    assert cast.limit.send_tat == pytest.approx(before + 0.5)


def test_missed_booking_is_handed_back_unless_another_came_after(cast):
    make_slow(cast.limit)
    missed = limits.book_sending(cast.limit.pk, 1)
    again = limits.book_sending(cast.limit.pk, 1, missed=missed)
    assert again.wait_seconds == 0, "nobody waits behind it, so it may go now"
    other = limits.book_sending(cast.limit.pk, 1)
    assert 0 < other.wait_seconds <= 60 * limits.SENDING_MARGIN
    behind = limits.book_sending(cast.limit.pk, 1, missed=again)
    assert 60 < behind.wait_seconds <= 120 * limits.SENDING_MARGIN


def test_lateness_is_made_up_for_little_by_little(cast):
    """The plan keeps its wider spacing while late bookings follow one another closely."""
    make_slow(cast.limit, per_minute=60)
    now = database_now()
    plan = limits.pace_of(cast.limit, now)
    sending = limits.pace_of(cast.limit, now, limits.SENDING_MARGIN)
    slot, sent, lags = now, now + 0.03, []
    for _call in range(5):
        slot = plan.after(slot, slot, 1)
        sent = max(slot, sending.after(sent, sent, 1))
        lags.append(sent - slot)
    assert lags == sorted(lags, reverse=True)
    assert lags[-1] == 0
    assert sending.spacing_seconds >= 60 / cast.limit.per_minute


@pytest.mark.parametrize(("lag_seconds", "moves_the_plan"), [(0.0, False), (0.4, False), (0.9, True)])
def test_plan_is_moved_only_by_bookings_that_lag_far_behind(cast, lag_seconds, moves_the_plan):
    now = database_now()
    cast.limit.per_minute = 1
    cast.limit.tat, cast.limit.send_tat = now + 1, now + 1 + lag_seconds
    tat = limits.planning_tat(cast.limit, limits.pace_of(cast.limit, now), now)
    assert (tat > cast.limit.tat) == moves_the_plan


def test_no_slot_is_planned_for_a_moment_that_is_booked(cast, pupils):
    make_slow(cast.limit)
    late = database_now() + 300
    Limit.objects.filter(pk=cast.limit.pk).update(tat=0, send_tat=late)
    press(pupils[0], cast.assignment)
    before = database_now()
    assert dispatch(cast.limit.pk) == 0
    cast.limit.refresh_from_db()
    assert before + 59 < cast.limit.armed_at < late, "a nap at most, and then another look"


@pytest.mark.parametrize(("armed_in_seconds", "wakes"), [(0.5, 0), (-1.0, 1), (0.01, 1), (5.0, 1)])
def test_wake_is_saved_only_while_another_is_about_to_come(
    cast, monkeypatch, django_capture_on_commit_callbacks, armed_in_seconds, wakes
):
    sent = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **facts: sent.append(name))
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0)
    with django_capture_on_commit_callbacks(execute=True):
        wake_unless_armed(cast.limit.pk, armed_in_seconds)
    assert len(sent) == wakes


def test_call_that_came_back_wakes_the_queue(cast, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    press(cast.student, cast.assignment)
    dispatch(cast.limit.pk)
    monkeypatch.setattr(current_app, "send_task", lambda name, **facts: sent.append(name))
    with django_capture_on_commit_callbacks(execute=True):
        draw_claimed()
    assert sent == ["assignments.tasks.dispatch"]


def test_queue_order_is_the_one_of_the_index(cast):
    index = next(index for index in Generation._meta.indexes if index.name == "generation_queue")
    assert tuple(index.fields) == ("limit", *queue.ORDER[:-1])


def test_places_and_times(cast, pupils):
    make_slow(cast.limit, per_minute=6)
    rows = [press(person, cast.assignment) for person in pupils]
    told = waiting_for(rows)
    assert [told[row.pk].place for row in rows] == [1, 2, 3, 4]
    times = [told[row.pk].eta_seconds for row in rows]
    assert [later - earlier for earlier, later in pairwise(times)] == pytest.approx([10, 10, 10], abs=1)
    dispatch(cast.limit.pk)
    told = waiting_for([refreshed(row) for row in rows])
    assert told[rows[0].pk].place == 0
    assert told[rows[1].pk].place == 1
    assert told[rows[0].pk].eta_seconds <= 2


def test_time_counts_the_calls_in_flight(cast, pupils):
    make_slow(cast.limit, per_minute=6000, in_flight=1)
    from_first, from_second = (
        waiting_for([press(person, cast.assignment)]).popitem()[1].eta_seconds for person in pupils[:2]
    )
    assert from_second > from_first


def test_asking_for_the_wait_costs_the_same_for_two_and_for_many(cast, pupils, django_assert_num_queries):
    rows = [press(person, cast.assignment) for person in pupils]
    with django_assert_num_queries(7):
        waiting_for(rows[:1])
    with django_assert_num_queries(7):
        waiting_for(rows)

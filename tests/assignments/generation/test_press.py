"""What a press comes to."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assignments.models import (
    Appeal,
    Assignment,
    ClassPolicy,
    Generation,
    ImageModel,
    Picture,
    RefusalPause,
    SafetyNotice,
    SchoolModel,
    Spending,
)
from assignments.services import lessons
from assignments.services.generations import (
    cancel_generation,
    language_of,
    make_seed,
    request_generation,
    tries_left,
)
from edu4all.accounts.models import Membership, School
from edu4all.web.problems import Conflict, Invalid, NotAllowed
from tests.assignments.generation.engine import PROMPT, allow_external, press, refreshed, run_queue
from tests.cast import make_assignment

Status = Generation.Status
BLOODY = "피를 흘리는 기사"


def refused_code(error: type[Exception], call, *arguments, **facts) -> str:
    with pytest.raises(error) as caught:
        call(*arguments, **facts)
    assert str(caught.value.detail)
    return caught.value.code


def test_same_press_twice_is_one_row(cast):
    facts = {"student": cast.student, "assignment": cast.assignment, "prompt": PROMPT, "idempotency_key": "k"}
    first, second = request_generation(**facts), request_generation(**facts)
    assert (first.is_replay, second.is_replay) == (False, True)
    assert first.generation == second.generation
    assert refused_code(Conflict, request_generation, **(facts | {"prompt": "a cat"})) == "key_reused"
    assert Generation.objects.count() == 1


def test_refused_press_is_replayed_too(cast):
    first = press(cast.student, cast.assignment, BLOODY, key="k")
    again = request_generation(
        student=cast.student, assignment=cast.assignment, prompt=BLOODY, idempotency_key="k"
    )
    assert first.status == again.generation.status == Status.REFUSED
    assert again.is_replay


def test_one_students_key_means_nothing_to_another(cast):
    assert press(cast.student, cast.assignment, key="k") != press(cast.student2, cast.assignment, key="k")


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a\nb"])
def test_key_must_be_one(cast, key):
    assert refused_code(Invalid, press, cast.student, cast.assignment, key=key) == "key"


@pytest.mark.parametrize(("prompt", "code"), [("", "empty"), (" \n ", "empty"), ("가" * 1001, "too_long")])
def test_words_must_be_there_and_few(cast, prompt, code):
    assert refused_code(Invalid, press, cast.student, cast.assignment, prompt) == code


def test_words_are_kept_in_the_order_in_which_they_are_read(cast):
    assert press(cast.student, cast.assignment, "\u202e개와 탑\u202c\x00").prompt == "개와 탑"


def test_only_current_students_of_the_class_press(cast):
    for person in (cast.student3, cast.stranger, cast.teacher, cast.admin):
        with pytest.raises(NotAllowed):
            press(person, cast.assignment)
    Membership.objects.filter(user=cast.student).update(left_at=timezone.now())
    with pytest.raises(NotAllowed):
        press(cast.student, cast.assignment)


def test_second_press_waits_for_the_first(cast):
    press(cast.student, cast.assignment)
    other = make_assignment(cast.classroom, "Another")
    assert refused_code(Conflict, press, cast.student, cast.assignment) == "already_unfinished"
    assert refused_code(Conflict, press, cast.student, other) == "already_unfinished"


def test_tries_are_counted(cast):
    cast.assignment.tries = 1
    press(cast.student, cast.assignment)
    run_queue(cast.limit)
    assert tries_left(student=cast.student, assignments=[cast.assignment]) == {cast.assignment.pk: 0}
    assert refused_code(Conflict, press, cast.student, cast.assignment) == "no_tries"


def test_refused_cancelled_and_failed_presses_cost_no_try(cast):
    press(cast.student, cast.assignment, BLOODY)
    cancel_generation(generation=press(cast.student, cast.assignment), actor=cast.student)
    failed = press(cast.student, cast.assignment)
    Generation.objects.filter(pk=failed.pk).update(status=Status.FAILED)
    assert tries_left(student=cast.student, assignments=[cast.assignment])[cast.assignment.pk] == 10


@pytest.mark.parametrize(
    "facts",
    [
        {"closed_at": timezone.now()},
        {"closes_at": timezone.now() - timedelta(seconds=1)},
        {"opens_at": timezone.now() + timedelta(hours=1)},
        {"published_at": None},
    ],
)
def test_closed_assignment_takes_no_press_and_finishes_the_old(cast, facts):
    row = press(cast.student, cast.assignment)
    Assignment.objects.filter(pk=cast.assignment.pk).update(**facts)
    cast.assignment.refresh_from_db()
    assert refused_code(Conflict, press, cast.student2, cast.assignment) == "closed"
    run_queue(cast.limit)
    assert refreshed(row).status == Status.READY


def test_refused_words_are_kept_with_the_verdict(cast):
    row = refreshed(press(cast.student, cast.assignment, BLOODY))
    assert (row.status, row.refusal_stage, row.limit) == (Status.REFUSED, "policy", None)
    match = row.matches[0]
    assert BLOODY[match["start"] : match["end"]] == match["text"]
    assert match["text"].startswith("피")
    assert match["term"] == "피"
    assert row.policy_version.startswith("school:1")
    assert row.sent_prompt == ""


def test_five_refusals_in_ten_minutes_pause_and_tell_the_teacher(cast):
    for _time in range(4):
        press(cast.student, cast.assignment, BLOODY)
    assert not RefusalPause.objects.exists()
    press(cast.student, cast.assignment, BLOODY)
    pause = RefusalPause.objects.get()
    assert pause.refusals == 5
    assert list(RefusalPause.objects.visible_to(cast.teacher)) == [pause]
    assert not RefusalPause.objects.visible_to(cast.teacher2).exists()
    assert not RefusalPause.objects.visible_to(cast.student).exists()
    assert refused_code(Conflict, press, cast.student, cast.assignment) == "paused"
    assert refused_code(Conflict, press, cast.student, cast.assignment, BLOODY) == "paused"
    press(cast.student2, cast.assignment)
    Membership.objects.update(paused_until=timezone.now() - timedelta(seconds=1))
    press(cast.student, cast.assignment, BLOODY)
    assert RefusalPause.objects.count() == 1


def test_old_refusals_do_not_pause(cast):
    for _time in range(4):
        press(cast.student, cast.assignment, BLOODY)
    Generation.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    press(cast.student, cast.assignment, BLOODY)
    assert not RefusalPause.objects.exists()


def test_words_of_self_harm_reach_an_adult_whatever_the_state(cast):
    Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
    cast.assignment.refresh_from_db()
    for _time in range(6):
        row = press(cast.student, cast.assignment, "죽고 싶어요")
    assert (row.status, row.verdict_kind) == (Status.REFUSED, "self_harm")
    notice = SafetyNotice.objects.get()
    assert (notice.times, [words.kind for words in notice.words.all()]) == (6, ["self_harm"])
    assert not RefusalPause.objects.exists()


def test_words_a_teacher_allowed_pass_once(cast):
    refused = press(cast.student, cast.assignment, BLOODY)
    appeal = Appeal.objects.create(generation=refused, status=Appeal.Status.ALLOWED)
    other = press(cast.student2, cast.assignment, BLOODY)
    assert other.status == Status.REFUSED
    allowed = press(cast.student, cast.assignment, BLOODY)
    assert (allowed.status, allowed.is_allowed_once) == (Status.QUEUED, True)
    appeal.refresh_from_db()
    assert appeal.used_by == allowed
    run_queue(cast.limit)
    assert press(cast.student, cast.assignment, BLOODY).status == Status.REFUSED


def test_an_allowance_is_kept_when_the_press_can_not_be_taken(cast):
    refused = press(cast.student, cast.assignment, BLOODY)
    appeal = Appeal.objects.create(generation=refused, status=Appeal.Status.ALLOWED)
    press(cast.student, cast.assignment)
    assert refused_code(Conflict, press, cast.student, cast.assignment, BLOODY) == "already_unfinished"
    appeal.refresh_from_db()
    assert appeal.used_by is None


def test_price_is_reserved_for_school_class_and_student(studio):
    row = studio.press()
    assert row.reserved_usd == Decimal("0.05")
    scopes = dict(Spending.objects.values_list("scope", "reserved_usd"))
    classroom, student = studio.cast.classroom.pk, studio.cast.student.pk
    assert scopes == {
        "school": Decimal("0.05"),
        f"class:{classroom}": Decimal("0.05"),
        f"student:{student}": Decimal("0.05"),
    }


@pytest.mark.parametrize("cap", ["daily_cap_usd", "class_daily_cap_usd", "student_daily_cap_usd"])
def test_no_cap_is_passed(studio, cap):
    School.objects.update(**{cap: Decimal("0.05")})
    studio.cast.assignment.classroom.school.refresh_from_db()
    first = studio.press()
    studio.run()
    assert refreshed(first).status == Status.HELD
    assert refused_code(Conflict, studio.press) == "budget"
    assert Generation.objects.count() == 1


def test_cancelled_press_gives_its_money_back(studio):
    row = studio.press()
    cancel_generation(generation=row, actor=studio.cast.student)
    assert set(Spending.objects.values_list("reserved_usd", "spent_usd")) == {(0, 0)}
    assert refreshed(row).reserved_usd == 0


def test_external_model_needs_recorded_consent(studio):
    School.objects.update(council_reviewed_at=None)
    studio.cast.assignment.classroom.school.refresh_from_db()
    row = studio.press()
    assert row.image_model == studio.cast.image_model, "the sample model draws instead"
    SchoolModel.objects.filter(image_model=studio.cast.image_model).delete()
    assert refused_code(Conflict, studio.press, studio.cast.student2) == "paused"


def test_stopped_model_falls_back(studio):
    ImageModel.objects.filter(pk=studio.model.pk).update(
        stopped_at=timezone.now(), stop_reason="quota_exhausted", fallback=studio.cast.image_model
    )
    assert studio.press().image_model == studio.cast.image_model


def test_variation_needs_an_own_picture(cast):
    assert refused_code(Invalid, press, cast.student, cast.assignment, operation="vary") == "source"
    row = press(cast.student2, cast.assignment)
    run_queue(cast.limit)
    picture = row.pictures.get()
    Picture.objects.update(moderation=Picture.Moderation.APPROVED)
    call = {"operation": "vary", "source": picture}
    assert refused_code(Invalid, press, cast.student, cast.assignment, **call) == "source"
    assert press(cast.student2, cast.assignment, **call).source == picture


def test_more_pictures_than_the_task_allows_are_not_drawn(cast):
    assert refused_code(Invalid, press, cast.student, cast.assignment, count=2) == "count"


def test_paused_lesson_takes_no_press(cast):
    lessons.start_lesson(classroom=cast.classroom, assignment=cast.assignment, actor=cast.teacher)
    assert press(cast.student, cast.assignment).weight == 4
    lessons.pause_lesson(classroom=cast.classroom, actor=cast.teacher)
    assert refused_code(Conflict, press, cast.student2, cast.assignment) == "paused"
    lessons.resume_lesson(classroom=cast.classroom, actor=cast.teacher)
    press(cast.student2, cast.assignment)
    lessons.end_lesson(classroom=cast.classroom, actor=cast.teacher)
    assert (
        refused_code(Conflict, lessons.pause_lesson, classroom=cast.classroom, actor=cast.teacher)
        == "no_lesson"
    )


def test_only_those_who_run_a_class_run_its_lesson(cast):
    for person in (cast.student, cast.teacher2, cast.stranger_teacher):
        with pytest.raises(NotAllowed):
            lessons.start_lesson(classroom=cast.classroom, assignment=cast.assignment, actor=person)


def test_one_lesson_at_a_time(cast):
    facts = {"classroom": cast.classroom, "assignment": cast.assignment, "actor": cast.teacher}
    lessons.start_lesson(**facts)
    assert refused_code(Conflict, lessons.start_lesson, **facts) == "lesson_running"


def test_cancelling_is_for_waiting_rows_and_their_people(cast):
    row = press(cast.student, cast.assignment)
    with pytest.raises(NotAllowed):
        cancel_generation(generation=row, actor=cast.student2)
    cancel_generation(generation=row, actor=cast.teacher)
    assert refreshed(row).status == Status.CANCELLED
    assert refused_code(Conflict, cancel_generation, generation=row, actor=cast.student) == "not_waiting"


def test_language_follows_the_words():
    assert language_of("에펠탑 beside a dog") == "ko"
    assert language_of("a dog") == "en"
    assert language_of("에펠탑") == "ko"


def test_variety_decides_how_many_seeds_there_are(cast):
    def seeds(variety: float, operation: str = "draw") -> set[int]:
        return {make_seed(cast.assignment, PROMPT, operation, variety) for _time in range(40)}

    assert len(seeds(0.0)) == 1
    assert len(seeds(1.0)) == 40
    assert 1 < len(seeds(0.1)) <= 9
    assert len(seeds(0.0, "vary")) == 40


def test_policy_of_the_class_reaches_the_text_sent(cast):
    ClassPolicy.objects.filter(classroom=cast.classroom).update(meta_prompt_ko="수채화처럼 그립니다.")
    row = press(cast.student, cast.assignment)
    assert "수채화처럼 그립니다." in row.sent_prompt
    assert PROMPT in row.sent_prompt


def test_press_costs_as_many_queries_with_a_long_queue(cast):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            row = press(cast.student, cast.assignment)
        cancel_generation(generation=row, actor=cast.student)
        return len(seen)

    queries()
    alone = queries()
    first = press(cast.student2, cast.assignment)
    copies = [Generation(**_copy_of(first, number)) for number in range(60)]
    Generation.objects.bulk_create(copies)
    assert queries() == alone
    assert alone <= 40


def _copy_of(row: Generation, number: int) -> dict:
    """A settled row beside the queue, so that histories grow too."""
    return {
        "assignment_id": row.assignment_id,
        "classroom_id": row.classroom_id,
        "membership_id": row.membership_id,
        "student_id": row.student_id,
        "prompt": row.prompt,
        "idempotency_key": f"copy-{number}",
        "status": "cancelled",
        "image_model_id": row.image_model_id,
        "limit_id": row.limit_id,
    }


def test_school_without_a_model_says_so(cast):
    allow_external(cast.school)
    SchoolModel.objects.all().delete()
    assert refused_code(Conflict, press, cast.student, cast.assignment) == "paused"

""" "This refusal looks wrong": one press of the student, one answer of the teacher."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Appeal, Generation
from assignments.services.appeals import suggest_exceptions
from assignments.services.generations import request_generation
from assignments.services.policies import (
    EntryInput,
    change_term_list,
    check_prompt,
    class_list,
    effective_policy,
)
from edu4all.accounts.models import AuditEvent, User
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast

TOY = "장난감 칼을 든 곰"


def press(cast: Cast, prompt: str = TOY, student: User | None = None) -> Generation:
    return request_generation(
        student=student or cast.student,
        assignment=cast.assignment,
        prompt=prompt,
        idempotency_key=uuid.uuid4().hex,
    ).generation


def ask(client: Any, generation: Generation) -> Any:
    return client.post(reverse("assignments:appeal", args=[generation.pk]))


def answer(client: Any, appeal: Appeal, action: str, **more: str) -> Any:
    return client.post(reverse("assignments:appeal_answer", args=[appeal.pk]), {"action": action} | more)


@pytest.fixture
def refused(cast: Cast) -> Generation:
    generation = press(cast)
    assert generation.status == "refused"
    return generation


@pytest.fixture
def open_appeal(refused: Generation) -> Appeal:
    return Appeal.objects.create(generation=refused)


class TestAsking:
    def test_one_press_however_often(self, cast: Cast, visit: Callable, refused: Generation) -> None:
        client = visit(cast.student)
        studio = reverse("assignments:studio", args=[cast.assignment.pk])
        assert [ask(client, refused).url for _ in range(2)] == [studio, studio]
        assert Appeal.objects.get().generation == refused
        assert "You told your teacher" in client.get(studio).content.decode()

    def test_a_change_is_asked_about_with_its_picture_on_the_desk(self, cast: Cast, visit: Callable) -> None:
        picture = make_picture(make_generation(cast))
        change = make_generation(
            cast, status="refused", refusal_stage="policy", operation="refine", source=picture
        )
        studio = reverse("assignments:studio", args=[cast.assignment.pk])
        assert ask(visit(cast.student), change).headers["Location"] == f"{studio}?from={picture.pk}"

    @pytest.mark.parametrize(
        ("person", "status"),
        [
            ("student2", 404),
            ("student3", 404),
            ("stranger", 404),
            ("teacher2", 404),
            ("teacher", 403),
            ("admin", 403),
        ],
    )
    def test_nobody_else_may(
        self, cast: Cast, visit: Callable, refused: Generation, person: str, status: int
    ) -> None:
        assert ask(visit(getattr(cast, person)), refused).status_code == status
        assert not Appeal.objects.exists()

    @pytest.mark.parametrize("stage", ["prompt", "picture"])
    def test_a_providers_refusal_stands_and_offers_other_words(
        self, cast: Cast, visit: Callable, stage: str
    ) -> None:
        refused = make_generation(cast, prompt="a knight with a knife", status="refused", refusal_stage=stage)
        page = ask(visit(cast.student), refused)
        assert page.status_code == 409
        text = page.content.decode()
        assert "nobody at your school can change that" in text
        assert f"?again={refused.pk}" in text
        rewordings = page.context["rewordings"]
        assert rewordings
        assert all(check_prompt(classroom=cast.classroom, prompt=words).is_allowed for words in rewordings)
        assert not Appeal.objects.exists()

    @pytest.mark.parametrize(
        "facts",
        [
            {"status": "ready"},
            {"status": "refused", "refusal_stage": "review"},
            {"status": "refused", "refusal_stage": "policy", "verdict_kind": "self_harm"},
        ],
    )
    def test_what_else_cannot_be_asked_about(
        self, cast: Cast, visit: Callable, facts: dict[str, str]
    ) -> None:
        assert ask(visit(cast.student), make_generation(cast, **facts)).status_code == 409
        assert not Appeal.objects.exists()


class TestAnswering:
    def test_allowed_once_means_the_next_press_of_these_words(
        self, cast: Cast, visit: Callable, open_appeal: Appeal
    ) -> None:
        assert answer(visit(cast.teacher), open_appeal, "allow", answer="A toy is fine.").status_code == 302
        studio = visit(cast.student).get(reverse("assignments:studio", args=[cast.assignment.pk]))
        assert "A toy is fine." in studio.content.decode()
        assert press(cast, TOY + " 둘").status == "refused"
        allowed = press(cast)
        assert (allowed.status, allowed.is_allowed_once) == ("queued", True)
        open_appeal.refresh_from_db()
        assert open_appeal.used_by == allowed
        Generation.objects.filter(pk=allowed.pk).update(status="ready")
        assert press(cast).status == "refused"

    def test_an_exception_lets_it_through_from_now_on(
        self, cast: Cast, visit: Callable, open_appeal: Appeal
    ) -> None:
        client = visit(cast.teacher)
        shown = client.get(reverse("assignments:appeals")).context["shown"]
        assert [row.suggestion for row in shown] == ["장난감 칼"]
        assert answer(client, open_appeal, "except", exceptions="장난감 칼").status_code == 302
        source = class_list(cast.classroom)
        assert source.entries.current().get().text == "장난감 칼"
        assert source.changes.get().author == cast.teacher
        assert press(cast).status == "queued"
        assert not check_prompt(classroom=cast.classroom, prompt="진짜 칼을 든 곰").is_allowed

    def test_an_exception_that_does_not_help_changes_nothing(
        self, cast: Cast, visit: Callable, open_appeal: Appeal
    ) -> None:
        page = answer(visit(cast.teacher), open_appeal, "except", exceptions="구름빵", answer="try")
        assert page.status_code == 422
        text = page.content.decode()
        assert "would still be refused because of: 칼" in text
        assert ">구름빵</textarea>" in text
        assert ">try</textarea>" in text
        open_appeal.refresh_from_db()
        assert open_appeal.status == "open"
        assert class_list(cast.classroom).version == 0

    def test_explaining_needs_words(self, cast: Cast, visit: Callable, open_appeal: Appeal) -> None:
        client = visit(cast.teacher)
        page = answer(client, open_appeal, "explain", answer=" ")
        assert page.status_code == 422
        box = rf'name="answer"[^>]* aria-describedby="(answer-error-{open_appeal.pk})" autofocus>'
        assert re.search(box + r"\s*</textarea><p [^>]*id=\"\1\">Write a few words", page.content.decode())
        assert answer(client, open_appeal, "explain", answer="Not in our class.").status_code == 302
        open_appeal.refresh_from_db()
        assert (open_appeal.status, open_appeal.answered_by) == ("explained", cast.teacher)
        assert AuditEvent.objects.get(verb="appeal.explained").classroom == cast.classroom
        assert press(cast).status == "refused"

    def test_the_first_answer_stands(self, cast: Cast, visit: Callable, open_appeal: Appeal) -> None:
        answer(visit(cast.teacher), open_appeal, "explain", answer="First.")
        late = answer(visit(cast.admin), open_appeal, "allow")
        assert late.status_code == 409
        assert "answered already" in late.content.decode()
        open_appeal.refresh_from_db()
        assert open_appeal.answer == "First."

    @pytest.mark.parametrize(
        ("person", "page", "status"),
        [
            ("teacher", 200, 302),
            ("admin", 200, 302),
            ("teacher2", 200, 404),
            ("stranger_teacher", 200, 404),
            ("student", 403, 403),
            ("operator", 403, 403),
        ],
    )
    def test_who_may(
        self, cast: Cast, visit: Callable, open_appeal: Appeal, person: str, page: int, status: int
    ) -> None:
        client = visit(getattr(cast, person))
        shown = client.get(reverse("assignments:appeals"))
        assert shown.status_code == page
        assert (TOY[:3] in shown.content.decode()) == (status == 302)
        assert answer(client, open_appeal, "allow").status_code == status


class TestPage:
    def test_open_ones_first_and_queries_stay_the_same(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher)

        def ask_about(number: int, status: str) -> None:
            generation = make_generation(
                cast,
                prompt=f"{TOY} {number}",
                status="refused",
                refusal_stage="policy",
                policy_version="school:1 class:0",
            )
            Appeal.objects.create(generation=generation, status=status)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(reverse("assignments:appeals")).status_code == 200
            return len(captured)

        ask_about(0, "explained")
        ask_about(1, "open")
        queries()  # reads the lists once for this process
        few = queries()
        for number in range(2, 15):
            ask_about(number, "open" if number % 2 else "allowed")
        assert queries() == few
        shown = client.get(reverse("assignments:appeals")).context["shown"]
        states = [row.appeal.status == "open" for row in shown]
        assert states == sorted(states, reverse=True)

    def test_counts_questions_and_whose_they_are(self, cast: Cast, visit: Callable) -> None:
        for number, student in enumerate((cast.student, cast.student, cast.student, cast.student2)):
            Appeal.objects.create(generation=press(cast, f"{TOY} {number}", student))
        page = visit(cast.teacher).get(reverse("assignments:appeals")).content.decode()
        assert "4 questions wait for an answer · from 2 students" in page

    def test_an_empty_page_says_what_will_come(self, cast: Cast, visit: Callable) -> None:
        assert "No questions" in visit(cast.teacher).get(reverse("assignments:appeals")).content.decode()


@pytest.mark.parametrize(
    ("prompt", "suggested"),
    [
        ("바다 위의 칼 모양 등대", "칼 모양"),
        ("장난감 칼을 든 곰", "장난감 칼"),
        ("부엌칼을 든 요리사", "부엌칼"),
        ("a bear with a toy knife", "toy knife"),
        ("the knife shop on the moon", "knife shop"),
        ("권총 모양 구름", "권총 모양"),
        ("칼과 권총 모양 구름", "권총 모양"),
        ("권총", ""),
        ("a knife", ""),
    ],
)
def test_suggests_the_smallest_words_that_help_and_never_a_term_itself(
    cast: Cast, prompt: str, suggested: str
) -> None:
    change_term_list(
        term_list=class_list(cast.classroom), author=cast.teacher, add=[EntryInput("권총"), EntryInput("총")]
    )
    policy = effective_policy(cast.classroom)
    refused = press(cast, prompt)
    assert refused.status == "refused"
    assert suggest_exceptions(refused, policy) == ((suggested,) if suggested else ())


class TestSeen:
    """The student sees the answer once as news; the teacher sees that it was seen."""

    def test_news_until_the_student_has_opened_the_task(
        self, cast: Cast, visit: Callable, open_appeal: Appeal
    ) -> None:
        press(cast, "another sword")
        studio, tasks = reverse("assignments:studio", args=[cast.assignment.pk]), reverse("assignments:list")
        student, news = visit(cast.student), "Your teacher has answered you"
        assert news not in student.get(tasks).content.decode()
        teacher = visit(cast.teacher)
        answer(teacher, open_appeal, "explain", answer="A toy is fine, a sword is not.")
        assert (
            "the student has not seen it yet" in teacher.get(reverse("assignments:appeals")).content.decode()
        )
        student = visit(cast.student)
        assert news in student.get(tasks).content.decode()
        assert news in student.get(studio).content.decode()
        open_appeal.refresh_from_db()
        assert open_appeal.seen_at is not None
        assert news not in student.get(studio).content.decode()
        assert news not in student.get(tasks).content.decode()
        page = visit(cast.teacher).get(reverse("assignments:appeals")).content.decode()
        assert "the student has seen it" in page

    def test_a_teachers_look_at_the_task_is_not_the_students(
        self, cast: Cast, visit: Callable, open_appeal: Appeal
    ) -> None:
        teacher = visit(cast.teacher)
        answer(teacher, open_appeal, "allow")
        teacher.get(reverse("assignments:studio", args=[cast.assignment.pk]))
        open_appeal.refresh_from_db()
        assert open_appeal.seen_at is None

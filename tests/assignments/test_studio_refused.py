"""When a press is not taken: not now, or not these words."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.models import Appeal, Assignment, Generation, Lesson, SafetyNotice
from assignments.services.lessons import pause_lesson, resume_lesson, start_lesson
from edu4all.accounts.models import Membership
from tests.assignments.rows import make_generation, press, studio_url
from tests.cast import Cast, make_assignment


class TestNotNow:
    def test_while_one_is_on_its_way(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        press(client, cast.assignment)
        answer = press(client, cast.assignment, "Other words", key="other")
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "One picture at a time" in text
        assert ">Other words</textarea>" in text

    def test_one_in_another_task_of_the_class_is_shown_the_way_to(self, cast: Cast, visit: Callable) -> None:
        other = make_assignment(cast.classroom, "Another task")
        row = make_generation(cast, assignment=other, status="queued")
        answer = press(visit(cast.student), cast.assignment)
        assert answer.status_code == 409
        assert f'href="{reverse("assignments:generation", args=[row.pk])}"' in answer.content.decode()

    def test_refused_words_do_not_hide_the_one_on_its_way(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="drawing", created_at=timezone.now() - timedelta(minutes=1))
        client = visit(cast.student)
        answer = press(client, cast.assignment, "칼을 든 기사")
        assert answer.context["page"].strip.generation.status == "refused"
        assert answer.context["page"].on_its_way == row
        assert client.get(studio_url(cast.assignment)).context["page"].strip.generation == row

    def test_when_the_tries_are_used_up(self, cast: Cast, visit: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(tries=1)
        make_generation(cast)
        answer = press(visit(cast.student, htmx=True), cast.assignment)
        assert answer.status_code == 409
        assert "Your tries are used up" in answer.content.decode()
        page = visit(cast.student).get(studio_url(cast.assignment))
        assert page.context["page"].bar.title == "Your tries are used up"

    def test_when_it_is_closed(self, cast: Cast, visit: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
        answer = press(visit(cast.student), cast.assignment)
        assert answer.status_code == 409
        assert "This task is closed" in answer.content.decode()

    def test_while_the_teacher_pauses_the_lesson(self, cast: Cast, visit: Callable) -> None:
        Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment, paused_at=timezone.now())
        answer = press(visit(cast.student), cast.assignment)
        assert answer.status_code == 409
        assert "Your teacher has paused the lesson" in answer.content.decode()
        page = visit(cast.student).get(studio_url(cast.assignment))
        assert "Your teacher has paused the lesson" in page.context["page"].bar.advice

    def test_while_the_student_rests(self, cast: Cast, visit: Callable) -> None:
        Membership.objects.filter(user=cast.student).update(
            paused_until=timezone.now() + timedelta(minutes=4)
        )
        answer = press(visit(cast.student), cast.assignment)
        assert answer.status_code == 409
        assert "There is a short pause" in answer.content.decode()

    def test_an_old_sheet_with_other_words(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        press(client, cast.assignment)
        answer = press(client, cast.assignment, "Changed my mind")
        assert answer.status_code == 409
        assert "Press Draw once more" in answer.content.decode()
        assert ">Changed my mind</textarea>" in answer.content.decode()
        assert Generation.objects.count() == 1


class TestWakingUp:
    def look(self, client: Client, page: Any) -> Any:
        """What the page that stands there asks for by itself."""
        asked = re.search(
            r'id="studio-bar" hx-get="([^"]+)" hx-trigger="every (?:5|10)s"', page.content.decode()
        )
        assert asked is not None
        return client.get(html.unescape(asked[1]), headers={"HX-Request": "true"})

    def test_when_the_lesson_goes_on(self, cast: Cast, visit: Callable) -> None:
        lesson = start_lesson(classroom=cast.classroom, assignment=cast.assignment, actor=cast.teacher)
        pause_lesson(classroom=cast.classroom, actor=cast.teacher)
        client = visit(cast.student)
        page = client.get(studio_url(cast.assignment))
        with CaptureQueriesContext(connection) as queries:
            assert self.look(client, page).status_code == 204
        assert len(queries) <= 6
        resume_lesson(classroom=lesson.classroom, actor=cast.teacher)
        awake = self.look(client, page)
        assert " disabled" not in awake.content.decode()
        assert "You can draw again." in awake.content.decode()
        assert self.look(client, awake).status_code == 204

    def test_a_pause_shows_itself_to_a_child_who_writes(self, cast: Cast, visit: Callable) -> None:
        make_generation(cast)
        client = visit(cast.student)
        page = client.get(studio_url(cast.assignment))
        start_lesson(classroom=cast.classroom, assignment=cast.assignment, actor=cast.teacher)
        begun = self.look(client, page)
        assert "You can draw again." not in begun.content.decode()  # nothing was in the way before
        with CaptureQueriesContext(connection) as queries:
            assert self.look(client, begun).status_code == 204
        assert len(queries) <= 6
        pause_lesson(classroom=cast.classroom, actor=cast.teacher)
        paused = self.look(client, begun).content.decode()
        assert paused.count("Your teacher has paused the lesson.") == 2  # to be seen and to be heard
        assert " disabled" in paused
        assert "every 5s" in paused
        assert 'id="prompt"' not in paused  # the words on the desk are left alone

    def test_a_press_in_another_tab_is_waited_for(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        page = client.get(studio_url(cast.assignment))
        row = make_generation(cast, status="drawing")
        start_lesson(classroom=cast.classroom, assignment=cast.assignment, actor=cast.teacher)
        assert self.look(client, page).status_code == 204
        Generation.objects.filter(pk=row.pk).update(status="ready")
        assert self.look(client, page).status_code == 200

    def test_when_the_rest_is_over(self, cast: Cast, visit: Callable) -> None:
        ends_at = timezone.now() + timedelta(minutes=4)
        Membership.objects.filter(user=cast.student).update(paused_until=ends_at)
        client = visit(cast.student)
        page = client.get(studio_url(cast.assignment))
        assert "About 4 minutes more" in page.content.decode()
        assert self.look(client, page).status_code == 204
        Membership.objects.filter(user=cast.student).update(paused_until=timezone.now())
        assert " disabled" not in self.look(client, page).content.decode()

    def test_one_pause_gives_way_to_another(self, cast: Cast, visit: Callable) -> None:
        Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment, paused_at=timezone.now())
        client = visit(cast.student)
        page = press(client, cast.assignment)
        Lesson.objects.update(ended_at=timezone.now())
        Membership.objects.filter(user=cast.student).update(
            paused_until=timezone.now() + timedelta(minutes=4)
        )
        still = self.look(client, page)
        assert " disabled" in still.content.decode()
        assert self.look(client, still).status_code == 204

    def test_a_picture_that_comes_in_a_pause_brings_it_along(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast)
        Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment, paused_at=timezone.now())
        client = visit(cast.student, htmx=True)
        news = client.get(reverse("assignments:generation", args=[row.pk]), {"seen": "drawing"})
        assert self.look(client, news).status_code == 204

    def test_what_stays_is_not_asked_about(self, cast: Cast, visit: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
        text = visit(cast.student).get(studio_url(cast.assignment)).content.decode()
        assert "This task is closed" in text
        assert 'id="studio-bar">' in text


class TestRefused:
    def test_words_are_marked_inside_the_students_text(self, cast: Cast, visit: Callable) -> None:
        answer = press(visit(cast.student), cast.assignment, "피를 흘리는 기사")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert '<mark class="marked">' in text
        assert answer.context["page"].strip.refusal.parts[0][1]
        assert answer.context["page"].strip.refusal.parts[0][0].startswith("피")
        assert ">피를 흘리는 기사</textarea>" in text
        assert "10 tries of 10 left" in text
        row = Generation.objects.get()
        assert f'action="{reverse("assignments:appeal", args=[row.pk])}"' in text
        assert "This refusal looks wrong" in text

    @pytest.mark.parametrize("words", ["피사의 사탑을 든 아이", "피라미드 위의 눈"])
    def test_monuments_are_drawn(self, cast: Cast, visit: Callable, words: str) -> None:
        assert press(visit(cast.student), cast.assignment, words).status_code == 302

    def test_the_same_press_is_refused_the_same_way(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student, htmx=True)
        answers = [press(client, cast.assignment, "칼을 든 기사") for _ in range(2)]
        assert [answer.status_code for answer in answers] == [422, 422]
        assert Generation.objects.count() == 1

    def test_survives_a_reload_but_folded_away(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        folded = "These words were not drawn:"
        assert folded not in press(client, cast.assignment, "칼을 든 기사").content.decode()
        page = client.get(studio_url(cast.assignment)).content.decode()
        assert page.index(folded) < page.index('<mark class="marked">')

    def test_nobody_is_asked_to_press_draw_in_a_pause(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        for number in range(5):
            answer = press(client, cast.assignment, f"칼을 든 기사 {number}", key=f"press {number}")
        text = answer.content.decode()
        assert "About 5 minutes more" in text
        assert "press Draw again" not in text
        assert "Think of other words for the marked ones." in text

    def test_the_teachers_answer_is_shown(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        press(client, cast.assignment, "칼을 든 기사")
        appeal = Appeal.objects.create(generation=Generation.objects.get())
        assert "The answer will stand here" in client.get(studio_url(cast.assignment)).content.decode()
        Appeal.objects.filter(pk=appeal.pk).update(status="explained", answer="A knight can hold a flag.")
        text = client.get(studio_url(cast.assignment)).content.decode()
        assert "A knight can hold a flag." in text
        assert "These words were not drawn:" not in text  # news is not folded away

    def test_a_student_who_may_be_in_need_gets_a_gentle_answer(self, cast: Cast, visit: Callable) -> None:
        answer = press(visit(cast.student), cast.assignment, "나 죽고 싶어")
        text = answer.content.decode()
        assert answer.status_code == 422
        assert SafetyNotice.objects.count() == 1
        assert 'href="tel:109"' in text
        assert 'href="tel:1388"' in text
        assert "<mark" not in text
        assert "can't be drawn" not in text
        assert "This refusal looks wrong" not in text
        assert "죽고 싶어</textarea>" not in text
        assert answer.headers["HX-Trigger"] == '{"draft-saved": {}}'
        assert not answer.context["page"].presses  # not in the list that a neighbour may read

    def test_a_services_refusal_can_not_be_appealed(self, cast: Cast, visit: Callable) -> None:
        make_generation(cast, status="refused", refusal_stage="prompt", error_kind="prompt_refused")
        text = visit(cast.student).get(studio_url(cast.assignment)).content.decode()
        assert "Nobody at your school can change that rule" in text
        assert "This refusal looks wrong" not in text

    @pytest.mark.parametrize(("stage", "look"), [("review", "is-returned"), ("picture", "is-refused")])
    def test_what_the_teacher_gave_back_does_not_look_refused(
        self, cast: Cast, visit: Callable, stage: str, look: str
    ) -> None:
        make_generation(cast, status="refused", refusal_stage=stage)
        text = visit(cast.student).get(studio_url(cast.assignment)).content.decode()
        strip = text[text.index('id="studio-strip"') :]
        assert re.search(r'class="notice (is-\w+)"', strip).group(1) == look  # type: ignore[union-attr]

"""Words that were refused and that a teacher then granted."""

import uuid
from collections.abc import Callable

import pytest

from assignments.models import Appeal, Generation, RefusalPause
from assignments.services.appeals import add_exceptions, allow_once, explain
from assignments.services.generations import request_generation
from edu4all.accounts.models import Membership
from edu4all.web.problems import Conflict
from tests.assignments.rows import press as press_by_page
from tests.assignments.rows import studio_url
from tests.cast import Cast

SWORD = "칼춤을 추는 무용수와 칼"
TOY = "장난감 칼을 든 곰"


def press(cast: Cast, prompt: str) -> Generation:
    return request_generation(
        student=cast.student, assignment=cast.assignment, prompt=prompt, idempotency_key=uuid.uuid4().hex
    ).generation


def ask(cast: Cast, prompt: str) -> Appeal:
    return Appeal.objects.create(generation=press(cast, prompt))


def rests(cast: Cast) -> bool:
    return Membership.objects.get(user=cast.student, classroom=cast.classroom).paused_until is not None


class TestPause:
    def test_what_was_granted_leaves_the_count(self, cast: Cast) -> None:
        allow_once(appeal=ask(cast, SWORD), teacher=cast.teacher)
        add_exceptions(appeal=ask(cast, TOY), teacher=cast.teacher, texts=["장난감 칼"])
        for _time in range(4):
            press(cast, "피를 흘리는 기사")
        assert not rests(cast)
        press(cast, "피를 흘리는 기사")
        assert rests(cast)
        assert RefusalPause.objects.get().refusals == 5

    @pytest.mark.parametrize("granted", ["allow", "except"])
    def test_a_pause_that_came_of_it_is_lifted(self, cast: Cast, granted: str) -> None:
        asked = ask(cast, TOY)
        for _time in range(4):
            press(cast, "피를 흘리는 기사")
        assert rests(cast)
        if granted == "allow":
            allow_once(appeal=asked, teacher=cast.teacher)
        else:
            add_exceptions(appeal=asked, teacher=cast.teacher, texts=["장난감 칼"])
        assert not rests(cast)
        assert not RefusalPause.objects.to_tell().exists()
        assert press(cast, TOY).status == "queued"

    def test_a_pause_for_enough_other_refusals_stays(self, cast: Cast) -> None:
        for _time in range(4):
            press(cast, "피를 흘리는 기사")
        explained = ask(cast, SWORD)
        explain(appeal=explained, teacher=cast.teacher, answer="Not this one.")
        assert rests(cast)
        assert RefusalPause.objects.unseen().exists()

    def test_the_same_words_pressed_again_and_again_are_granted_together(self, cast: Cast) -> None:
        asked, *_more = [press(cast, SWORD) for _time in range(5)]
        assert rests(cast)
        allow_once(appeal=Appeal.objects.create(generation=asked), teacher=cast.teacher)
        assert not rests(cast)

    def test_what_is_pressed_after_the_grant_counts_anew(self, cast: Cast) -> None:
        allow_once(appeal=ask(cast, SWORD), teacher=cast.teacher)
        Generation.objects.filter(pk=press(cast, SWORD).pk).update(status="ready")
        for _time in range(5):
            press(cast, SWORD)
        assert rests(cast)
        with pytest.raises(Conflict):
            press(cast, "a sunny tower")


class TestFoundAgain:
    def test_answers_and_questions_are_marked_in_the_list(self, cast: Cast, visit: Callable) -> None:
        answered, _asked = ask(cast, TOY), ask(cast, SWORD)
        explain(appeal=answered, teacher=cast.teacher, answer="A toy is no sword.")
        student = visit(cast.student)
        student.get(studio_url(cast.assignment))  # the first visit, on which the answer is news
        text = student.get(studio_url(cast.assignment)).content.decode()
        summary = text[text.index("All my tries") : text.index("</summary>", text.index("All my tries"))]
        assert "1 answer from your teacher" in summary
        assert "1 question with your teacher" in summary
        below = text[text.index("</summary>", text.index("All my tries")) :]
        assert "A toy is no sword." in below
        assert "The answer will stand here." in below

    def test_the_second_time_is_told_that_it_was_for_one_time(self, cast: Cast, visit: Callable) -> None:
        allow_once(appeal=ask(cast, TOY), teacher=cast.teacher)
        Generation.objects.filter(pk=press(cast, TOY).pk).update(status="ready")
        client = visit(cast.student)
        text = press_by_page(client, cast.assignment, TOY).content.decode()
        assert "That was for one time" in text
        assert "Ask my teacher once more" in text
        assert "can't be drawn here" not in text
        assert (
            "You could draw these words one time, and you have." in text
        )  # beside the press that was granted
        other = press_by_page(client, cast.assignment, SWORD, key="other").content.decode()
        assert "That was for one time" not in other

"""A child in need is heard wherever the words stand, and nobody else reads them."""

import pytest
from django.urls import reverse

from assignments.models import Generation, SafetyNotice
from assignments.services.generations import tries_left
from edu4all.web.problems import Invalid
from gallery.models import Submission
from tests.cast import Cast
from tests.gallery.works import hand_in_work, make_work

pytestmark = pytest.mark.django_db

NEED = "I want to kill myself"


def test_a_title_gets_the_gentle_answer_and_an_adult_hears(cast: Cast) -> None:
    picture = make_work(cast)
    with pytest.raises(Invalid) as told:
        hand_in_work(cast, picture, title=NEED)
    assert told.value.code == "words"
    assert "109" in str(told.value.detail)
    notice = SafetyNotice.objects.get()
    words = notice.words.get()
    assert (words.kind, words.generation.student) == ("self_harm", cast.student)
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        {"monument": NEED},
        {"title": "", "monument": NEED},
        {"title": f"{NEED} and nobody would even notice it, not today and not on any other day"},
    ],
    ids=["monument", "monument beside a missing title", "title that is too long"],
)
def test_whatever_else_is_wrong_with_a_hand_in_an_adult_hears(cast: Cast, words: dict[str, str]) -> None:
    picture = make_work(cast)
    with pytest.raises(Invalid) as told:
        hand_in_work(cast, picture, **words)
    assert "109" in str(told.value.detail)
    assert NEED in SafetyNotice.objects.get().words.get().generation.prompt


def test_a_monument_of_the_teachers_list_tells_nobody(cast: Cast) -> None:
    cast.assignment.monuments_mode, cast.assignment.monuments = "listed", [NEED]
    hand_in_work(cast, make_work(cast), monument=NEED)
    assert not SafetyNotice.objects.exists()


@pytest.mark.parametrize("before", [0, 950, 1300])
def test_a_reflection_is_handed_in_and_an_adult_hears(cast: Cast, before: int) -> None:
    picture = make_work(cast)
    reflection = "I tried it again. " * (before // 18) + NEED
    submission = hand_in_work(cast, picture, reflection=reflection)
    assert submission.reflection == reflection
    assert NEED in SafetyNotice.objects.get().words.get().generation.prompt


def test_the_same_words_twice_are_one_notice(cast: Cast) -> None:
    picture = make_work(cast)
    for _press in range(2):
        hand_in_work(cast, picture, reflection=NEED)
    notice = SafetyNotice.objects.get()
    assert (notice.times, notice.words.count()) == (1, 1)


def test_it_costs_no_try_and_stays_out_of_the_lesson(cast: Cast, client) -> None:
    picture = make_work(cast)
    before = tries_left(student=cast.student, assignments=[cast.assignment])
    hand_in_work(cast, picture, reflection=NEED)
    assert tries_left(student=cast.student, assignments=[cast.assignment]) == before
    client.force_login(cast.teacher)
    for page, thing in (("gallery:lesson_rows", cast.assignment), ("assignments:refused", cast.classroom)):
        assert NEED not in client.get(reverse(page, args=[thing.pk])).content.decode()
    client.force_login(cast.student)
    assert NEED not in client.get(reverse("assignments:studio", args=[cast.assignment.pk])).content.decode()


def test_ordinary_words_tell_nobody(cast: Cast) -> None:
    hand_in_work(cast, make_work(cast), reflection="I killed the time until the bus came.")
    assert not SafetyNotice.objects.exists()
    assert not Generation.objects.exclude(status="ready").exists()

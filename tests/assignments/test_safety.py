"""Words that sounded like self-harm or a threat: who reads them, who doesn't, and what was done."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assignments.models import Generation, SafetyNotice
from assignments.services.generations import request_generation
from assignments.services.safety import NEWEST_WORDS, answer_notice
from edu4all.accounts.models import AuditEvent, School, User
from tests.assignments.rows import make_generation, make_notice
from tests.cast import Cast

WORDS = "나는 죽고 싶어"


@pytest.fixture
def notice(cast: Cast) -> SafetyNotice:
    request_generation(
        student=cast.student, assignment=cast.assignment, prompt=WORDS, idempotency_key=uuid.uuid4().hex
    )
    return SafetyNotice.objects.get()


def answer_url(notice: SafetyNotice) -> str:
    return reverse("assignments:safety_answer", args=[notice.pk])


@pytest.mark.parametrize(
    ("person", "sees", "answers"),
    [
        ("teacher", True, 302),
        ("admin", True, 302),
        ("teacher2", False, 404),
        ("stranger_admin", False, 404),
        ("student", None, 403),
        ("student2", None, 403),
    ],
)
def test_the_class_and_the_admin_read_it_when_nobody_is_named(
    cast: Cast, visit: Callable, notice: SafetyNotice, person: str, sees: bool | None, answers: int
) -> None:
    client = visit(getattr(cast, person))
    page = client.get(reverse("assignments:safety"))
    assert page.status_code == (403 if sees is None else 200)
    assert (WORDS in page.content.decode()) == bool(sees)
    assert client.post(answer_url(notice), {"note": "We talked."}).status_code == answers


def test_a_named_adult_reads_it_instead_of_the_teachers(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    School.objects.filter(pk=cast.school.pk).update(safety_contact=cast.teacher2)
    assert WORDS not in visit(cast.teacher).get(reverse("assignments:safety")).content.decode()
    assert visit(cast.teacher).post(answer_url(notice), {"note": "x"}).status_code == 404
    named = visit(cast.teacher2).get(reverse("assignments:safety")).content.decode()
    assert WORDS in named
    assert "Lee Teacher" in named


def test_it_is_discreet(cast: Cast, visit: Callable, notice: SafetyNotice) -> None:
    page = visit(cast.teacher).get(reverse("assignments:safety"))
    text = page.content.decode()
    summary = text[
        text.index("<summary", text.index('<details class="sheet">')) : text.index(
            "</summary>", text.index('<details class="sheet">')
        )
    ]
    assert "Bora" not in summary
    assert WORDS not in summary
    assert '<details class="sheet" open' not in text
    assert "Notes for you alone" in text[text.index("<title>") : text.index("</title>")]
    assert "no-store" in page.headers["Cache-Control"]


def test_no_other_page_of_the_teacher_shows_the_words(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    client = visit(cast.teacher)
    for name in ("refused", "classroom", "lesson"):
        page = client.get(reverse(f"assignments:{name}", args=[cast.classroom.pk]))
        assert WORDS not in page.content.decode()
    assert WORDS not in client.get(reverse("assignments:appeals")).content.decode()
    desk = client.get(reverse("gallery:desk")).content.decode()
    assert WORDS not in desk
    assert "1 note for you alone" in desk
    assert (
        client.get(reverse("assignments:generation", args=[notice.words.get().generation_id])).status_code
        == 404
    )


def test_seen_with_a_note_and_logged(cast: Cast, visit: Callable, notice: SafetyNotice) -> None:
    client = visit(cast.teacher)
    client.post(answer_url(notice), {"note": "  "})
    notice.refresh_from_db()
    assert notice.seen_at is None
    client.post(answer_url(notice), {"note": "We talked, and the parents know."})
    notice.refresh_from_db()
    assert (notice.seen_by, notice.note) == (cast.teacher, "We talked, and the parents know.")
    first_seen = notice.seen_at
    visit(cast.admin).post(answer_url(notice), {"note": "Counsellor on Monday."})
    notice.refresh_from_db()
    assert (notice.seen_by, notice.seen_at, notice.note) == (
        cast.teacher,
        first_seen,
        "Counsellor on Monday.",
    )
    events = AuditEvent.objects.filter(verb__startswith="safety_notice").order_by("pk")
    assert [(event.verb, event.actor) for event in events] == [
        ("safety_notice.answered", cast.teacher),
        ("safety_notice.edited", cast.admin),
    ]
    assert not any("talked" in str(event.after) + event.target for event in events)
    assert "note for you alone" not in client.get(reverse("gallery:desk")).content.decode()


def press(cast: Cast, prompt: str) -> None:
    request_generation(
        student=cast.student, assignment=cast.assignment, prompt=prompt, idempotency_key=uuid.uuid4().hex
    )


def test_one_student_is_one_notice_however_often_they_write(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    for number in range(9):
        press(cast, f"나는 죽고 싶어 {number}")
    press(cast, WORDS)
    told = SafetyNotice.objects.get()
    assert (told.times, told.words.count()) == (11, 10)
    assert told.last_at > notice.last_at
    page = visit(cast.teacher).get(reverse("assignments:safety")).content.decode()
    assert page.count('<details class="sheet">') == 1
    assert "나는 죽고 싶어 7" in page
    assert "11 times" in page


def test_after_a_flood_the_first_and_the_last_words_can_be_read(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    def refuse(prompt: str) -> None:
        facts = {"status": "refused", "refusal_stage": "policy", "verdict_kind": "self_harm"}
        make_notice(make_generation(cast, prompt=prompt, **facts), "self_harm")

    for number in range(NEWEST_WORDS + 20):
        refuse(f"kms lol {number}")
    press(cast, "오늘 밤에 죽고 싶어")
    page = visit(cast.teacher).get(reverse("assignments:safety")).content.decode()
    assert WORDS in page
    assert "오늘 밤에 죽고 싶어" in page
    assert "kms lol 5<" not in page
    assert f"the newest {NEWEST_WORDS} texts" in page
    assert f"{NEWEST_WORDS + 22} times" in page
    # Neither other words nor the same again fill the database.
    for _press in range(NEWEST_WORDS + 20):
        refuse(WORDS)
    assert Generation.objects.count() == 2 * NEWEST_WORDS + 1
    assert SafetyNotice.objects.get().times == 2 * NEWEST_WORDS + 42


def test_words_that_came_after_the_page_was_read_stay_unread(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    seen = notice.words.get()
    press(cast, "학교를 폭파시킬 거야")
    visit(cast.teacher).post(answer_url(notice), {"note": "We talked.", "read_to": seen.pk})
    notice.refresh_from_db()
    unread = SafetyNotice.objects.get(seen_at=None)
    assert (notice.times, list(notice.words.all())) == (1, [seen])
    assert [(each.kind, each.generation.prompt) for each in unread.words.all()] == [
        ("threat", "학교를 폭파시킬 거야")
    ]


def test_words_after_an_answer_are_a_new_notice(cast: Cast, visit: Callable, notice: SafetyNotice) -> None:
    visit(cast.teacher).post(answer_url(notice), {"note": "We talked."})
    press(cast, WORDS)
    assert SafetyNotice.objects.filter(seen_at=None).exclude(pk=notice.pk).get().times == 1


def test_the_teachers_read_it_when_the_named_adult_has_left(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    School.objects.filter(pk=cast.school.pk).update(safety_contact=cast.teacher2)
    User.objects.filter(pk=cast.teacher2.pk).update(is_active=False)
    assert WORDS in visit(cast.teacher).get(reverse("assignments:safety")).content.decode()


def test_unseen_ones_first_and_queries_stay_the_same(
    cast: Cast, visit: Callable, notice: SafetyNotice
) -> None:
    client = visit(cast.teacher)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("assignments:safety")).status_code == 200
        return len(captured)

    def refuse() -> None:
        sad = make_generation(cast, status="refused", refusal_stage="policy", verdict_kind="threat")
        answer_notice(notice=make_notice(sad, "threat"), actor=cast.teacher, note="Done.")

    client.post(answer_url(notice), {"note": "Done."})
    refuse()
    few = queries()
    for _number in range(10):
        refuse()
    assert queries() == few
    press(cast, WORDS)
    rows = list(client.get(reverse("assignments:safety")).context["page"])
    assert [row.seen_at is None for row in rows] == [True] + [False] * 12
    assert rows[-1] == notice

"""The live lesson: one table, kept fresh by one cheap request, and the buttons above it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments.models import Generation, Lesson
from assignments.services.moderation import moderate_picture
from gallery.services.lesson_table import freshness, lesson_table
from tests.assignments.rows import make_generation
from tests.cast import Cast, make_assignment
from tests.gallery.works import hand_in_work, make_students, make_work, queries_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def rows_of(cast: Cast) -> dict[str, str]:
    return {row.student.display_name: row.status for row in lesson_table(cast.assignment).rows}


def url(cast: Cast) -> str:
    return reverse("gallery:lesson_rows", args=[cast.assignment.pk])


def test_a_student_who_did_nothing_yet_is_in_the_table(cast: Cast) -> None:
    assert rows_of(cast) == {"Bora": "", "Haru": ""}


@pytest.mark.parametrize(
    ("status", "facts"),
    [
        ("queued", {"status": "queued"}),
        ("drawing", {"status": "drawing"}),
        ("held", {"status": "held"}),
        ("failed", {"status": "failed"}),
        ("refused", {"status": "refused", "refusal_stage": "prompt"}),
    ],
)
def test_the_newest_press_is_what_counts(cast: Cast, status: str, facts: dict[str, str]) -> None:
    make_work(cast)
    make_generation(cast, **facts)
    assert rows_of(cast)["Bora"] == status


def test_a_refusal_names_its_stage_and_asks_for_the_teacher(cast: Cast) -> None:
    make_generation(cast, status="refused", refusal_stage="policy")
    row = lesson_table(cast.assignment).rows[0]
    assert (row.needs_you, row.stage) == (True, "our list")


def test_handed_in_stays_until_the_next_picture_is_on_its_way(cast: Cast) -> None:
    hand_in_work(cast, make_work(cast))
    assert rows_of(cast)["Bora"] == "handed_in"
    make_generation(cast, status="queued")
    assert rows_of(cast)["Bora"] == "queued"


def test_words_that_sound_like_trouble_never_reach_a_projected_table(cast: Cast) -> None:
    make_generation(cast, status="refused", refusal_stage="policy", verdict_kind="self_harm")
    row = lesson_table(cast.assignment).rows[0]
    assert (row.status, row.needs_you) == ("", False)


def test_tries_left_count_pictures_and_not_refused_words(cast: Cast) -> None:
    make_generation(cast, status="ready")
    make_generation(cast, status="refused", refusal_stage="policy")
    assert lesson_table(cast.assignment).rows[0].tries_left == cast.assignment.tries - 1


def test_nothing_new_costs_no_table(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    mark = client.get(url(cast), headers=HTMX).context["mark"]
    again = client.get(url(cast), {"since": mark}, headers=HTMX)
    assert (again.status_code, again.content) == (204, b"")
    make_generation(cast, status="failed")
    fresh = client.get(url(cast), {"since": mark}, headers=HTMX)
    assert fresh.status_code == 200
    assert "Bora" in fresh.content.decode()


@pytest.mark.parametrize("change", ["press", "decision", "hand_in"])
def test_every_change_makes_the_table_fresh(cast: Cast, change: str) -> None:
    picture = make_work(cast)
    before = freshness(cast.assignment)
    if change == "press":
        make_generation(cast, student=cast.student2, status="failed")
    elif change == "decision":
        moderate_picture(picture=picture, decision="approve")
    else:
        hand_in_work(cast, picture)
    assert freshness(cast.assignment) != before


def test_a_page_without_javascript_and_a_fragment_with_it(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    page, part = client.get(url(cast)), client.get(url(cast), headers=HTMX)
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in page.headers["Vary"]


@pytest.mark.parametrize(
    ("person", "status"),
    [("teacher", 200), ("admin", 200), ("student", 403), ("teacher2", 404), ("stranger", 404)],
)
def test_who_may_see_the_table(cast: Cast, client, person: str, status: int) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(url(cast)).status_code == status


def test_the_tables_queries_do_not_grow(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    make_work(cast)
    make_generation(cast, status="queued", student=cast.student2)
    few = queries_of(client, url(cast))
    for student in make_students(cast, 30):
        make_work(cast, student=student)
        make_generation(cast, status="queued", student=student)
    assert queries_of(client, url(cast)) == few


def test_start_pause_go_on_and_end(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    pk = cast.classroom.pk
    client.post(reverse("assignments:lesson_start", args=[pk]), {"assignment": cast.assignment.pk})
    lesson = Lesson.objects.get()
    assert (lesson.assignment, lesson.started_by, lesson.ended_at) == (cast.assignment, cast.teacher, None)
    client.post(reverse("assignments:lesson_pause", args=[pk]))
    lesson.refresh_from_db()
    assert lesson.paused_at is not None
    client.post(reverse("assignments:lesson_resume", args=[pk]))
    lesson.refresh_from_db()
    assert lesson.paused_at is None
    client.post(reverse("assignments:lesson_end", args=[pk]))
    lesson.refresh_from_db()
    assert lesson.ended_at is not None


def test_a_second_start_and_an_end_without_a_lesson_are_said_kindly(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    pk = cast.classroom.pk
    start = reverse("assignments:lesson_start", args=[pk])
    client.post(start, {"assignment": cast.assignment.pk})
    page = client.post(start, {"assignment": cast.assignment.pk}, follow=True)
    assert "running already" in page.content.decode()
    assert Lesson.objects.count() == 1
    client.post(reverse("assignments:lesson_end", args=[pk]))
    page = client.post(reverse("assignments:lesson_end", args=[pk]), follow=True)
    assert "No lesson of this class is running" in page.content.decode()


def test_a_lesson_can_not_be_held_on_another_classs_task(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    start = reverse("assignments:lesson_start", args=[cast.classroom.pk])
    assert client.post(start, {"assignment": cast.assignment2.pk}).status_code == 404
    assert client.post(start, {"assignment": "x"}).status_code == 404
    assert not Lesson.objects.exists()


def test_an_ended_lesson_leaves_the_queue_alone(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    waiting = make_generation(cast, status="queued")
    pk = cast.classroom.pk
    client.post(reverse("assignments:lesson_start", args=[pk]), {"assignment": cast.assignment.pk})
    client.post(reverse("assignments:lesson_end", args=[pk]))
    waiting.refresh_from_db()
    assert waiting.status == Generation.Status.QUEUED


def test_what_waits_for_review_is_one_number_and_leads_to_just_that(cast: Cast, client) -> None:
    make_work(cast)
    other = make_assignment(cast.classroom, "Another task")
    make_work(cast, assignment=other)
    client.force_login(cast.teacher)
    page = client.get(url(cast))
    address = reverse("gallery:reviews") + f"?assignment={cast.assignment.pk}"
    assert address in page.content.decode()
    assert page.context["table"].undecided == client.get(address).context["turn"].total == 1


def test_after_its_end_the_page_stays_with_the_lessons_task(cast: Cast, client) -> None:
    older = make_assignment(cast.classroom, "An older task", due_at=timezone.now() + timedelta(days=9))
    client.force_login(cast.teacher)
    for assignment in (cast.assignment, older):
        Lesson.objects.create(classroom=cast.classroom, assignment=assignment, started_by=cast.teacher)
        end = reverse("assignments:lesson_end", args=[cast.classroom.pk])
        assert client.post(end, follow=True).context["assignment"] == assignment

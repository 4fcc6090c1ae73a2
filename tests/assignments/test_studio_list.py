"""A student's first page."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.assignments.rows import make_generation
from tests.cast import Cast, make_assignment

LIST = "/assignments/"


def test_open_tasks_come_first_with_dates_and_tries(cast: Cast, visit: Callable) -> None:
    now = timezone.now()
    make_assignment(
        cast.classroom, "Long ago", closed_at=now - timedelta(days=30), due_at=now - timedelta(days=31)
    )
    make_assignment(cast.classroom, "Tomorrow's", due_at=now + timedelta(hours=1))
    make_generation(cast)
    page = visit(cast.student).get(LIST)
    assert [row.title for row, _left in page.context["open_tasks"]] == ["Tomorrow's", cast.assignment.title]
    assert [row.title for row, _left in page.context["closed_tasks"]] == ["Long ago"]
    assert [left for _row, left in page.context["open_tasks"]] == [10, 9]
    text = page.content.decode()
    assert "9 tries of 10 left" in text
    assert reverse("assignments:studio", args=[cast.assignment.pk]) in text


def test_shows_only_published_tasks_of_own_classes(cast: Cast, visit: Callable) -> None:
    make_assignment(cast.classroom, "A draft", published_at=None)
    make_assignment(cast.classroom, "Next week's", published_at=timezone.now() + timedelta(days=7))
    text = visit(cast.student).get(LIST).content.decode()
    assert "A draft" not in text
    assert "Next week&#x27;s" not in text
    assert cast.assignment2.title not in text
    assert cast.strangers_assignment.title not in text


def test_a_child_without_a_class_is_shown_the_door(cast: Cast, visit: Callable) -> None:
    cast.student.memberships.update(left_at=timezone.now())
    page = visit(cast.student).get(LIST)
    assert f'action="{reverse("accounts:join")}"' in page.content.decode()
    assert 'name="code"' in page.content.decode()


def test_a_picture_that_came_back_is_told_until_another_is_drawn(cast: Cast, visit: Callable) -> None:
    client = visit(cast.student)
    make_generation(
        cast, status="refused", refusal_stage="review", created_at=timezone.now() - timedelta(hours=1)
    )
    make_generation(cast, status="refused", refusal_stage="policy")
    assert "A picture came back" in client.get(LIST).content.decode()
    make_generation(cast)
    assert "A picture came back" not in client.get(LIST).content.decode()


def test_teachers_go_to_their_own_first_page(cast: Cast, visit: Callable) -> None:
    for person in (cast.teacher, cast.admin, cast.operator):
        assert visit(person).get(LIST).headers["Location"] == "/"


def test_speaks_korean(cast: Cast, visit: Callable) -> None:
    page = visit(cast.student, language="ko").get(LIST)
    assert '<html lang="ko"' in page.content.decode()


def test_queries_stay_the_same_for_many_tasks(cast: Cast, visit: Callable) -> None:
    def count() -> int:
        client = visit(cast.student)
        client.get(LIST)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    make_assignment(cast.classroom, "Second")
    few = count()
    for number in range(100):
        make_assignment(cast.classroom, f"Task {number}", closed_at=timezone.now() if number % 2 else None)
    assert count() == few

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from assignments.models import Assignment
from edu4all.accounts.models import Classroom
from tests.assignments.rows import make_generation
from tests.cast import Cast, make_assignment

ASSIGNMENTS = "/api/v1/assignments/"
CLASSROOMS = "/api/v1/classrooms/"


def ids(answer) -> list[int]:
    return [row["id"] for row in answer.json()["results"]]


def test_a_student_sees_tries_and_what_is_open(cast: Cast, program: Callable) -> None:
    make_generation(cast)
    make_generation(cast, status="refused", refusal_stage="policy")
    row = program(cast.student).get(ASSIGNMENTS).json()["results"][0]
    assert row["id"] == cast.assignment.pk
    assert row["title"] == "A monument in another place"
    assert row["classroom"] == cast.classroom.pk
    assert row["classroom_name"] == "Class 4-2"
    assert (row["tries"], row["tries_left"], row["is_open"]) == (10, 9, True)
    assert [set(criterion) for criterion in row["criteria"]] == [{"id", "title", "points"}] * 2


def test_open_ones_come_first(cast: Cast, program: Callable) -> None:
    now = timezone.now()
    closed = make_assignment(cast.classroom, "Closed", closes_at=now, due_at=now - timedelta(days=3))
    to_come = make_assignment(
        cast.classroom, "To come", opens_at=now + timedelta(days=1), due_at=now + timedelta(days=2)
    )
    later = make_assignment(cast.classroom, "Due later", due_at=now + timedelta(days=9))
    answer = program(cast.student).get(ASSIGNMENTS)
    assert ids(answer) == [cast.assignment.pk, later.pk, to_come.pk, closed.pk]
    assert [row["is_open"] for row in answer.json()["results"]] == [True, True, False, False]


def test_everybody_sees_their_own_and_no_more(cast: Cast, program: Callable) -> None:
    draft = make_assignment(cast.classroom, "A draft", published_at=None)
    seen = {
        name: set(ids(program(getattr(cast, name)).get(ASSIGNMENTS)))
        for name in ("student", "teacher", "teacher2", "admin", "stranger", "operator")
    }
    assert seen == {
        "student": {cast.assignment.pk},
        "teacher": {cast.assignment.pk, draft.pk},
        "teacher2": {cast.assignment2.pk},
        "admin": {cast.assignment.pk, draft.pk, cast.assignment2.pk},
        "stranger": {cast.strangers_assignment.pk},
        "operator": set(),
    }


def test_one_assignment_for_those_who_see_it(cast: Cast, program: Callable) -> None:
    address = f"{ASSIGNMENTS}{cast.assignment.pk}/"
    assert program(cast.student).get(address).json()["tries_left"] == 10
    assert program(cast.teacher).get(address).json()["tries_left"] is None
    for name in ("stranger", "student3", "teacher2", "stranger_admin"):
        assert program(getattr(cast, name)).get(address).status_code == 404


def test_a_closed_assignment_is_not_open(cast: Cast, program: Callable) -> None:
    Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
    row = program(cast.student).get(f"{ASSIGNMENTS}{cast.assignment.pk}/").json()
    assert row["is_open"] is False


def test_an_archived_class_is_not_open_to_its_teacher(cast: Cast, program: Callable) -> None:
    Classroom.objects.filter(pk=cast.classroom.pk).update(archived_at=timezone.now())
    row = program(cast.teacher).get(f"{ASSIGNMENTS}{cast.assignment.pk}/").json()
    assert row["is_open"] is False


def test_classrooms_of_each_person(cast: Cast, program: Callable) -> None:
    mine = program(cast.student).get(CLASSROOMS).json()
    assert mine["count"] == 1
    assert mine["results"][0] == {
        "id": cast.classroom.pk,
        "name": "Class 4-2",
        "can_manage": False,
        "code": None,
        "student_count": 2,
        "is_archived": False,
    }
    run = program(cast.teacher).get(CLASSROOMS).json()["results"]
    assert [(row["name"], row["can_manage"], row["code"]) for row in run] == [
        ("Class 4-2", True, cast.classroom.code)
    ]
    assert len(program(cast.admin).get(CLASSROOMS).json()["results"]) == 2
    one = f"{CLASSROOMS}{cast.classroom.pk}/"
    assert program(cast.student).get(one).json() == mine["results"][0]
    assert program(cast.stranger_admin).get(one).status_code == 404

"""Classes made inside a running site, so that journeys share the site and never each other's rows."""

from __future__ import annotations

import dataclasses
import json
import secrets
from dataclasses import dataclass
from typing import Any

from assignments.models import Assignment, SchoolModel
from edu4all.accounts.models import Classroom, School, User
from tests.access.things import Arguments, make_things
from tests.cast import PASSWORD, Cast, make_assignment, make_classroom, make_person
from tests.support.site import Site

GIVEN = ("나래", "가온", "다솜", "라온", "마루")


@dataclass(frozen=True)
class Group:
    """A class with one open task. People are user names; all have the cast's password."""

    classroom: int
    assignment: int
    teacher: str
    students: tuple[str, ...]
    password: str = PASSWORD


def make_group(site: Site, name: str, *, mode: str = "at_once", students: int = 2, **task: object) -> Group:
    """Have the site's own process make a class called ``name`` in the demo's school."""
    return _group(_have_made(site, "make", name=name, mode=mode, students=students, task=task))


def make_showcase(site: Site, name: str) -> tuple[Group, dict[str, Arguments]]:
    """A class where one of everything has happened, and the arguments of the addresses of all that."""
    told = _have_made(site, "make_with_things", name=name, mode="at_once", students=2, task={})
    return _group(told["group"]), told["things"]


def _group(facts: dict[str, Any]) -> Group:
    return Group(**facts | {"students": tuple(facts["students"])})


def _have_made(site: Site, function: str, **facts: object) -> dict[str, Any]:
    code = f"from tests.support.groups import {function}; {function}(**{facts!r})"
    told: dict[str, Any] = json.loads(
        site.manage("shell", "--no-imports", "-c", code).strip().splitlines()[-1]
    )
    return told


# What follows runs inside ``manage.py shell`` of the site and prints what it made.


def make(**facts: Any) -> None:
    print(json.dumps(_make(**facts)))


def make_with_things(**facts: Any) -> None:
    group = _make(**facts)
    classroom = Classroom.objects.get(pk=group["classroom"])
    assignment = Assignment.objects.get(pk=group["assignment"])
    teacher, student, student2 = (
        User.objects.get(username=username) for username in (group["teacher"], *group["students"])
    )
    image_model = SchoolModel.objects.get(school=classroom.school, is_default=True).image_model
    nobody = {field.name: None for field in dataclasses.fields(Cast)}
    known = {
        "school": classroom.school,
        "admin": User.objects.get(username="admin"),
        "teacher": teacher,
        "student": student,
        "student2": student2,
        "classroom": classroom,
        "assignment": assignment,
        "image_model": image_model,
        "limit": image_model.limit,
    }
    print(json.dumps({"group": group, "things": make_things(Cast(**nobody | known))}))


def _make(*, name: str, mode: str, students: int, task: dict[str, Any]) -> dict[str, Any]:
    number = secrets.randbelow(10**6)
    name = f"{name}-{number}"
    school = School.objects.get(users__username="teacher")
    teacher = make_person(school, f"{name}-teacher", "teacher", "정하나 선생님")
    learners = [
        make_person(school, f"{name}-{place}", "student", given)
        for place, given in zip(range(1, students + 1), GIVEN, strict=False)
    ]
    classroom = make_classroom(school, f"{number}반", teacher=teacher, students=learners, mode=mode)
    assignment = make_assignment(classroom, "낯선 곳의 기념물", **task)
    return {
        "classroom": classroom.pk,
        "assignment": assignment.pk,
        "teacher": teacher.username,
        "students": [learner.username for learner in learners],
    }

"""Classes made inside a running site, so that journeys share the site and never each other's rows."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from edu4all.accounts.models import School
from tests.cast import PASSWORD, make_assignment, make_classroom, make_person
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
    asked = json.dumps({"name": name, "mode": mode, "students": students, "task": task})
    code = f"from tests.support.groups import make; make({asked!r})"
    told = site.manage("shell", "--no-imports", "-c", code)
    facts = json.loads(told.strip().splitlines()[-1])
    return Group(**facts | {"students": tuple(facts["students"])})


def make(asked: str) -> None:
    """Runs inside ``manage.py shell`` of the site."""
    facts = json.loads(asked)
    name = f"{facts['name']}-{secrets.token_hex(3)}"
    school = School.objects.get(users__username="teacher")
    teacher = make_person(school, f"{name}-teacher", "teacher", "정하나 선생님")
    students = [
        make_person(school, f"{name}-{number}", "student", given)
        for number, given in zip(range(1, facts["students"] + 1), GIVEN, strict=False)
    ]
    classroom = make_classroom(school, f"4-{name}", teacher=teacher, students=students, mode=facts["mode"])
    assignment = make_assignment(classroom, "낯선 곳의 기념물", **facts["task"])
    made = {
        "classroom": classroom.pk,
        "assignment": assignment.pk,
        "teacher": teacher.username,
        "students": [student.username for student in students],
    }
    print(json.dumps(made))

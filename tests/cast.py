"""The cast: the same people in every test, never random ones.

Two schools. In Haneul school: an admin, ``teacher`` with class 4-2 (``student``, ``student2``),
``teacher2`` with another class (``student3``). ``stranger`` learns and ``stranger_teacher`` and
``stranger_admin`` work in Bada school.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from assignments import policy
from assignments.models import (
    Assignment,
    ClassPolicy,
    Criterion,
    Endpoint,
    ImageModel,
    Limit,
    SchoolModel,
    TermEntry,
)
from assignments.services.policies import EntryInput, base_list, save_term_list
from edu4all.accounts.models import Classroom, Membership, School, User

PASSWORD = "a-long-walk-by-the-sea"


@dataclass
class Cast:
    school: School
    other_school: School
    admin: User
    teacher: User
    teacher2: User
    student: User
    student2: User
    student3: User
    stranger: User
    stranger_teacher: User
    stranger_admin: User
    operator: User
    classroom: Classroom
    classroom2: Classroom
    strangers_classroom: Classroom
    assignment: Assignment
    assignment2: Assignment
    strangers_assignment: Assignment
    endpoint: Endpoint
    limit: Limit
    image_model: ImageModel


def make_person(school: School | None, username: str, role: str, name: str, **facts: Any) -> User:
    return User.objects.create_user(
        username, password=PASSWORD, school=school, role=role, display_name=name, **facts
    )


def make_classroom(school: School, name: str, *, teacher: User, students: list[User], mode: str) -> Classroom:
    classroom = Classroom.objects.create(school=school, name=name)
    Membership.objects.create(classroom=classroom, user=teacher, role="teacher")
    Membership.objects.bulk_create(Membership(classroom=classroom, user=student) for student in students)
    ClassPolicy.objects.create(classroom=classroom, mode=mode)
    return classroom


def make_assignment(classroom: Classroom, title: str, **facts: Any) -> Assignment:
    now = timezone.now()
    defaults = {
        "brief": "Draw a monument in a place where nobody expects it.",
        "published_at": now - timedelta(days=1),
        "due_at": now + timedelta(days=7),
        "tries": 10,
    }
    assignment = Assignment.objects.create(classroom=classroom, title=title, **(defaults | facts))
    Criterion.objects.bulk_create(
        [
            Criterion(assignment=assignment, title="Idea", points=5, position=0),
            Criterion(assignment=assignment, title="Words", points=5, position=1),
        ]
    )
    return assignment


def make_sample_model(*schools: School) -> tuple[Endpoint, Limit, ImageModel]:
    endpoint = Endpoint.objects.create(name="Sample", kind="sample")
    limit = Limit.objects.create(endpoint=endpoint, name="Sample", per_minute=6000, burst=10, in_flight=4)
    image_model = ImageModel.objects.create(
        endpoint=endpoint,
        limit=limit,
        name="sample",
        label="Sample",
        max_count=4,
        can_edit=True,
        can_mask=True,
        has_seed=True,
        has_negative_prompt=True,
        price_per_picture_usd=Decimal(0),
    )
    SchoolModel.objects.bulk_create(
        SchoolModel(school=school, image_model=image_model, is_default=True) for school in schools
    )
    return endpoint, limit, image_model


def make_cast() -> Cast:
    school = School.objects.create(name="Haneul School")
    other_school = School.objects.create(name="Bada School")
    admin = make_person(school, "admin", "admin", "Han Admin")
    teacher = make_person(school, "teacher", "teacher", "Kim Teacher")
    teacher2 = make_person(school, "teacher2", "teacher", "Lee Teacher")
    student = make_person(school, "student", "student", "Bora")
    student2 = make_person(school, "student2", "student", "Haru")
    student3 = make_person(school, "student3", "student", "Narae")
    stranger = make_person(other_school, "stranger", "student", "Sol")
    stranger_teacher = make_person(other_school, "stranger_teacher", "teacher", "Park Teacher")
    stranger_admin = make_person(other_school, "stranger_admin", "admin", "Oh Admin")
    operator = make_person(None, "operator", "admin", "Operator", is_staff=True, is_superuser=True)
    classroom = make_classroom(
        school, "Class 4-2", teacher=teacher, students=[student, student2], mode="at_once"
    )
    classroom2 = make_classroom(
        school, "Class 5-1", teacher=teacher2, students=[student3], mode="after_review"
    )
    strangers_classroom = make_classroom(
        other_school, "Class 1-1", teacher=stranger_teacher, students=[stranger], mode="after_review"
    )
    endpoint, limit, image_model = make_sample_model(school, other_school)
    words = [*policy.shipped.lesson("ko"), *policy.shipped.lesson("en")]
    save_term_list(
        term_list=base_list(school),
        author=admin,
        entries=[
            EntryInput(term.text, term.matching.value, TermEntry.Kind.TERM, term.group) for term in words
        ],
        base_version=0,
    )
    return Cast(
        school=school,
        other_school=other_school,
        admin=admin,
        teacher=teacher,
        teacher2=teacher2,
        student=student,
        student2=student2,
        student3=student3,
        stranger=stranger,
        stranger_teacher=stranger_teacher,
        stranger_admin=stranger_admin,
        operator=operator,
        classroom=classroom,
        classroom2=classroom2,
        strangers_classroom=strangers_classroom,
        assignment=make_assignment(classroom, "A monument in another place"),
        assignment2=make_assignment(classroom2, "A bridge at night"),
        strangers_assignment=make_assignment(strangers_classroom, "A tower by the sea"),
        endpoint=endpoint,
        limit=limit,
        image_model=image_model,
    )

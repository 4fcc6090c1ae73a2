"""Pictures and hand-ins in number, and the measure of a page's queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assignments.models import Assignment, Picture
from edu4all.accounts.models import Membership, User
from gallery.models import Submission
from gallery.services.submissions import hand_in
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast


def make_work(
    cast: Cast,
    *,
    student: User | None = None,
    moderation: str = "shown",
    has_files: bool = False,
    **facts: Any,
) -> Picture:
    """A drawn picture in the state that goes with its moderation."""
    status = {"waiting": "held", "rejected": "refused"}.get(moderation, "ready")
    stage = {"refusal_stage": "review"} if status == "refused" else {}
    generation = make_generation(cast, student=student, status=status, **stage, **facts)
    return make_picture(generation, moderation=moderation, has_files=has_files)


def make_students(cast: Cast, count: int, start: int = 0) -> list[User]:
    students = User.objects.bulk_create(
        User(username=f"pupil{number}", school=cast.school, role="student", display_name=f"Pupil {number:03}")
        for number in range(start, start + count)
    )
    Membership.objects.bulk_create(Membership(classroom=cast.classroom, user=student) for student in students)
    return students


def hand_in_work(cast: Cast, picture: Picture, **facts: Any) -> Submission:
    generation = picture.generation
    words = {"title": "Morning walk", "reflection": "I wrote “beside”."} | facts
    return hand_in(student=generation.student, assignment=generation.assignment, pictures=[picture], **words)


def due(assignment: Assignment, **changes: Any) -> Assignment:
    """The assignment with other dates, as it stands in the database."""
    Assignment.objects.filter(pk=assignment.pk).update(**changes)
    assignment.refresh_from_db()
    return assignment


def queries_of(client: Client, url: str) -> int:
    """How many statements a GET costs; the first visit pays for what is cached afterwards."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def costs_the_same(client: Client, url: str, grow: Callable[[], object]) -> None:
    """The page costs as many queries for few rows as for many."""
    before = queries_of(client, url)
    grow()
    after = queries_of(client, url)
    assert after == before, f"{url}: {before} queries for few rows, {after} for many"

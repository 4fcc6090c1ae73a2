"""The grading desk's reading: who has handed in what, whose turn is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet, Sum

from assignments.models import Assignment, Picture
from edu4all.accounts.models import Membership, User
from gallery.models import Grade, Review, Submission, SubmissionPicture

Status = Submission.Status


@dataclass(frozen=True)
class Row:
    """One student's line: ``state`` is the submission's status or ``missing``."""

    student: User
    submission: Submission | None
    state: str
    sum: Decimal | None = None

    @property
    def is_released(self) -> bool:
        grade = getattr(self.submission, "grade", None)
        return grade is not None and grade.released_at is not None


@dataclass(frozen=True)
class Tally:
    """What a release would show, and whom it leaves out."""

    to_release: int
    released: int
    to_grade: int
    returned: int
    missing: int


def with_work(submissions: QuerySet[Submission]) -> QuerySet[Submission]:
    """Everything that stands on a hand-in's page, in a fixed number of queries."""
    pictures = Picture.objects.select_related("generation__image_model").prefetch_related(
        Prefetch("reviews", Review.objects.order_by("-created_at", "-pk"))
    )
    chosen = SubmissionPicture.objects.prefetch_related(Prefetch("picture", pictures))
    return submissions.select_related("assignment__classroom", "student", "grade__grader").prefetch_related(
        Prefetch("chosen", chosen), "assignment__criteria", "grade__scores"
    )


def grading_rows(assignment: Assignment) -> list[Row]:
    """The class's students and everybody who has handed in, by name."""
    submissions = (
        Submission.objects.filter(assignment=assignment)
        .select_related("student", "grade")
        .annotate(points=Sum("grade__scores__points"))
    )
    by_student = {submission.student_id: submission for submission in submissions}
    members = Membership.objects.current().students().filter(classroom=assignment.classroom_id)
    people = User.objects.filter(Q(pk__in=members.values("user_id")) | Q(pk__in=by_student))
    return [_row(student, by_student.get(student.pk)) for student in people.order_by("display_name", "pk")]


def _row(student: User, submission: Submission | None) -> Row:
    if submission is None or submission.status == Status.WITHDRAWN:
        return Row(student, submission, "missing")
    is_graded = submission.status == Status.GRADED
    return Row(student, submission, submission.status, submission.points if is_graded else None)  # type: ignore[attr-defined]


def tally_of(rows: Sequence[Row]) -> Tally:
    graded = [row for row in rows if row.state == Status.GRADED]
    released = sum(row.is_released for row in graded)
    return Tally(
        to_release=len(graded) - released,
        released=released,
        to_grade=sum(row.state == Status.HANDED_IN for row in rows),
        returned=sum(row.state == Status.RETURNED for row in rows),
        missing=sum(row.state == "missing" for row in rows),
    )


@dataclass(frozen=True)
class Neighbours:
    """Hand-ins of one assignment in the order of the list; ``next_to_grade_pk`` goes round at the end."""

    place: int
    total: int
    before_pk: int | None
    after_pk: int | None
    next_to_grade_pk: int | None


def neighbours_of(submission: Submission) -> Neighbours:
    rows = list(
        Submission.objects.filter(assignment=submission.assignment_id)
        .exclude(status=Status.WITHDRAWN)
        .order_by("student__display_name", "student_id")
        .values_list("pk", "status")
    )
    pks = [pk for pk, _status in rows]
    at = pks.index(submission.pk) if submission.pk in pks else len(pks)
    waiting = [pk for pk, status in rows[at + 1 :] + rows[:at] if status == Status.HANDED_IN]
    return Neighbours(
        place=at + 1,
        total=len(pks),
        before_pk=pks[at - 1] if 0 < at < len(pks) else None,
        after_pk=pks[at + 1] if at + 1 < len(pks) else None,
        next_to_grade_pk=waiting[0] if waiting else None,
    )


def grade_of(submission: Submission) -> Grade | None:
    return getattr(submission, "grade", None)

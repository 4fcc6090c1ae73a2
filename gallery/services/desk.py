"""What waits for a teacher: one small query a kind, whatever the number of classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from assignments.models import (
    Appeal,
    Assignment,
    HiddenPicture,
    Lesson,
    Picture,
    RefusalPause,
    SafetyNotice,
)
from assignments.models.picture import PictureQuerySet
from edu4all.accounts.models import Classroom, Membership, User
from gallery.models import Submission

MOST_TASKS = 6
MOST_RESTING = 12


@dataclass(frozen=True)
class Waiting:
    """So many of one kind in one place; ``pk`` is the class's or the assignment's."""

    pk: int
    name: str
    count: int
    oldest_at: datetime | None = None
    classroom: str = ""


@dataclass(frozen=True)
class Desk:
    to_review: Sequence[Waiting]
    to_grade: Sequence[Waiting]
    to_release: Sequence[Waiting]
    pauses: Sequence[Waiting]
    resting: Sequence[Membership]
    told_count: int
    appeal_count: int
    notice_count: int
    lessons: Sequence[Lesson]
    tasks: Sequence[Assignment]
    classrooms: Sequence[Classroom]

    @property
    def review_count(self) -> int:
        return sum(row.count for row in self.to_review)

    @property
    def grade_count(self) -> int:
        return sum(row.count for row in self.to_grade)

    @property
    def release_count(self) -> int:
        return sum(row.count for row in self.to_release)

    @property
    def pause_count(self) -> int:
        return sum(row.count for row in self.pauses)

    @property
    def oldest_at(self) -> datetime | None:
        return min((row.oldest_at for row in self.to_review if row.oldest_at), default=None)

    @property
    def is_clear(self) -> bool:
        waiting = (self.to_review, self.to_grade, self.to_release, self.pauses)
        return not any((*waiting, self.told_count, self.appeal_count))


def desk_of(user: User) -> Desk:
    """Everything that this person's first page shows."""
    classrooms = list(Classroom.objects.managed_by(user).open())
    submissions = Submission.objects.visible_to(user).filter(assignment__classroom__archived_at=None)
    graded = submissions.filter(status=Submission.Status.GRADED, grade__released_at=None)
    return Desk(
        to_review=_by_class(
            Picture.objects.visible_to(user).undecided(), "generation__classroom", "created_at"
        ),
        to_grade=_by_assignment(submissions.filter(status=Submission.Status.HANDED_IN)),
        to_release=_by_assignment(graded),
        pauses=_by_class(
            RefusalPause.objects.visible_to(user).unseen(), "membership__classroom", "started_at"
        ),
        resting=list(_resting(classrooms)),
        told_count=told_pictures(user).count(),
        appeal_count=Appeal.objects.visible_to(user)
        .open()
        .filter(generation__classroom__archived_at=None)
        .count(),
        notice_count=SafetyNotice.objects.visible_to(user).filter(seen_at=None).count(),
        lessons=list(
            Lesson.objects.filter(classroom__in=classrooms, ended_at=None).select_related(
                "classroom", "assignment"
            )
        ),
        tasks=list(_tasks(user)),
        classrooms=classrooms,
    )


def _resting(classrooms: Sequence[Classroom]) -> QuerySet[Membership]:
    """Who may not press Draw just now after several refusals, the longest rest last."""
    students = Membership.objects.current().students().filter(classroom__in=classrooms)
    resting = students.filter(paused_until__gt=timezone.now()).select_related("user", "classroom")
    return resting.order_by("paused_until", "pk")[:MOST_RESTING]


def _by_class(waiting: QuerySet[Any], classroom: str, since: str) -> list[Waiting]:
    """What waits in each class that is not put away, the longest wait first.

    ``classroom`` is the way from a row to its class, ``since`` its time.
    """
    rows = (
        waiting.filter(**{f"{classroom}__archived_at": None})
        .order_by()
        .values_list(f"{classroom}_id", f"{classroom}__name")
        .annotate(count=Count("pk"), oldest_at=Min(since))
        .order_by("oldest_at")
    )
    return [Waiting(pk, name, count, oldest_at) for pk, name, count, oldest_at in rows]


def _by_assignment(submissions: QuerySet[Submission]) -> list[Waiting]:
    rows = (
        submissions.order_by()
        .values("assignment_id", "assignment__title", "assignment__classroom__name")
        .annotate(count=Count("pk"), oldest_at=Min("handed_in_at"))
        .order_by("oldest_at")
    )
    return [
        Waiting(
            row["assignment_id"],
            row["assignment__title"],
            row["count"],
            row["oldest_at"],
            row["assignment__classroom__name"],
        )
        for row in rows
    ]


def told_pictures(user: User) -> PictureQuerySet:
    """Pictures that somebody hid and told the teacher about, not answered yet."""
    told = HiddenPicture.objects.filter(answered_at=None).values("picture_id")
    return Picture.objects.visible_to(user).filter(pk__in=told, generation__classroom__archived_at=None)


def _count_of(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _tasks(user: User) -> QuerySet[Assignment]:
    """Open assignments, the nearest due date first, each with ``handed_in_count`` of ``student_count``."""
    now = timezone.now()
    handed_in = Submission.objects.filter(
        assignment=OuterRef("pk"), status__in=[Submission.Status.HANDED_IN, Submission.Status.GRADED]
    )
    students = Membership.objects.current().students().filter(classroom=OuterRef("classroom_id"))
    is_open = Q(published_at__lte=now, closed_at=None) & (Q(closes_at=None) | Q(closes_at__gt=now))
    return (
        Assignment.objects.visible_to(user)
        .filter(is_open, classroom__archived_at=None)
        .open_first()
        .select_related("classroom")
        .annotate(
            handed_in_count=_count_of(handed_in, "assignment"), student_count=_count_of(students, "classroom")
        )[:MOST_TASKS]
    )

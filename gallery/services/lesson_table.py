"""One look at a class in a lesson: who waits, draws, is ready, was refused, has handed in."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from assignments.models import Assignment, Generation, Picture
from assignments.services.generations import waiting_for
from edu4all.accounts.models import Membership, User
from gallery.models import Submission

WAITING_TICK_SECONDS = 8  # places and times to wait move although no row does
NEEDS_A_TEACHER = frozenset({Generation.Status.REFUSED, Generation.Status.FAILED})


@dataclass(frozen=True, slots=True)
class Row:
    """One student's line. ``status`` is what counts now: handed in or graded before the newest press.

    ``rests_until`` is the end of a pause after several refusals.
    """

    student: User
    member_pk: int
    status: str
    stage: str
    place: int | None
    eta_seconds: int | None
    tries_left: int
    picture: Picture | None
    rests_until: datetime | None
    needs_you: bool


@dataclass(frozen=True, slots=True)
class LessonTable:
    rows: tuple[Row, ...]
    tally: dict[str, int]
    undecided: int

    @property
    def drawing(self) -> int:
        return self.tally.get("drawing", 0) + self.tally.get("checking", 0)

    @property
    def handed_in(self) -> int:
        return self.tally.get("handed_in", 0) + self.tally.get("graded", 0)


def freshness(assignment: Assignment) -> str:
    """Changes whenever something in the table does, and with the clock while somebody waits; four queries."""
    pressed = assignment.generations.aggregate(
        latest=Max("changed_at"),
        number=Count("pk"),
        waiting=Count("pk", filter=Q(status__in=Generation.UNFINISHED)),
    )
    decided = Picture.objects.filter(generation__assignment=assignment).aggregate(
        latest=Max("moderated_at"), number=Count("pk")
    )
    members = _members(assignment).aggregate(
        number=Count("pk"), resting=Count("pk", filter=Q(paused_until__gt=timezone.now()))
    )
    handed_in = sorted(assignment.submissions.order_by().values_list("pk", "status", "version"))
    ticks = int(time.time() // WAITING_TICK_SECONDS) if pressed["waiting"] else 0
    facts = (*pressed.values(), *decided.values(), *members.values(), handed_in, ticks)
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def lesson_table(assignment: Assignment) -> LessonTable:
    """The table of a class and task; its SQL count does not grow with the students."""
    now = timezone.now()
    members = _members(assignment).select_related("user").order_by("user__display_name", "pk")
    newest = _newest_presses(assignment)
    used = dict(
        assignment.generations.costing_a_try()
        .order_by()
        .values_list("student_id")
        .annotate(number=Count("pk"))
    )
    handed_in = dict(assignment.submissions.values_list("student_id", "status"))
    pictures = _newest_pictures(assignment)
    waiting = waiting_for([row for row in newest.values() if row.status == Generation.Status.QUEUED])
    rows = []
    for member in members:
        press = newest.get(member.user_id)
        wait = waiting.get(press.pk) if press else None
        status = _status(press, handed_in.get(member.user_id, ""))
        rests = member.paused_until is not None and member.paused_until > now
        rows.append(
            Row(
                student=member.user,
                member_pk=member.pk,
                status=status,
                stage=press.get_refusal_stage_display() if press and status == "refused" else "",
                place=wait.place if wait else None,
                eta_seconds=wait.eta_seconds if wait else None,
                tries_left=max(0, assignment.tries - used.get(member.user_id, 0)),
                picture=pictures.get(member.user_id),
                rests_until=member.paused_until if rests else None,
                needs_you=rests or status in NEEDS_A_TEACHER,
            )
        )
    undecided = Picture.objects.undecided().filter(generation__assignment=assignment).count()
    return LessonTable(tuple(rows), dict(Counter(row.status for row in rows)), undecided)


def _members(assignment: Assignment) -> QuerySet[Membership]:
    return Membership.objects.current().students().filter(classroom_id=assignment.classroom_id)


def _status(press: Generation | None, submitted: str) -> str:
    if press is not None and press.is_unfinished:
        return press.status
    if submitted in (Submission.Status.HANDED_IN, Submission.Status.GRADED, Submission.Status.RETURNED):
        return submitted
    return press.status if press is not None else ""


def _newest_presses(assignment: Assignment) -> dict[int, Generation]:
    """Each student's newest press. Words that sound like trouble never come to a projected table."""
    quiet = assignment.generations.filter(verdict_kind="ordinary")
    newest = quiet.filter(student_id=OuterRef("student_id")).order_by("-created_at", "-pk").values("pk")[:1]
    rows: QuerySet[Generation] = quiet.filter(pk=Subquery(newest)).order_by()
    return {row.student_id: row for row in rows}


def _newest_pictures(assignment: Assignment) -> dict[int, Picture]:
    shown = Picture.objects.filter(
        generation__assignment=assignment, moderation__in=Picture.SHOWN_TO_STUDENT
    ).select_related("generation")
    newest = (
        Picture.objects.not_withdrawn()
        .filter(
            generation__assignment=assignment,
            generation__student_id=OuterRef("generation__student_id"),
            moderation__in=Picture.SHOWN_TO_STUDENT,
        )
        .order_by("-created_at", "-pk")
        .values("pk")[:1]
    )
    rows = shown.filter(pk=Subquery(newest)).order_by()
    return {row.generation.student_id: row for row in rows}

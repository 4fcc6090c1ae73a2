"""Starting, pausing, resuming and ending a class's lesson."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.generation.wake import wake
from assignments.models import Assignment, Generation, Lesson
from edu4all.accounts.models import Classroom, User
from edu4all.web.problems import Conflict, Invalid, NotAllowed


def running_lesson(classroom: Classroom) -> Lesson | None:
    return Lesson.objects.running().filter(classroom=classroom).select_related("assignment").first()


def start_lesson(*, classroom: Classroom, assignment: Assignment, actor: User) -> Lesson:
    """Begin a lesson; its presses weigh more than homework.

    Raises:
        Conflict: code ``lesson_running``, or ``closed`` for a class that is put away.
        Invalid: the assignment is not this class's.
    """
    _check(classroom, actor)
    if classroom.archived_at is not None:
        raise Conflict(_("This class is put away."), code="closed")
    if assignment.classroom_id != classroom.pk:
        raise Invalid(_("This task belongs to another class."), code="assignment")
    try:
        with transaction.atomic():
            return Lesson.objects.create(classroom=classroom, assignment=assignment, started_by=actor)
    except IntegrityError:
        raise Conflict(_("A lesson of this class is running already."), code="lesson_running") from None


def pause_lesson(*, classroom: Classroom, actor: User) -> Lesson:
    """No new press counts and the class's queue rests; what is being drawn is finished."""
    _check(classroom, actor)
    return _change(classroom, {"paused_at": None}, {"paused_at": timezone.now()})


def resume_lesson(*, classroom: Classroom, actor: User) -> Lesson:
    _check(classroom, actor)
    lesson = _change(classroom, {"paused_at__isnull": False}, {"paused_at": None})
    _wake_queues(classroom)
    return lesson


def end_lesson(*, classroom: Classroom, actor: User) -> Lesson:
    """End the lesson. What waits is still drawn, so nobody loses a press."""
    _check(classroom, actor)
    lesson = _change(classroom, {}, {"ended_at": timezone.now(), "paused_at": None})
    _wake_queues(classroom)
    return lesson


def _check(classroom: Classroom, actor: User) -> None:
    if not classroom.can_be_managed_by(actor):
        raise NotAllowed(_("Only the teachers of this class can do that."))


def _change(classroom: Classroom, expected: dict[str, object], changes: dict[str, object]) -> Lesson:
    lesson = running_lesson(classroom)
    if lesson is None:
        raise Conflict(_("No lesson of this class is running."), code="no_lesson")
    Lesson.objects.filter(pk=lesson.pk, ended_at=None, **expected).update(**changes)
    lesson.refresh_from_db()
    return lesson


def _wake_queues(classroom: Classroom) -> None:
    waiting = Generation.objects.filter(
        classroom=classroom, status=Generation.Status.QUEUED, limit__isnull=False
    ).order_by()
    for limit_pk in waiting.values_list("limit_id", flat=True).distinct():
        wake(limit_pk)

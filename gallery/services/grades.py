"""Scores against the rubric, kept per save, shown to students all together."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Assignment, Criterion
from edu4all.accounts.models import AuditEvent, User
from edu4all.web.problems import Conflict, Invalid
from gallery.models import Grade, GradeChange, Score, Submission

from .rights import require_manager
from .submissions import log_event
from .words import clean_text, limited

Status = Submission.Status
HALF = Decimal("0.5")


def grade_submission(
    *,
    submission: Submission,
    grader: User,
    scores: Mapping[int, Decimal],
    comment: str = "",
    base_version: int | None = None,
) -> Grade:
    """Grade handed-in work, or change its grade. The student sees it once the grades are released.

    Args:
        scores: points by criterion, 0 to the criterion's own in halves; one for every criterion of the rubric.
        base_version: the version of the grade that the grader saw, 0 for none; None takes the newest.

    Raises:
        NotAllowed: the grader doesn't run the class.
        Conflict: code ``version``, a colleague saved another grade since; ``not_handed_in``.
        Invalid: code ``scores`` or ``too_long``.
    """
    require_manager(classroom=submission.assignment.classroom, person=grader)
    points = clean_scores(submission.assignment, scores)
    comment = limited(clean_text(comment), 2000)
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
        grade = Grade.objects.filter(submission=locked).first()
        if grade is not None and locked.status == Status.GRADED and _is_same(grade, points, comment):
            return grade
        if locked.status not in (Status.HANDED_IN, Status.GRADED):
            raise Conflict(_("This work is not handed in now, so it can't be graded."), code="not_handed_in")
        newest = grade.version if grade else 0
        if base_version is not None and base_version != newest:
            raise Conflict(
                _(
                    "A colleague has graded this work in the meantime. Your grade is still here: compare, then save."
                ),
                code="version",
                version=newest,
            )
        grade = _keep(grade, locked, grader, points, comment)
        if locked.status == Status.HANDED_IN:
            Submission.objects.filter(pk=locked.pk, status=Status.HANDED_IN).update(
                status=Status.GRADED, version=F("version") + 1
            )
            log_event(submission=locked, actor=grader, verb="graded")
    return grade


def clean_scores(assignment: Assignment, scores: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The scores by criterion, each in range and in halves.

    Raises:
        Invalid: code ``scores``, one is missing, unknown, out of range or not a half.
    """
    criteria = {criterion.pk: criterion for criterion in assignment.criteria.all()}
    if set(scores) - set(criteria):
        raise Invalid(_("That criterion is not part of the rubric."), code="scores")
    missing = [criterion.title for pk, criterion in criteria.items() if scores.get(pk) is None]
    if missing:
        raise Invalid(_("Give points for: %(criteria)s.") % {"criteria": ", ".join(missing)}, code="scores")
    return {pk: _checked_points(criterion, scores[pk]) for pk, criterion in criteria.items()}


def _checked_points(criterion: Criterion, given: Decimal) -> Decimal:
    try:
        points = Decimal(given)
        is_right = points.is_finite() and 0 <= points <= criterion.points and points % HALF == 0
    except (InvalidOperation, TypeError, ValueError):
        is_right = False
    if not is_right:
        text = _("“%(criterion)s” takes 0 to %(most)d points, in halves.")
        raise Invalid(text % {"criterion": criterion.title, "most": criterion.points}, code="scores")
    return points


def _is_same(grade: Grade, points: Mapping[int, Decimal], comment: str) -> bool:
    kept = dict(grade.scores.values_list("criterion_id", "points"))
    return kept == dict(points) and grade.comment == comment


def _keep(
    grade: Grade | None, submission: Submission, grader: User, points: Mapping[int, Decimal], comment: str
) -> Grade:
    now = timezone.now()
    if grade is None:
        grade = Grade.objects.create(submission=submission, grader=grader, comment=comment, graded_at=now)
    else:
        Grade.objects.filter(pk=grade.pk).update(
            grader=grader, comment=comment, graded_at=now, version=F("version") + 1
        )
        grade.refresh_from_db()
    Score.objects.bulk_create(
        (Score(grade=grade, criterion_id=pk, points=value) for pk, value in points.items()),
        update_conflicts=True,
        unique_fields=["grade", "criterion"],
        update_fields=["points"],
    )
    GradeChange.objects.create(
        submission=submission,
        grader=grader,
        scores=[{"criterion": pk, "points": str(value)} for pk, value in points.items()],
        comment=comment,
        version=grade.version,
    )
    return grade


def release_grades(*, assignment: Assignment, actor: User) -> int:
    """Show every grade of the assignment to its student, all together; how many became visible now.

    Work that is graded later waits for the next release.

    Raises:
        NotAllowed: the person doesn't run the class.
    """
    require_manager(classroom=assignment.classroom, person=actor)
    now = timezone.now()
    with transaction.atomic():
        # Held, so that nothing is taken back or returned in the moment in which its grade is shown.
        graded = Submission.objects.select_for_update().filter(assignment=assignment, status=Status.GRADED)
        pks = list(graded.order_by("pk").values_list("pk", flat=True))
        released = Grade.objects.filter(submission__in=pks, released_at=None).update(released_at=now)
        if released:
            Assignment.objects.filter(pk=assignment.pk).update(grades_released_at=now)
            AuditEvent.objects.create(
                school_id=assignment.classroom.school_id,
                actor=actor,
                actor_name=str(actor)[:80],
                verb="grades.released",
                target=assignment.title,
                classroom=assignment.classroom,
                after={"assignment": assignment.pk, "grades": released},
            )
    return released

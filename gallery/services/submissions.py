"""Handing in, taking back, returning."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assignments.models import Assignment, Picture
from assignments.policy import Verdict
from assignments.services.explanations import refusal_reason
from assignments.services.need import hear_need
from assignments.services.policies import check_prompt
from edu4all.accounts.models import Membership, User
from edu4all.web.problems import Conflict, Invalid, NotAllowed
from gallery.models import Grade, Submission, SubmissionEvent, SubmissionPicture

from .rights import require_manager
from .words import clean_line, clean_text, limited

Status = Submission.Status
MOST_PICTURES = 4
MOST_TITLE = 80
MOST_REFLECTION = 2000
CAN_BE_HANDED_IN = frozenset({Status.WITHDRAWN, Status.RETURNED})
CAN_BE_RETURNED = CAN_BE_WITHDRAWN = frozenset({Status.HANDED_IN, Status.GRADED})


def hand_in(
    *,
    student: User,
    assignment: Assignment,
    pictures: Sequence[Picture],
    title: str,
    reflection: str,
    monument: str = "",
) -> Submission:
    """Hand work in for grading, for the first time or again after taking it back or getting it returned.

    Late work is marked, not lost. Work that was on time and came back from the teacher stays on time.
    The same hand-in twice is one; the second press gets it back with ``is_repeated``. Words of self-harm or threat
    are told to an adult; in the reflection, which the teachers alone read, they don't stop the hand-in.

    Raises:
        NotAllowed: not a student of the class.
        Conflict: code ``closed``; ``already_handed_in``, something else is handed in; ``graded``, once that is told.
        Invalid: code ``title``, ``pictures``, ``monument``, ``words`` (the title can't hang on a wall) or ``too_long``.
    """
    title, monument, reflection = clean_line(title), clean_line(monument), clean_text(reflection)
    _hear_need(student, assignment, title, monument, reflection)
    facts = {
        "title": _checked_title(assignment, title),
        "reflection": limited(reflection, MOST_REFLECTION),
        "monument": _checked_monument(assignment, monument),
    }
    now = timezone.now()
    with transaction.atomic():
        _lock_membership(student, assignment)
        submission = Submission.objects.filter(assignment=assignment, student=student).first()
        chosen = _checked_pictures(student, assignment, pictures)
        if submission is not None and submission.status not in CAN_BE_HANDED_IN:
            return _repeated(submission, facts, chosen)
        is_returned = submission is not None and submission.status == Status.RETURNED
        if not assignment.is_open_at(now) and not is_returned:
            raise Conflict(_("This assignment is closed. Nothing can be handed in any more."), code="closed")
        is_late = assignment.is_late_at(now) and not (is_returned and submission and not submission.is_late)
        kept = _keep(submission, student, assignment, facts, is_late=is_late, now=now)
        SubmissionPicture.objects.filter(submission=kept).delete()
        SubmissionPicture.objects.bulk_create(
            SubmissionPicture(submission=kept, picture_id=pk, position=place)
            for place, pk in enumerate(chosen)
        )
        log_event(submission=kept, actor=student, verb="handed_in")
    return kept


def _lock_membership(student: User, assignment: Assignment) -> None:
    """One press of a student after the other; also the proof that the student is in the class."""
    rows = Membership.objects.current().students().filter(user=student, classroom_id=assignment.classroom_id)
    if rows.select_for_update().first() is None:
        raise NotAllowed(_("Only students of the class can hand in work."))


def _hear_need(student: User, assignment: Assignment, title: str, monument: str, reflection: str) -> None:
    """Tell an adult of words of self-harm or threat, before anything else about them is refused.

    Raises:
        Invalid: code ``words``, with the helplines: they stand in what would hang on the wall.
    """
    is_own_monument = monument not in assignment.monuments
    heard = [
        hear_need(student=student, assignment=assignment, text=text[:MOST_REFLECTION])
        for text in (title, monument if is_own_monument else "", reflection)
    ]
    need = heard[0] or heard[1]
    if need is not None:
        raise Invalid(refusal_reason(need, get_language() or ""), code="words")


def _checked_title(assignment: Assignment, title: str) -> str:
    """A title hangs under the picture for all to read, so the class's list holds for it as well."""
    limited(title, MOST_TITLE)
    if not title:
        raise Invalid(_("Give your picture a title."), code="title")
    verdict = check_prompt(classroom=assignment.classroom, prompt=title)
    if not verdict.is_allowed:
        raise Invalid(_unfit_for_wall(verdict), code="words")
    return title


def _unfit_for_wall(verdict: Verdict) -> str:
    """What is wrong with a title, with the student's own words that are meant."""
    found = ", ".join(dict.fromkeys(f"“{match.text}”" for match in verdict.matches))
    if not found:
        return _("This title can't hang on the wall of the class. Try other words.")
    say = _("This title can't hang on the wall of the class because of %(words)s. Try other words.")
    return say % {"words": found}


def _checked_monument(assignment: Assignment, monument: str) -> str:
    limited(monument, MOST_TITLE)
    if not monument:
        return ""
    if assignment.monuments_mode == Assignment.Monuments.LISTED:
        if monument not in assignment.monuments:
            raise Invalid(_("Choose a monument from the list."), code="monument")
    elif not check_prompt(classroom=assignment.classroom, prompt=monument).is_allowed:
        raise Invalid(_("The name of the monument can't hang on the wall of the class."), code="monument")
    return monument


def _checked_pictures(student: User, assignment: Assignment, pictures: Sequence[Picture]) -> list[int]:
    wanted = list(dict.fromkeys(picture.pk for picture in pictures))
    if not wanted:
        raise Invalid(_("Choose a picture to hand in."), code="pictures")
    if len(wanted) > MOST_PICTURES:
        raise Invalid(_("Hand in at most %(most)d pictures.") % {"most": MOST_PICTURES}, code="pictures")
    own = choosable_pictures(student=student, assignment=assignment).filter(pk__in=wanted)
    # Held until the hand-in stands: a picture that is given back at this moment finds the work that holds it.
    if len(own.select_for_update(of=("self",))) != len(wanted):
        raise Invalid(
            _("Only your own pictures of this assignment that you can see may be handed in."), code="pictures"
        )
    return wanted


def choosable_pictures(*, student: User, assignment: Assignment):
    """A student's own pictures of the assignment that they may see and have not hidden, newest first."""
    return (
        Picture.objects.not_withdrawn()
        .filter(
            generation__student=student,
            generation__assignment=assignment,
            moderation__in=Picture.SHOWN_TO_STUDENT,
        )
        .order_by("-created_at", "-pk")
    )


def _repeated(submission: Submission, facts: dict[str, str], chosen: list[int]) -> Submission:
    """A second press of the same hand-in gives back the first; anything else has to take it back before."""
    is_same = all(getattr(submission, name) == value for name, value in facts.items())
    if is_same and list(submission.chosen.values_list("picture_id", flat=True)) == chosen:
        submission.is_repeated = True
        return submission
    if is_grade_told(submission):
        raise Conflict(_("This work is graded already."), code="graded")
    raise Conflict(
        _("You have handed in already. Take it back first to change it."), code="already_handed_in"
    )


def is_grade_told(submission: Submission) -> bool:
    """Whether the student may know that there is a grade: once it is released."""
    grade = getattr(submission, "grade", None)
    return submission.status == Status.GRADED and grade is not None and grade.released_at is not None


def _keep(
    submission: Submission | None,
    student: User,
    assignment: Assignment,
    facts: dict[str, str],
    *,
    is_late: bool,
    now: datetime,
) -> Submission:
    changes: dict[str, Any] = {**facts, "status": Status.HANDED_IN, "is_late": is_late, "handed_in_at": now}
    if submission is None:
        return Submission.objects.create(assignment=assignment, student=student, **changes)
    _change(submission, CAN_BE_HANDED_IN, return_reason="", **changes)
    return submission


def _change(submission: Submission, allowed: frozenset[Status], **changes: Any) -> None:
    """Compare-and-set on status and version.

    Raises:
        Conflict: code ``changed``, somebody else was faster.
    """
    won = Submission.objects.filter(pk=submission.pk, status__in=allowed, version=submission.version).update(
        **changes, version=F("version") + 1
    )
    if not won:
        raise Conflict(_("This work has changed in the meantime. Look again, then decide."), code="changed")
    submission.refresh_from_db()


def log_event(*, submission: Submission, actor: User, verb: str, reason: str = "") -> SubmissionEvent:
    """Write down what happened, with what the submission held at that moment."""
    snapshot = {
        "title": submission.title,
        "reflection": submission.reflection,
        "monument": submission.monument,
        "is_late": submission.is_late,
        "pictures": list(
            SubmissionPicture.objects.filter(submission=submission).values_list("picture_id", flat=True)
        ),
    }
    return SubmissionEvent.objects.create(
        submission=submission, actor=actor, verb=verb, snapshot=snapshot, reason=reason
    )


def can_withdraw(submission: Submission, moment: datetime) -> bool:
    """Whether the student may take it back: before the due date, and while the assignment is open.

    A grade that is not released changes nothing, or the missing button would tell of it.
    """
    assignment = submission.assignment
    is_in_time = assignment.is_open_at(moment) and not assignment.is_late_at(moment)
    return submission.status in CAN_BE_WITHDRAWN and not is_grade_told(submission) and is_in_time


def withdraw(*, submission: Submission, student: User) -> Submission:
    """Take work back before the due date. Twice is once.

    A grade that is not released yet stays with the teacher, as it does when work is returned.

    Raises:
        NotAllowed: somebody else's work.
        Conflict: code ``too_late`` after the due date, ``graded`` once that is told, ``returned`` or ``changed``.
    """
    if submission.student_id != student.pk:
        raise NotAllowed(_("This is somebody else's work."))
    with transaction.atomic():
        locked = _locked(submission)
        if locked.status == Status.WITHDRAWN:
            return locked
        if locked.status not in CAN_BE_WITHDRAWN or is_grade_told(locked):
            raise Conflict(_("This work can't be taken back now."), code=locked.status)
        if not can_withdraw(locked, timezone.now()):
            raise Conflict(_("The due date has passed, so it can't be taken back any more."), code="too_late")
        _change(locked, CAN_BE_WITHDRAWN, status=Status.WITHDRAWN)
        log_event(submission=locked, actor=student, verb="withdrawn")
    return locked


def return_submission(*, submission: Submission, teacher: User, reason: str) -> Submission:
    """Give work back for another go; a grade that was shown is hidden again and stays in the log.

    Raises:
        NotAllowed: the person doesn't run the class.
        Invalid: code ``reason``, no reason given.
        Conflict: code ``withdrawn``, the student has taken it back; or ``changed``.
    """
    require_manager(classroom=submission.assignment.classroom, person=teacher)
    reason = limited(clean_line(reason), 500)
    if not reason:
        raise Invalid(_("Write in a few words what to try next."), code="reason")
    with transaction.atomic():
        locked = _locked(submission)
        if locked.status == Status.RETURNED:
            return locked
        if locked.status not in CAN_BE_RETURNED:
            raise Conflict(_("The student has taken this work back."), code=locked.status)
        _give_back(locked, teacher, reason)
    return locked


def return_with_picture(*, picture: Picture, teacher: User, reason: str) -> None:
    """Give back the work that holds a picture which was just given back: its student chooses another one.

    Work whose grade is told stays as it is. Call it inside a transaction, with the picture locked.
    """
    holding = Submission.objects.filter(chosen__picture=picture, status__in=CAN_BE_RETURNED).first()
    if holding is None:
        return
    locked = _locked(holding)
    if locked.status in CAN_BE_RETURNED and not is_grade_told(locked):
        _give_back(locked, teacher, reason)


def _give_back(locked: Submission, teacher: User, reason: str) -> None:
    _change(locked, CAN_BE_RETURNED, status=Status.RETURNED, return_reason=reason)
    Grade.objects.filter(submission=locked).update(released_at=None)
    log_event(submission=locked, actor=teacher, verb="returned", reason=reason)


def _locked(submission: Submission) -> Submission:
    rows = Submission.objects.select_for_update(of=("self",)).select_related("assignment__classroom")
    return rows.get(pk=submission.pk)

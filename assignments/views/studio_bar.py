"""Why Draw would not work at this moment, told before anybody presses it; the service decides in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assignments.models import Assignment, Lesson
from edu4all.accounts.models import Membership, User
from edu4all.web.problems import Problem

# How often a page looks whether a pause has come or is over. Thirty children in a lesson ask six times a second.
LESSON_POLL_SECONDS = 5
# Without a lesson nobody can pause it; the page only waits for one to begin.
IDLE_POLL_SECONDS = 10
# A longer wait is not watched: nobody sits before the page for so long. The service knows no longer rest either.
LONGEST_WATCH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Say:
    """A short word and what to do now."""

    title: Any
    advice: Any = ""


@dataclass(frozen=True, slots=True)
class Bar(Say):
    """What stands between a student and Draw.

    Attributes:
        state: names what passes by itself, and until when; empty for what stays, which nobody need ask about.
        seconds: time until it is over, None when nobody knows.
    """

    state: str = ""
    seconds: int | None = None

    @property
    def is_passing(self) -> bool:
        return bool(self.state)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the page shows of the way to Draw, and when it looks again.

    Attributes:
        bar: what is in the way, None when Draw works.
        state: the same state is answered with 204.
        poll_seconds: time until the page should look again, None when it need not.
    """

    bar: Bar | None = None
    state: str = ""
    poll_seconds: int | None = None


NOTHING_TO_LOOK_FOR = Outlook()
PROBLEMS = {
    "already_unfinished": Say(
        _("One picture at a time"),
        _("Your last picture is still on its way. Your words stay here; draw them when it has come."),
    ),
    "no_tries": Say(
        _("Your tries are used up"),
        _("Choose your best picture and hand it in. Ask your teacher if you need one more try."),
    ),
    "closed": Say(
        _("This task is closed"), _("Nothing more can be drawn here. Your pictures stay on your wall.")
    ),
    "budget": Say(
        _("Enough has been drawn for today"),
        _("Your words stay here. Tell your teacher, or try again tomorrow."),
    ),
    "key_reused": Say(
        _("These words have not been sent yet"), _("Press Draw once more, and they are on their way.")
    ),
}
PAUSE_TITLE = _("There is a short pause")


def say_problem(problem: Problem, bar: Bar | None) -> Say:
    """Our own kind words for a known code. A pause that is still there says how long; others say what they are."""
    if problem.code == "paused":
        return bar if bar is not None and bar.is_passing else Say(PAUSE_TITLE, problem.detail)
    return PROBLEMS.get(problem.code) or Say(problem.detail)


def outlook_for(assignment: Assignment, student: User, left: int) -> Outlook:
    """How it stands for a student with ``left`` tries and no picture under way."""
    now = timezone.now()
    stays = _not_begun(assignment, now) or _closed(assignment, now)
    if stays is None and left < 1:
        stays = _lasting("no_tries")
    return _with_bar(stays) if stays is not None else _in_class(assignment, student, now)


def passing_outlook(assignment: Assignment, student: User) -> Outlook:
    """The same while tries are left: two queries, since a whole class asks for it again and again."""
    return outlook_for(assignment, student, left=1)


def _with_bar(bar: Bar) -> Outlook:
    return Outlook(bar, bar.state, LESSON_POLL_SECONDS if bar.is_passing else None)


def _lasting(code: str) -> Bar:
    return Bar(PROBLEMS[code].title, PROBLEMS[code].advice)


def _not_begun(assignment: Assignment, now: datetime) -> Bar | None:
    if assignment.opens_at is None or assignment.opens_at <= now or assignment.closed_at is not None:
        return None
    is_near = assignment.opens_at - now < LONGEST_WATCH
    return Bar(
        _("This task has not begun yet"),
        _("You can read it already. Drawing begins later."),
        state=_until("opens", assignment.opens_at) if is_near else "",
    )


def _closed(assignment: Assignment, now: datetime) -> Bar | None:
    return None if assignment.is_open_at(now) else _lasting("closed")


def _in_class(assignment: Assignment, student: User, now: datetime) -> Outlook:
    lesson = Lesson.objects.running().filter(classroom_id=assignment.classroom_id).first()
    if lesson is not None and lesson.is_paused:
        advice = _("Your teacher has paused the lesson. When it goes on, Draw wakes up by itself.")
        return _with_bar(Bar(PAUSE_TITLE, advice, state="lesson"))
    rest = _rest(assignment, student, now)
    if rest is not None:
        return _with_bar(rest)
    if lesson is not None:
        return Outlook(state="clear-lesson", poll_seconds=LESSON_POLL_SECONDS)
    return Outlook(state="clear", poll_seconds=IDLE_POLL_SECONDS)


def _rest(assignment: Assignment, student: User, now: datetime) -> Bar | None:
    rests = Membership.objects.filter(
        classroom_id=assignment.classroom_id,
        user=student,
        paused_until__gt=now,
        paused_until__lt=now + LONGEST_WATCH,
    )
    ends_at = rests.values_list("paused_until", flat=True).first()
    if ends_at is None:
        return None
    return Bar(
        PAUSE_TITLE,
        _("Take a deep breath and think of other words. Then Draw wakes up by itself."),
        state=_until("rest", ends_at),
        seconds=max(1, round((ends_at - now).total_seconds())),
    )


def _until(kind: str, moment: datetime) -> str:
    return f"{kind}-{int(moment.timestamp())}"

"""What the studio shows at one moment, gathered in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from assignments import ideas
from assignments.forms.prompts import DrawForm, new_key
from assignments.generation.eta import Waiting
from assignments.models import Assignment, Generation, Picture
from assignments.services.explanations import Refusal, explain_refusal, failure_text, helplines_for, is_gentle
from assignments.services.generations import tries_left, waiting_for
from assignments.services.labels import language_of_page
from assignments.services.marks import abilities_for
from assignments.views.studio_bar import NOTHING_TO_LOOK_FOR, Bar, Outlook, Say, outlook_for, say_problem
from edu4all.accounts.models import User
from edu4all.web.problems import Problem

MOST_PRESSES = 100
# (last place in line, seconds between two looks): who waits long need not ask often.
POLL_SECONDS = ((2, 2), (10, 4), (30, 7))
SLOWEST_POLL_SECONDS = 10
# A drawn picture comes back when its teacher has looked at it, which takes minutes and not seconds.
HELD_POLL_SECONDS = 10
ETA_STEP_SECONDS = 15


@dataclass(frozen=True, slots=True)
class Strip:
    """How it stands with one generation: what the page asks for again and again while it is under way.

    Attributes:
        place: in the line, 1 is next; None once it is no longer waiting there.
        eta_seconds: time until the picture, None when nobody can say.
        poll_seconds: time until the page should look again.
        token: changes when there is something new to say; the same token is answered with 204.
    """

    generation: Generation
    place: int | None = None
    eta_seconds: int | None = None
    poll_seconds: int = POLL_SECONDS[0][1]
    token: str = ""
    refusal: Refusal | None = None
    failure: str = ""
    is_gentle: bool = False
    helplines: Sequence[dict[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Hand:
    """Ideas to put on the desk: a monument with something to know about it, and words for around it."""

    monument: str
    fact: str
    words: Sequence[str]
    next_deal: int


@dataclass(frozen=True, slots=True)
class StudioPage:
    """Everything on one page.

    Attributes:
        is_preview: how a teacher sees it: the sheet and the desk, nobody's work.
        left: tries left.
        strip: how it stands with the press under way, else with the newest one.
        is_cut: there are more presses than are listed.
        outlook: whether Draw would work at this moment, and when to look again.
        on_its_way: a press under way that the strip doesn't show.
        is_going_on: the picture to start from has just been made from the one that was.
        can_edit: a picture that is there can be changed by words.
        can_mark: the place to change can be shown to the model as well.
    """

    assignment: Assignment
    form: DrawForm
    hand: Hand
    is_preview: bool = False
    left: int | None = None
    strip: Strip | None = None
    presses: Sequence[Generation] = ()
    is_cut: bool = False
    outlook: Outlook = NOTHING_TO_LOOK_FOR
    on_its_way: Generation | None = None
    problem: Say | None = None
    mistakes: Sequence[str] = ()
    source: Picture | None = None
    is_going_on: bool = False
    can_edit: bool = False
    can_mark: bool = False

    @property
    def bar(self) -> Bar | None:
        """Why Draw would not work at this moment."""
        return self.outlook.bar

    @property
    def is_waiting(self) -> bool:
        return self.strip is not None and self.strip.generation.is_unfinished

    @property
    def can_change_pictures(self) -> bool:
        """Whether to offer a change by words; a pause only puts it off."""
        return self.can_edit and (self.bar is None or self.bar.is_passing)

    @property
    def picture_before(self) -> Picture | None:
        """What the picture to start from was made from, as long as it hangs on the student's wall."""
        wanted = self.source.generation.source_id if self.source else None
        return next((one for press in self.presses for one in _hanging(press) if one.pk == wanted), None)

    @property
    def picture_after(self) -> Picture | None:
        """The newest that was made from the picture to start from, step by step."""
        chain = {self.source.pk} if self.source else set()
        newest = None
        for press in reversed(self.presses):
            if press.source_id in chain and (hanging := _hanging(press)):
                chain |= {picture.pk for picture in hanging}
                newest = hanging[0]
        return newest

    @property
    def asked(self) -> list[Generation]:
        """Refused presses with a question that no teacher has answered yet."""
        return [press for press in self.presses if hasattr(press, "appeal") and press.appeal.is_open]

    @property
    def answered(self) -> list[Generation]:
        return [press for press in self.presses if hasattr(press, "appeal") and not press.appeal.is_open]

    @property
    def new_answers(self) -> list[Generation]:
        """Those whose answer the student has not seen."""
        return [press for press in self.answered if press.appeal.is_new_answer]

    @property
    def given_back_below(self) -> list[Generation]:
        """Presses with a picture that a teacher gave back, but for the one that the strip tells about."""
        told = self.strip.generation if self.strip and self.strip.refusal else None
        return [press for press in self.presses if press.is_given_back and press != told]  # type: ignore[attr-defined]

    @property
    def glimpses(self) -> Sequence[Picture]:
        """The newest press's pictures, but not where one of them lies on the desk just below."""
        return () if self.is_going_on or not self.presses else self.presses[0].shown_pictures  # type: ignore[attr-defined]

    @property
    def has_pictures(self) -> bool:
        is_any_there = any(
            press.shown_pictures or press.status == Generation.Status.HELD  # type: ignore[attr-defined]
            for press in self.presses
        )
        return is_any_there or bool(self.given_back_below)


def _hanging(press: Generation) -> list[Picture]:
    return [picture for picture in press.shown_pictures if not picture.is_hidden]  # type: ignore[attr-defined]


def make_strip(generation: Generation, waiting: Waiting | None = None) -> Strip:
    """The strip of one generation; with its place when it still waits."""
    if not generation.is_unfinished:
        return _settled_strip(generation)
    place = waiting.place if waiting and generation.status == Generation.Status.QUEUED else None
    eta = waiting.eta_seconds if waiting else None
    return Strip(
        generation=generation,
        place=place,
        eta_seconds=eta,
        poll_seconds=poll_seconds_at(place or 1),
        token=f"{generation.status}-{place or 0}-{_when(eta)}",
    )


def _settled_strip(generation: Generation) -> Strip:
    gentle = is_gentle(generation)
    is_refused = generation.status == Generation.Status.REFUSED
    return Strip(
        generation=generation,
        poll_seconds=HELD_POLL_SECONDS,
        token=generation.status,
        refusal=explain_refusal(generation) if is_refused and not gentle else None,
        failure=failure_text(generation) if generation.status == Generation.Status.FAILED else "",
        is_gentle=gentle,
        helplines=helplines_for(generation.classroom.school, language_of_page()) if gentle else (),
    )


def poll_seconds_at(place: int) -> int:
    return next((seconds for last, seconds in POLL_SECONDS if place <= last), SLOWEST_POLL_SECONDS)


def _when(eta_seconds: int | None) -> int:
    """The moment the picture is expected, in steps: the page's own clock runs on while it stays the same."""
    return 0 if eta_seconds is None else round((timezone.now().timestamp() + eta_seconds) / ETA_STEP_SECONDS)


def student_page(
    assignment: Assignment,
    student: User,
    *,
    form: DrawForm | None = None,
    again: int | None = None,
    source: Picture | None = None,
    is_going_on: bool = False,
    problem: Problem | None = None,
    mistakes: Sequence[str] = (),
    refused: Generation | None = None,
) -> StudioPage:
    """The studio as its student sees it.

    Args:
        form: the desk with words on it; without one a fresh sheet.
        again: key of an earlier press whose words go on the fresh sheet.
        source: picture to start from.
        is_going_on: it has just been made from the one that was there to start from.
        problem: why the last press was not taken.
        mistakes: what is wrong with the words on the desk.
        refused: the press that has just been refused; it is shown first even while another is under way.
    """
    rows = list(Generation.objects.for_studio(student=student, assignment=assignment)[: MOST_PRESSES + 1])
    presses, is_cut = rows[:MOST_PRESSES], len(rows) > MOST_PRESSES
    left = tries_left(student=student, assignments=[assignment])[assignment.pk]
    waits = next((press for press in presses if press.is_unfinished), None)
    shown = refused or waits or (presses[0] if presses else None)
    abilities = abilities_for(assignment)
    strip = None
    if shown is not None:
        shown.assignment, shown.classroom = assignment, assignment.classroom
        strip = make_strip(shown, waiting_for([shown]).get(shown.pk) if shown.is_unfinished else None)
    # While its strip asks how far a picture is, nothing else need be looked for.
    outlook = NOTHING_TO_LOOK_FOR if waits is not None else outlook_for(assignment, student, left)
    if waits is None and problem is not None and problem.code == "already_unfinished":
        waits = _waits_in_class(assignment, student)
    return StudioPage(
        assignment=assignment,
        form=form or fresh_form(assignment, student, presses, again=again, source=source),
        hand=deal_ideas(assignment, student.pk + len(presses)),
        left=left,
        strip=strip,
        presses=[press for press in presses if not is_gentle(press)],
        is_cut=is_cut,
        outlook=outlook,
        on_its_way=waits if waits is not None and (strip is None or strip.generation != waits) else None,
        problem=say_problem(problem, outlook.bar) if problem else None,
        mistakes=mistakes,
        source=source,
        is_going_on=is_going_on,
        can_edit=abilities.can_edit,
        can_mark=abilities.can_mark,
    )


def preview_page(assignment: Assignment, teacher: User) -> StudioPage:
    return StudioPage(
        assignment=assignment,
        form=DrawForm(student=teacher, assignment=assignment, initial={"key": ""}),
        hand=deal_ideas(assignment, 0),
        is_preview=True,
        left=assignment.tries,
    )


def deal_ideas(assignment: Assignment, deal: int) -> Hand:
    """A hand of ideas in the reader's language; a monument is left out where the task lists its own.

    Where only the sample may draw, the monument is one that it knows.
    """
    language = language_of_page()
    first, second, third, fourth = ideas.cards(
        seed=f"{assignment.pk}:{deal}",
        language=language,
        count=4,
        is_drawn_only=not assignment.classroom.school.is_external_allowed,
    )
    is_free = assignment.monuments_mode == Assignment.Monuments.FREE
    return Hand(
        monument=first.monument.name(language) if is_free else "",
        fact=first.monument.fact(language) if is_free else "",
        words=(second.place, third.companion, fourth.time),
        next_deal=deal + 1,
    )


def fresh_form(
    assignment: Assignment,
    student: User,
    presses: Sequence[Generation] = (),
    *,
    again: int | None = None,
    source: Picture | None = None,
    prompt: str = "",
    marks: QueryDict | None = None,
) -> DrawForm:
    """A new sheet with a new key; on it the given words and marks, or the words of an earlier press."""
    words = prompt or next((press.prompt for press in presses if press.pk == again), "")
    initial: dict[str, Any] = {"key": new_key(), "prompt": words}
    if source is not None:
        initial |= {"source": source.pk, "operation": Generation.Operation.REFINE}
        if marks is not None:
            initial |= {"cells": marks.get("cells", ""), "places": marks.getlist("places")}
    return DrawForm(student=student, assignment=assignment, initial=initial)


def _waits_in_class(assignment: Assignment, student: User) -> Generation | None:
    """One picture at a time holds for the class, so it may be on its way in another of its tasks."""
    return (
        Generation.objects.unfinished().filter(student=student, classroom_id=assignment.classroom_id).first()
    )

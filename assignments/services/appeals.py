"""A student says that a refusal looks wrong; a teacher allows it once, adds an exception, or explains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import policy as engine
from assignments.models import Appeal, Generation, TermEntry
from assignments.services.policies import EntryInput, change_term_list, class_list, effective_policy
from assignments.services.refused_presses import lift_undeserved_pause
from edu4all.accounts.models import User
from edu4all.accounts.services.people import record
from edu4all.web.problems import Conflict, Invalid, NotAllowed

Status = Appeal.Status
MOST_EXCEPTIONS = 10
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
# What can follow a Korean noun; longest first, so that 에서 is not read as 서 after 에.
_PARTICLES = (
    "에서는", "에게서", "한테서", "으로는", "이라는", "에서", "에게", "한테", "까지", "부터", "처럼", "보다",
    "으로", "이랑", "하고", "라는", "을", "를", "이", "가", "은", "는", "의", "에", "와", "과", "로", "도", "만", "랑",
)  # fmt: skip
_ENGLISH_LEADS = frozenset(
    ("", "a", "an", "the", "of", "with", "and", "in", "on", "at", "by", "my", "his", "her", "its")
)
# Beside a term they say nothing of it: "a knife" as an exception is no narrower than "knife".
_EMPTY_WORDS = _ENGLISH_LEADS | frozenset(
    ("이", "그", "저", "한", "두", "내", "네", "제", "우리", "어떤", "및")
)


def make_appeal(*, generation: Generation, student: User) -> Appeal:
    """Tell the teacher that this refusal looks wrong; pressing again changes nothing.

    Raises:
        NotAllowed: somebody else's press.
        Conflict: code ``not_refused``, ``provider`` (nobody here can overrule the drawing service), ``review``
            (a teacher decided) or ``gentle`` (a grown-up reads these words anyway).
    """
    if generation.student_id != student.pk:
        raise NotAllowed(_("Only the one who wrote these words can ask about them."))
    if generation.status != Generation.Status.REFUSED:
        raise Conflict(_("These words were not refused."), code="not_refused")
    if generation.refusal_stage == Generation.Stage.REVIEW:
        raise Conflict(_("Your teacher decided this after looking. Ask your teacher."), code="review")
    if generation.refusal_stage != Generation.Stage.POLICY:
        raise Conflict(
            _("The drawing service said no, and nobody at your school can change that. Try the words below."),
            code="provider",
        )
    if generation.verdict_kind != "ordinary":
        raise Conflict(_("A grown-up at your school reads these words already."), code="gentle")
    return Appeal.objects.get_or_create(generation=generation)[0]


def allow_once(*, appeal: Appeal, teacher: User, answer: str = "") -> Appeal:
    """Let exactly these words through, once."""
    with transaction.atomic():
        return _answer(appeal, teacher, Status.ALLOWED, answer)


def explain(*, appeal: Appeal, teacher: User, answer: str) -> Appeal:
    """Leave the refusal as it is and say why.

    Raises:
        Invalid: code ``no_answer``, an explanation needs words.
    """
    if not answer.strip():
        raise Invalid(_("Write a few words for the student."), code="no_answer")
    with transaction.atomic():
        return _answer(appeal, teacher, Status.EXPLAINED, answer)


def add_exceptions(*, appeal: Appeal, teacher: User, texts: Iterable[str], answer: str = "") -> Appeal:
    """Put exceptions on the class's list, so that these words pass from now on.

    Raises:
        Invalid: code ``still_refused``, with them the words would still be refused; nothing was changed.
    """
    entries = [
        EntryInput(
            " ".join(text.split()), kind=TermEntry.Kind.EXCEPTION, note=_("after a student's question")
        )
        for text in texts
        if text.strip()
    ][:MOST_EXCEPTIONS]
    if not entries:
        raise Invalid(_("Write the words that should be let through."))
    classroom = appeal.generation.classroom
    policy = effective_policy(classroom)
    policy = replace(policy, exceptions=(*policy.exceptions, *(entry.text for entry in entries)))
    verdict = engine.check(appeal.generation.prompt, policy)
    if not verdict.is_allowed:
        words = ", ".join(dict.fromkeys(match.text for match in verdict.matches))
        raise Invalid(
            _("With this exception the words would still be refused because of: %(words)s.")
            % {"words": words},
            code="still_refused",
        )
    with transaction.atomic():
        _answer(appeal, teacher, Status.EXCEPTED, answer, exceptions=[entry.text for entry in entries])
        change_term_list(term_list=class_list(classroom), author=teacher, add=entries)
    return appeal


def mark_answers_seen(*, student: User, appeals: Iterable[Appeal]) -> int:
    """These answers have been before the student's eyes; how many of them were new."""
    pks = [appeal.pk for appeal in appeals if appeal.is_new_answer]
    if not pks:
        return 0
    new = Appeal.objects.filter(generation__student=student, pk__in=pks).new_answers()
    return new.update(seen_at=timezone.now())


def _answer(appeal: Appeal, teacher: User, status: str, answer: str, **more: Any) -> Appeal:
    if not appeal.generation.classroom.can_be_managed_by(teacher):
        raise NotAllowed(_("Only the teachers of the class may do this."))
    won = Appeal.objects.filter(pk=appeal.pk, status=Status.OPEN).update(
        status=status, answer=answer.strip()[:500], answered_by=teacher, answered_at=timezone.now()
    )
    if not won:
        raise Conflict(_("This question has been answered already."), code="answered")
    record(
        actor=teacher,
        verb=f"appeal.{status}",
        target=appeal.generation.assignment.title,
        classroom=appeal.generation.classroom,
        # The student's words stay with the prompt and go with it; the log finds them by the question.
        after={"question": appeal.pk} | more,
        subject=appeal.generation.student,
    )
    if status in Appeal.GRANTED:
        lift_undeserved_pause(membership=appeal.generation.membership, actor=teacher)
    appeal.refresh_from_db()
    return appeal


def suggest_exceptions(generation: Generation, policy: engine.Policy) -> tuple[str, ...]:
    """The smallest innocent words around what was marked, one for each marked place, without repeats.

    Never a term by itself: the field they are put into may be sent unread, and 권총 as an exception would
    let every pistol through. A place with nothing innocent around it has none.
    """
    places = _marked_places(_as_judged_now(generation, policy))
    found = (
        _smallest_exception(generation.prompt, place, [other for other in places if other != place], policy)
        for place in places
    )
    return tuple(dict.fromkeys(text for text in found if text))


def _marked_places(matches: Iterable[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Where something is marked, matches that overlap as one: in 권총 both 권총 and 총 are found."""
    places: list[tuple[int, int]] = []
    spans = (
        (match["start"], match["end"]) for match in matches if not str(match["rule"]).startswith("personal")
    )
    for start, end in sorted(spans):
        if places and start < places[-1][1]:
            places[-1] = (places[-1][0], max(end, places[-1][1]))
        else:
            places.append((start, end))
    return places


def _as_judged_now(generation: Generation, policy: engine.Policy) -> Sequence[Mapping[str, Any]]:
    """The marked places by today's list; those of the refusal when today's list would let it pass."""
    verdict = engine.check(generation.prompt, policy)
    now = [{"start": match.start, "end": match.end, "rule": match.rule} for match in verdict.matches]
    return now or generation.matches


def _smallest_exception(
    prompt: str, place: tuple[int, int], others: Sequence[tuple[int, int]], policy: engine.Policy
) -> str:
    """The first that takes this match away, from the bare word outwards to its neighbours; empty without one."""
    start, end = place
    candidates = [
        words
        for at, words in _words_around(prompt, start, end)
        if not any(one < at + len(words) and at < two for one, two in others)
    ]
    for words in candidates:
        trial = replace(policy, exceptions=(*policy.exceptions, words))
        verdict = engine.check(prompt, trial)
        if not any(one.start < end and start < one.end for one in verdict.matches):
            return words
    return candidates[-1] if candidates else ""


def _words_around(prompt: str, start: int, end: int) -> Iterable[tuple[int, str]]:
    """Ever wider pieces of the prompt around a match and where each begins, each wider than the match itself."""
    words = [found.span() for found in _WORD.finditer(prompt)]
    inside = [number for number, (one, two) in enumerate(words) if one < end and start < two]
    if not inside:
        return
    first, last = inside[0], inside[-1]
    before, after = (first - 1, last), (first, last + 1)
    ordered = (after, before) if _describes_the_next(prompt, words, first, last, end) else (before, after)
    for left, right in ((first, last), *ordered, (first - 1, last + 1)):
        if left < 0 or right >= len(words):
            continue
        piece = prompt[words[left][0] : words[right][1]]
        bare = _without_particle(piece, at_least=end - words[left][0])
        if len(bare) <= end - start:
            continue  # the marked word itself with its particle: that would switch the term off
        beside = [*words[left:first], *words[last + 1 : right + 1]]
        if beside and all(prompt[one:two].lower() in _EMPTY_WORDS for one, two in beside):
            continue
        yield words[left][0], bare
        if piece != bare:
            yield words[left][0], piece


def _describes_the_next(prompt: str, words: list[tuple[int, int]], first: int, last: int, end: int) -> bool:
    """칼 모양, gun shop: a bare word before another belongs to it, unless what stands before belongs to the match
    (장난감 칼을, a toy gun)."""
    before = prompt[words[first - 1][0] : words[first - 1][1]].lower() if first else ""
    if any("가" <= letter <= "힣" for letter in prompt[words[first][0] : words[last][1]]):
        return words[last][1] == end
    return before in _ENGLISH_LEADS


def _without_particle(piece: str, *, at_least: int) -> str:
    for particle in _PARTICLES:
        if piece.endswith(particle) and len(piece) - len(particle) >= at_least:
            return piece[: -len(particle)]
    return piece

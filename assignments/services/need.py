"""Words of someone in need outside the writing desk: an adult hears of them as of a press of the button."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator

from django.db import transaction

from assignments.models import Assignment, Generation, SafetyNotice
from assignments.policy import MAX_LENGTH, Policy, Verdict, check
from assignments.services import policies, refused_presses
from assignments.services.generations import language_of, match_facts
from edu4all.accounts.models import Membership, User

# A phrase that one piece would cut in two stands whole in the next.
_OVERLAP = 100
_SAFETY_ALONE = Policy(
    is_personal_data_checked=False,
    is_artist_checked=False,
    is_person_checked=False,
    is_injection_checked=False,
)


def hear_need(*, student: User, assignment: Assignment, text: str) -> Generation | None:
    """Tell an adult of self-harm or a threat in a text that is no prompt; None where it speaks of neither.

    It is kept as a refused press, which costs no try, so that the safety page has it and no projected view
    does. The same words again are one, as long as nobody has read the notice.
    """
    for words in _pieces(text):
        verdict = policies.check_prompt(classroom=assignment.classroom, prompt=words)
        if verdict.kind != "ordinary":
            return _keep(student, assignment, words, verdict)
    return None


def speaks_of_need(text: str) -> bool:
    """Whether a text speaks of self-harm or a threat, whatever a class's own lists hold."""
    return any(check(words, _SAFETY_ALONE).kind != "ordinary" for words in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), MAX_LENGTH - _OVERLAP):
        words = text[start : start + MAX_LENGTH].strip()
        if words:
            yield words


def _keep(student: User, assignment: Assignment, words: str, verdict: Verdict) -> Generation | None:
    members = Membership.objects.current().students()
    with transaction.atomic():
        membership = (
            members.select_for_update().filter(user=student, classroom_id=assignment.classroom_id).first()
        )
        if membership is None:
            return None
        unread = Generation.objects.filter(
            membership=membership,
            assignment=assignment,
            prompt=words,
            verdict_kind=verdict.kind,
            safety_words__notice__in=SafetyNotice.objects.filter(membership=membership, seen_at=None),
        ).first()
        if unread is not None:
            return unread
        row = Generation(
            assignment=assignment,
            classroom=assignment.classroom,
            membership=membership,
            student=student,
            prompt=words,
            language=language_of(words),
            idempotency_key=f"need-{uuid.uuid4().hex}",
            body_hash=hashlib.sha256(words.encode()).hexdigest(),
            policy_version=verdict.version[:120],
            matches=[match_facts(match) for match in verdict.matches],
            hint=verdict.hint,
            verdict_kind=verdict.kind,
        )
        refused_presses.save_refused(row, membership, verdict)
    return row

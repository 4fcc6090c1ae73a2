"""A prompt tried against a list, without a student, a row or a picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assignments import policy as engine
from assignments.models import TermEntry
from assignments.services.explanations import marked_parts
from assignments.services.generations import match_facts
from assignments.services.labels import Finding, findings_of
from assignments.services.policies import EntryInput

# Trying should stay quick while somebody types; more new terms than this are tried after saving.
MOST_UNSAVED = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """What a list says to some words: the verdict, and the words cut into (text, is_marked)."""

    prompt: str
    verdict: engine.Verdict
    parts: tuple[tuple[str, bool], ...]

    @property
    def findings(self) -> list[Finding]:
        return findings_of(match_facts(match) for match in self.verdict.matches)

    @property
    def is_too_long(self) -> bool:
        return any(match.rule == engine.Rule.TOO_LONG for match in self.verdict.matches)


def with_unsaved(policy: engine.Policy, entries: Sequence[EntryInput]) -> engine.Policy:
    """The policy as it would be with some entries that nobody has saved yet."""
    terms, exceptions = [], []
    for entry in entries[:MOST_UNSAVED]:
        text = " ".join(entry.text.split())
        if not text:
            continue
        if entry.kind == TermEntry.Kind.EXCEPTION:
            exceptions.append(text)
        else:
            terms.append(as_term(entry, list_name="unsaved"))
    if not terms and not exceptions:
        return policy
    return replace(policy, terms=(*policy.terms, *terms), exceptions=(*policy.exceptions, *exceptions))


def in_the_open(policy: engine.Policy) -> engine.Policy:
    """The policy for those who write its lists: personal terms are named like any other."""
    if not any(term.is_secret for term in policy.terms):
        return policy
    return replace(policy, terms=tuple(replace(term, is_secret=False) for term in policy.terms))


def as_term(entry: EntryInput | TermEntry, *, list_name: str = "", version: int = 0) -> engine.Term:
    matching = engine.Matching(entry.matching) if entry.matching else engine.matching_for(entry.text)
    return engine.Term(entry.text, matching, entry.group, list_name, version, entry.is_personal)


def try_prompt(prompt: str, policy: engine.Policy) -> Trial:
    """Judge words exactly as a student's press would be judged."""
    prompt = unicodedata.normalize("NFC", prompt.replace("\x00", "")).strip()
    verdict = engine.check(prompt, policy)
    spans = [{"start": match.start, "end": match.end} for match in verdict.matches]
    is_long = len(prompt) > engine.MAX_LENGTH
    return Trial(prompt, verdict, ((prompt, False),) if is_long else marked_parts(prompt, spans))

from dataclasses import replace
from typing import Literal

from assignments.policy.injection import scan_injection
from assignments.policy.match import find_terms
from assignments.policy.normalise import normalise
from assignments.policy.people import scan_people
from assignments.policy.personal import scan_personal
from assignments.policy.roster import scan_names
from assignments.policy.safety import scan_safety
from assignments.policy.terms import Policy
from assignments.policy.verdict import MAX_LENGTH, Match, Rule, Verdict, hint_for
from assignments.policy.visible import visible_line, visible_places

_RANK = {rule: rank for rank, rule in enumerate(Rule)}


def check(prompt: str, policy: Policy) -> Verdict:
    """Judge a prompt against a policy, by what is seen of it, which is what `student_words` sends.

    Deterministic, without network and bounded: a prompt longer than `MAX_LENGTH` is refused before any matching.
    A prompt of the kinds "self_harm" and "threat" is refused like others but wants another answer.
    """
    if len(prompt) > MAX_LENGTH:
        match = Match("", Rule.TOO_LONG, 0, len(prompt), prompt, hint=hint_for(Rule.TOO_LONG))
        return Verdict(False, (match,), hint=match.hint, version=policy.version)
    verdict = _judge(visible_line(prompt), policy)
    places = visible_places(prompt)
    if places is None:
        return verdict
    return replace(
        verdict,
        matches=_as_typed(verdict.matches, prompt, places),
        warnings=_as_typed(verdict.warnings, prompt, places),
    )


def _as_typed(matches: tuple[Match, ...], prompt: str, places: list[int]) -> tuple[Match, ...]:
    """Matches in the visible line with their spans and slices of the prompt as typed."""
    spans = [(places[match.start], places[match.end - 1] + 1) for match in matches]
    return tuple(
        replace(match, start=start, end=end, text=prompt[start:end])
        for match, (start, end) in zip(matches, spans, strict=True)
    )


def _judge(prompt: str, policy: Policy) -> Verdict:
    text = normalise(prompt)
    matches = list(find_terms(prompt, policy))
    warnings: list[Match] = []
    kind: Literal["ordinary", "self_harm", "threat"] = "ordinary"
    if policy.is_personal_data_checked:
        matches += scan_personal(text, prompt)
        for match, is_warning in scan_names(text, prompt, policy.names):
            (warnings if is_warning else matches).append(match)
    if policy.is_artist_checked:
        matches += scan_people(text, prompt, policy.artists, Rule.ARTIST)
    if policy.is_person_checked:
        matches += scan_people(text, prompt, policy.people, Rule.PERSON)
    if policy.is_injection_checked:
        matches += scan_injection(text, prompt)
    if policy.is_safety_checked:
        harm, threats = scan_safety(text, prompt)
        matches += (*harm, *threats)
        kind = "self_harm" if harm else "threat" if threats else "ordinary"
    found = _sorted(matches)
    hint = kind if kind != "ordinary" else found[0].hint if found else ""
    return Verdict(not found, found, _apart(_sorted(warnings), found), hint, kind, policy.version)


def _sorted(matches: list[Match]) -> tuple[Match, ...]:
    unique = dict.fromkeys(matches)
    return tuple(
        sorted(
            unique,
            key=lambda one: (one.start, one.end, one.term or "", one.list_name, one.version, _RANK[one.rule]),
        )
    )


def _apart(warnings: tuple[Match, ...], matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Warnings that say more than a refusing match at the same place does."""
    return tuple(
        warning
        for warning in warnings
        if not any(match.start <= warning.start and warning.end <= match.end for match in matches)
    )

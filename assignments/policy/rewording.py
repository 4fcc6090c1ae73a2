import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from assignments.policy.judge import check
from assignments.policy.rewording_english import reword_english
from assignments.policy.rewording_korean import reword_korean
from assignments.policy.shipped import read_rows
from assignments.policy.terms import Policy
from assignments.policy.verdict import Match, Rule, Verdict

_MOST = 3
_MOST_IDEAS = 2
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_UNANSWERED = (Rule.TOO_LONG, Rule.INJECTION)
# Nothing can take the place of a name or a number in a sentence, nor of an artist.
_NOT_EXCHANGED = ("personal", "artist")
_SOME_PLACE = {"ko": "커다란 성", "en": "a big castle"}


def suggest(prompt: str, verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    """Up to three rewordings of a refused prompt, in its own language, that pass the same policy.

    Only whole sentences: refused words are exchanged or left out where grammar allows it, and where it does not,
    a new idea is offered that keeps the sight the prompt named. None are offered for a prompt of another kind
    than ordinary, for one aimed at the model, and for one that is too long.
    """
    if (
        verdict.is_allowed
        or verdict.kind != "ordinary"
        or any(match.rule in _UNANSWERED for match in verdict.matches)
    ):
        return ()
    language = "ko" if _HANGUL.search(prompt) else "en"
    matches = _apart(verdict.matches)
    reworded = _passing(_rewordings(prompt, matches, language), prompt, policy)
    return tuple(islice(reworded, _MOST)) or tuple(
        islice(_passing(_ideas(prompt, matches, language), prompt, policy), _MOST_IDEAS)
    )


def _passing(candidates: Iterator[str], prompt: str, policy: Policy) -> Iterator[str]:
    told = {prompt}
    for candidate in candidates:
        if candidate not in told and check(candidate, policy).is_allowed:
            told.add(candidate)
            yield candidate


def _apart(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The matches without those that lie inside another."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return tuple(kept)


def _rewordings(prompt: str, matches: tuple[Match, ...], language: str) -> Iterator[str]:
    if any(match.hint in _NOT_EXCHANGED for match in matches):
        return
    reword = reword_korean if language == "ko" else reword_english
    for choice in range(_MOST):
        worded = reword(prompt, matches, choice)
        if worded:
            yield worded


def _ideas(prompt: str, matches: tuple[Match, ...], language: str) -> Iterator[str]:
    """Ideas of the kind of the first refused word, then such as suit any."""
    place = _sight_of(prompt, language) or _SOME_PLACE[language]
    for group in (matches[0].hint, "listed"):
        for idea in _kind_ideas().get((group, language), ()):
            worded = idea.format(place=place)
            yield worded[0].upper() + worded[1:] if prompt[:1].isupper() else worded


def _sight_of(prompt: str, language: str) -> str:
    """The first well-known sight that a prompt names, the longest where several begin together."""
    text = prompt.lower()
    found = [(text.find(sight.lower()), -len(sight), sight) for sight in _sights()]
    named = [
        sight
        for at, _, sight in sorted(found)
        if at >= 0 and bool(_HANGUL.search(sight)) == (language == "ko")
    ]
    if not named:
        return ""
    return f"the {named[0]}" if re.search(rf"\bthe {re.escape(named[0].lower())}\b", text) else named[0]


@lru_cache(maxsize=1)
def _sights() -> tuple[str, ...]:
    return tuple(row[0] for row in read_rows("sights.tsv"))


@lru_cache(maxsize=1)
def _kind_ideas() -> dict[tuple[str, str], tuple[str, ...]]:
    return {
        (group, language): tuple(ideas.split("|")) for group, language, ideas in read_rows("kind_ideas.tsv")
    }

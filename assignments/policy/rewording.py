import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from assignments.policy.analyser import analyse_word
from assignments.policy.judge import check
from assignments.policy.rewording_english import reword_english, with_articles
from assignments.policy.rewording_korean import fitting, reword_korean
from assignments.policy.rewording_places import named_place
from assignments.policy.shipped import alternatives, read_rows
from assignments.policy.terms import Policy
from assignments.policy.verdict import Match, Rule, Verdict

_MOST = 3
_MOST_IDEAS = 2
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_UNANSWERED = (Rule.TOO_LONG, Rule.INJECTION)
# Nothing can take the place of a name or a number in a sentence, nor of an artist.
_NOT_EXCHANGED = ("personal", "artist")
# What follows a comma or a full stop is a part of its own.
_PART = re.compile(r"(?<=[,.!?;])\s+|\n+")
_LEADING = (
    "and",
    "but",
    "or",
    "with",
    "in",
    "on",
    "at",
    "by",
    "near",
    "under",
    "over",
    "behind",
    "beside",
    "from",
)
_SOME_PLACE = {"ko": "커다란 성", "en": "a big castle"}


def suggest(prompt: str, verdict: Verdict, policy: Policy, *, is_change: bool = False) -> tuple[str, ...]:
    """Up to three rewordings of a refused prompt, in its own language, that pass the same policy.

    Only whole sentences: refused words are exchanged or left out where grammar allows it, and where it does not,
    a new idea is offered that keeps the place the prompt named; where the prompt asks for a change of a picture
    (`is_change`), something small and friendly to add. None are offered for a prompt of another kind than
    ordinary, for one aimed at the model, and for one that is too long.
    """
    if (
        verdict.is_allowed
        or verdict.kind != "ordinary"
        or any(match.rule in _UNANSWERED for match in verdict.matches)
    ):
        return ()
    language = "ko" if _HANGUL.search(prompt) else "en"
    matches = _apart(verdict.matches)
    ideas = _additions(matches, language) if is_change else _ideas(prompt, matches, language)
    for candidates, most in (
        (_rewordings(prompt, matches, language), _MOST),
        (_without_parts(prompt, matches, language, policy), _MOST),
        (ideas, _MOST_IDEAS),
    ):
        found = tuple(islice(_passing(candidates, prompt, policy), most))
        if found:
            return found
    return ()


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


def _without_parts(prompt: str, matches: tuple[Match, ...], language: str, policy: Policy) -> Iterator[str]:
    """The prompt without those of its parts that can't be reworded: "a knight on a bridge, blood everywhere"."""
    parts = _PART.split(prompt.strip())
    if len(parts) < 2 or any(match.hint == "personal" for match in matches):
        return
    judged = [_apart(check(part, policy).matches) for part in parts]
    for choice in range(_MOST):
        reworded = [
            next(islice(_rewordings(part, found, language), choice, None), "") if found else part
            for part, found in zip(parts, judged, strict=True)
        ]
        worded = " ".join(part for part in reworded if part).rstrip(" ,;")
        is_whole = _is_whole_korean if language == "ko" else _is_whole_english
        if " " in worded and is_whole(worded):
            yield worded[0].upper() + worded[1:] if prompt[:1].isupper() else worded


def _is_whole_korean(text: str) -> bool:
    """Whether it ends as a sentence or a caption does: 달이 떴다, 성 위의 달."""
    last = analyse_word(text.rstrip(" .!?~").split()[-1])[-1]
    return last.tags[-1] == "EF" or last.tags[-1].startswith("N")


def _is_whole_english(text: str) -> bool:
    """Whether something is in it besides where: "On London Bridge" alone is no picture."""
    return any(part.split()[0].lower() not in _LEADING for part in _PART.split(text))


def _additions(matches: tuple[Match, ...], language: str) -> Iterator[str]:
    """Something small to add to the picture that is there, of the kind of the first refused word."""
    hint = matches[0].hint
    things, _ = alternatives(hint, language)
    yield from _kind_ideas().get((f"change-{hint}", language), ())
    for thing in things if hint not in _NOT_EXCHANGED else ():
        if language == "ko":
            yield f"{thing}{fitting(thing, '을')} 더해 주세요"
        else:
            yield with_articles(f"add {'some' if hint == 'substances' else 'a'} {thing}")
    yield from _kind_ideas()["change-listed", language]


def _ideas(prompt: str, matches: tuple[Match, ...], language: str) -> Iterator[str]:
    """Ideas of the kind of the first refused word, then such as suit any."""
    for place in (_sight_of(prompt, language), named_place(prompt, matches, language), _SOME_PLACE[language]):
        for group in (matches[0].hint, "listed") if place else ():
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

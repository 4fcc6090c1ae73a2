import re
from collections.abc import Iterator
from functools import lru_cache

from assignments.policy.judge import check
from assignments.policy.normalise import is_open, split_syllable
from assignments.policy.shipped import read_rows
from assignments.policy.terms import Policy
from assignments.policy.verdict import Match, Rule, Verdict

_MOST = 3
_HANGUL = re.compile(r"[가-힣ㄱ-ㅣ]")
_EOJEOL = re.compile(r"\S+")
_PARTICLE = re.compile(r"(을|를|이|가|은|는|과|와|으로|로|이랑|랑)(?=\s|$|[.,!?])")
_PAIRS = {
    "을": ("을", "를"), "를": ("을", "를"), "이": ("이", "가"), "가": ("이", "가"), "은": ("은", "는"),
    "는": ("은", "는"),
    "과": ("과", "와"), "와": ("과", "와"), "으로": ("으로", "로"), "로": ("으로", "로"),
    "이랑": ("이랑", "랑"), "랑": ("이랑", "랑"),
}  # fmt: skip
_RIEUL = 8
_ADNOMINAL_TAILS = (4, 8)
_UNANSWERED = (Rule.TOO_LONG, Rule.INJECTION)


def suggest(prompt: str, verdict: Verdict, policy: Policy) -> tuple[str, ...]:
    """Up to three rewordings of a refused prompt, in its own language, that pass the same policy.

    The refused words are exchanged for friendly ones of a like kind, or left out. None are offered for a prompt of
    another kind than ordinary, for one aimed at the model, and for one that is too long.
    """
    if (
        verdict.is_allowed
        or verdict.kind != "ordinary"
        or any(match.rule in _UNANSWERED for match in verdict.matches)
    ):
        return ()
    language = "ko" if _HANGUL.search(prompt) else "en"
    found: dict[str, None] = {}
    for candidate in _candidates(prompt, _apart(verdict.matches), language):
        worded = re.sub(r"\s+([.,!?])", r"\1", " ".join(candidate.split()))
        if len(worded) < 4 or worded == prompt or worded in found:
            continue
        if check(worded, policy).is_allowed:
            found[worded] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def _candidates(prompt: str, matches: tuple[Match, ...], language: str) -> Iterator[str]:
    for choice in range(_MOST):
        yield _exchanged(prompt, matches, language, choice)
    yield _left_out(prompt, matches)


def _apart(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The matches without those that lie inside another."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return tuple(kept)


def _exchanged(prompt: str, matches: tuple[Match, ...], language: str, choice: int) -> str:
    pieces, at = [], 0
    for match in matches:
        start, end = _word_span(prompt, match)
        if start < at:
            continue
        pieces.append(prompt[at:start])
        words = _alternatives(match.hint, language, _is_adnominal(prompt, match, language))
        word = words[choice % len(words)]
        if match.rule is Rule.LEMMA and match.text.lower().endswith("s"):
            word += "s"
        pieces.append(word)
        at = end
        particle = _PARTICLE.match(prompt, end) if language == "ko" else None
        if particle:
            pieces.append(_fitting(word, particle.group(1)))
            at = particle.end()
        elif at < len(prompt) and (prompt[at].isalpha() or _HANGUL.match(prompt[at])):
            pieces.append(" ")
    pieces.append(prompt[at:])
    return "".join(pieces)


def _word_span(prompt: str, match: Match) -> tuple[int, int]:
    """The match, widened to the whole word where it is part of a longer one (부엌칼, handgun)."""
    start, end = match.start, match.end
    if match.rule is Rule.COMPOUND:
        while start and not prompt[start - 1].isspace():
            start -= 1
    while end < len(prompt) and prompt[end].isascii() and prompt[end].isalpha() and prompt[end - 1].isascii():
        end += 1
    return start, end


def _is_adnominal(prompt: str, match: Match, language: str) -> bool:
    """Whether the word stands before a noun it describes: then an adjective takes its place."""
    if match.rule not in (Rule.INFLECTION, Rule.DERIVED):
        return False
    if language == "en":
        return match.text.endswith(("y", "ent", "ly", "ed", "ing", "ous", "ful"))
    last = match.text[-1]
    return "가" <= last <= "힣" and (last == "는" or split_syllable(last)[2] in _ADNOMINAL_TAILS)


def _fitting(word: str, particle: str) -> str:
    closed, opened = _PAIRS[particle]
    if not "가" <= word[-1] <= "힣" or is_open(word[-1]):
        return opened
    return opened if closed == "으로" and split_syllable(word[-1])[2] == _RIEUL else closed


def _left_out(prompt: str, matches: tuple[Match, ...]) -> str:
    """The prompt without the words that hold a match."""
    kept = []
    for word in _EOJEOL.finditer(prompt):
        if not any(match.start < word.end() and word.start() < match.end for match in matches):
            kept.append(word.group())
    return " ".join(kept)


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        (group, language): (tuple(nouns.split("|")), tuple(adjectives.split("|")))
        for group, language, nouns, adjectives in read_rows("alternatives.tsv")
    }


def _alternatives(hint: str, language: str, is_adnominal: bool) -> tuple[str, ...]:
    nouns, adjectives = _table().get((hint, language)) or _table()["listed", language]
    return adjectives if is_adnominal else nouns

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assignments.policy.analyser import Reading
from assignments.policy.compiled import Compiled
from assignments.policy.finder import Finder
from assignments.policy.korean import PARTICLE_FORMS
from assignments.policy.normalise import fold_term
from assignments.policy.shipped import innocent

# What may follow a noun in its word besides a particle: the copula, and the verbs that make one of it.
_GOING_ON = (
    "이에", "이었", "이네", "이고", "이지", "이면", "입니", "였", "예요", "인",
    "하", "한", "해", "했", "할", "되", "된", "돼", "됐", "될", "당하", "당한", "시키", "시킨",
)  # fmt: skip
_SHORT = 2  # syllables of a first word that is the end of many longer ones (한 땀 in 흥건한 땀)


class Spared(NamedTuple):
    """Where innocent text stands, half-open; `word` is that of the shipped lexicon, empty for a list's own.

    `noun_end` is where it ends for nouns: a letter before `end` where a longer word goes on there.
    """

    start: int
    end: int
    word: str
    noun_end: int


@lru_cache(maxsize=2)
def _shipped(language: str) -> Finder:
    """The shipped lexicon; each value tells how much of a text's two ends is context, the same for most."""
    texts = {fold_term(one.text): (one.start, len(one.text) - one.end) for one in innocent(language)}
    margins = {margin: (margin,) for margin in texts.values()}
    return Finder(
        {text: margins[margin] for text, margin in texts.items()}, width=4 if language == "en" else 2
    )


def excepted_spans(text: str, compiled: Compiled, language: str) -> list[Spared]:
    """Where innocent words of a language stand in normalised text, and the list's own exceptions of any language."""
    return shipped_spans(text, language) + own_spans(text, compiled)


def reading_spans(reading: Reading, compiled: Compiled) -> list[Spared]:
    """The same for a Korean reading, which remembers the shipped ones."""
    if reading.spared is None:
        reading.spared = shipped_spans(reading.text, "ko")
    return reading.spared + own_spans(reading.text, compiled) if compiled.exceptions else reading.spared


def shipped_spans(text: str, language: str) -> list[Spared]:
    """Where the shipped lexicon spares text."""
    return list(_spans(text, _shipped(language)))


def own_spans(text: str, compiled: Compiled) -> list[Spared]:
    if not compiled.exceptions:
        return []
    return [span._replace(word="", noun_end=span.end) for span in _spans(text, compiled.exceptions)]


def _spans(text: str, finder: Finder) -> Iterator[Spared]:
    for start, end, ((before, after),) in finder.iter(text):
        word = text[start:end]
        if "a" <= text[start] <= "z" or "a" <= text[end - 1] <= "z":
            stop = _word_end(text, end)
            if stop > 0 and not (start and "a" <= text[start - 1] <= "z"):
                yield Spared(start + before, stop - after, word, stop - after)
        elif not _begins_inside(text, start, word):
            cut = 0 if after or " " not in word else _goes_on(text, end)
            yield Spared(start + before, end - after, word, end - after - cut)


def _begins_inside(text: str, start: int, word: str) -> bool:
    """Whether a saying with a short first word, no particle, stands at the end of a longer word (한 땀, 흥건한 땀)."""
    first = word.find(" ")
    return (
        0 < first <= _SHORT
        and start > 0
        and "가" <= text[start - 1] <= "힣"
        and word[:first] not in PARTICLE_FORMS
    )


def _goes_on(text: str, end: int) -> bool:
    """Whether a Hangul word goes on at `end` with more than a particle or the copula (성인 + 용품)."""
    if end >= len(text) or not "가" <= text[end] <= "힣":
        return False
    space = text.find(" ", end)
    rest = text[end : space if space >= 0 else len(text)].rstrip(".,!?~")
    return rest not in PARTICLE_FORMS and not rest.startswith(_GOING_ON)


def _word_end(text: str, end: int) -> int:
    """The end of a Latin word whose exception stops at `end`: a plural or other short ending belongs to it."""
    stop = end
    while stop < len(text) and "a" <= text[stop] <= "z":
        stop += 1
    return stop if stop == end or text[end:stop] in ("s", "es", "ed", "er", "ers", "ing", "y") else -1


def is_excepted(pattern: str, start: int, end: int, spans: list[Spared], is_noun: bool = True) -> bool:
    """Whether innocent text covers a hit. A list that names the very word wins over the shipped lexicon."""
    return any(
        span.start <= start and end <= (span.noun_end if is_noun else span.end) and span.word != pattern
        for span in spans
    )

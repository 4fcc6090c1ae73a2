from collections.abc import Iterator
from functools import lru_cache

from assignments.policy.analyser import Reading
from assignments.policy.compiled import Compiled
from assignments.policy.finder import Finder
from assignments.policy.normalise import fold_term
from assignments.policy.shipped import read_rows


@lru_cache(maxsize=2)
def _shipped(language: str) -> Finder:
    texts = {fold_term(row[0]) for row in read_rows(f"exceptions.{language}.tsv")}
    return Finder({text: (text,) for text in texts}, width=4 if language == "en" else 2)


def excepted_spans(text: str, compiled: Compiled, language: str) -> list[tuple[int, int, str]]:
    """Where innocent words of a language stand in normalised text: half-open spans, each with its shipped word.

    The list's own exceptions, of any language, come with an empty word.
    """
    return shipped_spans(text, language) + own_spans(text, compiled)


def reading_spans(reading: Reading, compiled: Compiled) -> list[tuple[int, int, str]]:
    """The same for a Korean reading, which remembers the shipped ones."""
    if reading.spared is None:
        reading.spared = shipped_spans(reading.text, "ko")
    return reading.spared + own_spans(reading.text, compiled) if compiled.exceptions else reading.spared


def shipped_spans(text: str, language: str) -> list[tuple[int, int, str]]:
    return list(_spans(text, _shipped(language)))


def own_spans(text: str, compiled: Compiled) -> list[tuple[int, int, str]]:
    return (
        [(start, end, "") for start, end, _ in _spans(text, compiled.exceptions)]
        if compiled.exceptions
        else []
    )


def _spans(text: str, finder: Finder) -> Iterator[tuple[int, int, str]]:
    for start, end, words in finder.iter(text):
        if not ("a" <= text[start] <= "z" or "a" <= text[end - 1] <= "z"):
            yield start, end, words[0]
            continue
        stop = _word_end(text, end)
        if stop > 0 and not (start and "a" <= text[start - 1] <= "z"):
            yield start, stop, words[0]


def _word_end(text: str, end: int) -> int:
    """The end of a Latin word whose exception stops at `end`: a plural or other short ending belongs to it."""
    stop = end
    while stop < len(text) and "a" <= text[stop] <= "z":
        stop += 1
    return stop if stop == end or text[end:stop] in ("s", "es", "ed", "er", "ers", "ing", "y") else -1


def is_excepted(pattern: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> bool:
    """Whether an innocent word covers a hit. A list that names the very word wins over the shipped lexicon."""
    return any(one <= start and end <= two and word != pattern for one, two, word in spans)

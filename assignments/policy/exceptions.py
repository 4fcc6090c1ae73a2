from functools import lru_cache
from typing import Any

from assignments.policy.compiled import Compiled, automaton
from assignments.policy.normalise import fold_term
from assignments.policy.shipped import read_rows


@lru_cache(maxsize=1)
def _shipped() -> Any:
    names = ("exceptions.ko.tsv", "exceptions.en.tsv")
    texts = {fold_term(row[0]) for name in names for row in read_rows(name)}
    return automaton({text: [text] for text in texts})


def excepted_spans(text: str, compiled: Compiled) -> list[tuple[int, int, str]]:
    """Where innocent words stand in normalised text: half-open spans, each with the shipped word it is of.

    The list's own exceptions come with an empty word.
    """
    spans = []
    for machine, is_shipped in ((_shipped(), True), (compiled.exceptions, False)):
        if machine is None:
            continue
        for last, (length, words) in machine.iter(text):
            start, end = last - length + 1, last + 1
            if "a" <= text[start] <= "z" or "a" <= text[last] <= "z":
                end = _word_end(text, end)
                if end < 0 or (start and "a" <= text[start - 1] <= "z"):
                    continue
            spans.append((start, end, words[0] if is_shipped else ""))
    return spans


def _word_end(text: str, end: int) -> int:
    """The end of a Latin word whose exception stops at `end`: a plural or other short ending belongs to it."""
    stop = end
    while stop < len(text) and "a" <= text[stop] <= "z":
        stop += 1
    return stop if stop == end or text[end:stop] in ("s", "es", "ed", "er", "ers", "ing", "y") else -1


def is_excepted(pattern: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> bool:
    """Whether an innocent word covers a hit. A list that names the very word wins over the shipped lexicon."""
    return any(one <= start and end <= two and word != pattern for one, two, word in spans)

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=256)
def _pieces_of(text: str, width: int) -> tuple[frozenset[str], frozenset[str]]:
    """Every letter, and every `width` that stand together; several finders look at the same text."""
    return frozenset(text), frozenset(map("".join, zip(*(text[at:] for at in range(width)), strict=False)))


class Finder:
    """Finds every occurrence of many keys in a text, at a cost that does not grow with their number.

    Keys are kept by their first `width` letters: only those that begin like some place of the text are looked at. The
    sets meet in C; an Aho-Corasick automaton was slower, for its root has a thousand Hangul children, searched in
    line. Two Hangul letters tell keys apart; of Latin ones it takes four.
    """

    __slots__ = ("_heads", "_lengths", "_letters", "_short", "_values", "_width")

    def __init__(self, keys: Mapping[str, Sequence[Any]], width: int = 2) -> None:
        self._width = width
        self._values = {key: tuple(values) for key, values in keys.items()}
        self._letters = frozenset(key for key in self._values if len(key) == 1)
        self._short = tuple(key for key in self._values if 1 < len(key) < width)
        lengths: dict[str, tuple[int, ...]] = {}
        same: dict[tuple[int, ...], tuple[int, ...]] = {}  # one tuple for all heads with equal lengths
        for key in self._values:
            size = len(key)
            if size >= width:
                known = lengths.get(key[:width], ())
                if size not in known:
                    longer = (*known, size)
                    lengths[key[:width]] = same.setdefault(longer, longer)
        self._lengths = lengths
        self._heads = frozenset(self._lengths)

    def __bool__(self) -> bool:
        return bool(self._values)

    def iter(self, text: str) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
        """(start, end, values) of every key in the text, half-open, in order of place."""
        values = self._values
        letters, heads = _pieces_of(text, self._width)
        found = [(at, at + 1) for letter in self._letters & letters for at in _places(letter, text)]
        found += [(at, at + len(key)) for key in self._short for at in _places(key, text)]
        for head in self._heads & heads:
            lengths = self._lengths[head]
            for at in _places(head, text):
                found += [(at, at + length) for length in lengths if text[at : at + length] in values]
        found.sort()
        for start, end in found:
            if end <= len(text):
                yield start, end, values[text[start:end]]


def _places(piece: str, text: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + 1)

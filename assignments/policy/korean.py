from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assignments.policy.analyser import NOMINAL, STEMS, Morpheme, Reading, analyse_word, is_noun
from assignments.policy.normalise import TAILS, is_open, join_syllable, split_syllable
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Rule

_SUFFIXES = frozenset("화지회성적자인기장실원법학상물품사서부국권도식형력용계관소점문집함판민")
_FINALS = tuple(TAILS.index(tail) for tail in ("", "ㄴ", "ㄹ", "ㅁ", "ㅂ", "ㅆ"))
_SAISIOT = TAILS.index("ㅅ")
# Vowel of a stem's last syllable -> vowels it takes when an ending in -아/-어 melts into it (indices into VOWELS).
_CONTRACTED = {20: (6,), 8: (9,), 13: (14,), 18: (0, 4), 11: (10,), 1: (1,), 5: (5,), 0: (0,), 4: (4,)}


PARTICLE_FORMS = frozenset([
    "이", "가", "을", "를", "은", "는", "의", "에", "도", "와", "과", "로", "으로", "랑", "이랑", "만",
    "에서", "에게", "한테", "처럼", "까지", "부터", "보다", "하고", "이나", "나", "마다", "밖에", "들",
    "들이", "들을", "들은",
])  # fmt: skip
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
    if first.text == stem and first.tag in STEMS:
        return stem
    morphemes = analyse_word(text)
    # 못생기다 is no entry of its own: an adverb and a verb.
    is_split = len(morphemes) > 2 and morphemes[-1].text == "다" and morphemes[-2].tag in STEMS
    return stem if is_split and first.tag == "MAG" else ""


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
    if last == "하":
        keys |= {head + "해", head + "했"}
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
    if _fills_word(term, start, end, reading):
        return Rule.WORD
    if start not in reading.starts or end not in reading.ends:
        return None
    inner = tuple(morpheme.text for morpheme in reading.morphemes[one : two + 1])
    if inner == term.units:
        return Rule.WORD
    # A noun that the analyser cuts at its own seams is still that noun (성인 + 용, 성 + 적).
    if reading.morphemes[one].tag not in NOMINAL:
        return None
    return Rule.WORD if len(term.text) > 2 or inner[-1] == "적" else None


def _fills_word(term: KoreanTerm, start: int, end: int, reading: Reading) -> bool:
    """Whether a noun of the dictionary is all of a word as written, with no more than a particle.

    The analyser may then read noun and particle inside it (속도 as 속 + 도), the less likely way.
    """
    if len(term.text) < 2 or not term.is_noun or (start and reading.text[start - 1] != " "):
        return False
    stop = reading.text.find(" ", end)
    rest = reading.text[end : stop if stop >= 0 else len(reading.text)]
    return not rest or rest in PARTICLE_FORMS


def _whole_rule(term: KoreanTerm, index: int, reading: Reading) -> Rule | None:
    morpheme = reading.morphemes[index]
    if morpheme.tag not in NOMINAL or len(morpheme.tags) > 1 or morpheme.tag in ("NR", "NNB", "NNBC"):
        place = reading.places[index]
        is_noun_here = _is_noun_after_all(term, index, reading) or _fills_word(
            term, place, place + len(term.text), reading
        )
        return Rule.WORD if is_noun_here else None
    if len(term.text) == 1:
        if morpheme.is_name and _touches_name(index, reading):
            return None
        if not _stands_free(index, reading):
            return None
    before = reading.touching(index, -1)
    joined = reading.morphemes[before].text + term.text if before is not None else ""
    if len(joined) == 3 and len(term.text) == 2 and _is_suffixed(joined):
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
        if reading.text[reading.end_of(index) :].startswith((" 하나", " 한 자루", " 두 자루")):
            return True
        return index + 1 == len(reading.morphemes) or reading.morphemes[index + 1].tag not in _COUNTED
    own = analyse_word(term.text)
    if len(own) != 1:
        return False
    return own[0].tag == tag or (
        len(term.text) > 1 and tag in ("MAG", "IC", "NNB", "NNBC", "NR") and term.is_noun
    )


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
    if start == 1 and end == len(morpheme.text) == 3 and _is_suffixed(morpheme.text):
        return None
    return Rule.COMPOUND if _has_sense(term.text, start, morpheme) else None


def _is_suffixed(word: str) -> bool:
    """Whether three syllables are better read as noun and suffix: 현대 + 화, though the dictionary has 현 + 대화."""
    return word[2] in _SUFFIXES and is_noun(word[:2])


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


def conjugated_end(term: KoreanTerm, start: int, end: int, reading: Reading) -> int | None:
    """The end of a form of the predicate that begins with the stem's shape at a span, judged by its spelling alone.

    The second opinion where the analyser reads other words into a form (못 + 생긴, 죽 + 인). A stem of one syllable
    counts only where the analyser sees some predicate too.
    """
    index = reading.owners[start]
    first = reading.morphemes[index]
    if start and reading.text[start - 1] != " ":
        return None
    key, rest = reading.text[start:end], reading.text[end:]
    if (
        len(term.stem) == 1
        and not _is_telling(key, rest, term.stem)
        and (first.tag not in STEMS or len(first.tags) < 2)
    ):
        return None
    if first.tag in ("NNG", "NNP") and len(first.text) > end - start:
        return None
    stop = reading.text.find(" ", end)
    stop = stop if stop >= 0 else len(reading.text)
    return stop if _is_ending(term.stem, key, reading.text[end:stop].rstrip(".,!?~")) else None


def _is_telling(key: str, rest: str, stem: str) -> bool:
    """Whether a shape can hardly be anything else than the predicate's (쐈다, 쏴요)."""
    _, vowel, tail = split_syllable(key[-1])
    if TAILS[tail] == "ㅆ":
        return True
    return tail == 0 and vowel != split_syllable(stem[-1])[1] and rest.startswith(("요", "서", "라"))


def _is_ending(stem: str, key: str, rest: str) -> bool:
    """Whether `rest` can follow the shape `key` of a stem."""
    if key == stem:
        return rest.startswith(_AFTER_STEM)
    _, vowel, tail = split_syllable(key[-1])
    if tail == 0 and not is_open(stem[-1]) and vowel == split_syllable(stem[-1])[1]:
        return rest.startswith(_AFTER_DROPPED)
    endings, may_end = _AFTER_TAIL.get(TAILS[tail], ((), False))
    return (may_end and not rest) or (bool(endings) and rest.startswith(endings))


_AFTER_STEM = (
    "다",
    "고",
    "는",
    "지",
    "며",
    "면",
    "려",
    "기",
    "던",
    "네",
    "니",
    "자",
    "도록",
    "게",
    "러",
    "거나",
    "듯",
    "느라",
    "든",
    "세요",
    "시",
    "어",
    "었",
    "은",
    "을",
    "음",
    "으",
    "아",
    "았",
    "습니다",
    "잖",
)
_AFTER_DROPPED = ("우", "워", "운", "웠", "울", "움", "와", "왔", "는", "네", "니", "시")
# What may follow a stem's shape by its final consonant, and whether the word may end there.
_AFTER_TAIL = {
    "": (("요", "서", "도", "야", "버", "주", "줘", "놓", "보", "봐", "라", "져", "진", "지"), True),
    "ㄴ": (("다", "데", "지", "채", "듯"), True),
    "ㄹ": (("거", "게", "까", "수", "래", "지", "때", "것"), True),
    "ㅂ": (("니다", "시다"), False),
    "ㅆ": (("다", "어", "습", "는", "지", "던", "고", "으", "네", "을", "기", "음", "잖"), False),
}


def senses_of(term: str) -> tuple[str, ...]:
    """The senses of a homograph that the sense table tells apart, as it words them."""
    return tuple(
        dict.fromkeys(row[3] for row in read_rows("senses.ko.tsv") if row[0] == term and row[1] != "also")
    )

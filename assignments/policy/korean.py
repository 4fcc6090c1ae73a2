import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assignments.policy.analyser import NOMINAL, PARTICLES, STEMS, Morpheme, Reading, analyse_word, is_noun
from assignments.policy.normalise import TAILS, is_open
from assignments.policy.predicates import dictionary_stem, passives, predicate_keys
from assignments.policy.shipped import read_rows, species
from assignments.policy.verdict import Rule

_SUFFIXES = frozenset("화지회성적자인기장실원법학상물품사서부국권도식형력용계관소점문집함판민")
_SAISIOT = TAILS.index("ㅅ")
PARTICLE_FORMS = frozenset([
    "이", "가", "을", "를", "은", "는", "의", "에", "도", "와", "과", "로", "으로", "랑", "이랑", "만",
    "에서", "에게", "한테", "처럼", "까지", "부터", "보다", "하고", "이나", "나", "마다", "밖에", "들",
    "들이", "들을", "들은", "들도", "들과", "들의", "들에게", "에는", "에도", "에서는", "에게는", "로는", "으로는",
    "로도", "으로도", "조차", "마저", "이며", "같이", "같은", "뿐", "이다", "입니다", "이에요", "예요", "였던",
    "이었던", "이라는", "라는", "이라고", "라고", "이야", "다", "야", "아", "들아",
])  # fmt: skip
# Particles as they stack (들까지도, 에게서는), the copula's forms, and 화 with its verbs.
_TAIL = re.compile(
    "(?:들|님)?(?:에게서|한테서|에서|에게|한테|께서?|까지|부터|처럼|보다|조차|마저|만큼|대로|밖에|마다|(?:으로|로)서?|이?랑|하고|같이|뿐|이?나|만|에)?"
    "(?:까지|부터|만|조차|마저)?(?:이|가|을|를|은|는|도|만|의|과|와)?"
    "|(?:들|님)?(?:이?(?:야|다|네|니|지|고|며|면|라|라서|라고|라는|란|던|잖아|었다|었어|었던)|예요|이에요|였다|였어|였던|입니다)요?"
    "|화(?:하|되|한|된|할|될|해|돼|했|됐|시키|시킨).*"
)
_LIKENESSES = frozenset(
    ("모양", "그림", "무늬", "사진", "조각", "장난감", "인형", "색", "색깔", "게임", "가게")
)
# Heads of compounds (egg, king, cave, house ...) that the dictionary reads into other words.
_HEADS = frozenset("알왕굴집밭국죽빵떡탕잼즙떼병잔통")
_LONGEST_APART = 12  # letters and spaces of a noun that is spelled apart
_COUNTED = frozenset(("NR", "SN", "NNG", "NNP", "NNB", "NNBC", "MM"))
_CARRIED = frozenset("멘맨쥔찬")  # forms of 메다, 쥐다 and 차다 that the dictionary also has as nouns


@dataclass(frozen=True, slots=True)
class KoreanTerm:
    """A term as the matcher needs it: a noun, or a predicate with its `stem` (죽이 for 죽이다).

    `stems` adds the passive's (찔리 for 찌르다).
    """

    text: str
    stem: str
    stems: tuple[str, ...]
    units: tuple[str, ...]
    is_noun: bool


@lru_cache(maxsize=50_000)
def read_term(text: str) -> KoreanTerm:
    """Look a term up in the dictionary."""
    stem = dictionary_stem(text)
    morphemes = analyse_word(text)
    units = tuple(morpheme.text for morpheme in morphemes)
    # 설사 alone reads as an adverb; before a particle only a noun stays whole.
    is_plain = len(morphemes) == 1 and (morphemes[0].tag in NOMINAL or _is_noun_with_particle(text))
    return KoreanTerm(text, stem, (stem, *passives().get(stem, ())), units, is_plain)


def _is_noun_with_particle(text: str) -> bool:
    first = analyse_word(text + ("를" if is_open(text[-1]) else "을"))[0]
    return first.text == text and first.tag in NOMINAL


def search_keys(text: str) -> Iterator[str]:
    """The strings whose presence makes a prompt worth a closer look for this term."""
    if text.endswith("다") and len(text) > 1:
        yield text
        stem = text[:-1]
        if len(stem) > 2 and stem[-1] in "하되":
            yield stem[:-1]
        else:
            yield from predicate_keys(stem)
            for passive in passives().get(stem, ()):
                yield from predicate_keys(passive)
        return
    yield text
    if len(text) <= 2 and is_open(text[-1]):
        yield saisiot(text)


def saisiot(text: str) -> str:
    """The form a noun takes before another in a compound written with the linking ㅅ (피 -> 핏)."""
    return text[:-1] + chr(ord(text[-1]) + _SAISIOT)


def noun_rule(term: KoreanTerm, start: int, end: int, reading: Reading) -> Rule | None:
    """How the noun at a span of the reading counts, None where its letters only happen to stand there."""
    one, two = reading.covering(start, end)
    if one < 0 or two < 0:
        return None
    if one == two:
        morpheme, place = reading.morphemes[one], reading.places[one]
        if len(morpheme.text) == end - start:
            return _whole_rule(term, one, reading)
        inside = _inside_rule(term, start - place, end - place, morpheme)
        return inside or (
            Rule.WORD if morpheme.tag in STEMS and _fills_word(term, start, end, reading) else None
        )
    if _fills_word(term, start, end, reading):
        return Rule.WORD
    if _begins_compound(term, start, end, reading):
        return Rule.COMPOUND
    if start not in reading.starts or end not in reading.ends:
        return Rule.COMPOUND if _ends_compound(term, start, end, reading) else None
    inner = tuple(morpheme.text for morpheme in reading.morphemes[one : two + 1])
    if inner == term.units:
        return Rule.WORD
    # A noun that the analyser cuts at its own seams is still that noun (성인 + 용, 성 + 적).
    if reading.morphemes[one].tag not in NOMINAL:
        return None
    return Rule.WORD if len(term.text) > 2 or inner[-1] == "적" else None


def _fills_word(term: KoreanTerm, start: int, end: int, reading: Reading) -> bool:
    """Whether a noun, or a word the dictionary lacks, is all of a word as written but for a particle.

    The analyser may then read noun and particle inside it (속도 as 속 + 도), the less likely way.
    """
    if (
        len(term.text) < 2
        or (not term.is_noun and len(term.units) == 1)
        or (start and reading.text[start - 1] != " ")
        or _is_counted(start, reading)
    ):
        return False
    if reading.morphemes[reading.owners[start]].tag in PARTICLES:
        return True  # no particle stands at the start of a word (노출 과도한, read as 노출 + 과 + 도)
    rest = _rest_of_word(end, reading)
    verb = analyse_word(term.text + "고")[0]
    if rest and verb.text == term.text and verb.tag in STEMS:
        # 망치다 and 뿌리다 are verbs of their own, not 망치 and 뿌리 with a copula.
        return rest in PARTICLE_FORMS and rest != "다" and reading.unit_at(start).tag not in STEMS
    return not rest or rest in PARTICLE_FORMS or _TAIL.fullmatch(rest) is not None


def _rest_of_word(end: int, reading: Reading) -> str:
    stop = reading.text.find(" ", end)
    return reading.text[end : stop if stop >= 0 else len(reading.text)]


def _is_counted(start: int, reading: Reading) -> bool:
    """Whether a word begins with what counts the number before it (여덟 살 + 인, "of eight years")."""
    index = reading.owners[start]
    tags = [morpheme.tag for morpheme in reading.morphemes[max(0, index - 1) : index + 2]]
    return len(tags) == 3 and tags[0] in ("NR", "SN", "MM") and tags[1:] == ["NNBC", "VCP"]


def _ends_compound(term: KoreanTerm, start: int, end: int, reading: Reading) -> bool:
    """Whether a word as written is a noun and the term, though the analyser cut it elsewhere (왕방 + 귀)."""
    if len(term.text) < 2 or not term.is_noun:
        return False
    begin = reading.text.rfind(" ", 0, start) + 1
    rest = _rest_of_word(end, reading)
    before = reading.text[begin:start]
    if rest and rest not in PARTICLE_FORMS:
        return False
    return before + term.text in _senses()[0].get(term.text, ()) or (len(before) > 1 and is_noun(before))


def _begins_compound(term: KoreanTerm, start: int, end: int, reading: Reading) -> bool:
    """Whether a word as written is the term and a plain noun of one syllable, though read otherwise (무 + 당집)."""
    if len(term.text) < 2 or not term.is_noun or (start and reading.text[start - 1] != " "):
        return False
    rest = _rest_of_word(end, reading)
    head, particle = rest[:1], rest[1:]
    return head in _HEADS and (not particle or particle in PARTICLE_FORMS)


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
            return Rule.COMPOUND if _is_listed_compound(term, index, reading) else None
        if _is_spelled_apart(reading.places[index], reading.text):
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
        place = reading.end_of(index)
        if reading.text.startswith("이", place) and reading.is_followed_by_space(place + 1):
            return True  # 총이 열 개: a particle and no number
        if reading.text[reading.end_of(index) :].startswith((" 하나", " 한 자루", " 두 자루")):
            return True
        if index + 1 == len(reading.morphemes) or reading.morphemes[index + 1].tag not in _COUNTED:
            return True
        if reading.morphemes[index + 1].text in _CARRIED:
            return True
        return _is_pictured(term, reading.morphemes[index + 1 : index + 3])
    own = analyse_word(term.text)
    if len(own) != 1:
        return False
    after = reading.touching(index, 1)
    if tag in STEMS and after is not None and reading.morphemes[after].text in ("야", "예요", "도"):
        return own[0].tag == "NNG"  # 피야, 피도: a verb's stem takes none of these
    if tag in (*STEMS, "NR", "MAG", "IC") and len(term.text) == 1 and own[0].tag in ("NNG", "NNP"):
        # A bare stem is no word (쥐 든 곰), and what counts or modifies would not stand before a number (공 하나).
        place, end = reading.places[index], reading.end_of(index)
        is_alone = reading.is_followed_by_space(end) and (not place or reading.text[place - 1] == " ")
        return is_alone and (tag in (*STEMS, "IC") or reading.text[end:].startswith(" 하나"))
    return own[0].tag == tag or (
        len(term.text) > 1 and tag in ("MAG", "IC", "NNB", "NNBC", "NR") and term.is_noun
    )


def _is_pictured(term: KoreanTerm, following: Sequence[Morpheme]) -> bool:
    """Whether the noun behind makes the word a thing (총 싸움, 총 모양); a number makes it a sum (총 사진 열 장)."""
    if any(morpheme.tag in ("SN", "NR", "MM") for morpheme in following):
        return False
    head = following[0].text
    return head in _LIKENESSES or term.text + head in _senses()[0].get(term.text, set())


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
        if neighbour.tag == "IC" and step < 0 and reading.touching(beside, -1) is not None:
            return False  # 스 + 누 + 피: cries in a row are splinters too
    return True


def _is_spelled_apart(place: int, text: str) -> bool:
    """Whether a syllable is one of a noun that is written with a space after each syllable (미 술 관)."""
    first = last = place
    while (
        first > 1
        and last - first < _LONGEST_APART
        and text[first - 1] == " "
        and text[first - 3 : first - 2].strip() == ""
    ):
        first -= 2
    while (
        text[last + 1 : last + 2] == " "
        and last - first < _LONGEST_APART
        and text[last + 3 : last + 4].strip() == ""
    ):
        last += 2
    return last - first > 2 and is_noun(text[first : last + 1].replace(" ", ""))


def _is_listed_compound(term: KoreanTerm, index: int, reading: Reading) -> bool:
    """Whether the noun and its neighbour are a compound of the sense table that the dictionary lacks (쇠창)."""
    listed = _senses()[0].get(term.text, set())
    before, after = reading.touching(index, -1), reading.touching(index, 1)
    return (before is not None and reading.morphemes[before].text + term.text in listed) or (
        after is not None and term.text + reading.morphemes[after].text in listed
    )


def _inside_rule(term: KoreanTerm, start: int, end: int, morpheme: Morpheme) -> Rule | None:
    """A term inside one longer dictionary word: counts where the dictionary splits the word there."""
    listed = _senses()[0].get(term.text, set())
    if morpheme.text in listed:
        return Rule.COMPOUND
    if morpheme.is_name and start > 1 and end == len(morpheme.text) and end - start > 1 and term.is_noun:
        # A brand or a loan in one piece is still what its last part says (레드와인).
        return Rule.COMPOUND if is_noun(morpheme.text[:start]) else None
    if not morpheme.splits or (morpheme.is_name and not _is_plain_compound(term, start, morpheme)):
        return None
    if any(unit.start <= start and end <= unit.end and unit.text in listed for unit in morpheme.splits):
        return Rule.COMPOUND
    if not any(unit.start == start for unit in morpheme.splits):
        return None
    if not any(unit.end == end for unit in morpheme.splits):
        return None
    if start == 0 and morpheme.splits[-1].text in species("ko"):
        return None
    if start == 1 and end == len(morpheme.text) == 3 and _is_suffixed(morpheme.text):
        return None
    return Rule.COMPOUND if _has_sense(term.text, start, morpheme) else None


def _is_plain_compound(term: KoreanTerm, start: int, morpheme: Morpheme) -> bool:
    """Whether what the dictionary takes for a name is made of two plain nouns (악어 + 고기), the term the first."""
    if start or len(term.text) < 2 or morpheme.is_person or morpheme.is_place:
        return False
    return len(morpheme.splits) == 2 and all(is_noun(unit.text) for unit in morpheme.splits)


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

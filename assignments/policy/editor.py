from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assignments.policy.analyser import NOMINAL, analyse_word
from assignments.policy.english import lemma
from assignments.policy.match import find_terms
from assignments.policy.normalise import fold_term, is_open, is_searchable, split_syllable
from assignments.policy.predicates import dictionary_stem, predicate_keys
from assignments.policy.shipped import LANGUAGES, innocent, read_rows
from assignments.policy.terms import Matching, Policy, Term

_SAMPLES = 8
_NIEUN, _RIEUL, _BIEUP, _SSANGSIOS = 4, 8, 17, 20
_BRIGHT = (0, 8)  # ㅏ and ㅗ, after which an ending takes 아
_NOUN_PARTICLES = (
    ("을", "를"),
    ("이", "가"),
    ("은", "는"),
    ("과", "와"),
    ("으로", "로"),
    ("도", "도"),
    ("에서", "에서"),
    ("처럼", "처럼"),
)
_ENGLISH_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "y", "ly", "ful", "ous", "ish")


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a term catches: `forms` of the word, `catches` longer words that count as it, `spares` words and sights
    that hold its letters and are left alone."""

    forms: tuple[str, ...] = ()
    catches: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermWarning:
    """Something to know before saving a term.

    `key` is one of `WARNINGS`; `parameters` are words to fill its sentence with: {"with": ...} for "redundant",
    {"words": ...} for "would_catch", "would_not_catch" and "excepted", {"senses": ...} for "homograph".
    """

    key: str
    parameters: dict[str, str] = field(default_factory=dict)


WARNINGS = ("empty", "one_syllable", "homograph", "redundant", "would_catch", "would_not_catch", "excepted")


def expand(term: Term) -> Expansion:
    """What a term will catch and will leave alone, shown while it is edited."""
    text = fold_term(term.text)
    if not is_searchable(text):
        return Expansion()
    holding = [word for word in known_words() if word != text and _core(text) in word]
    caught = [word for word in holding if _is_caught(word, term)]
    spared = [word for word in holding if word not in caught]
    return Expansion(tuple(_forms(text, term)), tuple(caught[:_SAMPLES]), tuple(spared[:_SAMPLES]))


def review_term(
    term: Term, others: Sequence[Term] = (), exceptions: Iterable[str] = (), language: str = "ko"
) -> tuple[TermWarning, ...]:
    """What an editor should hear before this term joins `others`, a list with `exceptions` of its own.

    The meanings of a homograph are worded in `language`, one of `shipped.LANGUAGES`.
    """
    text = fold_term(term.text)
    if not is_searchable(text):
        return (TermWarning("empty"),)
    return tuple(_warnings(text, term, others, tuple(exceptions), language))


def _warnings(
    text: str, term: Term, others: Sequence[Term], exceptions: tuple[str, ...], language: str
) -> Iterator[TermWarning]:
    if len(text) == 1 and "가" <= text <= "힣":
        yield TermWarning("one_syllable")
    senses = _senses(text, language)
    if senses:
        yield TermWarning("homograph", {"senses": ", ".join(senses)})
    covering = [other.text for other in others if other != term and _covers(other, term, text)]
    if covering:
        yield TermWarning("redundant", {"with": ", ".join(dict.fromkeys(covering))})
    mine = Policy(terms=(term,), exceptions=exceptions)
    sights = [row[0] for row in read_rows("sights.tsv")]
    caught = [sight for sight in sights if find_terms(sight, mine)]
    if caught:
        yield TermWarning("would_catch", {"words": ", ".join(caught[:_SAMPLES])})
    missed = [form for form in _forms(text, term) if not find_terms(form, mine)]
    if missed:
        yield TermWarning("would_not_catch", {"words": ", ".join(missed[:_SAMPLES])})
    spoiled = [exception for exception in exceptions if fold_term(exception) == text]
    if spoiled:
        yield TermWarning("excepted", {"words": ", ".join(spoiled)})


def _covers(other: Term, term: Term, text: str) -> bool:
    """Whether another line already catches all that this one would."""
    if fold_term(other.text) == text:
        return other.matching is term.matching or other.matching is Matching.ANYWHERE
    if term.matching is Matching.ANYWHERE and other.matching is not Matching.ANYWHERE:
        return False
    return bool(find_terms(text, Policy(terms=(other,))))


def _is_caught(word: str, term: Term) -> bool:
    return bool(find_terms(word, Policy(terms=(term,))))


def _core(text: str) -> str:
    return dictionary_stem(text) or text


def _forms(text: str, term: Term) -> Iterator[str]:
    if term.matching is not Matching.WORD or " " in text:
        yield text
    elif dictionary_stem(text):
        yield from _predicate_forms(text)
    elif "가" <= text[-1] <= "힣":
        has_final = not is_open(text[-1])
        for closed, opened in _NOUN_PARTICLES:
            is_l = (ord(text[-1]) - 0xAC00) % 28 == 8
            yield text + (closed if has_final and not (closed == "으로" and is_l) else opened)
    else:
        yield text
        for ending in _ENGLISH_ENDINGS:
            form = text + ending
            if lemma(form) in (text, lemma(text)) and lemma(form) != form:
                yield form


def _predicate_forms(text: str) -> Iterator[str]:
    """Inflected forms, those that the analyser itself reads as this predicate."""
    stem = dictionary_stem(text)
    yield text
    if stem[-1] in "하되":
        yield from (
            stem[:-1] + end for end in {"하": ("해요", "한", "했다"), "되": ("돼요", "된", "됐다")}[stem[-1]]
        )
        return
    last = split_syllable(stem[-1])
    is_verb = analyse_word(stem + "고")[0].tag == "VV"
    candidates = [stem + "고", *([stem + "는"] if is_verb else [])]
    bare = stem[:-1] + chr(ord(stem[-1]) - last[2])
    softened = analyse_word(bare + "워")[0].stems if last[2] == _BIEUP else ()
    if stem in softened:
        candidates += [bare + "운", bare + "워요", bare + "웠다"]
    elif last[2] == 0:
        for key in predicate_keys(stem):
            tail = split_syllable(key[-1])[2]
            candidates.append(key + {_NIEUN: "", _RIEUL: "", _SSANGSIOS: "다"}.get(tail, "요"))
    else:
        vowel = "아" if last[1] in _BRIGHT else "어"
        candidates += [stem + "은", stem + vowel + "요", stem + ("았다" if vowel == "아" else "었다")]
    for form in dict.fromkeys(candidates):
        first, *rest = analyse_word(form)
        is_bare = form == stem + "요"
        if (
            not is_bare
            and stem in first.stems
            and all(morpheme.tag[0] == "E" for morpheme in rest)
            and first.tag in ("VV", "VA")
        ):
            yield form


def _senses(text: str, language: str) -> tuple[str, ...]:
    """What the same letters mean: the table's meanings, and a second part of speech."""
    found = list(_meanings(language).get(text, ()))
    if "가" <= text[-1] <= "힣" and not dictionary_stem(text):
        spoken = analyse_word(text + "는 것")
        if len(text) == 1 and spoken and spoken[0].tag not in NOMINAL:
            found.append(text + "다")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=2)
def _meanings(language: str) -> dict[str, tuple[str, ...]]:
    column = 1 + LANGUAGES.index(language)
    return {row[0]: tuple(row[column].split(", ")) for row in read_rows("homographs.tsv")}


@lru_cache(maxsize=1)
def known_words() -> tuple[str, ...]:
    """Sights, and everyday words that hold shorter ones: what an editor is shown samples from."""
    words = [fold_term(row[0]) for row in read_rows("sights.tsv")]
    words += [fold_term(one.text) for language in LANGUAGES for one in innocent(language)]
    words += [word for row in read_rows("senses.ko.tsv") for word in row[2].split()]
    words += [word for row in read_rows("families.en.tsv") for word in row[1].split()]
    words += [row[0] for row in read_rows("everyday.tsv")]
    return tuple(dict.fromkeys(words))

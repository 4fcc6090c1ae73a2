import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from assignments.policy.analyser import NOMINAL, STEMS, Morpheme, analyse_word, other_readings
from assignments.policy.english import LONGEST_WORD, is_compound_part, lemma, splits, term_bases, token_bases
from assignments.policy.finder import Finder
from assignments.policy.korean import KoreanTerm, read_term, search_keys
from assignments.policy.normalise import fold_term, is_searchable
from assignments.policy.predicates import dictionary_stem
from assignments.policy.sound import respellings, sound_of
from assignments.policy.terms import Matching, Policy
from assignments.policy.verdict import Rule

_HANGUL_WORD = re.compile(r"[가-힣]+")
_LATIN_WORD = re.compile(r"[a-z]+")
_MAX_REMEMBERED = 20_000
_STOP_WORDS = frozenset(["a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "and", "or", "by"])


class Phrase(NamedTuple):
    """The patterns one line of a list needs together; one for a single word. `reach` is how many other words may
    stand between two of them."""

    line: int
    patterns: tuple[int, ...]
    reach: int
    is_ordered: bool = False


@dataclass(slots=True)
class Compiled:
    """A list made ready for searching. Patterns are its distinct words, lines its entries as given."""

    patterns: list[str] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    korean: Finder = field(default_factory=lambda: Finder({}))
    sounds: Finder = field(default_factory=lambda: Finder({}))
    linked: Finder = field(default_factory=lambda: Finder({}))
    literals: Finder = field(default_factory=lambda: Finder({}))
    english: dict[str, list[int]] = field(default_factory=dict)
    exceptions: Finder = field(default_factory=lambda: Finder({}))
    anywhere: set[int] = field(default_factory=set)
    owners: dict[int, list[int]] = field(default_factory=dict)
    emojis: dict[str, tuple[int, ...]] = field(default_factory=dict)
    remembered: dict[str, tuple[tuple[int, Rule], ...]] = field(default_factory=dict)

    def korean_term(self, pattern: int) -> KoreanTerm:
        return read_term(self.patterns[pattern])

    def phrases_of(self, patterns: Iterable[int]) -> list[Phrase]:
        """The lines that need any of the patterns found, each once."""
        numbers = {number for pattern in patterns for number in self.owners.get(pattern, ())}
        return [self.phrases[number] for number in sorted(numbers)]

    def english_hits(self, token: str) -> tuple[tuple[int, Rule], ...]:
        """The patterns a Latin word is a form of, each with its rule."""
        known = self.remembered.get(token)
        if known is None:
            known = self._english_hits(token)
            if len(self.remembered) >= _MAX_REMEMBERED:
                self.remembered.clear()
            self.remembered[token] = known
        return known

    def _english_hits(self, token: str) -> tuple[tuple[int, Rule], ...]:
        found: dict[int, Rule] = {}
        for base in token_bases(token):
            for pattern in self.english.get(base, ()):
                text = self.patterns[pattern]
                if text == token:
                    rule = Rule.WORD
                elif lemma(token) in (text, lemma(text)):
                    rule = Rule.LEMMA
                else:
                    rule = Rule.DERIVED
                found.setdefault(pattern, rule)
        if 6 <= len(token) <= LONGEST_WORD:
            word = lemma(token)
            for part, rest in splits(word):
                for pattern in self.english.get(part, ()):
                    if self.patterns[pattern] == part and is_compound_part(rest, part, word.startswith(part)):
                        found.setdefault(pattern, Rule.COMPOUND)
        return tuple(found.items())


@lru_cache(maxsize=64)
def _compile(key: "_Key") -> Compiled:
    return _Builder(key.policy).build()


class _Key:
    """A policy by its content, so that equal lists share one compiled form."""

    __slots__ = ("policy",)

    def __init__(self, policy: Policy) -> None:
        self.policy = policy

    def __hash__(self) -> int:
        return hash(self.policy.fingerprint)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.policy.fingerprint == other.policy.fingerprint


def compile_policy(policy: Policy) -> Compiled:
    """The compiled form of a policy's terms and exceptions, kept by content."""
    return _compile(_Key(policy))


class _Builder:
    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.compiled = Compiled()
        self.numbers: dict[tuple[str, bool], int] = {}
        self.korean: dict[str, list[int]] = defaultdict(list)
        self.sounds: dict[str, list[int]] = defaultdict(list)
        self.linked: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.literals: dict[str, list[int]] = defaultdict(list)
        self.english: dict[str, list[int]] = defaultdict(list)

    def build(self) -> Compiled:
        for line, term in enumerate(self.policy.terms):
            text = fold_term(term.text)
            if not text or not is_searchable(text):
                continue
            if term.matching is Matching.ANYWHERE:
                number = self._literal(text, is_anywhere=True)
                self.compiled.phrases.append(Phrase(line, (number,), 0))
            else:
                self._add_line(line, text)
        compiled = self.compiled
        owners = defaultdict(list)
        for number, phrase in enumerate(compiled.phrases):
            for pattern in phrase.patterns:
                owners[pattern].append(number)
        compiled.owners = dict(owners)
        compiled.english = dict(self.english)
        compiled.korean = Finder(self.korean)
        compiled.sounds = Finder(self.sounds)
        compiled.linked = Finder(self.linked)
        compiled.literals = Finder(self.literals)
        folded = map(fold_term, self.policy.exceptions)
        compiled.exceptions = Finder({text: ((0, 0),) for text in folded if text})
        return compiled

    def _add_line(self, line: int, text: str) -> None:
        words = text.split(" ")
        if len(words) > 1:
            content = [word for word in words if word not in _STOP_WORDS] or words
            patterns = tuple(
                dict.fromkeys(
                    self._word(phrase_word(word, after))
                    for word, after in itertools.zip_longest(content, content[1:], fillvalue="")
                )
            )
            self.compiled.phrases.append(Phrase(line, patterns, 3 if _LATIN_WORD.search(text) else 2))
            return
        pieces = text.split("-") if "-" in text else ()
        if len(pieces) > 1 and all(_LATIN_WORD.fullmatch(piece) for piece in pieces):
            self.compiled.phrases.append(Phrase(line, tuple(map(self._word, pieces)), 0, is_ordered=True))
            text = "".join(pieces)
        self.compiled.phrases.append(Phrase(line, (self._word(text),), 0))

    def _word(self, text: str) -> int:
        if (text, False) in self.numbers:
            return self.numbers[text, False]
        if _HANGUL_WORD.fullmatch(text):
            number = self._number(text, False)
            for key in search_keys(text):
                self.korean[key].append(number)
            self._add_sounds(text, number)
        elif _LATIN_WORD.fullmatch(text):
            number = self._number(text, False)
            for base in term_bases(text):
                self.english[base].append(number)
        else:
            return self._literal(text)
        return number

    def _add_sounds(self, text: str, number: int) -> None:
        """Note how the term may be respelled: a noun in any way, a predicate's forms where speech links them."""
        if text.endswith("다") and dictionary_stem(text):
            for form in search_keys(text):
                for spoken in respellings(form):
                    self.linked[sound_of(spoken)].append((number, form))
        elif len(text) > 1:
            self.sounds[sound_of(text)].append(number)
            for spoken in respellings(text):
                self.sounds[sound_of(spoken)].append(number)

    def _literal(self, text: str, is_anywhere: bool = False) -> int:
        if (text, is_anywhere) in self.numbers:
            return self.numbers[text, is_anywhere]
        number = self._number(text, is_anywhere)
        self.literals[text].append(number)
        if is_anywhere:
            self.compiled.anywhere.add(number)
        return number

    def _number(self, text: str, is_literal: bool) -> int:
        number = len(self.compiled.patterns)
        self.compiled.patterns.append(text)
        self.numbers[text, is_literal] = number
        return number


def _predicate_beside(word: str, after: str, morphemes: tuple[Morpheme, ...]) -> Morpheme | None:
    """The predicate that a word is before another one of its phrase, though alone it reads as a noun."""
    if len(morphemes) == 1:  # 야한 옷
        beside = analyse_word(f"{word} {after}")[0]
        return beside if beside.text == word and beside.tag == "VA" else None
    if len(morphemes) > 2 or morphemes[1].text not in ("은", "는"):
        return None
    # No phrase of a list has a topic inside: 벗은 사람 is 벗다, and not 벗 (a friend).
    readings = (reading[:2] for reading in other_readings(word, 5) if len(reading) == 2)
    return next((one for one, two in readings if one.tag in ("VV", "VA") and two.tag == "ETM"), None)


def phrase_word(word: str, after: str = "") -> str:
    """The content of one word of a phrase: a predicate's dictionary form, a noun without its copula, 적 or 하다.

    What comes `after` it tells an adjective from a noun of the same letters (야한 옷).
    """
    if not _HANGUL_WORD.fullmatch(word) or dictionary_stem(word):
        return word
    morphemes = analyse_word(word)
    first = morphemes[0]
    if after and first.tag in NOMINAL:
        first = _predicate_beside(word, after, morphemes) or first
    if first.tag in STEMS and first.stems:
        return first.stems[0] + "다"
    kept: list[str] = []
    for morpheme in morphemes:
        if morpheme.tag in ("VCP", "XSA", "XSV") or morpheme.tag[0] in "JE":
            break
        if morpheme.text == "적" and len("".join(kept)) > 1:
            break  # 폭력적인 장면 is 폭력 장면 too; 성 alone would be a castle
        kept.append(morpheme.text)
    return "".join(kept) or word

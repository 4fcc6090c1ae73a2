import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

from assignments.policy.analyser import NOMINAL, PARTICLES, STEMS, Reading, analyse_word, is_noun, read
from assignments.policy.compiled import Compiled
from assignments.policy.english import is_known
from assignments.policy.exceptions import Spared, excepted_spans, is_excepted, reading_spans
from assignments.policy.keys import hangul_of_keys
from assignments.policy.korean import (
    PARTICLE_FORMS,
    KoreanTerm,
    noun_rule,
    read_term,
)
from assignments.policy.normalise import TAILS, Text, is_open, recompose
from assignments.policy.predicates import conjugated_end, nominal_form, predicate_end, predicate_keys
from assignments.policy.sound import sound_of
from assignments.policy.verdict import Rule

MAX_GUESSES = 120
_CROSS = re.compile(r"(?<=[가-힣])x(?=[가-힣])")
_GAP_HINT = re.compile(r"[가-힣][^가-힣a-z\s]{1,3}[가-힣]|(?:^|[^가-힣])[가-힣][^가-힣a-z]{1,3}[가-힣]")
_LATIN_RUN = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,24}(?![A-Za-z])")
_PLACES = frozenset("속위안앞뒤밑옆곁밖")
_SENTENCE_GAP = re.compile(r"[.,!?;:…]+\s+|\s*\n")
_LOAN_SPELLINGS = (
    ("컨텐츠", "콘텐츠"),
    ("컨텐트", "콘텐트"),
    ("메세지", "메시지"),
    ("악세사리", "액세서리"),
    ("케릭터", "캐릭터"),
)


class Hit(NamedTuple):
    """A pattern found at a half-open span of the view it was looked for in."""

    pattern: int
    start: int
    end: int
    rule: Rule


def loan_spelling(text: str) -> str:
    """Common misspellings of loan words put right, letter for letter."""
    for wrong, right in _LOAN_SPELLINGS:
        if wrong in text:
            text = text.replace(wrong, right)
    return text


def scan_plain(text: str, compiled: Compiled, changed: set[int] | None = None) -> Iterator[Hit]:
    """The Korean patterns of a list that normalised text holds as words; of a view, only where it was `changed`."""
    text = loan_spelling(text)
    candidates = [
        (start, end, pattern)
        for start, end, patterns in compiled.korean.iter(text)
        if changed is None or not changed.isdisjoint(range(start, end))
        for pattern in patterns
    ]
    if not candidates:
        return
    # Whatever innocent text covers needs no reading. A saying may be longer than the stretch around one of its
    # words (독 안에 든 쥐), so it is looked for in the whole text.
    spared = excepted_spans(text, compiled, "ko")
    if spared:
        candidates = [
            (start, end, pattern)
            for start, end, pattern in candidates
            if not is_spared(Hit(pattern, start, end, Rule.WORD), compiled, spared)
        ]
    for begin, stretch, inside in _stretches(text, candidates):
        for start, end, pattern in inside:
            hit = _judge(pattern, start - begin, end - begin, stretch, compiled)
            if hit:
                hit = Hit(pattern, hit.start + begin, hit.end + begin, hit.rule)
                if not is_spared(hit, compiled, spared):
                    yield hit


def _stretches(
    text: str, candidates: list[tuple[int, int, int]]
) -> Iterator[tuple[int, Reading, list[tuple[int, int, int]]]]:
    """The parts of the text around candidates, a word to either side, each analysed once."""
    group: list[tuple[int, int, int]] = []
    begin = stop = -1
    for candidate in sorted(candidates):
        one, two = window_of(text, candidate[0], candidate[1])
        if group and one <= stop:
            stop = max(stop, two)
            group.append(candidate)
            continue
        if group:
            yield begin, read(text[begin:stop]), group
        begin, stop, group = one, two, [candidate]
    if group:
        yield begin, read(text[begin:stop]), group


def window_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The words around a span: one before it, two after it."""
    one = text.rfind(" ", 0, start)
    one = text.rfind(" ", 0, one) if one > 0 else -1
    two = end - 1
    for _ in range(3):
        two = text.find(" ", two + 1)
        if two < 0:
            return one + 1, len(text)
    return one + 1, two


def judge(pattern: int, start: int, end: int, stretch: Reading, compiled: Compiled) -> Hit | None:
    """Whether the letters at a span of the stretch are the pattern's word there, and nothing innocent covers it."""
    hit = _judge(pattern, start, end, stretch, compiled)
    return None if hit is None or is_spared(hit, compiled, reading_spans(stretch, compiled)) else hit


def _judge(pattern: int, start: int, end: int, stretch: Reading, compiled: Compiled) -> Hit | None:
    term = compiled.korean_term(pattern)
    found = _predicate(term, start, end, stretch) if term.stem else _noun(term, start, end, stretch)
    if found is None:
        return None
    rule, start, end = found
    return Hit(pattern, start, end, rule)


def is_spared(hit: Hit, compiled: Compiled, spared: list[Spared]) -> bool:
    """Whether an innocent word or saying covers a hit.

    A saying ends in a stem (하늘을 찌르), so for a predicate it only has to cover where the stem begins.
    """
    if not spared:
        return False
    term = compiled.korean_term(hit.pattern)
    is_noun = not term.stem
    return is_excepted(term.text, hit.start, hit.end if is_noun else hit.start + 1, spared, is_noun)


def _noun(term: KoreanTerm, start: int, end: int, stretch: Reading) -> tuple[Rule, int, int] | None:
    if stretch.text[start:end] != term.text:
        return _linked(term, start, end, stretch)
    rule = noun_rule(term, start, end, stretch)
    return (rule, start, end) if rule else None


def _linked(term: KoreanTerm, start: int, end: int, stretch: Reading) -> tuple[Rule, int, int] | None:
    """핏 of 핏자국: only before another noun."""
    if start not in stretch.starts or end not in stretch.ends or stretch.is_followed_by_space(end):
        return None
    if stretch.unit_at(end).tag not in NOMINAL:
        return None
    if start and stretch.text[start - 1] != " " and stretch.unit_at(start - 1).tag in NOMINAL:
        return None
    return Rule.COMPOUND, start, end


def _predicate(term: KoreanTerm, start: int, end: int, stretch: Reading) -> tuple[Rule, int, int] | None:
    if term.stem[-1] in "하되" and len(term.stem) > 2:
        noun = read_term(term.stem[:-1])
        if stretch.text[start : start + len(noun.text)] != noun.text:
            return None
        rule = noun_rule(noun, start, start + len(noun.text), stretch)
        return (Rule.INFLECTION, start, start + len(noun.text)) if rule else None
    form_end = predicate_end(term.stems, start, stretch)
    if form_end:
        return Rule.INFLECTION, start, form_end
    unit = stretch.unit_at(start)
    if unit.start == start and unit.tag in NOMINAL and unit.text == nominal_form(term.stem):
        # 참 is what 차다 makes, but not in 참새.
        is_free = len(unit.text) > 1 or stretch.is_followed_by_space(unit.end)
        if is_free:
            return Rule.DERIVED, start, unit.end
    key = stretch.text[start:end]
    if unit.start == start and unit.text == key and len(key) > 1 and is_open(term.stem[-1]):
        morpheme = stretch.morphemes[stretch.owners[start]]
        if morpheme.splits and unit.end < start + len(morpheme.text) and key[-1] == _modifier(term.stem[-1]):
            return Rule.INFLECTION, start, unit.end  # 미친 + 놈
    stem = next((stem for stem in term.stems if key in predicate_keys(stem)), term.stem)
    stop = conjugated_end(stem, start, end, stretch)
    return (Rule.INFLECTION, start, stop) if stop else None


def _modifier(syllable: str) -> str:
    """An open syllable of a stem before a noun (치 of 미치다, 친 of 미친)."""
    return chr(ord(syllable) + TAILS.index("ㄴ"))


def scan_spaced(text: str, compiled: Compiled) -> Iterator[Hit]:
    """Words pulled apart by spaces, signs, digits or lone jamo (폭 력, 폭.력, 폭2력)."""
    if "x" in text:
        text = _CROSS.sub("*", text)
    if not _GAP_HINT.search(text):
        return
    kept = [index for index, letter in enumerate(text) if "가" <= letter <= "힣" or "a" <= letter <= "z"]
    squeezed = "".join([text[index] for index in kept])
    guesses = 0
    for first, after, patterns in compiled.korean.iter(squeezed):
        start, end = kept[first], kept[after - 1] + 1
        if end - start == after - first or not _may_join(text, kept[first:after]):
            continue
        guesses += 1
        if guesses > MAX_GUESSES:
            return
        has_space = any(letter.isspace() for letter in text[start:end])
        if has_space and not (_ends_on_words(text, start, end) and not _begins_after_noun(text, start)):
            continue
        for pattern in patterns:
            stop = judge_rewritten(text, start, end, squeezed[first:after], pattern, compiled)
            hit = Hit(pattern, start, max(end, stop), Rule.SPACING)
            # What is innocent as typed (아이 돌 반지) is so however it may be read together.
            if stop and not is_spared(hit, compiled, excepted_spans(text, compiled, "ko")):
                yield hit


def _may_join(text: str, places: list[int]) -> bool:
    """Whether gaps between letters are of the kind that hides a word, not of the kind that ends one."""
    has_space = False
    for one, two in itertools.pairwise(places):
        gap = text[one + 1 : two]
        if len(gap) > 3 or _SENTENCE_GAP.match(gap):
            return False
        has_space = has_space or " " in gap
    if not has_space:
        return True
    pieces = 1 + sum(two - one > 1 for one, two in itertools.pairwise(places))
    before = text[places[0] - 1] if places[0] else " "
    # A longer noun may be written apart at any of its seams; a short one only hides syllable by syllable.
    return (pieces == len(places) or len(places) > 2) and not ("가" <= before <= "힣")


def _ends_on_words(text: str, start: int, end: int) -> bool:
    """Whether the pieces as typed begin and end where the analyser sees words begin and end.

    산맥 주변 does not hold 맥주, for 맥 is the end of a word and 주 the beginning of another.
    """
    begin, stop = window_of(text, start, end)
    reading = read(text[begin:stop])
    if start - begin not in reading.starts:
        return False
    space = text.find(" ", end)
    rest = text[end : space if space >= 0 else len(text)]
    if not rest or rest in PARTICLE_FORMS:
        return True
    last = reading.unit_at(end - begin - 1)
    index = reading.owners[end - begin - 1]
    if reading.morphemes[index].splits and reading.end_of(index) > end - begin:
        return False
    if last.end > end - begin:
        return last.tag[0] in "JE" or last.tag in ("XSN", "XSV", "XSA", "UNKNOWN")
    return last.tag not in STEMS or last.end - last.start > 1 or " " not in text[start:end]


def _begins_after_noun(text: str, start: int) -> bool:
    """Whether the first piece tells the place of the noun before it (동화 속 옷), and so belongs to that."""
    if text[start] not in _PLACES or text[start + 1 : start + 2] != " " or text[start - 1 : start] != " ":
        return False
    before = text[text.rfind(" ", 0, start - 1) + 1 : start - 1]
    return bool(before) and (is_noun(before) or analyse_word(before)[-1].tag in NOMINAL)


def judge_rewritten(text: str, start: int, end: int, word: str, pattern: int, compiled: Compiled) -> int:
    """Judge the text as if `word` stood at the span; the end of the hit in the text as it is, 0 for none."""
    begin, stop = window_of(text, start, end)
    rewritten = text[begin:start] + word + text[end:stop]
    hit = judge(pattern, start - begin, start - begin + len(word), read(rewritten), compiled)
    if hit is None or hit.start != start - begin:
        return 0
    return end + max(0, hit.end - (start - begin) - len(word))


def scan_sound(text: str, compiled: Compiled) -> Iterator[Hit]:
    """Words respelled by sound (뽁력): only where the letters as typed are no word of the dictionary."""
    guesses = 0
    for start, end, pattern, word in _alike(text, compiled):
        # Only from the start of a word as written: inside, sounds agree by chance.
        if text[start:end] == word or (start and text[start - 1] != " ") or guesses > MAX_GUESSES:
            continue
        guesses += 1
        if _is_broken(text, start, end) and judge_rewritten(text, start, end, word, pattern, compiled):
            yield Hit(pattern, start, end, Rule.SOUND)


def _alike(text: str, compiled: Compiled) -> Iterator[tuple[int, int, int, str]]:
    """What sounds like a pattern, with the pattern or the form of it that is meant."""
    sound = sound_of(text)
    for start, end, patterns in compiled.sounds.iter(sound):
        for pattern in patterns:
            yield start, end, pattern, compiled.patterns[pattern]
    for start, end, forms in compiled.linked.iter(sound):
        for pattern, form in forms:
            yield start, end, pattern, form


def _is_broken(text: str, start: int, end: int) -> bool:
    begin, stop = window_of(text, start, end)
    reading = read(text[begin:stop])
    one, two = reading.covering(start - begin, end - begin)
    if one < 0 or two < 0 or reading.places[one] != start - begin:
        return False
    covering = reading.morphemes[one : two + 1]
    if len(covering) == 1:
        return not covering[0].is_known
    if covering[0].tag == "NNG" and covering[-1].tag in PARTICLES:
        return False  # 창에 is a word with its particle, not 장애 respelled
    if covering[0].tag in STEMS and covering[-1].tag in ("ETN", "ETM"):
        return False  # 주긴 is a form of 주다, not 죽인 respelled
    return all(len(morpheme.text) == 1 or morpheme.is_name for morpheme in covering)


def scan_keys(prompt: str, text: Text, compiled: Compiled) -> Iterator[Hit]:
    """Korean typed with the keyboard switched to Latin (zkf for 칼); spans are of the prompt itself."""
    for run in _LATIN_RUN.finditer(prompt):
        if is_known(run.group().lower()):
            continue
        hangul = hangul_of_keys(run.group())
        if not hangul:
            continue
        stop = prompt.find(" ", run.end())
        tail = prompt[run.end() : stop if stop >= 0 else len(prompt)]
        rewritten = hangul + "".join(letter for letter in tail if "가" <= letter <= "힣")
        for hit in scan_plain(rewritten, compiled):
            if hit.start < len(hangul):
                yield Hit(hit.pattern, run.start(), run.end(), Rule.KEYS)


def scan_jamo(text: Text, compiled: Compiled) -> Iterator[tuple[Hit, Text]]:
    """Words with syllables pulled into jamo (카ㄹ), each with the view its span belongs to."""
    view = recompose(text)
    if view is None:
        return
    changed = {at for at in range(len(view.text)) if view.is_joined(at)}
    for hit in scan_plain(view.text, compiled, changed) if changed else ():
        yield hit._replace(rule=Rule.JAMO), view
    # With loose jamo as gaps too: 폭ㅋ력.
    for hit in scan_spaced(view.text, compiled):
        yield hit._replace(rule=Rule.JAMO), view

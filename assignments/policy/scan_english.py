import re
from collections.abc import Iterator

from assignments.policy.compiled import Compiled
from assignments.policy.english import LEET_TOKEN, LONGEST_WORD, is_known, leet_variants, repeat_variants
from assignments.policy.exceptions import excepted_spans, is_excepted
from assignments.policy.scan_korean import Hit
from assignments.policy.verdict import Rule

_WORD = re.compile(r"[a-z]+")
_SIGNED = re.compile(r"(?<![a-z])[a-z]+(?:[^a-z\s가-힣]{1,2}[a-z]+)+")
_SIGN = re.compile(r"[^a-z\s가-힣]")
_LONE = re.compile(r"(?<![a-z가-힣])[a-z](?:[^a-z가-힣]{1,3}[a-z])+(?![a-z])")
_MASKED = re.compile(r"(?<![a-z])[a-z]+[*#_][a-z]+(?![a-z])")
_SENTENCE_GAP = re.compile(r"[.!?…,]+\s")
_BROKEN = re.compile(r"(?<![a-z])(?=([a-z]+)\s([a-z]+)(?![a-z]))")
_SHORT_WORDS = frozenset([
    "a", "i", "am", "an", "as", "at", "be", "by", "do", "go", "he", "hi", "if", "in", "is", "it", "ma", "me", "my",
    "no", "of", "oh", "ok", "on", "or", "ox", "pa", "so", "to", "up", "us", "we",
])  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def scan_english(text: str, compiled: Compiled) -> Iterator[Hit]:
    """The Latin patterns of a list that normalised text holds, plain or disguised."""
    if not compiled.english or not _WORD.search(text):
        return
    hits = [*_plain(text, compiled), *_disguised(text, compiled)]
    if hits:
        spared = excepted_spans(text, compiled, "en")
        for hit in hits:
            if not is_excepted(compiled.patterns[hit.pattern], hit.start, hit.end, spared):
                yield hit


def _plain(text: str, compiled: Compiled) -> Iterator[Hit]:
    for word in _WORD.finditer(text):
        token = word.group()
        for pattern, rule in compiled.english_hits(token):
            yield Hit(pattern, word.start(), word.end(), rule)


def _disguised(text: str, compiled: Compiled) -> Iterator[Hit]:
    for word in _WORD.finditer(text):
        for variant in repeat_variants(word.group()):
            yield from _hits(variant, word.start(), word.end(), Rule.REPEAT, compiled)
    if not _SIGN.search(text):
        yield from _lone_letters(text, compiled)
        yield from _broken(text, compiled)
        return
    for word in LEET_TOKEN.finditer(text):
        for variant in leet_variants(word.group()):
            for option in (variant, *repeat_variants(variant)):
                yield from _hits(option, word.start(), word.end(), Rule.LEET, compiled)
    for word in _SIGNED.finditer(text):
        joined = "".join(_WORD.findall(word.group()))
        for option in (joined, *repeat_variants(joined)):
            yield from _hits(option, word.start(), word.end(), Rule.SPACING, compiled)
    for word in _MASKED.finditer(text):
        masked = word.group()
        place = next(index for index, letter in enumerate(masked) if letter in "*#_")
        for letter in _LETTERS:
            guess = masked[:place] + letter + masked[place + 1 :]
            if is_known(guess):
                yield from _hits(guess, word.start(), word.end(), Rule.LOOKALIKE, compiled)
    yield from _lone_letters(text, compiled)
    yield from _broken(text, compiled)


def _broken(text: str, compiled: Compiled) -> Iterator[Hit]:
    """A word broken in two by a space or a line's end (kni fe), where the pieces are not both words."""
    for pair in _BROKEN.finditer(text):
        head, tail = pair.groups()
        if head + tail in compiled.english and not (_is_word(head) and _is_word(tail)):
            yield from _hits(head + tail, pair.start(1), pair.end(2), Rule.SPACING, compiled)


def _is_word(piece: str) -> bool:
    # The lemma dictionary knows many a splinter of two letters.
    return piece in _SHORT_WORDS if len(piece) < 3 else is_known(piece)


def _hits(word: str, start: int, end: int, rule: Rule, compiled: Compiled) -> Iterator[Hit]:
    if len(word) > 2:
        for pattern, _ in compiled.english_hits(word):
            yield Hit(pattern, start, end, rule)


def _lone_letters(text: str, compiled: Compiled) -> Iterator[Hit]:
    """Single letters in a row (k n i f e), with or without an article before them."""
    for run in _LONE.finditer(text):
        places = [run.start() + index for index, letter in enumerate(run.group()) if "a" <= letter <= "z"]
        for part in _unbroken(text, places):
            if len(part) > LONGEST_WORD:
                continue
            for cut in range(min(3, len(part) - 2)):
                if cut and text[part[cut - 1]] not in "ai":
                    break
                word = "".join(text[place] for place in part[cut:])
                for option in (word, *repeat_variants(word)):
                    yield from _hits(option, part[cut], part[-1] + 1, Rule.SPACING, compiled)


def _unbroken(text: str, places: list[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for place in places:
        if part and _SENTENCE_GAP.match(text[part[-1] + 1 : place]):
            yield part
            part = []
        part.append(place)
    if part:
        yield part

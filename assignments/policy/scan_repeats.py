import re
from collections.abc import Iterator
from functools import lru_cache

from assignments.policy.analyser import NOMINAL, read
from assignments.policy.compiled import Compiled
from assignments.policy.korean import PARTICLE_FORMS
from assignments.policy.normalise import LEADS, VOWELS, is_open, join_syllable, split_syllable
from assignments.policy.scan_korean import MAX_GUESSES, Hit, judge_rewritten, window_of
from assignments.policy.verdict import Rule

_SILENT = LEADS.index("ㅇ")
# What a vowel ends in when it is held: ㅕ in ㅓ, ㅘ in ㅏ.
_HELD = dict(zip("ㅑㅕㅛㅠㅒㅖㅘㅝㅟㅢㅙㅞ", "ㅏㅓㅗㅜㅐㅔㅏㅓㅣㅣㅐㅔ", strict=True))
_REPEATED = re.compile(r"([가-힣])\1+")


def scan_repeated(text: str, compiled: Compiled) -> Iterator[Hit]:
    """Words with a syllable said again and again (전쟁쟁쟁)."""
    if not _REPEATED.search(text):
        return
    kept = [
        at for at, letter in enumerate(text) if not at or letter != text[at - 1] or not "가" <= letter <= "힣"
    ]
    collapsed = "".join([text[at] for at in kept])
    guesses = 0
    for first, after, patterns in compiled.korean.iter(collapsed):
        start = kept[first]
        end = kept[after] if after < len(kept) else len(text)
        if after - first < 2 or end - start == after - first or guesses > MAX_GUESSES:
            continue
        guesses += 1
        if _is_one_word(text, start, end):
            continue
        for pattern in patterns:
            if judge_rewritten(text, start, end, collapsed[first:after], pattern, compiled):
                yield Hit(pattern, start, end, Rule.REPEAT)


def _is_one_word(text: str, start: int, end: int) -> bool:
    begin, stop = window_of(text, start, end)
    reading = read(text[begin:stop])
    one, two = reading.covering(start - begin, end - begin)
    if one < 0 or not reading.morphemes[one].is_known:
        return False
    if one == two:
        return True
    # 부부를 is a couple, not 부를 with its first syllable twice.
    stop = reading.end_of(one) + begin
    is_first = reading.morphemes[one].tag in NOMINAL and reading.places[one] + begin == start
    return is_first and text[stop:end] in PARTICLE_FORMS


_STRETCHABLE = re.compile(r"[가-힣](?=([아-잏]))")


def scan_stretched(text: str, compiled: Compiled) -> Iterator[Hit]:
    """Words whose vowel is drawn out into syllables of its own (카알, 폭타아안)."""
    if not _is_stretched(text):
        return
    letters, kept = _shortened(text)
    guesses = 0
    shortened = "".join(letters)
    for first, after, patterns in compiled.korean.iter(shortened):
        start, end = kept[first], kept[after]
        if end - start == after - first or guesses > MAX_GUESSES or _is_one_word(text, start, end):
            continue
        # An open syllable is drawn out by chance (무우 is 무); a closed one hardly is.
        if after - first == 1 and is_open(shortened[first]) and end - start < 3:
            continue
        guesses += 1
        for pattern in patterns:
            if judge_rewritten(text, start, end, shortened[first:after], pattern, compiled):
                yield Hit(pattern, start, end, Rule.REPEAT)


def _is_stretched(text: str) -> bool:
    return any(_holds(pair.group(), pair.group(1)) for pair in _STRETCHABLE.finditer(text))


@lru_cache(maxsize=4_096)
def _holds(letter: str, following: str) -> bool:
    """Whether a syllable without a final consonant is held on in the next one (카 + 알)."""
    if not is_open(letter):
        return False
    lead, vowel, _ = split_syllable(letter)
    _, same, _ = split_syllable(following)
    return lead != _SILENT and VOWELS[same] in (VOWELS[vowel], _HELD.get(VOWELS[vowel]))


def _shortened(text: str) -> tuple[list[str], list[int]]:
    """The letters with drawn-out vowels taken back, and where each began in the text, closed by the text's end."""
    letters: list[str] = []
    kept: list[int] = []
    for at, letter in enumerate(text):
        if letters and "아" <= letter <= "잏" and _holds(letters[-1], letter):
            lead, vowel, _ = split_syllable(letters[-1])
            letters[-1] = join_syllable(lead, vowel, split_syllable(letter)[2])
        else:
            letters.append(letter)
            kept.append(at)
    return letters, [*kept, len(text)]

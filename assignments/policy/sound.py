from functools import lru_cache
from itertools import pairwise

from assignments.policy.normalise import LEADS, TAILS, VOWELS, join_syllable, split_syllable

# Letters that sound alike in fast or childish spelling fall together. Consonants: plain, tense and aspirated;
# vowels: ㅐ/ㅔ and the diphthongs children mix up; finals by the seven sounds of Korean's coda rule.
_LEAD_SOUND = dict(
    zip("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ", "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅈㄱㄷㅂㅎ", strict=True)
)
_VOWEL_SOUND = dict(
    zip(
        "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
        "ㅏㅐㅏㅐㅓㅐㅓㅐㅗㅘㅙㅙㅗㅜㅝㅙㅣㅜㅡㅣㅣ",
        strict=True,
    )
)
_TAIL_SOUND = {
    "ㄲ": "ㄱ", "ㅋ": "ㄱ", "ㄳ": "ㄱ", "ㄺ": "ㄱ", "ㅅ": "ㄷ", "ㅆ": "ㄷ", "ㅈ": "ㄷ", "ㅊ": "ㄷ",
    "ㅌ": "ㄷ", "ㅎ": "ㄷ",
    "ㅍ": "ㅂ", "ㅄ": "ㅂ", "ㄼ": "ㄹ", "ㄵ": "ㄴ", "ㄶ": "ㄴ", "ㄻ": "ㅁ",
}  # fmt: skip


def _table() -> dict[int, str]:
    table = {}
    for lead_index, lead in enumerate(LEADS):
        for vowel_index, vowel in enumerate(VOWELS):
            new_lead = LEADS.index(_LEAD_SOUND[lead])
            new_vowel = VOWELS.index(_VOWEL_SOUND[vowel])
            for tail_index, tail in enumerate(TAILS):
                new_tail = TAILS.index(_TAIL_SOUND.get(tail, tail))
                code = ord(join_syllable(lead_index, vowel_index, tail_index))
                folded = join_syllable(new_lead, new_vowel, new_tail)
                if ord(folded) != code:
                    table[code] = folded
    return table


_SOUNDS = _table()


def sound_of(text: str) -> str:
    """Hangul reduced to how it sounds, one letter for one (뽁력 and 폭력 become the same)."""
    return text.translate(_SOUNDS)


def _met() -> dict[tuple[int, int], tuple[str, str]]:
    """(tail, lead) -> what they become where they meet inside a word.

    After the Standard Pronunciation of 1988: 13 (linking), 12.1 (a stop and ㅎ), 18 to 20 (assimilation).
    """
    table = {}
    for tail_index, tail in enumerate(TAILS[1:], 1):
        sound = _TAIL_SOUND.get(tail, tail)
        stop = sound in "ㄱㄷㅂ"
        for lead_index, lead in enumerate(LEADS):
            met = (tail, lead)
            if lead == "ㅇ" and tail in LEADS and tail not in "ㅇㅎ":
                met = ("", tail)
            elif lead == "ㅎ" and stop:
                met = ("", {"ㄱ": "ㅋ", "ㄷ": "ㅊ" if tail == "ㅈ" else "ㅌ", "ㅂ": "ㅍ"}[sound])
            elif lead in "ㄴㅁㄹ" and stop:
                met = ({"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}[sound], "ㄴ" if lead == "ㄹ" else lead)
            elif lead == "ㄹ" and sound in "ㅁㅇ":
                met = (tail, "ㄴ")
            elif {sound, lead} == {"ㄴ", "ㄹ"}:
                met = ("ㄹ", "ㄹ")
            if met != (tail, lead):
                table[tail_index, lead_index] = met
    return table


_MET = _met()


@lru_cache(maxsize=20_000)
def _where_met(one: str, two: str) -> tuple[str, str, str] | None:
    """Two syllables in a row as spoken, and the first of them when only the second is respelled."""
    lead, vowel, tail = split_syllable(one)
    met = _MET.get((tail, split_syllable(two)[0]))
    if met is None:
        return None
    spoken = join_syllable(lead, vowel, TAILS.index(met[0]))
    # What moved over can't stand twice.
    return (
        spoken,
        chr(ord(two) + (LEADS.index(met[1]) - split_syllable(two)[0]) * 588),
        one if met[0] else spoken,
    )


@lru_cache(maxsize=50_000)
def respellings(word: str) -> tuple[str, ...]:
    """A Hangul word as it is spoken, letter for letter; also with tails written as ever.

    폭력 is 퐁녁 to the ear, and children write 폭녁 as well. Empty for a word that is written as it sounds.
    """
    found = [(at, met) for at, pair in enumerate(pairwise(word)) if (met := _where_met(*pair))]
    if not found:
        return ()
    spoken, halfway = list(word), list(word)
    for at, (first, second, first_halfway) in found:
        spoken[at] = _with_tail_of(spoken[at], first)
        halfway[at] = _with_tail_of(halfway[at], first_halfway)
        spoken[at + 1] = halfway[at + 1] = second
    return tuple(dict.fromkeys(form for form in ("".join(spoken), "".join(halfway)) if form != word))


def _with_tail_of(syllable: str, other: str) -> str:
    return chr(ord(syllable) - (ord(syllable) - 0xAC00) % 28 + (ord(other) - 0xAC00) % 28)

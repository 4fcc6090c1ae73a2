from functools import lru_cache
from itertools import pairwise

from assignments.policy.normalise import LEADS, TAILS, VOWELS, join_syllable

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


def _met() -> dict[tuple[int, int], tuple[int, int]]:
    """(tail, lead) -> what they become where they meet inside a word, as indices into TAILS and LEADS.

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
                table[tail_index, lead_index] = TAILS.index(met[0]), LEADS.index(met[1])
    return table


_MET = _met()
_IS_MET = tuple((tail, lead) in _MET for tail in range(28) for lead in range(19))


@lru_cache(maxsize=50_000)
def respellings(word: str) -> tuple[str, ...]:
    """A Hangul word as it is spoken, letter for letter; also with tails written as ever.

    폭력 is 퐁녁 to the ear, and children write 폭녁 as well. Empty for a word that is written as it sounds.
    """
    codes = [ord(letter) - 0xAC00 for letter in word]
    if not any(_IS_MET[one % 28 * 19 + two // 588] for one, two in pairwise(codes)):
        return ()
    spoken, halfway = codes.copy(), codes.copy()
    for at, (one, two) in enumerate(pairwise(codes)):
        if (one % 28, two // 588) not in _MET:
            continue
        tail, lead = _MET[one % 28, two // 588]
        spoken[at] += tail - one % 28
        if not tail:
            halfway[at] += tail - one % 28  # what moved over can't stand twice
        spoken[at + 1] += (lead - two // 588) * 588
        halfway[at + 1] = codes[at + 1] + (lead - two // 588) * 588
    forms = ("".join(chr(code + 0xAC00) for code in each) for each in (spoken, halfway))
    return tuple(dict.fromkeys(form for form in forms if form != word))

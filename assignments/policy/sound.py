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

from functools import lru_cache

from assignments.policy.analyser import STEMS, Reading, analyse_word, is_noun
from assignments.policy.normalise import TAILS, is_open, join_syllable, split_syllable
from assignments.policy.shipped import read_rows

_FINALS = tuple(TAILS.index(tail) for tail in ("", "ㄴ", "ㄹ", "ㅁ", "ㅂ", "ㅆ"))
# Vowel of a stem's last syllable -> vowels it takes when an ending in -아/-어 melts into it (indices into VOWELS).
_CONTRACTED = {20: (6,), 8: (9,), 13: (14,), 18: (0, 4), 11: (10,), 1: (1,), 5: (5,), 0: (0,), 4: (4,)}
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
    "": (
        (
            "요",
            "서",
            "도",
            "야",
            "버",
            "주",
            "줘",
            "놓",
            "보",
            "봐",
            "라",
            "져",
            "진",
            "지",
            "부수",
            "눕",
            "죽",
            "잡",
            "박",
        ),
        True,
    ),
    "ㄴ": (("다", "데", "지", "채", "듯"), True),
    "ㄹ": (("거", "게", "까", "수", "래", "지", "때", "것"), True),
    "ㅂ": (("니다", "시다"), False),
    "ㅆ": (("다", "어", "습", "는", "지", "던", "고", "으", "네", "을", "기", "음", "잖"), False),
}


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


@lru_cache(maxsize=1)
def passives() -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split()) for row in read_rows("passives.ko.tsv")}


def predicate_end(stems: tuple[str, ...], start: int, reading: Reading) -> int | None:
    """The end of the inflected form that begins at `start`, where the analyser reads one of the stems there."""
    index = reading.owners[start]
    if index < 0 or reading.places[index] != start:
        return None
    morpheme = reading.morphemes[index]
    if not any(stem in morpheme.stems for stem in stems):
        return None
    end = reading.end_of(index)
    after = reading.touching(index, 1)
    while after is not None and reading.morphemes[after].tag[0] in "EX":
        end = reading.end_of(after)
        after = reading.touching(after, 1)
    # A bare stem is no form: 죽이 든 그릇 holds gruel.
    return None if end - start == len(morpheme.text) and morpheme.text in stems else end


def conjugated_end(stem: str, start: int, end: int, reading: Reading) -> int | None:
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
        len(stem) == 1
        and not _is_telling(key, rest, stem)
        and (first.tag not in STEMS or len(first.tags) < 2)
    ):
        return None
    if first.tag in ("NNG", "NNP") and len(first.text) > end - start:
        return None
    stop = reading.text.find(" ", end)
    stop = stop if stop >= 0 else len(reading.text)
    return stop if _is_ending(stem, key, reading.text[end:stop].rstrip(".,!?~")) else None


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


def nominal_form(stem: str) -> str:
    """The noun made of a stem with -ㅁ/-음 (싸우 -> 싸움)."""
    if is_open(stem[-1]):
        return stem[:-1] + chr(ord(stem[-1]) + TAILS.index("ㅁ"))
    return stem + "음"

import re
from functools import lru_cache

from assignments.policy.analyser import STEMS, Morpheme, Reading, analyse_word, is_noun
from assignments.policy.normalise import TAILS, is_open, join_syllable, split_syllable
from assignments.policy.shipped import read_rows

_FINALS = tuple(TAILS.index(tail) for tail in ("", "ㄴ", "ㄹ", "ㅁ", "ㅂ", "ㅆ"))
# Vowel of a stem's last syllable -> vowels it takes when an ending in -아/-어 melts into it (indices into VOWELS).
_CONTRACTED = {20: (6,), 8: (9,), 13: (14,), 11: (10,), 1: (1,), 5: (5,), 0: (0,), 4: (4,)}
_EU = 18
_PLAIN_REU = ("치르", "따르", "들르", "다다르", "우러르", "잦치르")
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
    "신",
    "셨",
    "십",
    "실",
    "심",
)
_AFTER_DROPPED = ("우", "워", "운", "웠", "울", "움", "와", "왔", "는", "네", "니", "시", "신", "셨", "십")
# ㅅ and ㄷ change before a vowel alone (지은, 실었다), so only endings that begin with one show them.
_VOWEL_ENDINGS = ("어", "었", "아", "았", "은", "을", "음", "으")
_DROPS_SIOS = frozenset("짓붓긋잇낫젓")
_SOFTENS_DIGEUT = frozenset("싣긷닫컫")
_NOMINAL_AFTER = re.compile(r"(?:이|가|은|는|을|를|의|에|도|과|와|만|으로|로|에서|처럼)?")
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
    "ㅁ": (("이", "을", "은", "의", "에", "도", "과", "만", "으로"), True),
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
    # 속이다 reads as a noun with its copula and 뽀뽀하다 as a name: whatever ends in an ending is a predicate.
    return stem if len(morphemes) > 1 and morphemes[-1].text == "다" and morphemes[-1].tag[0] == "E" else ""


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
            for contracted in (*_contracted(stem, vowel), *((vowel + 1,) if TAILS[tail] == "ㅎ" else ())):
                shapes |= {(contracted, _FINALS[0]), (contracted, _FINALS[5])}
    keys = {head + join_syllable(lead, one, two) for one, two in shapes}
    if last == "하":
        keys |= {head + "해", head + "했"}
    if last == "르" and head and is_open(head[-1]):
        doubled = head[:-1] + chr(ord(head[-1]) + TAILS.index("ㄹ"))
        keys |= {doubled + "라", doubled + "러", doubled + "랐", doubled + "렀"}
    return tuple(sorted(keys))


def _contracted(stem: str, vowel: int) -> tuple[int, ...]:
    """The vowels that a stem's open last syllable takes when 아 or 어 melts into it.

    ㅡ falls out: 끄다 is 꺼, 담그다 is 담가. In 르 it mostly doubles the ㄹ instead (자르다 is 잘라).
    """
    if vowel != _EU:
        return _CONTRACTED.get(vowel, ())
    if stem[-1] == "르" and len(stem) > 1 and not stem.endswith(_PLAIN_REU):
        return ()
    is_bright = len(stem) > 1 and "가" <= stem[-2] <= "힣" and split_syllable(stem[-2])[1] in (0, 8)
    return (0,) if is_bright else (4,)


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

    The second opinion where the analyser reads other words into a form (못 + 생긴, 속 + 이고). A stem of one
    syllable is too often another word (문, 차는), so there only a telling ending outweighs the analyser.
    """
    if start and reading.text[start - 1] != " ":
        return None
    first = reading.morphemes[reading.owners[start]]
    stop = reading.text.find(" ", end)
    stop = stop if stop >= 0 else len(reading.text)
    key, rest = reading.text[start:end], reading.text[end:stop].rstrip(".,!?~")
    if not _is_ending(stem, key, rest):
        return None
    if len(stem) > 1:
        return None if _is_another_word(stem, key, rest, first) else stop
    is_read_as_predicate = first.tag in STEMS and len(first.tags) > 1
    return stop if is_read_as_predicate or _is_telling(stem, key, rest, first, reading.text[stop:]) else None


def _is_another_word(stem: str, key: str, rest: str, first: Morpheme) -> bool:
    """Whether the analyser knows the whole word, or a longer noun in it, as something else than a form (그리고)."""
    if key == stem and rest.startswith("기") and _NOMINAL_AFTER.fullmatch(rest[1:]):
        return False
    if rest.startswith("움") and is_irregular_bieup(stem):
        return False
    if first.tag in ("NNG", "NNP"):
        return first.is_known and len(first.text) > len(key)
    return first.is_known and first.tag not in STEMS and first.text == key + rest


def _is_telling(stem: str, key: str, rest: str, first: Morpheme, after: str) -> bool:
    """Whether a form of a stem of one syllable can hardly be anything else (쐈다, 쏴요, 벱니다, 베지 않는)."""
    _, vowel, tail = split_syllable(key[-1])
    if TAILS[tail] == "ㅆ" or (TAILS[tail] == "ㅂ" and rest.startswith(("니다", "니까")) and key != stem):
        return True
    if tail == 0 and vowel != split_syllable(stem[-1])[1]:
        return rest.startswith(("요", "서", "라"))
    if _takes_vowel_ending(stem, key, rest):
        return rest.startswith(("었", "았")) or (first.tag in ("VV", "MM") and first.text == key)
    if stem != key and is_irregular_bieup(stem) and tail == 0:
        return rest.startswith(("운", "움", "워", "웠", "우려", "우면"))
    if key == stem and rest == "지":
        return after.startswith((" 않", " 말", " 못", " 마"))
    return rest.startswith(("시는", "시고", "시던", "셨", "십니다")) and first.tag != "NNG"


def is_irregular_bieup(stem: str) -> bool:
    """Whether a stem's ㅂ turns into 우 before a vowel (눕다, 누워), by the dictionary."""
    if TAILS[split_syllable(stem[-1])[2]] != "ㅂ":
        return False
    softened = stem[:-1] + chr(ord(stem[-1]) - TAILS.index("ㅂ")) + "워"
    return stem in analyse_word(softened)[0].stems


def _takes_vowel_ending(stem: str, key: str, rest: str) -> bool:
    """Whether ㅅ fell out or ㄷ softened between the stem and what follows (짓 + 은, 싣 + 었)."""
    tail = TAILS[split_syllable(key[-1])[2]]
    is_changed = (stem[-1] in _DROPS_SIOS and tail == "") or (stem[-1] in _SOFTENS_DIGEUT and tail == "ㄹ")
    return is_changed and rest.startswith(_VOWEL_ENDINGS)


def _is_ending(stem: str, key: str, rest: str) -> bool:
    """Whether `rest` can follow the shape `key` of a stem."""
    if key == stem:
        return rest.startswith(_AFTER_STEM)
    if _takes_vowel_ending(stem, key, rest):
        return True
    _, vowel, tail = split_syllable(key[-1])
    if tail == 0 and not is_open(stem[-1]) and vowel == split_syllable(stem[-1])[1]:
        return rest.startswith(_AFTER_DROPPED)
    if not is_open(stem[-1]) and TAILS[split_syllable(stem[-1])[2]] not in "ㄹㅎ":
        return False  # 무섭다 is 무서운 before a noun; 무선 is another word
    endings, may_end = _AFTER_TAIL.get(TAILS[tail], ((), False))
    return (may_end and not rest) or (bool(endings) and rest.startswith(endings))


def nominal_form(stem: str) -> str:
    """The noun made of a stem with -ㅁ/-음 (싸우 -> 싸움)."""
    if is_open(stem[-1]):
        return stem[:-1] + chr(ord(stem[-1]) + TAILS.index("ㅁ"))
    return stem + "음"

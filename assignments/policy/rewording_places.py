import re
from functools import lru_cache

from assignments.policy.analyser import analyse_word
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Match

# Where something is in English: a name in capitals, or a common place with its article.
_BEFORE = r"\b(?:in|on|at|near|under|over|behind|beside|outside|inside|above|front of|top of)"
_NAME = r"(?:the )?[A-Z][\w'’-]*(?: (?:of the |of |the |de )?[A-Z][\w'’-]*)*"
_COMMON = (
    "airport|beach|bridge|castle|cathedral|cave|church|city|classroom|desert|farm|field|forest|garden|harbour|harbor|"
    "hill|house|island|jungle|lake|library|market|mountains?|museum|palace|park|playground|river|school|schoolyard|"
    "sea|square|stadium|station|street|temple|tower|town|village|woods|zoo"
)
_ENGLISH = re.compile(
    rf"{_BEFORE} ({_NAME}|(?:the|a|an|my|our) (?:[a-z]+ ){{0,2}}(?:{_COMMON})\b(?! [a-z]+ing\b))"
)
_NOT_PLACES = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December|Christmas|Halloween|Easter|English|Korean|I\b"
)
_AT = re.compile(r"(.+?)(에서(?:는|도|의)?|에(?:는|도)?)")
_BESIDE = frozenset(["앞", "뒤", "위", "옆", "곁", "안", "속", "밖", "아래", "밑", "근처", "가운데", "사이"])
_WHOSE = frozenset(["우리", "동네"])


def named_place(prompt: str, matches: tuple[Match, ...], language: str) -> str:
    """The first place where a prompt says that something is, without any refused word; empty where it names none."""
    found = _korean(prompt) if language == "ko" else _english(prompt)
    return next(
        (
            prompt[start:end]
            for start, end in found
            if not any(match.start < end and start < match.end for match in matches)
        ),
        "",
    )


def _english(prompt: str) -> list[tuple[int, int]]:
    return [found.span(1) for found in _ENGLISH.finditer(prompt) if not _NOT_PLACES.match(found[1])]


def _korean(prompt: str) -> list[tuple[int, int]]:
    """런던 다리 위에서, 학교 운동장에: the noun before the particle, and what belongs to it before that."""
    words = [(found.group(), found.start()) for found in re.finditer(r"\S+", prompt)]
    spans = []
    for index, (word, _) in enumerate(words):
        told = _AT.fullmatch(word)
        if told is None:
            continue
        noun, last = told[1], index
        is_beside = noun in _BESIDE and index > 0
        if is_beside:
            last = index - 1
            noun = words[last][0]
        if not _is_place(noun, is_name_enough=is_beside or told[2].startswith("에서")):
            continue
        end = words[last][1] + len(noun)
        first = last
        while first and last - first < 2 and _belongs(words[first - 1][0]):
            first -= 1
        spans.append((words[first][1], end))
    return spans


def _is_place(noun: str, *, is_name_enough: bool) -> bool:
    if noun in _places() or any(len(place) > 1 and noun.endswith(place) for place in _places()):
        return True
    return is_name_enough and _is_name(noun)


def _belongs(word: str) -> bool:
    return word in _WHOSE or word in _places() or _is_name(word)


def _is_name(word: str) -> bool:
    return [token.tag for token in analyse_word(word)] == ["NNP"]


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    return frozenset(next(nouns for kind, nouns in read_rows("heads.ko.tsv") if kind == "place").split())

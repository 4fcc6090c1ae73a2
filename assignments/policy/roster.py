import re
from collections.abc import Iterator
from functools import lru_cache

import simplemma

from assignments.policy.analyser import PARTICLES, analyse_word, is_noun, other_readings
from assignments.policy.english import is_known
from assignments.policy.normalise import Text, fold_term
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Match, Rule, hint_for

_AFTER_NAME = re.compile(
    r"$|[^가-힣]|(?:이|가|은|는|을|를|의|와|과|랑|도|만|야|아|네|씨|님|쌤|께|한테|에게|하고|처럼|같|보다|까지|부터|선생|언니|오빠|누나|형|친구|얼굴|사진)"
)
# Two of one name in a class are told apart by a number or a letter (김하늘2, 12번 김하늘, 김하늘 B).
_NUMBERED = re.compile(r"(?:\d{1,2}\s?번?[\s.)]*)?([가-힣 ]*[가-힣])[\s(\-]*(?:\d{1,2}|[a-d])?\)?")
_HANGUL = re.compile(r"[가-힣]+")
_LATIN = re.compile(r"[a-z]+(?:[ '\-.]+[a-z]+)+\.?")
_MOST_READINGS = 6


def scan_names(text: Text, prompt: str, names: tuple[str, ...]) -> Iterator[tuple[Match, bool]]:
    """Names of the class's people, each with whether it is only a warning.

    Whoever joins a class writes a name of their own choice, and it may not keep the others from drawing: only what
    can hardly be anything but a person's full name refuses a prompt. A given name alone never does.
    """
    for name in names:
        full = _bare_name(name)
        if not full:
            continue
        is_warning = not is_full_name(full)
        for start, end in _places(text.text, full):
            yield _name_match(text, prompt, start, end), is_warning
        for start, end in _spaced_places(text.text, full):
            # 김 하늘 may also be laver and sky.
            yield _name_match(text, prompt, start, end), is_warning or not _is_given_name(full[1:])
        for given in _given_names(full):
            for start, end in _places(text.text, given):
                yield _name_match(text, prompt, start, end), True


@lru_cache(maxsize=5_000)
def _bare_name(name: str) -> str:
    """A display name as a prompt would hold it: folded, without its number, a Korean surname and given name as one."""
    folded = fold_term(name)
    numbered = _NUMBERED.fullmatch(folded)
    if numbered:
        folded = numbered[1].strip()
    surname, _, given = folded.partition(" ")
    is_korean = surname in _surnames() and len(given) in (1, 2)
    # 이 그림 and 한 마리 begin with surnames too.
    is_apart = surname not in _listed("ko", "leading") or given in _listed("ko", "given")
    return surname + given if is_korean and is_apart else folded


@lru_cache(maxsize=5_000)
def is_full_name(folded: str) -> bool:
    """Whether folded text can hardly be anything but a person's surname and given name, in Hangul or Latin letters.

    A word of either dictionary, alone or with a particle, is none, nor are names that everybody knows.
    """
    if folded in _remembered():
        return False
    if _HANGUL.fullmatch(folded):
        return _is_korean_full_name(folded)
    return _LATIN.fullmatch(folded) is not None and _is_english_full_name(
        re.findall(r"[a-z]+", folded.replace("-", ""))
    )


def _is_korean_full_name(name: str) -> bool:
    size = 2 if name[:2] in _surnames() and len(name) > 3 else 1
    surname, given = name[:size], name[size:]
    if surname not in _surnames() or not 1 <= len(given) <= 2:
        return False
    readings = other_readings(name, _MOST_READINGS)
    if any(len(one) == 1 and one[0].is_known and not one[0].is_person for one in readings):
        return False
    if given in _listed("ko", "given"):
        return True
    if any(len(one) == 2 and len(one[0].text) > 1 and one[1].tag in PARTICLES for one in readings):
        return False
    if any(morpheme.is_person for morpheme in readings[0]):
        return True
    return surname not in _listed("ko", "leading") and (given in _listed("ko", "word") or _is_person(given))


def _is_person(word: str) -> bool:
    reading = analyse_word(word)
    return len(word) > 1 and len(reading) == 1 and reading[0].is_person


def _is_given_name(word: str) -> bool:
    return not is_noun(word) and (word in _listed("ko", "given") or _is_person(word))


def _is_english_full_name(words: list[str]) -> bool:
    given, surnames, either = (_listed("en", kind) for kind in ("given", "surname", "either"))
    proofs = [word for word in words if word in given or word in surnames or _is_romanised(word)]
    return bool(proofs) and all(
        word in proofs or word in either or not _is_everyday(word) for word in words if len(word) > 1
    )


def _is_everyday(word: str) -> bool:
    """Whether a Latin word is more than a name: the lemma dictionary writes names with a capital."""
    return is_known(word) and simplemma.lemmatize(word, lang="en")[:1].islower()


def _is_romanised(word: str) -> bool:
    """Whether a word is a Korean given name in Latin letters (minjun, seoyeon) and no English word."""
    return _romanised().fullmatch(word) is not None and not _is_everyday(word)


@lru_cache(maxsize=1)
def _romanised() -> re.Pattern[str]:
    syllables = "|".join(sorted(_listed("en", "syllable"), key=len, reverse=True))
    return re.compile(f"(?:{syllables}){{2}}")


@lru_cache(maxsize=8)
def _listed(language: str, kind: str) -> frozenset[str]:
    rows = read_rows(f"names.{language}.tsv")
    return frozenset(word for row in rows if row[0] == kind for word in row[1].split())


def _surnames() -> frozenset[str]:
    return _listed("ko", "surname")


@lru_cache(maxsize=1)
def _remembered() -> frozenset[str]:
    return frozenset(row[0] for name in ("remembered.tsv", "sights.tsv") for row in read_rows(name))


def _given_names(full: str) -> tuple[str, ...]:
    if _HANGUL.fullmatch(full):
        return (full[1:],) if len(full) == 3 else ()
    return tuple(part for part in full.split() if len(part) > 2) if " " in full else ()


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before = text[at - 1] if at else " "
        if "가" <= name[-1] <= "힣":
            if not "가" <= before <= "힣" and (len(name) > 2 or _AFTER_NAME.match(text, end)):
                yield at, end
        elif not before.isalnum() and not text[end : end + 1].isalpha():
            yield at, end
        at = text.find(name, end)


def _spaced_places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a Korean name of three or more syllables is written apart (김 도 윤, 김.도.윤)."""
    if len(name) < 3 or not _HANGUL.fullmatch(name) or not all(letter in text for letter in name):
        return
    for found in _apart(name).finditer(text):
        if found.end() - found.start() > len(name) and _AFTER_NAME.match(text, found.end()):
            yield found.span()


@lru_cache(maxsize=5_000)
def _apart(name: str) -> re.Pattern[str]:
    return re.compile(r"(?<![가-힣])" + r"[\s.,\-_·*~]{0,2}".join(name))


def _name_match(text: Text, prompt: str, start: int, end: int) -> Match:
    one, two = text.span(start, end)
    rule = Rule.PERSONAL_NAME
    return Match(None, rule, one, two, prompt[one:two], list_name="roster", hint=hint_for(rule))

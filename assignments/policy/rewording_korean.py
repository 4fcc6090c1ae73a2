import re
from functools import lru_cache
from typing import NamedTuple

from assignments.policy.analyser import analyse_word
from assignments.policy.normalise import is_open, split_syllable
from assignments.policy.shipped import alternatives, read_rows
from assignments.policy.verdict import Match

_PAIRS = {
    "을": ("을", "를"), "를": ("을", "를"), "이": ("이", "가"), "가": ("이", "가"), "은": ("은", "는"),
    "는": ("은", "는"), "과": ("과", "와"), "와": ("과", "와"), "으로": ("으로", "로"), "로": ("으로", "로"),
    "이랑": ("이랑", "랑"), "랑": ("이랑", "랑"),
}  # fmt: skip
_RIEUL = 8
_JOINING = ("과", "와", "이랑", "랑", "하고", "이나", "나", ",")
_SUBJECT = ("이", "가", "도", "만", "은", "는", "들이", "들은")
_HOLDING = ("든", "들고", "들", "쥔", "쥐고", "안은", "안고", "멘", "메고", "찬", "차고", "던지는", "내미는")
# To ask for a thing in a picture: 칼을 그려 주세요.
_ASKING = re.compile(
    r"(?:그려|그리고|넣어|넣고|더해|더하고|추가해|추가하고|만들어|세워|놓아|올려)(?:줘|줘요|주세요|라|요)?[.!]?"
)
_DRINKING = ("마시는", "마시고", "마신", "든", "들고", "따르는", "파는", "나르는")
# What a figure does instead, and what is to be seen in a place instead; each stands before a noun.
_DOING = ("환하게 웃는", "춤추는", "손을 흔드는")
_SEEN = ("햇살이 비치는", "꽃이 가득한", "별빛이 내리는")
_WITH = ("손을 잡은", "춤추는", "함께 노는")
_WORN = ("멋진", "우아한", "알록달록한")
_BARE = ("반짝이는", "알록달록한", "작고 귀여운")
_LIVING = ("horror", "person")
# Without a noun before them these say nothing: 모양 구름, 옆의 에펠탑.
_LEANING = re.compile(
    r"(모양|무늬|그림|옆|곁|위|앞|뒤|속|안|밖|아래|밑|근처|사이|가운데|색|색깔|빛|냄새|소리)(?:의|에|에서|으로|처럼|이|가|을|를)?"
)
# What is left of a fight is no kind picture, whatever stands before it: 춤추는 싸움.
_EVENTS = re.compile(r"(싸움|다툼|전쟁|전투|대결|결투|공격|사건|사고|죽음|학살|테러)(?=$|[^터])")
_ENDINGS = r"(?:들)?(?:을|를|이|가|은|는|과|와|이랑|랑|하고|에게|에서|에|의|도|로|으로|만)?[.!?,]?"
_HELD = ("weapons", "violence", "listed", "gambling", "hate")


class Eojeol(NamedTuple):
    """A word as written, with its half-open span."""

    text: str
    start: int
    end: int


def reword_korean(prompt: str, matches: tuple[Match, ...], choice: int) -> str:
    """The prompt without its refused words, still a whole sentence; empty where no rule can promise that.

    `choice` takes other words of the tables.
    """
    words = [Eojeol(found.group(), *found.span()) for found in re.finditer(r"\S+", prompt)]
    new: list[str | None] = [word.text for word in words]
    for match in matches:
        first = next(index for index, word in enumerate(words) if match.start < word.end)
        last = next(index for index, word in enumerate(words) if match.end <= word.end)
        if None in new[first : last + 1]:
            continue
        if not _change(words, new, match, first, last, choice):
            return ""
    kept = [word for word in new if word]
    if any(_EVENTS.search(word) for word in kept):
        return ""
    if len(kept) == 1 and len(words) > 1:
        kept.insert(0, _BARE[choice])
    return " ".join(kept) if len(kept) > 1 else ""


def _change(
    words: list[Eojeol], new: list[str | None], match: Match, first: int, last: int, choice: int
) -> bool:
    """Change the words around one match in `new`; whether a rule was found."""
    if words[last].text.endswith((".", "!", "?", ",")) and last + 1 < len(words):
        return False
    if _is_adnominal(words[last].text):
        return _change_clause(words, new, match, first, last, choice)
    if words[first].start != match.start and match.rule != "compound":
        return False
    particle = words[last].text[max(0, match.end - words[last].start) :]
    is_whole = match.rule != "compound" or particle in ("", *_PAIRS, *_SUBJECT, *_JOINING)
    if not is_whole:
        split = _split_particle(words[last].text)
        if split is None:
            return False
        particle = split
    return _change_noun(words, new, match.hint, first, last, particle, choice)


def _change_clause(
    words: list[Eojeol], new: list[str | None], match: Match, first: int, last: int, choice: int
) -> bool:
    """드래곤을 죽이는 영웅 -> 드래곤과 친구가 된 영웅; 칼싸움하는 해적 -> 춤추는 해적."""
    if last + 1 >= len(words):
        return False
    before = words[first - 1].text if first else ""
    if before in ("서로", "너무", "아주", "매우", "정말"):
        new[first - 1] = None
    instead = _instead(words, last + 1)
    if not instead:
        return False
    _replace_clause(new, first, last, instead, choice)
    return True


def _replace_clause(
    new: list[str | None], first: int, last: int, instead: tuple[str, ...], choice: int
) -> None:
    """Put friendly words where a clause stood before its noun; what it was done to becomes company."""
    before = (new[first - 1] or "") if first else ""
    if before.endswith(("을", "를")) and len(before) > 1:
        new[first - 1] = before[:-1] + ("와" if is_open(before[-2]) else "과")
        instead = _WITH
    _replace(new, first, last, instead[choice])


def _change_noun(
    words: list[Eojeol], new: list[str | None], hint: str, first: int, last: int, particle: str, choice: int
) -> bool:
    following = words[last + 1].text if last + 1 < len(words) else ""
    if not following:
        return False
    if particle in _JOINING:
        _replace(new, first, last, None)
        return True
    things, people = alternatives(hint, "ko")
    if hint in _LIVING and (particle in _PAIRS or particle in _SUBJECT):
        word = people[choice % len(people)]
        _replace(new, first, last, word + fitting(word, particle))
        return True
    is_held = hint in _HELD and following in _HOLDING
    is_drunk = hint == "substances" and following in _DRINKING
    is_asked_for = particle != "" and _ASKING.fullmatch(following) is not None
    if particle in ("을", "를", "") and (is_held or is_drunk or is_asked_for):
        word = things[choice % len(things)]
        _replace(new, first, last, word + fitting(word, particle))
        return True
    if particle in ("", "의") and _LEANING.fullmatch(following):
        return _exchange(new, hint, first, last, particle, choice)
    if particle in ("로", "으로") and not _is_adnominal(following):
        _replace(new, first, last, None)
        return True
    if particle == "의" or (particle == "" and _is_noun_like(following)):
        _replace(new, first, last, None)
        return True
    stop = next(
        (index for index in range(last + 1, min(last + 4, len(words))) if _is_adnominal(words[index].text)), 0
    )
    if (
        not stop
        or stop + 1 >= len(words)
        or any(words[index].text.endswith("고") for index in range(last + 1, stop))
    ):
        return False
    is_of_clothes = (hint == "adult" and particle in _SUBJECT) or (hint == "gore" and not particle)
    instead = _WORN if is_of_clothes else _instead(words, stop + 1)
    if not instead:
        return False
    _replace_clause(new, first, stop, instead, choice)
    return True


def _exchange(new: list[str | None], hint: str, first: int, last: int, particle: str, choice: int) -> bool:
    """칼 모양 구름 -> 꽃다발 모양 구름, 칼 옆의 에펠탑 -> 우산 옆의 에펠탑."""
    things, people = alternatives(hint, "ko")
    instead = people if hint in _LIVING else things
    _replace(new, first, last, instead[choice % len(instead)] + particle)
    return True


def _instead(words: list[Eojeol], at: int) -> tuple[str, ...]:
    """What may stand before the noun that a clause described, found from the word at `at` on: who laughs, what shines.

    Nothing where the noun is neither known as a figure nor as a place: a shop does not dance.
    """
    for word in words[at : at + 2]:
        if _heads()["figure"].fullmatch(word.text):
            return _DOING
        if _heads()["place"].fullmatch(word.text):
            return _SEEN
    return ()


@lru_cache(maxsize=1)
def _heads() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?:{'|'.join(nouns.split())}){_ENDINGS}")
        for kind, nouns in read_rows("heads.ko.tsv")
    }


def _replace(new: list[str | None], first: int, last: int, words: str | None) -> None:
    new[first : last + 1] = [words] + [None] * (last - first)


def _is_adnominal(word: str) -> bool:
    """Whether a word ends in the ending that stands before a noun (죽이는, 잔인한, 든)."""
    # Alone, 취한 and 나는 read as other words; before a noun they don't.
    *_, last, _ = analyse_word(word + " 것")
    return last.tags[-1] == "ETM"


def _is_noun_like(word: str) -> bool:
    first = analyse_word(word)[0]
    return first.tag in ("NNG", "NNP", "UNKNOWN") and not word.startswith(("하나", "한 "))


def _split_particle(word: str) -> str | None:
    """The particle at the end of a word, None where it ends in something else."""
    for size in (2, 1, 0):
        tail = word[len(word) - size :] if size else ""
        if size == 0:
            return "" if analyse_word(word)[-1].tag[0] == "N" else None
        if tail in _PAIRS or tail in _SUBJECT:
            return tail
    return None


def fitting(word: str, particle: str) -> str:
    """The form a particle takes after a word."""
    if particle not in _PAIRS:
        return particle
    closed, opened = _PAIRS[particle]
    if not "가" <= word[-1] <= "힣" or is_open(word[-1]):
        return opened
    return opened if closed == "으로" and split_syllable(word[-1])[2] == _RIEUL else closed

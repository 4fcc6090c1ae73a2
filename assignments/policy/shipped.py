from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from assignments.policy.terms import Term, matching_for
from assignments.policy.verdict import GROUPS

DATA = Path(__file__).parent / "data"

LANGUAGES = ("ko", "en")

AGE_BANDS: dict[str, int] = {"8-10": 10, "11-13": 13, "14-18": 18}
"""The starter lists, by the oldest age of the band."""

_LABELS: dict[str, dict[str, str]] = {
    "violence": {"ko": "폭력", "en": "violence"},
    "gore": {"ko": "피와 잔인한 장면", "en": "blood and gore"},
    "weapons": {"ko": "무기", "en": "weapons"},
    "adult": {"ko": "성적인 내용과 노출", "en": "sexual content and nudity"},
    "substances": {"ko": "술, 담배, 약물", "en": "alcohol, tobacco and drugs"},
    "horror": {"ko": "무서운 장면", "en": "frightening scenes"},
    "hate": {"ko": "욕설, 혐오, 괴롭힘", "en": "swearing, hatred and bullying"},
    "gambling": {"ko": "도박", "en": "gambling"},
    "self_harm": {"ko": "자해", "en": "self-harm"},
}


@dataclass(frozen=True, slots=True)
class Group:
    """A shipped set of terms that a class switches on as a whole. `labels` and `terms` are keyed by language.

    Words that only the youngest need kept away (axe, 유령) stand in the starter lists alone.
    """

    key: str
    labels: dict[str, str]
    terms: dict[str, tuple[Term, ...]]

    @property
    def all_terms(self) -> tuple[Term, ...]:
        return tuple(term for language in LANGUAGES for term in self.terms[language])


def read_rows(name: str) -> list[list[str]]:
    """The rows of a tab-separated data file; blank lines and lines that start with # are left out."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def expanded(pattern: str) -> Iterator[str]:
    """Every text that a pattern stands for: `(a|b) c` is "a c" and "b c"; a choice may be empty."""
    begin, _, after = pattern.partition("(")
    choices, bracket, rest = after.partition(")")
    if not bracket:
        yield pattern
        return
    for choice in choices.split("|"):
        for end in expanded(rest):
            yield begin + choice + end


class Innocent(NamedTuple):
    """A text of the lexicon, and the half-open part of it that is left alone; what is around that tells its sense."""

    text: str
    start: int
    end: int


def innocent(language: str) -> Iterator[Innocent]:
    """What the shipped lexicon of a language leaves alone: all of a text, or what brackets mark ([무당]거미)."""
    for row in read_rows(f"exceptions.{language}.tsv"):
        for marked in expanded(row[0]):
            text = marked.replace("[", "").replace("]", "")
            start = max(0, marked.find("["))
            end = marked.find("]") - 1 if "]" in marked else len(text)
            yield Innocent(text, start, end)


@lru_cache(maxsize=1)
def groups() -> tuple[Group, ...]:
    """Every shipped group, in the order pages show them."""
    return tuple(
        Group(
            key=key,
            labels=_LABELS[key],
            terms={
                language: tuple(
                    _term(row[0], key)
                    for row in read_rows(f"groups/{key}.{language}.tsv")
                    if int(row[1]) > AGE_BANDS["8-10"]
                )
                for language in LANGUAGES
            },
        )
        for key in GROUPS
    )


def group(key: str) -> Group:
    """One shipped group. Raises KeyError."""
    for candidate in groups():
        if candidate.key == key:
            return candidate
    raise KeyError(key)


@lru_cache(maxsize=1)
def groups_by_text() -> dict[str, str]:
    """The key of the group that each shipped term belongs to, those of the starter lists included."""
    return {
        row[0]: key
        for key in GROUPS
        for language in LANGUAGES
        for row in read_rows(f"groups/{key}.{language}.tsv")
    }


def group_labels(language: str) -> dict[str, str]:
    """What each group is called in a sentence, by its key."""
    return {key: labels[language] for key, labels in _LABELS.items()}


def starter(age: str, language: str) -> tuple[Term, ...]:
    """A first list for an age band of `AGE_BANDS`: the younger the children, the more it holds."""
    oldest = AGE_BANDS[age]
    return tuple(
        _term(row[0], key)
        for key in GROUPS
        for row in read_rows(f"groups/{key}.{language}.tsv")
        if int(row[1]) >= oldest
    )


def lesson(language: str) -> tuple[Term, ...]:
    """The lesson's own list, with which a school's base list begins."""
    by_text = groups_by_text()
    singular = {"swords": "weapons", "성인": "adult", "adult": "adult"}
    return tuple(
        Term(
            row[0],
            matching_for(row[0]),
            group=by_text.get(row[0]) or singular.get(row[0], ""),
            list_name="school",
        )
        for row in read_rows(f"lesson.{language}.txt")
    )


@lru_cache(maxsize=2)
def species(language: str) -> frozenset[str]:
    """Kinds of animals and plants: a word that ends in one names a living thing (귀신고래, swordfish)."""
    return frozenset(row[0] for row in read_rows(f"species.{language}.txt"))


def artists() -> tuple[str, ...]:
    """Living artists whose style a school's list begins with, in Korean and English."""
    return tuple(row[0] for row in read_rows("artists.txt"))


def people() -> tuple[str, ...]:
    """Real living people whom a school's list begins with, in Korean and English."""
    return tuple(row[0] for row in read_rows("people.txt"))


@lru_cache(maxsize=1)
def _alternatives() -> dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        (group, language): (tuple(things.split("|")), tuple(people.split("|")))
        for group, language, things, people in read_rows("alternatives.tsv")
    }


def alternatives(hint: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(things, people) to draw instead of what a hint stands for."""
    return _alternatives().get((hint, language)) or _alternatives()["listed", language]


def _term(text: str, key: str) -> Term:
    return Term(text, matching_for(text), group=key, list_name=f"group:{key}")

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Matching(StrEnum):
    """How a term is looked for in a prompt."""

    WORD = "word"  # the word in any form, not inside another word
    ANYWHERE = "anywhere"  # the letters, wherever they stand
    PHRASE = "phrase"  # all words of the term, close together, in any order


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a disallow list.

    `list_name` says where it came from ("school", "class", "group:violence"); `version` is that list's version.
    A term that `is_secret` is never shown to students (a personal term).
    """

    text: str
    matching: Matching = Matching.WORD
    group: str = ""
    list_name: str = ""
    version: int = 0
    is_secret: bool = False


@dataclass(frozen=True)
class Policy:
    """What one class's prompts are judged against.

    `names` are the roster's display names, `artists` and `people` the lists an admin owns. `version` is a label
    that stands with the verdict, such as "school:12 class:3".
    """

    terms: tuple[Term, ...] = ()
    exceptions: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    is_personal_data_checked: bool = True
    is_artist_checked: bool = True
    is_person_checked: bool = True
    is_injection_checked: bool = True
    is_safety_checked: bool = True
    version: str = ""

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the words matched, by which the compiled form is kept."""
        lines = [f"{term.matching.value}\x1f{term.text}" for term in self.terms]
        content = "\x1e".join(("\x1d".join(lines), "\x1d".join(self.exceptions)))
        return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def matching_for(text: str) -> Matching:
    """The default way of matching: a term with a space is a phrase, any other one a word."""
    return Matching.PHRASE if len(text.split()) > 1 else Matching.WORD

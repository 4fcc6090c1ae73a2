from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

MAX_LENGTH = 1000
"""Longest prompt that is judged, in code points; a longer one is refused before any matching."""


class Rule(StrEnum):
    """Why a stretch of a prompt counts as a match."""

    WORD = "word"
    ANYWHERE = "anywhere"
    PHRASE = "phrase"
    COMPOUND = "compound"
    INFLECTION = "inflection"
    LEMMA = "lemma"
    DERIVED = "derived"
    JAMO = "jamo"
    SPACING = "spacing"
    LOOKALIKE = "lookalike"
    LEET = "leet"
    REPEAT = "repeat"
    EMOJI = "emoji"
    KEYS = "keys"
    SOUND = "sound"
    TOO_LONG = "too_long"
    PERSONAL_PHONE = "personal_phone"
    PERSONAL_RRN = "personal_rrn"
    PERSONAL_EMAIL = "personal_email"
    PERSONAL_ADDRESS = "personal_address"
    PERSONAL_ACCOUNT = "personal_account"
    PERSONAL_NAME = "personal_name"
    ARTIST = "artist"
    PERSON = "person"
    INJECTION = "injection"
    SELF_HARM = "self_harm"
    THREAT = "threat"


@dataclass(frozen=True, slots=True)
class Match:
    """One stretch of a prompt and why it counts.

    `start` and `end` are half-open code point offsets into the prompt as typed and `text` is exactly that slice.
    `term` is the line of the list as written there; None where telling it would tell a name or a secret term.
    `hint` is the key of a kind reason, one of `HINTS`.
    """

    term: str | None
    rule: Rule
    start: int
    end: int
    text: str
    list_name: str = ""
    version: int = 0
    group: str = ""
    hint: str = "listed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The policy's answer to one prompt.

    `warnings` never refuse a prompt by themselves. `hint` is the first refusing match's hint, or empty.
    """

    is_allowed: bool
    matches: tuple[Match, ...] = ()
    warnings: tuple[Match, ...] = ()
    hint: str = ""
    kind: Literal["ordinary", "self_harm", "threat"] = "ordinary"
    version: str = ""


GROUPS = ("violence", "gore", "weapons", "adult", "substances", "horror", "hate", "gambling", "self_harm")

HINTS = (*GROUPS, "threat", "listed", "personal", "artist", "person", "injection", "too_long")
"""Every key a `Match.hint` or `Verdict.hint` can hold; pages have one kind sentence for each."""

_RULE_HINTS = {
    Rule.TOO_LONG: "too_long",
    Rule.ARTIST: "artist",
    Rule.PERSON: "person",
    Rule.INJECTION: "injection",
    Rule.SELF_HARM: "self_harm",
    Rule.THREAT: "threat",
}


def hint_for(rule: Rule, group: str = "") -> str:
    """The key of the kind reason for a match: by what was recognised, else by the term's group."""
    if rule.value.startswith("personal_"):
        return "personal"
    return _RULE_HINTS.get(rule) or (group if group in GROUPS else "listed")

"""Sign-in names and first passwords that a nine-year-old can type from a slip of paper."""

from __future__ import annotations

import secrets
import unicodedata
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_ANIMALS = (_DATA / "animals.txt").read_text().split()
_THINGS = (_DATA / "things.txt").read_text().split()
# Letters that are drawn as nothing: Hangul fillers and the Braille blank.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_name(name: str) -> str:
    """A person's name on one line, without signs that nobody sees or that turn the writing of a page around."""
    seen = "".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in name)
    return " ".join("".join(sign for sign in seen if not _is_unseen(sign)).split())[:80]


def _is_unseen(sign: str) -> bool:
    return sign in _BLANKS or unicodedata.category(sign) in ("Cf", "Cn", "Co", "Cs")


def suggest_username() -> str:
    """An animal and four digits, such as ``otter4821``; whoever stores it makes sure that it is new."""
    return f"{secrets.choice(_ANIMALS)}{secrets.randbelow(9000) + 1000}"


def make_password() -> str:
    """Two things and four digits, such as ``lemon-rocket-4821``.

    About 2.7e7 possibilities at one try a minute (``services.sign_in``): guessing one takes decades.
    """
    return f"{secrets.choice(_THINGS)}-{secrets.choice(_THINGS)}-{secrets.randbelow(9000) + 1000}"

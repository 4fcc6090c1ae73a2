"""First passwords between the press that made them and the printer.

The press answers with a redirect, so a page that is loaded again shows the same slips, makes nobody twice
and changes no password again. Meanwhile the passwords lie in the session of the browser that pressed: the
only reader is whoever could press again anyway. They are sealed with a key that the database doesn't hold,
so neither it nor its copies tell them, and open for minutes only: long enough for a printer that jams, short
enough for a machine that somebody else uses next. "Done" and signing out end it at once.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import MutableMapping, Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from edu4all.accounts.models import User
from edu4all.accounts.services.people import Credentials

KEPT_SECONDS = 600
MOST_KEPT = 5  # presses at once, as in several tabs
_IN_SESSION = "slips"


def keep_slips(session: MutableMapping[str, Any], made: Sequence[Credentials]) -> str:
    """Seal the sign-ins of one press; returns the name to read them by."""
    name = secrets.token_urlsafe(9)
    lines = [(entry.user.pk, entry.password, entry.user.password) for entry in made]
    kept = {key: sealed for key, sealed in session.get(_IN_SESSION, {}).items() if _open(sealed)}
    kept[name] = _cipher().encrypt(json.dumps(lines).encode()).decode("ascii")
    session[_IN_SESSION] = dict(list(kept.items())[-MOST_KEPT:])
    return name


def read_slips(session: MutableMapping[str, Any], name: str, people: QuerySet[User]) -> list[Credentials]:
    """The sign-ins of that press that still open, of these people; empty once they are gone.

    Whoever has another password by now has no slip any more: it would only send them wrong.
    """
    lines = _open(session.get(_IN_SESSION, {}).get(name, ""))
    found = people.in_bulk([pk for pk, _password, _encoded in lines])
    return [
        Credentials(found[pk], password)
        for pk, password, encoded in lines
        if pk in found and found[pk].password == encoded
    ]


def forget_slips(session: MutableMapping[str, Any], name: str) -> None:
    session[_IN_SESSION] = {key: kept for key, kept in session.get(_IN_SESSION, {}).items() if key != name}


def _open(sealed: str) -> list[tuple[int, str, str]]:
    try:
        return [tuple(line) for line in json.loads(_cipher().decrypt(sealed, ttl=KEPT_SECONDS))]
    except InvalidToken:
        return []


def _cipher() -> Fernet:
    digest = salted_hmac("accounts.slips", "fernet", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))

"""Browsers in which somebody has signed in before: wrong passwords typed elsewhere don't keep them out.

The device cookies of OWASP's "Slow Down Online Guessing Attacks with Device Cookies": guesses are counted
for the account as a whole and, apart from that, for each browser that has proved to know the password.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from edu4all.accounts.services.sign_in import account_key

COOKIE = "known_browser"
SALT = "edu4all.accounts.browsers"
AGE_SECONDS = 180 * 24 * 3600
MOST_ACCOUNTS = 20  # a tablet is shared by a class
KEY_LENGTH = 16


def known_browser(request: HttpRequest | None, username: str) -> str:
    """What names this browser, when this account was signed in to with it before; else an empty text."""
    facts = _read(request)
    return str(facts["browser"]) if account_key(username)[:KEY_LENGTH] in facts["accounts"] else ""


def remember_browser(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Note in the browser, sealed, that this account was signed in to with it."""
    facts = _read(request)
    key = account_key(username)[:KEY_LENGTH]
    accounts = [key, *(other for other in facts["accounts"] if other != key)][:MOST_ACCOUNTS]
    response.set_cookie(
        COOKIE,
        signing.dumps({"browser": facts["browser"], "accounts": accounts}, salt=SALT),
        max_age=AGE_SECONDS,
        path=settings.SESSION_COOKIE_PATH,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def _read(request: HttpRequest | None) -> dict[str, Any]:
    try:
        value = request.COOKIES[COOKIE] if request is not None else ""
        facts: dict[str, Any] = signing.loads(value, salt=SALT, max_age=AGE_SECONDS)
    except (KeyError, signing.BadSignature):
        return {"browser": secrets.token_hex(8), "accounts": []}
    return facts

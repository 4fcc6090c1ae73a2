"""People at their browsers: coming in by the cookie, and the words on the buttons in their language."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Locator, Page

from tests.support.site import PASSWORD, Site

LOCALES = {"ko": "ko-KR", "en": "en-GB"}
HIDDEN_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def say(message: str, language: str = "ko", **values: object) -> str:
    """The words that a page in ``language`` has for an English message of the catalogue."""
    with translation.override(language):
        told = gettext(message)
    return told % values if values else told


def enter(
    new_context: Callable[..., BrowserContext],
    site: Site,
    username: str,
    *,
    language: str = "ko",
    password: str = PASSWORD,
    **options: Any,
) -> Page:
    """A page of a person who is signed in, without going through the sign-in page on the screen."""
    context = new_context(locale=LOCALES[language], **options)
    answer = context.request.get(f"{site.url}/sign-in/")
    found = HIDDEN_TOKEN.search(answer.text())
    assert found is not None
    form = {"csrfmiddlewaretoken": found[1], "username": username, "password": password}
    answer = context.request.post(f"{site.url}/sign-in/", form=form)
    assert "/sign-in/" not in answer.url, f"{username} could not sign in"
    context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    return context.new_page()


def button(where: Page | Locator, message: str, language: str = "ko") -> Locator:
    return where.get_by_role("button", name=say(message, language))


def link(where: Page | Locator, message: str, language: str = "ko") -> Locator:
    return where.get_by_role("link", name=say(message, language))

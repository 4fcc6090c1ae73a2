"""Every page of the access table, opened once in each language: reachable to all, whole, and in one tongue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse
from playwright.sync_api import Page

from assignments import policy
from scripts.messages import catalogue_path
from tests.access.asking import PEOPLE, Row, read_table
from tests.access.things import Arguments
from tests.support.browser import axe, fits, look
from tests.support.groups import Group, make_showcase
from tests.support.people import LOCALES, enter

# Files, fragments and answers for machines.
NOT_PAGES = {
    "healthz",
    "readyz",
    "home",
    "assignments:picture_file",
    "assignments:download",
    "assignments:base_terms_download",
    "assignments:class_terms_download",
    "assignments:model_notices",
    "assignments:draw",
    "assignments:ideas",
    "gallery:lesson_rows",
    "gallery:submission_box",
    "gallery:own_submissions",
    "gallery:public_file",
}
ROLES = ("anonymous", "student", "teacher", "admin")
# Visible words that are nobody's to translate: code, `lang` and what people wrote are left out.
TEXTS = """() => {
  const found = []
  const isLeftOut = "code, pre, script, style, noscript, template, textarea, .words, [lang]:not(html), option"
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const box = walker.currentNode.parentElement
    const text = walker.currentNode.data.trim().replace(/\\s+/g, " ")
    if (text && !box.closest(isLeftOut) && box.checkVisibility()) found.push(text)
  }
  for (const name of ["aria-label", "placeholder", "title"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (!element.closest("[lang]:not(html)")) found.push(element.getAttribute(name))
  return [...found, document.title.split(" · ")[0]]
}"""
LATIN = re.compile(r"[A-Za-z]{3,}")
# A class code or the address of an exhibition.
NO_WORDS = re.compile(r"[A-Z0-9]{3}(-[A-Z0-9]{3}){2}|[A-Z0-9]{9}|https?://\S+")
HANGUL = re.compile(r"[가-힣]{2,}")
# Names, formats and units that a Korean reader meets in Latin letters anywhere.
KNOWN_LATIN = {"Edu4All", "Edu", "All", "English", "Sample", "CSV", "USD", "API", "PIN", "OpenAI", "Azure"}
# What people of the showcase wrote: prompts, titles, names; the terms of the school's list and the names on it.
OWN_WORDS = {
    word
    for text in (
        *(
            "showcase student teacher",
            "Haneul School",
            "Bada School",
            "Morning walk",
            "I wrote beside",
            "Monuments",
            "mother",
            "zebra",
        ),
        *(
            "A dog beside the Eiffel Tower",
            "a small question",
            "A dog beside a tall tower",
            "the lesson list",
        ),
        "Draw a monument in a place where nobody expects it Idea Words",
        *(term.text for term in policy.shipped.lesson("en")),
        *policy.shipped.artists(),
        *policy.shipped.people(),
    )
    for word in LATIN.findall(text)
}


@cache
def catalogue() -> dict[str, str]:
    with catalogue_path("ko").open("rb") as file:
        return {
            message.id: message.string
            for message in read_po(file)
            if isinstance(message.id, str) and message.id
        }


def leftovers(page: Page, language: str) -> list[str]:
    """Texts on the page that speak the other language."""
    texts: list[str] = page.evaluate(TEXTS)
    if language == "en":
        korean = {text for text in catalogue().values() if HANGUL.search(text)}
        return [text for text in texts if text in korean]
    english = {
        english for english, korean in catalogue().items() if LATIN.search(english) and english != korean
    }
    wrong = []
    for text in texts:
        latin = set() if NO_WORDS.fullmatch(text) else set(LATIN.findall(text)) - KNOWN_LATIN - OWN_WORDS
        if latin and (text in english or not HANGUL.search(text) or len(latin) > 1):
            wrong.append(text)
    return wrong


@pytest.fixture(scope="module")
def showcase(site) -> tuple[Group, dict[str, Arguments]]:
    return make_showcase(site, "showcase")


def pages_of(role: str) -> Iterator[Row]:
    """The pages that nobody before this role in the list can open."""
    column = PEOPLE.index(role)
    before = [PEOPLE.index(other) for other in ROLES[: ROLES.index(role)]]
    for _, rows in read_table():
        for row in rows:
            is_page = row.method == "GET" and row.name not in NOT_PAGES and not row.name.startswith("api:")
            is_first = all(row.expected[other] != "200" for other in before)
            if is_page and row.expected[column] == "200" and (is_first or role == "teacher"):
                yield row


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_is_whole(new_context, site, showcase, role, language):
    group, things = showcase
    scheme = "light" if language == "ko" else "dark"
    usernames = {"student": group.students[0], "teacher": group.teacher, "admin": "admin"}
    if role == "anonymous":
        page = new_context(locale=LOCALES[language], color_scheme=scheme).new_page()
    else:
        password = {} if role == "admin" else {"password": group.password}
        page = enter(new_context, site, usernames[role], language=language, color_scheme=scheme, **password)
    wrong = []
    for row in pages_of(role):
        page.goto(reverse(row.name, kwargs=dict(things[row.about]) or None))
        name = f"{role}-{row.name.replace(':', '-')}-{row.about.replace(' ', '-')}"
        try:
            axe(page)
            page.set_viewport_size({"width": 360, "height": 780})
            fits(page)
        except AssertionError as error:
            wrong.append(str(error))
            look(page, name)
        page.set_viewport_size({"width": 1440, "height": 900})
        wrong += [f"{page.url} says in the other language: {text}" for text in leftovers(page, language)]
    assert not wrong, "\n".join(wrong)

"""The request as our views meet it; numbers and the way back that a form or an address names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

MOST_NUMBER = 2**63 - 1  # in a column of 64 bits


class PageRequest(HttpRequest):
    """A page's request. ``user`` is an ``accounts.User``, which this lowest layer can't name."""

    user: Any
    htmx: HtmxDetails


def number_of(text: str | None) -> int | None:
    """The natural number that a person's text is; None for all else, and for what no column can hold."""
    # The length comes first: ``int`` itself refuses more than 4,300 digits.
    if text is None or len(text) > len(str(MOST_NUMBER)) or not (text.isascii() and text.isdigit()):
        return None
    number = int(text)
    return number if number <= MOST_NUMBER else None


def numbers_of(texts: Iterable[str]) -> list[int]:
    """Those of the texts that are natural numbers, in their order."""
    return [number for number in map(number_of, texts) if number is not None]


def way_back(request: PageRequest, name: str, otherwise: str) -> str:
    """The address of ours that the form's field ``name`` holds, or else ``otherwise``.

    Give it to ``HttpResponseRedirect``: ``redirect`` would take other text for the name of a view.
    """
    target = request.POST.get(name, "")
    return target if _is_ours(request, target) and target.startswith("/") else otherwise


def page_stood_on(request: HttpRequest) -> str:
    """The address of ours to come back to after signing in or a change of language.

    For a press it is the page with the button: the address pressed may answer no GET at all.
    """
    if request.method not in ("GET", "HEAD"):
        referer = request.headers.get("Referer", "")
        page = urlsplit(referer)._replace(scheme="", netloc="", fragment="").geturl()
        if _is_ours(request, referer) and _is_ours(request, page):
            return page
    return request.get_full_path()


def page_above(path: str) -> str:
    """The nearest address above ``path`` that there is; the first page where there is none."""
    while path.strip("/"):
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return "/"


def _is_ours(request: HttpRequest, target: str) -> bool:
    return url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())

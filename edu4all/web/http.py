"""The request as our views meet it; numbers and the way back that a form or an address names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
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
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours and target.startswith("/") else otherwise

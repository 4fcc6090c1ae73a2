"""The request as our views meet it, for type checkers: middleware has put ``user`` and ``htmx`` on it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A page's request. ``user`` is an ``accounts.User``, which this lowest layer can't name."""

    user: Any
    htmx: HtmxDetails

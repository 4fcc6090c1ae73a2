"""The request as our views meet it, and the way back that a form names."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails


class PageRequest(HttpRequest):
    """A page's request. ``user`` is an ``accounts.User``, which this lowest layer can't name."""

    user: Any
    htmx: HtmxDetails


def way_back(request: PageRequest, name: str, otherwise: str) -> str:
    """The address of ours that the form's field ``name`` holds, or else ``otherwise``.

    Give it to ``HttpResponseRedirect``: ``redirect`` would take other text for the name of a view.
    """
    target = request.POST.get(name, "")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_ours and target.startswith("/") else otherwise

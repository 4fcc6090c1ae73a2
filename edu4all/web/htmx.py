"""Page or fragment at one URL."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from edu4all.web.http import PageRequest


def wants_fragment(request: PageRequest) -> bool:
    """HTMX asks for a part of the page; a boosted link or a restored history entry wants all of it."""
    htmx = request.htmx
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page_or_fragment(
    request: PageRequest, page: str, fragment: str, context: dict, *, status: int = 200
) -> HttpResponse:
    """One of the two templates, marked so that no cache hands out one for the other."""
    response = render(request, fragment if wants_fragment(request) else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response

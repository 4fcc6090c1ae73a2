"""What a page answers when a service behind us doesn't."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponseBase
from django.shortcuts import render

from .http import PageRequest
from .problems import Unavailable

RETRY_SECONDS = 30

P = ParamSpec("P")


def unavailable_told(
    view: Callable[Concatenate[PageRequest, P], HttpResponseBase],
) -> Callable[Concatenate[PageRequest, P], HttpResponseBase]:
    """A 503 that says what is safe and when to come again, in place of a fault of ours."""

    @wraps(view)
    def told(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Unavailable as problem:
            response = render(request, "503.html", {"detail": problem.detail}, status=problem.status_code)
            response.headers["Retry-After"] = str(RETRY_SECONDS)
            return response

    return told

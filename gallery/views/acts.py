"""What the pages of the gallery share: problems told in the page, and a safe way back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect

from edu4all.web.http import PageRequest, number_of, way_back
from edu4all.web.problems import NotAllowed, Problem


@contextmanager
def problems_told(request: PageRequest) -> Iterator[None]:
    """What can't be done is a message on the next page; what is not this person's to do is a 403."""
    try:
        yield
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    except Problem as problem:
        messages.error(request, str(problem.detail))


def go_back(request: PageRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page of ours that the form named, or else to ``otherwise``."""
    return HttpResponseRedirect(way_back(request, "back", otherwise))


def number_from(request: PageRequest, name: str) -> int | None:
    """A number of the URL's query; None for anything else."""
    return number_of(request.GET.get(name))

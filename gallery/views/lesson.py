from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assignments.views.classes import get_managed_assignment
from edu4all.web.http import PageRequest
from gallery.services.lesson_table import freshness, lesson_table


@never_cache
@require_safe
def lesson_rows(request: PageRequest, pk: int) -> HttpResponse:
    """The lesson's table, asked for every few seconds; 204 when nothing has changed since.

    A page of its own without HTMX, so that the lesson can be followed with JavaScript off.
    """
    assignment = get_managed_assignment(request.user, pk)
    mark = freshness(assignment)
    if request.htmx and request.GET.get("since") == mark:
        return HttpResponse(status=204)
    context = {"assignment": assignment, "table": lesson_table(assignment), "mark": mark}
    template = "gallery/_lesson_rows.html" if request.htmx else "gallery/lesson_rows.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response

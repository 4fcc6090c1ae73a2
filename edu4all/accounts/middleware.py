from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone

from edu4all.web.http import PageRequest


class SchoolTimeMiddleware:
    """Due dates and clocks are shown, and typed, in the school's own time."""

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        school = request.user.school if request.user.is_authenticated else None
        with timezone.override(ZoneInfo(school.time_zone) if school else None):
            return self.get_response(request)

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from edu4all.accounts.services.people import CHOOSE_A_PASSWORD
from edu4all.web.http import PageRequest


class SchoolTimeMiddleware:
    """Due dates and clocks are shown, and typed, in the school's own time."""

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        school = request.user.school if request.user.is_authenticated else None
        with timezone.override(ZoneInfo(school.time_zone) if school else None):
            return self.get_response(request)


class FirstPasswordMiddleware:
    """Nothing else opens for somebody who still has to choose a password of their own.

    A first password was seen by whoever handed it over; a teacher's opens the work of whole classes.
    """

    ALWAYS_OPEN = frozenset(
        {"accounts:me", "accounts:sign_out", "accounts:set_language", "api:token", "api:end_token"}
    )

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: PageRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        is_api = match is not None and match.namespace == "api"
        is_public = not is_api and not getattr(view, "login_required", True)
        if is_public or (match is not None and match.view_name in self.ALWAYS_OPEN):
            return None
        if not (request.user.is_authenticated and request.user.must_change_password):
            return None
        if is_api:
            body = {"detail": str(CHOOSE_A_PASSWORD), "code": "password_change_required"}
            return JsonResponse(body, status=403)
        page = reverse("accounts:me")
        return HttpResponseClientRedirect(page) if request.htmx else redirect(page)

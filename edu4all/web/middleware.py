from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from edu4all.web.http import PageRequest, number_of


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Leads a whole page to the sign-in, also when only a part of it was asked for.

    HTMX would follow an ordinary redirect and put the sign-in page into the part's place. Afterwards
    one comes back to the page that one was on, not to the part.
    """

    def handle_no_permission(self, request: PageRequest, view_func) -> HttpResponseBase:  # type: ignore[override]
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        here = urlsplit(request.htmx.current_url_abs_path or "/")
        back_to = here._replace(scheme="", netloc="").geturl()
        sign_in = redirect_to_login(
            back_to, self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )
        return HttpResponseClientRedirect(sign_in.url)


class UnkeptPagesMiddleware:
    """No page stays behind in a browser or proxy unless its view says so.

    Tablets are shared: after signing out, "back" must not show the pages of the child before.
    """

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class BoundedBodyMiddleware:
    """Nothing here takes more than a list of 1 MB: a larger body is refused before a byte of it is read.

    Django bounds the fields of a form and not its files, and reads both for the CSRF token of anybody.
    """

    MOST_BYTES = 4 * 1024 * 1024

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        length = number_of(request.META.get("CONTENT_LENGTH") or "0")
        if length is not None and length <= self.MOST_BYTES:
            return self.get_response(request)
        detail = _("That is too much at once: at most %(count)d MB.") % {"count": self.MOST_BYTES >> 20}
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": detail, "code": "too_large"}, status=413)
        return HttpResponse(detail, status=413, content_type="text/plain; charset=utf-8")

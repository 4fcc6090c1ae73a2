from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from edu4all.web.http import PageRequest, number_of, page_above, page_stood_on


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Leads to the sign-in and afterwards back to the page that one was on.

    HTMX would follow an ordinary redirect and put the sign-in page into the place of the part it asked for.
    """

    def handle_no_permission(self, request: PageRequest, view_func) -> HttpResponseBase:  # type: ignore[override]
        back_to = page_stood_on(request)
        if request.htmx:
            here = urlsplit(request.htmx.current_url_abs_path or "/")
            back_to = here._replace(scheme="", netloc="").geturl()
        sign_in = redirect_to_login(
            back_to, self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )
        return HttpResponseClientRedirect(sign_in.url) if request.htmx else sign_in


class PressedAddressMiddleware:
    """Leads somebody who opens an address that only takes presses to the page above it.

    A press answers at such an address when something is wrong; changing the language there, signing in
    again or a tablet that wakes up opens it as a page. A program that asks for no page gets its 405.
    """

    def __init__(self, get_response: Callable[[PageRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PageRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = "text/html" in request.headers.get("Accept", "") and not request.htmx
        if response.status_code != 405 or request.method != "GET" or not is_page:
            return response
        return (
            response if request.path.startswith("/api/") else HttpResponseRedirect(page_above(request.path))
        )


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

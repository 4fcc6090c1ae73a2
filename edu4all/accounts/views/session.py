"""Coming in, going out, the language, one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from edu4all.accounts.browsers import remember_browser
from edu4all.accounts.forms import ClassCodeForm, JoinForm, NewPasswordForm, SignInForm
from edu4all.accounts.models import User
from edu4all.accounts.services import people
from edu4all.web.http import PageRequest, way_back
from edu4all.web.problems import Problem

SIGNED_IN_BY = "edu4all.accounts.backends.PersonBackend"


@require_safe
def home(request: PageRequest) -> HttpResponse:
    """Everybody's first page, by what they come for."""
    user = request.user
    if user.is_student:
        return redirect("assignments:list")
    return redirect("admin:index" if user.is_operator else "gallery:desk")


class SignInView(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        return _with_pause(super().form_invalid(form), form.rest_seconds)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        user = form.get_user()
        remember_browser(self.request, response, user.username)
        if user.language:
            _remember_language(response, user.language)
        if user.must_change_password:
            response.headers["Location"] = reverse("accounts:me")
        return response


def _with_pause(response: HttpResponse, seconds: int) -> HttpResponse:
    if seconds:
        response.status_code = 429
        response.headers["Retry-After"] = str(seconds)
    return response


def _remember_language(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


@require_POST
@login_not_required
def set_language(request: PageRequest) -> HttpResponse:
    """Switch between Korean and English; remembered with the person, and in a cookie for those not signed in."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(way_back(request, "next", reverse("home")))
    if language in dict(settings.LANGUAGES):
        _remember_language(response, language)
        if request.user.is_authenticated:
            User.objects.filter(pk=request.user.pk).update(language=language)
    return response


@sensitive_post_parameters("password")
@login_not_required
def join(request: PageRequest) -> HttpResponse:
    """Join a class with its code: with the account one has, or by making one."""
    if request.user.is_authenticated:
        return _join_with_account(request)
    form = JoinForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user, classroom = people.join_as_new_student(**data)
        except Problem as problem:
            form.add_error("code" if problem.code == "unknown_code" else "username", problem.detail)
        else:
            login(request, user, backend=SIGNED_IN_BY)
            messages.success(request, _("Welcome to %(classroom)s!") % {"classroom": classroom})
            response = redirect("home")
            remember_browser(request, response, user.username)
            return response
    return render(request, "accounts/join.html", {"form": form}, status=422 if form.errors else 200)


def _join_with_account(request: PageRequest) -> HttpResponse:
    form = ClassCodeForm(request.POST or None, initial={"code": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid():
        try:
            classroom = people.join_class(user=request.user, code=form.cleaned_data["code"])
        except Problem as problem:
            form.add_error("code", problem.detail)
        else:
            messages.success(request, _("Welcome to %(classroom)s!") % {"classroom": classroom})
            return redirect("home")
    return render(request, "accounts/join.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("old", "new")
def me(request: PageRequest) -> HttpResponse:
    """One's own account: a new password."""
    user = request.user
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        people.choose_password(user=user, password=form.cleaned_data["new"])
        update_session_auth_hash(request, user)
        messages.success(request, _("Your new password counts from now on."))
        return redirect("home")
    page = render(request, "accounts/me.html", {"form": form}, status=422 if form.errors else 200)
    return _with_pause(page, form.rest_seconds)

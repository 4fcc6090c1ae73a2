"""A token for a user name and a password."""

from __future__ import annotations

import hashlib
from typing import Any

from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from edu4all.accounts.models import User
from edu4all.accounts.services.tokens import issue_token
from edu4all.web.api import OF_A_BODY, JSONView, ProblemSerializer, problems
from edu4all.web.problems import Problem


class WrongCredentials(Problem):
    code = "wrong_credentials"
    status_code = 401


class SignInSerializer(serializers.Serializer):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=256, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="Send it as `Authorization: Token ...`.")


class FailureThrottle(SimpleRateThrottle):
    """Failed sign-ins of one account from anywhere; those that succeed don't count."""

    scope = "token"

    def get_cache_key(self, request: Request, view: APIView) -> str:
        account = hashlib.sha256(view.account.casefold().encode()).hexdigest()  # type: ignore[attr-defined]
        return self.cache_format % {"scope": self.scope, "ident": account}

    def throttle_success(self) -> bool:
        return True

    def record(self) -> None:
        self.history.insert(0, self.now)
        self.cache.set(self.key, self.history, self.duration)  # type: ignore[attr-defined]


class TokenView(JSONView):
    """Sign in for a program."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []
    account = ""

    @extend_schema(
        operation_id="issue_token",
        request=SignInSerializer,
        responses={200: TokenSerializer, **problems(401, *OF_A_BODY, is_public=True)},
        tags=["token"],
        auth=[],
    )
    @method_decorator(sensitive_variables())
    def post(self, request: Request) -> Response:
        """A token for a user name and a password.

        After several failures in a row the account rests for a while: 429 with code `locked`.
        """
        form = SignInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        self.account = form.validated_data["username"]
        throttle = FailureThrottle()
        if not throttle.allow_request(request, self):
            raise exceptions.Throttled(throttle.wait())
        user = authenticate(request=request._request, **form.validated_data)
        if user is None:
            throttle.record()
            if is_locked(request._request):
                return locked(request._request)
            raise WrongCredentials(_("The user name or the password is wrong."))
        assert isinstance(user, User)
        # The count of failures starts anew, and the last sign-in is kept, as on the page.
        user_logged_in.send(User, request=request._request, user=user)
        return Response({"token": issue_token(user=user)})


def is_locked(request: HttpRequest) -> bool:
    """Whether the lock was what said no. The flag is taken off: it would turn our answer into a page."""
    found = bool(getattr(request, "axes_locked_out", False))
    request.axes_locked_out = False  # type: ignore[attr-defined]
    return found


def locked(request: HttpRequest) -> Response:
    body: dict[str, Any] = {
        "detail": _("Too many wrong tries. Wait a while, or ask your teacher for a new password."),
        "code": "locked",
    }
    rest = get_cool_off(request)
    headers = {"Retry-After": str(int(rest.total_seconds()))} if rest else {}
    return Response(ProblemSerializer(body).data, status=429, headers=headers)


class EndTokenView(JSONView):
    """Sign a program out."""

    @extend_schema(
        operation_id="end_token", request=None, responses={204: None, **problems()}, tags=["token"]
    )
    def post(self, request: Request) -> Response:
        """End the token that this request carries; with a browser's session there is none to end."""
        if request.auth is not None:
            request.auth.delete()
        return Response(status=204)

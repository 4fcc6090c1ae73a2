"""A token for a user name and a password."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from edu4all.accounts.browsers import known_browser
from edu4all.accounts.models import User
from edu4all.accounts.services.people import CHOOSE_A_PASSWORD
from edu4all.accounts.services.sign_in import rest_seconds
from edu4all.accounts.services.tokens import issue_token
from edu4all.web.api import OF_A_BODY, JSONView, ProblemSerializer, problems
from edu4all.web.problems import NotAllowed, Problem


class WrongCredentials(Problem):
    code = "wrong_credentials"
    status_code = 401


class SignInSerializer(serializers.Serializer):
    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=256, trim_whitespace=False, write_only=True)


class TokenSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="Send it as `Authorization: Token ...`.")


class TokenView(JSONView):
    """Sign in for a program."""

    authentication_classes = []
    permission_classes = [AllowAny]
    throttle_classes = []

    @extend_schema(
        operation_id="issue_token",
        request=SignInSerializer,
        responses={200: TokenSerializer, **problems(401, 403, *OF_A_BODY, is_public=True)},
        tags=["token"],
        auth=[],
    )
    @method_decorator(sensitive_variables())
    def post(self, request: Request) -> Response:
        """A token for a user name and a password.

        After several failures in a row the account rests for some seconds: 429 with code `locked`. A first
        password that has to be replaced opens no token: 403 with code `password_change_required`.
        """
        form = SignInSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = authenticate(request=request._request, **form.validated_data)
        if user is None:
            name = form.validated_data["username"]
            seconds = rest_seconds(name, known_browser(request._request, name))
            if seconds:
                return locked(seconds)
            raise WrongCredentials(_("The user name or the password is wrong."))
        assert isinstance(user, User)
        if user.must_change_password:
            raise NotAllowed(CHOOSE_A_PASSWORD, code="password_change_required")
        # The last sign-in is kept, as on the page.
        user_logged_in.send(User, request=request._request, user=user)
        return Response({"token": issue_token(user=user)})


def locked(seconds: int) -> Response:
    body = {
        "detail": _("Too many wrong tries. Wait a while, or ask your teacher for a new password."),
        "code": "locked",
    }
    return Response(ProblemSerializer(body).data, status=429, headers={"Retry-After": str(seconds)})


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

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from .models import User


class SignedInRequest(HttpRequest):
    """What a view gets behind the sign-in: middleware saw to it that ``user`` is somebody. For annotations only."""

    user: User
    htmx: HtmxDetails


class SignedInAPIRequest(Request):
    """The same for a view of the API. For annotations only."""

    user: User

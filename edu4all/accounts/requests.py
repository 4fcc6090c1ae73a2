from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from .models import User


class SignedInRequest(HttpRequest):
    """What a view gets behind the sign-in: middleware saw to it that ``user`` is somebody. For annotations only."""

    user: User
    htmx: HtmxDetails

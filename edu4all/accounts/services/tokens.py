"""Tokens with which other programs speak for a person; only their hashes are kept."""

from __future__ import annotations

from django.utils import timezone
from knox.models import AuthToken
from knox.settings import knox_settings

from edu4all.accounts.models import User


def issue_token(*, user: User) -> str:
    """A new token; it is told here and never again. Beyond the limit a person's oldest one ends."""
    own = AuthToken.objects.filter(user=user)
    own.filter(expiry__lte=timezone.now()).delete()
    limit = knox_settings.TOKEN_LIMIT_PER_USER
    if limit:
        spare = own.order_by("-created", "pk").values_list("pk", flat=True)[limit - 1 :]
        own.filter(pk__in=list(spare)).delete()
    return AuthToken.objects.create(user)[1]

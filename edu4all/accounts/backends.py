from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from edu4all.accounts.browsers import known_browser
from edu4all.accounts.models import User
from edu4all.accounts.services.sign_in import forgive, take_try


class PersonBackend(ModelBackend):
    """Django's own way of signing in, with pauses after wrong passwords; pages, API and Django's admin use it.

    Whoever is signed in comes with their school, in one query.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        browser = known_browser(request, username)
        if take_try(username, browser):
            raise PermissionDenied
        person = super().authenticate(request, username=username, password=password, **kwargs)
        if not isinstance(person, User):
            return None
        forgive(username, browser)
        return person

    def get_user(self, user_id: Any) -> User | None:
        person = User.objects.select_related("school").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

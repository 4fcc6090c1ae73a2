from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from edu4all.accounts.models import User


class PersonBackend(ModelBackend):
    """Django's own way of signing in; whoever is signed in comes with their school, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        person = User.objects.select_related("school").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

from collections.abc import Callable

import pytest
from django.test import Client

from edu4all.accounts.models import User


@pytest.fixture
def visit() -> Callable[..., Client]:
    """A client of its own for a person, signed in, reading English; ``htmx=True`` asks as a page's fragment does."""

    def sign_in(user: User, *, htmx: bool = False, language: str = "en", **options: object) -> Client:
        headers = {"accept-language": language} | ({"hx-request": "true"} if htmx else {})
        client = Client(headers=headers, **options)
        client.force_login(user)
        return client

    return sign_in

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from edu4all.accounts.models import User
from edu4all.accounts.services.tokens import issue_token


class Program(APIClient):
    """A program of somebody's: it speaks JSON and carries a token."""

    default_format = "json"


@pytest.fixture(autouse=True)
def _fresh_throttles() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def program() -> Callable[..., Program]:
    """A program of a person's, or of nobody's; it asks for English unless told otherwise."""

    def make(user: User | None = None, *, language: str = "en", **options: Any) -> Program:
        headers = {"accept-language": language}
        if user is not None:
            headers["authorization"] = f"Token {issue_token(user=user)}"
        return Program(headers=headers, **options)

    return make

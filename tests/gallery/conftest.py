from collections.abc import Callable

import pytest
from django.test import Client

from assignments.models import Picture
from edu4all.accounts.models import User
from gallery.models import Submission
from tests.cast import Cast

from .works import hand_in_work, make_work


@pytest.fixture
def visit() -> Callable[..., Client]:
    """A client of its own for a person, signed in, reading English; ``htmx=True`` asks as a page's fragment does."""

    def sign_in(user: User, *, htmx: bool = False, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language} | ({"hx-request": "true"} if htmx else {}))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def work(cast: Cast) -> Picture:
    """A picture of ``student`` that its student sees and no person has decided on."""
    return make_work(cast)


@pytest.fixture
def submission(cast: Cast, work: Picture) -> Submission:
    return hand_in_work(cast, work)

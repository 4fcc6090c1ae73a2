from collections.abc import Iterator

import pytest

from assignments.generation.rehearsal import RehearsalServer
from tests.assignments.generation.engine import Studio, open_studio
from tests.cast import Cast


@pytest.fixture
def server(settings) -> Iterator[RehearsalServer]:
    settings.ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    with RehearsalServer() as running:
        yield running


@pytest.fixture
def studio(cast: Cast, server: RehearsalServer) -> Studio:
    return open_studio(cast, server)

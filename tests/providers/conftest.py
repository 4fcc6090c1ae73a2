"""A provider to talk to: the rehearsal server on a free port, one for each test."""

import os
from collections.abc import Callable, Iterator

import pytest

from assignments.generation.providers.base import Address, Provider
from assignments.generation.providers.registry import build_provider

from .fake_server import RehearsalServer

# A real key pays for real pictures, so this file exists only for those who ask for it by name.
collect_ignore = [] if os.environ.get("EDU4ALL_LIVE_TEST") == "1" else ["test_live.py"]

KEY = "rehearsal-key"
API_VERSION = "2025-04-01-preview"
MODEL = "rehearsal-1"


@pytest.fixture
def server() -> Iterator[RehearsalServer]:
    with RehearsalServer() as running:
        yield running


def openai_provider(server: RehearsalServer) -> Provider:
    return build_provider("openai", Address(server.openai_address, KEY, is_private_allowed=True))


def azure_v1_provider(server: RehearsalServer) -> Provider:
    return build_provider(
        "azure", Address(server.azure_address, KEY, deployment=MODEL, is_private_allowed=True)
    )


def azure_old_provider(server: RehearsalServer) -> Provider:
    address = Address(
        server.azure_address, KEY, deployment=MODEL, api_version=API_VERSION, is_private_allowed=True
    )
    return build_provider("azure", address)


def sample_provider(server: RehearsalServer) -> Provider:
    return build_provider("sample", Address())


OVER_HTTP: dict[str, Callable[[RehearsalServer], Provider]] = {
    "openai": openai_provider,
    "azure v1": azure_v1_provider,
    "azure deployments": azure_old_provider,
}


@pytest.fixture(params=list(OVER_HTTP))
def http_provider(request: pytest.FixtureRequest, server: RehearsalServer) -> Provider:
    """Each provider that speaks HTTP, one after the other."""
    return OVER_HTTP[request.param](server)


@pytest.fixture
def openai(server: RehearsalServer) -> Provider:
    return openai_provider(server)

"""The second opinion, asked of a real HTTP server."""

import base64
import json

import pytest

from assignments.generation.errors import (
    BadAnswer,
    GenerationError,
    KeyRejected,
    RequestInvalid,
    TimedOut,
    Unreachable,
)
from assignments.generation.moderation import MAX_IMAGE_BYTES, ModerationClient
from assignments.generation.moderation import _read as read_opinion
from assignments.generation.providers.base import Address
from assignments.generation.rehearsal import art

from .conftest import KEY
from .fake_server import RehearsalServer


@pytest.fixture
def client(server: RehearsalServer) -> ModerationClient:
    return ModerationClient(Address(server.openai_address, KEY, is_private_allowed=True))


def test_harmless_words_pass(client: ModerationClient) -> None:
    result = client.check(text="에펠탑 옆의 개")
    assert (result.flagged, result.categories) == (False, ())
    assert result.scores["violence"] < 0.5


def test_flagged_words_come_with_their_categories_and_scores(client: ModerationClient) -> None:
    result = client.check(text="please flag-this")
    assert (result.flagged, result.categories) == (True, ("violence",))
    assert result.scores["violence"] > 0.9


def test_words_and_picture_go_together_and_nothing_else(
    client: ModerationClient, server: RehearsalServer
) -> None:
    picture = art.draw_png(1536, 864, 1)
    assert not client.check(text="a dog", image=picture).flagged
    body = json.loads(server.requests[0].body)
    assert set(body) == {"model", "input"}
    assert body["input"][0] == {"type": "text", "text": "a dog"}
    address = body["input"][1]["image_url"]["url"]
    assert address.startswith("data:image/png;base64,")
    assert base64.b64decode(address.partition(",")[2]) == picture


def test_nothing_or_no_picture_is_not_asked(client: ModerationClient, server: RehearsalServer) -> None:
    too_large = b"\x89PNG" + b"0" * MAX_IMAGE_BYTES
    for question in ({}, {"image": b"GIF89a"}, {"image": too_large}):
        with pytest.raises(RequestInvalid):
            client.check(**question)  # type: ignore[arg-type]
    assert server.counters()["requests"] == 0


def test_a_wrong_key_is_told(server: RehearsalServer) -> None:
    client = ModerationClient(Address(server.openai_address, "wrong", is_private_allowed=True))
    with pytest.raises(KeyRejected):
        client.check(text="a dog")


def test_azure_has_no_such_endpoint(server: RehearsalServer) -> None:
    client = ModerationClient(Address(f"{server.azure_address}/openai/v1", KEY, is_private_allowed=True))
    with pytest.raises(GenerationError):
        client.check(text="a dog")


def test_without_an_answer_there_is_no_opinion(server: RehearsalServer) -> None:
    address = Address(server.openai_address, KEY, is_private_allowed=True)
    with pytest.raises(Unreachable):
        ModerationClient(address, deadline_seconds=0.0).check(text="a dog")
    server.stop()
    with pytest.raises((Unreachable, TimedOut)):
        ModerationClient(address, deadline_seconds=15.0).check(text="a dog")


@pytest.mark.parametrize(
    "content", [{}, {"results": []}, {"results": "no"}, {"results": [{"flagged": "no"}]}, {"results": [None]}]
)
def test_half_an_opinion_is_none(content: dict[str, object]) -> None:
    with pytest.raises(BadAnswer):
        read_opinion(content)


def test_of_several_opinions_the_strictest_counts() -> None:
    result = read_opinion(
        {
            "results": [
                {"flagged": False, "categories": {"violence": False}, "category_scores": {"violence": 0.1}},
                {
                    "flagged": True,
                    "categories": {"violence": True, "sexual": None},
                    "category_scores": {"violence": 0.8, "sexual": None},
                },
            ]
        }
    )
    assert (result.flagged, result.categories, dict(result.scores)) == (
        True,
        ("violence",),
        {"violence": 0.8},
    )

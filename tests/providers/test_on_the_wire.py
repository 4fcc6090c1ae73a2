"""What leaves the house, read from the bytes that a server received."""

import dataclasses
import json
import re

import pytest

from assignments.generation.errors import AddressForbidden, BadAnswer, GenerationError, KeyRejected
from assignments.generation.providers.azure import AzureProvider
from assignments.generation.providers.base import Address, ImageRequest, Provider, SourceImage
from assignments.generation.providers.openai import OpenAIProvider
from assignments.generation.providers.prompts import without_server_tags

from .conftest import API_VERSION, KEY, MODEL, azure_old_provider, azure_v1_provider, openai_provider
from .fake_server import Fault, RehearsalConfig, RehearsalServer

PSEUDONYM = "b7e0b4b1f0a14e0c8f6f4b1d2c3a5e6f"


def ask(**changes: object) -> ImageRequest:
    request = ImageRequest(
        model=MODEL, prompt="A teacher's frame. <<아침 햇살에 에펠탑 옆에 있는 개>>", pseudonym=PSEUDONYM
    )
    return dataclasses.replace(request, **changes)  # type: ignore[arg-type]


def test_a_request_carries_these_fields_and_no_other(
    http_provider: Provider, server: RehearsalServer
) -> None:
    request = ask(student_text="아침", negative_prompt="rain", style="quiet", seed=3, quality="low")
    http_provider.generate(request)
    assert json.loads(server.requests[0].body) == {
        "model": MODEL,
        "prompt": request.prompt,
        "n": 1,
        "size": "1536x864",
        "quality": "low",
        "safety_identifier": PSEUDONYM,
    }


def test_only_the_needed_headers_leave(
    http_provider: Provider, server: RehearsalServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-someone")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-of-someone")
    http_provider.generate(ask())
    sent = {name.lower() for name, _ in server.requests[0].headers}
    assert sent - {"authorization", "api-key"} == {
        "host",
        "connection",
        "accept",
        "accept-encoding",
        "content-type",
        "content-length",
        "user-agent",
    }
    assert b"of-someone" not in server.requests[0].raw
    assert dict(server.requests[0].headers)["User-Agent"] == "Edu4All"


def test_a_student_is_a_pseudonym_in_an_edit_too(http_provider: Provider, server: RehearsalServer) -> None:
    drawn = http_provider.generate(ask()).images[0].data
    http_provider.edit(ask(source=SourceImage(drawn)))
    raw = server.requests[1].raw
    names = re.findall(rb'; name="([^"]+)"', raw)
    assert sorted(names) == [b"image", b"model", b"n", b"prompt", b"safety_identifier", b"size"]
    assert re.findall(rb'filename="([^"]+)"', raw) == [b"picture.png"]
    assert server.counters()["by_pseudonym"] == {PSEUDONYM: 2}


def test_each_address_is_the_one_that_its_service_documents(server: RehearsalServer) -> None:
    openai_provider(server).generate(ask())
    azure_v1_provider(server).generate(ask())
    azure_old_provider(server).generate(ask())
    assert [request.path for request in server.requests] == [
        "/v1/images/generations",
        "/openai/v1/images/generations",
        f"/openai/deployments/{MODEL}/images/generations?api-version={API_VERSION}",
    ]


@pytest.mark.parametrize(
    ("given", "version", "path"),
    [
        ("", "", "/openai/v1/images/generations"),
        ("/", "", "/openai/v1/images/generations"),
        ("/openai/v1/", "", "/openai/v1/images/generations"),
        ("/openai/v1", API_VERSION, "/openai/v1/images/generations"),
        ("/openai", "", "/openai/v1/images/generations"),
        (
            "/openai/",
            API_VERSION,
            f"/openai/deployments/{MODEL}/images/generations?api-version={API_VERSION}",
        ),
    ],
)
def test_an_azure_address_is_read_as_people_paste_it(
    server: RehearsalServer, given: str, version: str, path: str
) -> None:
    from_portal = Address(
        server.address + given, KEY, deployment=MODEL, api_version=version, is_private_allowed=True
    )
    AzureProvider(from_portal).generate(ask(model="a name of our own"))
    assert server.requests[0].path == path


def test_a_key_goes_to_its_own_address_alone(server: RehearsalServer) -> None:
    with RehearsalServer(RehearsalConfig(key="another-key")) as other:
        other.script(Fault("url"))
        openai_provider(server).generate(ask())
        with pytest.raises(KeyRejected):
            openai_provider(other).generate(ask())
        provider = OpenAIProvider(Address(other.openai_address, "another-key", is_private_allowed=True))
        provider.generate(ask())
        assert all(KEY.encode() not in request.raw for request in other.requests[1:])
        picture = other.requests[-1]
        assert picture.path.startswith("/files/")
        assert b"another-key" not in picture.raw


def test_no_key_is_sent_where_there_is_none() -> None:
    with RehearsalServer(RehearsalConfig(key="")) as server:
        OpenAIProvider(Address(server.openai_address, is_private_allowed=True)).generate(ask())
        assert b"authorization" not in server.requests[0].raw.lower()


def test_a_redirect_is_not_followed(http_provider: Provider, server: RehearsalServer) -> None:
    server.script(Fault("redirect"))
    with pytest.raises(AddressForbidden):
        http_provider.generate(ask())
    assert len(server.requests) == 1


def test_a_picture_at_another_host_is_not_fetched(openai: Provider, server: RehearsalServer) -> None:
    server.script(Fault("foreign_url"))
    with pytest.raises(BadAnswer, match="another host"):
        openai.generate(ask())


def test_a_parameter_that_a_server_does_not_know_is_left_out_from_then_on() -> None:
    unknown = frozenset({"safety_identifier", "quality"})
    with RehearsalServer(RehearsalConfig(unknown_parameters=unknown)) as server:
        provider = openai_provider(server)
        provider.generate(ask(quality="low"))
        assert [request.body.count(b"safety_identifier") for request in server.requests][-1] == 0
        assert server.counters()["statuses"] == {"200": 1, "400": 2}
        openai_provider(server).generate(ask(quality="low"))
        assert server.counters()["statuses"] == {"200": 2, "400": 2}
        assert server.counters()["pictures"] == 2


def test_a_parameter_that_must_be_sent_is_never_left_out(openai: Provider, server: RehearsalServer) -> None:
    server.script(Fault("unknown_parameter", parameter="size"))
    with pytest.raises(GenerationError) as caught:
        openai.generate(ask())
    assert caught.value.parameter == "size"
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ('a cat <sd_cpp_extra_args>{"steps": 999}</sd_cpp_extra_args> on a roof', "a cat  on a roof"),
        ("a <SD_CPP_EXTRA_ARGS>cat", "a cat"),
        ("a <sd_cpp_<sd_cpp_extra_args></sd_cpp_extra_args>extra_args>cat", "a cat"),
        ("a cat <lora:nude:1.0>", "a cat "),
        ("2 < 3 and a <hat>", "2 < 3 and a <hat>"),
    ],
)
def test_tags_that_a_server_would_obey_are_taken_out(
    typed: str, sent: str, openai: Provider, server: RehearsalServer
) -> None:
    openai.generate(ask(prompt=typed))
    assert json.loads(server.requests[0].body)["prompt"] == sent == without_server_tags(typed)


def test_models_are_listed_with_the_day_they_end(server: RehearsalServer) -> None:
    expected = (("rehearsal-1", None), ("rehearsal-old", "2026-12-01"))
    for build in (openai_provider, azure_v1_provider):
        provider = build(server)
        assert isinstance(provider, OpenAIProvider)
        assert provider.list_models() == expected
    old = azure_old_provider(server)
    assert isinstance(old, OpenAIProvider)
    assert old.list_models() == ()


def test_a_server_without_a_list_of_models_has_none(server: RehearsalServer) -> None:
    provider = OpenAIProvider(Address(f"{server.address}/elsewhere", KEY, is_private_allowed=True))
    assert provider.list_models() == ()


def test_the_key_is_in_no_representation() -> None:
    assert "s3cret" not in repr(Address("https://api.example.com/v1", "s3cret"))

"""What the engine may rely on, whichever provider draws."""

import dataclasses
import io
import time

import pytest
from PIL import Image

from assignments.generation.errors import GenerationError, RequestInvalid
from assignments.generation.images import verify
from assignments.generation.providers.base import Address, ImageRequest, Provider, SourceImage
from assignments.generation.providers.registry import build_provider, kinds

from .conftest import MODEL, OVER_HTTP, sample_provider
from .fake_server import RehearsalServer

EVERY = OVER_HTTP | {"sample": sample_provider}


@pytest.fixture(params=list(EVERY))
def provider(request: pytest.FixtureRequest, server: RehearsalServer) -> Provider:
    return EVERY[request.param](server)


def ask(**changes: object) -> ImageRequest:
    words = "노란 우산을 쓴 소년"
    request = ImageRequest(
        model=MODEL, prompt=f"Draw: {words}", student_text=words, pseudonym="5f1c0d", quality="low", seed=7
    )
    return dataclasses.replace(request, **changes)  # type: ignore[arg-type]


def png_source(width: int = 1536, height: int = 864) -> SourceImage:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "PNG")
    return SourceImage(out.getvalue())


def png_mask(width: int = 1536, height: int = 864) -> SourceImage:
    mask = Image.new("RGBA", (width, height), (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), (0, 0, width // 2, height))
    out = io.BytesIO()
    mask.save(out, "PNG")
    return SourceImage(out.getvalue())


def test_every_kind_of_the_registry_is_held_to_the_contract() -> None:
    assert {name.split()[0] for name in EVERY} == set(kinds())


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(LookupError, match="crayon"):
        build_provider("crayon", Address())


def test_a_picture_has_the_size_and_colour_that_was_asked_for(provider: Provider) -> None:
    result = provider.generate(ask())
    assert len(result.images) == 1
    found = verify(result.images[0].data, width=1536, height=864, is_colour_required=True)
    assert (found.width * 9, found.format) == (found.height * 16, "PNG")
    assert result.usage.pictures == 1


def test_two_pictures_of_one_call_differ(provider: Provider) -> None:
    result = provider.generate(ask(count=2))
    assert len({image.data for image in result.images}) == 2
    assert result.usage.pictures == 2


def test_an_edit_starts_from_a_picture(provider: Provider) -> None:
    result = provider.edit(ask(source=png_source()))
    verify(result.images[0].data, width=1536, height=864, is_colour_required=True)


def test_an_edit_takes_a_mask(provider: Provider) -> None:
    result = provider.edit(ask(source=png_source(), mask=png_mask()))
    verify(result.images[0].data, width=1536, height=864, is_colour_required=True)


def test_an_edit_of_nothing_is_refused_before_any_call(provider: Provider, server: RehearsalServer) -> None:
    with pytest.raises(RequestInvalid):
        provider.edit(ask())
    assert server.counters()["requests"] == 0


def test_capabilities_name_the_lessons_size(provider: Provider) -> None:
    capabilities = provider.capabilities(MODEL)
    assert capabilities.is_any_size or (1536, 864) in capabilities.sizes
    assert capabilities.max_count >= 1


def test_a_deadline_that_is_over_ends_the_call_at_once(provider: Provider) -> None:
    began = time.monotonic()
    with pytest.raises(GenerationError):
        provider.generate(ask(deadline_seconds=0.0))
    assert time.monotonic() - began < 30


def test_a_request_is_left_as_it_was(provider: Provider) -> None:
    request = ask()
    before = dataclasses.asdict(request)
    provider.generate(request)
    assert dataclasses.asdict(request) == before

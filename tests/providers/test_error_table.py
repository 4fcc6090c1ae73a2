"""Every way in which a provider was seen to fail, and the one kind that it becomes."""

from dataclasses import dataclass

import pytest

from assignments.generation import errors
from assignments.generation.errors import Action, GenerationError
from assignments.generation.images import verify
from assignments.generation.providers.base import ImageRequest, Provider, SourceImage
from assignments.generation.providers.wire import read_error
from assignments.generation.rehearsal.config import FAULT_KINDS

from .conftest import MODEL
from .fake_server import Fault, RehearsalServer


@dataclass(frozen=True)
class Case:
    fault: Fault
    error: type[GenerationError]
    action: Action
    retry_after_seconds: float | None = None
    categories: tuple[str, ...] = ()
    deadline_seconds: float = 60.0
    max_bytes: int = 4_000_000


CASES = [
    Case(Fault("rate_limited", seconds=7), errors.RateLimited, Action.WAIT, 7),
    Case(Fault("rate_limited", seconds=1, milliseconds=250), errors.RateLimited, Action.WAIT, 0.25),
    Case(Fault("rate_limited"), errors.RateLimited, Action.WAIT),
    Case(Fault("insufficient_quota"), errors.QuotaExhausted, Action.STOP),
    Case(Fault("server_error"), errors.ServerFault, Action.RETRY),
    Case(Fault("unavailable"), errors.ServerFault, Action.RETRY),
    Case(Fault("unavailable", seconds=9), errors.RateLimited, Action.WAIT, 9),
    Case(Fault("plain_text_error"), errors.ServerFault, Action.RETRY),
    Case(Fault("html"), errors.BadAnswer, Action.RETRY),
    Case(Fault("no_data"), errors.EmptyAnswer, Action.RETRY),
    Case(Fault("error_inside"), errors.ErrorInsideAnswer, Action.RETRY),
    Case(Fault("event_stream"), errors.StreamIgnored, Action.RETRY),
    Case(Fault("not_base64"), errors.BadAnswer, Action.RETRY),
    Case(Fault("compressed"), errors.BadAnswer, Action.RETRY),
    Case(Fault("truncated"), errors.TruncatedAnswer, Action.RETRY),
    Case(Fault("oversized", size=8_000_000), errors.OversizedAnswer, Action.FAIL),
    Case(Fault("drip", seconds=0.05), errors.TimedOut, Action.RETRY, deadline_seconds=1.5),
    Case(Fault("hang"), errors.TimedOut, Action.RETRY, deadline_seconds=1.5),
    Case(Fault("reset"), errors.ConnectionLost, Action.RETRY),
    Case(Fault("redirect"), errors.AddressForbidden, Action.STOP),
    Case(Fault("foreign_url"), errors.BadAnswer, Action.RETRY),
    Case(Fault("refuse_input"), errors.PromptRefused, Action.REFUSE, categories=("violence",)),
    Case(Fault("refuse_unknown"), errors.PromptRefused, Action.REFUSE, categories=("violence",)),
    Case(Fault("refuse_output"), errors.PictureRefused, Action.REFUSE, categories=("violence",)),
    Case(Fault("content_policy_violation"), errors.PromptRefused, Action.REFUSE),
    Case(Fault("azure_content_filter"), errors.PromptRefused, Action.REFUSE, categories=("violence",)),
    Case(Fault("azure_old_content_filter"), errors.PromptRefused, Action.REFUSE, categories=("violence",)),
    Case(Fault("azure_jailbreak"), errors.PromptRefused, Action.REFUSE, categories=("jailbreak",)),
    Case(Fault("azure_filtered_output"), errors.PictureRefused, Action.REFUSE),
    Case(Fault("temporarily_blocked"), errors.AccountBlocked, Action.STOP),
    Case(Fault("model_gone"), errors.ModelGone, Action.STOP),
    Case(Fault("model_gone_404"), errors.ModelGone, Action.STOP),
    Case(Fault("key_rejected"), errors.KeyRejected, Action.STOP),
    Case(Fault("unknown_parameter", parameter="size"), errors.RequestInvalid, Action.FAIL),
    Case(Fault("invalid_size"), errors.RequestInvalid, Action.FAIL),
]
# These come back as bytes; it is the look at the picture that finds them.
PICTURES = {
    "wrong_format": errors.ImageWrongFormat,
    "wrong_size": errors.ImageWrongSize,
    "blank": errors.ImageBlank,
    "grey": errors.ImageGrey,
    "bomb": errors.ImageBomb,
}
GOOD_ANYWAY = {"url", "rounded_size"}


def ask(**changes: object) -> ImageRequest:
    return ImageRequest(model=MODEL, prompt="a dog", pseudonym="p1", **changes)  # type: ignore[arg-type]


def test_the_table_leaves_no_fault_out() -> None:
    assert {case.fault.kind for case in CASES} | set(PICTURES) | GOOD_ANYWAY == FAULT_KINDS


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.fault.kind}-{case.error.kind}")
def test_a_fault_becomes_one_kind(case: Case, http_provider: Provider, server: RehearsalServer) -> None:
    server.script(case.fault)
    with pytest.raises(GenerationError) as caught:
        http_provider.generate(ask(deadline_seconds=case.deadline_seconds, max_bytes=case.max_bytes))
    error = caught.value
    assert type(error) is case.error
    assert error.action is case.action
    assert error.retry_after_seconds == case.retry_after_seconds
    assert error.categories == case.categories
    assert error.detail
    assert server.counters()["calls"] == 1


@pytest.mark.parametrize("kind", PICTURES)
def test_a_bad_picture_is_found_in_its_bytes(kind: str, openai: Provider, server: RehearsalServer) -> None:
    server.script(Fault(kind))
    picture = openai.generate(ask()).images[0]
    with pytest.raises(GenerationError) as caught:
        verify(picture.data, width=1536, height=864, is_colour_required=True)
    assert type(caught.value) is PICTURES[kind]
    assert caught.value.is_billed


@pytest.mark.parametrize("kind", sorted(GOOD_ANYWAY))
def test_what_compatible_servers_do_otherwise_is_taken(
    kind: str, openai: Provider, server: RehearsalServer
) -> None:
    server.script(Fault(kind))
    picture = openai.generate(ask()).images[0]
    assert verify(picture.data, width=1536, height=864, is_colour_required=True).width == 1536


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.fault.kind}-{case.error.kind}")
def test_an_edit_fails_in_the_same_way(case: Case, openai: Provider, server: RehearsalServer) -> None:
    from_drawing = openai.generate(ask()).images[0]
    server.script(case.fault)
    request = ask(
        source=SourceImage(from_drawing.data),
        deadline_seconds=case.deadline_seconds,
        max_bytes=case.max_bytes,
    )
    with pytest.raises(case.error):
        openai.edit(request)


def test_kinds_are_unique_and_public_texts_are_kind() -> None:
    kinds = [error.kind for error in _all_errors(GenerationError)]
    assert len(kinds) == len(set(kinds))
    for error in _all_errors(GenerationError):
        text = str(error.public_text)
        assert text.endswith(".")
        assert not any(word in text.lower() for word in ("error", "invalid", "http", "api", "exception"))


def _all_errors(base: type[GenerationError]) -> list[type[GenerationError]]:
    return [base, *(deeper for error in base.__subclasses__() for deeper in _all_errors(error))]


def test_nothing_that_looks_like_a_key_reaches_the_log() -> None:
    body = b'{"error":{"code":"invalid_api_key","message":"Incorrect API key provided: sk-proj-abc123xyz."}}'
    error = read_error(401, {}, body)
    assert type(error) is errors.KeyRejected
    assert "abc123xyz" not in error.detail

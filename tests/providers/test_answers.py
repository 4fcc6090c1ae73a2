"""Spellings that the rehearsal server doesn't speak, but some server somewhere does."""

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assignments.generation import errors
from assignments.generation.providers.answers import read_result
from assignments.generation.providers.base import RateFacts
from assignments.generation.providers.wire import read_error, read_rate, read_retry_after

JSON = {"content-type": "application/json"}
PIXEL = "iVBORw0KGgo="


def no_fetch(url: str) -> bytes:
    raise AssertionError(f"{url} must not be fetched")


def said(status: int, body: object) -> type[errors.GenerationError]:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return type(read_error(status, {}, raw))


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, b"size must be a multiple of 64", errors.RequestInvalid),
        (404, b"Not Found", errors.RequestInvalid),
        (404, {"error": {"code": "DeploymentNotFound", "message": "gone"}}, errors.ModelGone),
        (
            404,
            {"object": "error", "message": "The model `x` does not exist.", "type": "NotFoundError"},
            errors.ModelGone,
        ),
        (410, {"error": {"code": "ModelDeprecated", "message": "retired"}}, errors.ModelGone),
        (400, {"error": {"code": "billing_hard_limit_reached", "message": "x"}}, errors.QuotaExhausted),
        (429, {"error": {"type": "insufficient_quota", "message": "x"}}, errors.QuotaExhausted),
        (402, b"", errors.QuotaExhausted),
        (429, {"error": {"code": "429", "message": "exceeded call rate limit"}}, errors.RateLimited),
        (429, b"slow down", errors.RateLimited),
        (401, {"error": "bad token"}, errors.KeyRejected),
        (401, {"error": {"code": "account_deactivated", "message": "x"}}, errors.AccountBlocked),
        (
            403,
            {"error": {"code": "unsupported_country_region_territory", "message": "x"}},
            errors.KeyRejected,
        ),
        (403, {"message": "Access to your resource is temporarily blocked"}, errors.AccountBlocked),
        (500, b"<html>oops</html>", errors.ServerFault),
        (502, b"", errors.ServerFault),
        (408, b"", errors.ServerFault),
        (413, b"", errors.RequestInvalid),
        (422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "quality"]}]}, errors.RequestInvalid),
        (
            400,
            {
                "error": {
                    "code": "content_filter",
                    "message": "x",
                    "innererror": {"content_filter_results": {}},
                }
            },
            errors.PromptRefused,
        ),
        (
            400,
            {
                "error": {
                    "code": "BadRequest",
                    "inner_error": {"content_filter_result": {"sexual": {"filtered": True}}},
                }
            },
            errors.PromptRefused,
        ),
        (
            400,
            {"error": {"code": "x", "innererror": {"code": "ResponsibleAIPolicyViolation"}}},
            errors.PromptRefused,
        ),
        (400, {"error": {"code": "moderation_blocked", "message": "blocked"}}, errors.PromptRefused),
        (400, b"[1, 2]", errors.RequestInvalid),
        (400, b"\xff\xfe", errors.RequestInvalid),
    ],
)
def test_an_answer_of_400_and_above(status: int, body: object, kind: type[errors.GenerationError]) -> None:
    assert said(status, body) is kind


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"error": {"code": "unknown_parameter", "param": "quality"}}, "quality"),
        ({"error": {"message": "Unknown parameter: 'safety_identifier'."}}, "safety_identifier"),
        (
            {"error": {"message": "Unrecognized request argument supplied: safety_identifier"}},
            "safety_identifier",
        ),
        ({"detail": [{"type": "extra_forbidden", "loc": ["body", "quality"]}]}, "quality"),
        ({"error": {"message": "Something else."}}, ""),
    ],
)
def test_the_unknown_parameter_is_named(body: object, name: str) -> None:
    assert read_error(400, {}, json.dumps(body).encode()).parameter == name


def test_how_long_to_wait() -> None:
    assert read_retry_after({"retry-after": "12"}) == 12
    assert read_retry_after({"retry-after": "12", "retry-after-ms": "1500"}) == 1.5
    assert read_retry_after({}) is None
    assert read_retry_after({"retry-after": "soon"}) is None
    assert read_retry_after({"retry-after": "-3"}) is None
    assert read_retry_after({"retry-after": "nan"}) is None
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    assert 27 < (read_retry_after({"retry-after": moment}) or 0) <= 30
    assert read_retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0


def test_what_the_headers_say_of_the_limit() -> None:
    headers = {
        "x-ratelimit-limit-requests": "5",
        "x-ratelimit-remaining-requests": "4",
        "x-ratelimit-reset-requests": "1m12s",
    }
    assert read_rate(headers) == RateFacts(5, 4, 72.0)
    assert read_rate({"x-ratelimit-reset-images": "250ms"}) == RateFacts(None, None, 0.25)
    assert read_rate({"x-ratelimit-limit-requests": "many"}) == RateFacts()


def test_azures_pictures_that_were_filtered_one_by_one() -> None:
    filtered = {"content_filter_results": {"violence": {"filtered": True}}}
    body = {"data": [filtered, {"b64_json": PIXEL}]}
    assert len(read_result(JSON, json.dumps(body).encode(), most=2, fetch=no_fetch).images) == 1
    with pytest.raises(errors.PictureRefused):
        read_result(JSON, json.dumps({"data": [filtered]}).encode(), most=1, fetch=no_fetch)


def test_more_pictures_than_asked_for_are_left_out() -> None:
    body = json.dumps({"data": [{"b64_json": PIXEL}] * 5}).encode()
    assert len(read_result(JSON, body, most=2, fetch=no_fetch).images) == 2


def test_a_picture_may_come_as_a_data_address() -> None:
    body = json.dumps({"data": [{"url": f"data:image/png;base64,{PIXEL}", "seed": 4}]}).encode()
    image = read_result(JSON, body, most=1, fetch=no_fetch).images[0]
    assert (image.data, image.seed) == (b"\x89PNG\r\n\x1a\n", 4)


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ({"code": "moderation_blocked", "message": "x"}, errors.PromptRefused),
        ({"code": "insufficient_quota", "message": "x"}, errors.QuotaExhausted),
        ("a word", errors.ErrorInsideAnswer),
        ({"message": "no idea"}, errors.ErrorInsideAnswer),
    ],
)
def test_an_error_inside_a_200(inside: object, kind: type[errors.GenerationError]) -> None:
    with pytest.raises(errors.GenerationError) as caught:
        read_result(JSON, json.dumps({"error": inside}).encode(), most=1, fetch=no_fetch)
    assert type(caught.value) is kind


@pytest.mark.parametrize(
    "body", [b'"a string"', b"[]", b"null", b"", b"{}", b'{"data": [null]}', b'{"data": "x"}']
)
def test_a_200_that_is_no_answer(body: bytes) -> None:
    with pytest.raises(errors.BadAnswer):
        read_result(JSON, body, most=1, fetch=no_fetch)


@pytest.mark.parametrize(
    ("usage", "counts"),
    [
        (
            {
                "input_tokens": 50,
                "output_tokens": 9,
                "input_tokens_details": {"text_tokens": 10, "image_tokens": 40},
            },
            (10, 40, 9),
        ),
        ({"input_tokens": 50, "output_tokens": 9}, (50, 0, 9)),
        ({"input_tokens": "many", "output_tokens": -4, "input_tokens_details": 3}, (0, 0, 0)),
        (None, (0, 0, 0)),
    ],
)
def test_usage_is_read_with_care(usage: object, counts: tuple[int, int, int]) -> None:
    body = json.dumps({"data": [{"b64_json": PIXEL}], "usage": usage}).encode()
    found = read_result(JSON, body, most=1, fetch=no_fetch).usage
    assert (found.input_text_tokens, found.input_image_tokens, found.output_tokens) == counts
    assert found.pictures == 1


def test_an_answer_that_is_all_values_is_not_read() -> None:
    picture = {"b64_json": PIXEL, "revised_prompt": "a dog, " * 4_000}
    fits = json.dumps({"data": [picture] * 10}).encode()
    assert len(read_result(JSON, fits, most=10, fetch=no_fetch).images) == 10
    for value in ({}, "", []):
        swollen = json.dumps({"data": [picture, *[value] * 100_000]}).encode()
        with pytest.raises(errors.BadAnswer):
            read_result(JSON, swollen, most=1, fetch=no_fetch)

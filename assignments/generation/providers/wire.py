"""What the image APIs say, read as one of our errors.

The spellings are those of OpenAI, of Azure (which has several) and of servers that speak like them;
each was seen in an answer or stands in the vendor's reference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from ..errors import (
    AccountBlocked,
    GenerationError,
    KeyRejected,
    ModelGone,
    PictureRefused,
    PromptRefused,
    QuotaExhausted,
    RateLimited,
    RequestInvalid,
    ServerFault,
)
from .base import RateFacts

_REFUSED = frozenset(
    {
        "moderation_blocked",
        "content_policy_violation",
        "contentfilter",
        "content_filter",
        "responsibleaipolicyviolation",
    }
)
_NO_MONEY = frozenset(
    {"insufficient_quota", "billing_hard_limit_reached", "billing_limit_user_error", "billing_not_active"}
)
_BLOCKED = frozenset({"account_deactivated", "account_suspended", "access_terminated"})
_NO_MODEL = frozenset({"model_not_found", "deploymentnotfound", "model_not_available", "modeldeprecated"})
_UNKNOWN = frozenset({"unknown_parameter", "unsupported_parameter", "unrecognized_parameter"})
_MODEL_WORDS = re.compile(
    r"\b(model|deployment)\b.{0,120}\b(not exist|not found|retired|deprecated|shut down)", re.I | re.S
)
_BLOCKED_WORDS = re.compile(r"temporarily blocked|suspended|deactivated", re.I)
_OUTPUT_WORDS = re.compile(r"generated (image|picture)s? (was|were|is|are|has|have)", re.I)
_UNKNOWN_WORDS = re.compile(
    r"(?:unknown|unrecognized|unsupported|unexpected|extra)\s(?:request\s)?(?:parameters?|arguments?|fields?|inputs?)"
    r"(?:\ssupplied)?:?\s*['\"`]?([a-z_]+)",
    re.I,
)
_KEY = re.compile(r"\b(?:sk|key)-[\w*-]{6,}", re.I)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s)")
_UNIT_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_MAX_DETAIL = 500


def read_error(status: int, headers: Mapping[str, str], body: bytes) -> GenerationError:
    """Return the error that an answer of 400 or above means.

    ``headers`` finds names in lower case (or in any, as HTTP libraries' own mappings do).
    """
    error = _error_object(body)
    kind = classify(status, error)
    retry_after = read_retry_after(headers) if status in {429, 500, 502, 503, 504, 529} else None
    if kind is ServerFault and status in {503, 529} and retry_after is not None:
        kind = RateLimited
    return kind(
        read_detail(status, error),
        retry_after_seconds=retry_after,
        request_id=read_request_id(headers),
        status_code=status,
        categories=_categories(error),
        parameter=unknown_parameter(error) if kind is RequestInvalid else "",
    )


def read_error_inside(body: Mapping[str, Any], headers: Mapping[str, str]) -> GenerationError | None:
    """Return the error of a 200 that says what it is about; None when it says nothing we know."""
    error = _as_error(body)
    kind = _said(error)
    if kind is None:
        return None
    return kind(
        read_detail(200, error),
        request_id=read_request_id(headers),
        status_code=200,
        categories=_categories(error),
    )


def classify(status: int, error: Mapping[str, Any]) -> type[GenerationError]:
    """Return the kind of an error answer; ``error`` is the object inside ``{"error": ...}``."""
    said = _said(error)
    if said:
        return said
    if status in {401, 403}:
        return AccountBlocked if _BLOCKED_WORDS.search(_message(error)) else KeyRejected
    if status == 402:
        return QuotaExhausted
    if status == 410:
        return ModelGone
    if status == 429:
        return RateLimited
    if status >= 500 or status in {408, 409, 425}:
        return ServerFault
    return ModelGone if _MODEL_WORDS.search(_message(error)) else RequestInvalid


def unknown_parameter(error: Mapping[str, Any]) -> str:
    """Return the name of the parameter that the server doesn't know, or ""."""
    if _code(error) in _UNKNOWN and isinstance(error.get("param"), str):
        return str(error["param"])
    # Servers built on pydantic list what was too much: {"detail": [{"type": "extra_forbidden", "loc": [...]}]}.
    details = error.get("detail")
    for item in details if isinstance(details, list) else []:
        if isinstance(item, dict) and item.get("type") == "extra_forbidden" and item.get("loc"):
            return str(item["loc"][-1])
    found = _UNKNOWN_WORDS.search(_message(error))
    return found.group(1) if found else ""


def read_request_id(headers: Mapping[str, str]) -> str:
    return headers.get("x-request-id") or headers.get("apim-request-id") or ""


def read_retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds to wait (RFC 9110, 10.2.3, and the vendors' finer header), None if unsaid."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None or not text:
        return seconds
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def read_rate(headers: Mapping[str, str]) -> RateFacts:
    """Return what ``x-ratelimit-*`` say of requests, or of images where only those are named."""
    for unit in ("requests", "images"):
        limit = _number(headers.get(f"x-ratelimit-limit-{unit}"))
        remaining = _number(headers.get(f"x-ratelimit-remaining-{unit}"))
        reset = _duration(headers.get(f"x-ratelimit-reset-{unit}"))
        if limit is not None or remaining is not None or reset is not None:
            return RateFacts(
                int(limit) if limit is not None else None,
                int(remaining) if remaining is not None else None,
                reset,
            )
    return RateFacts()


def read_detail(status: int, error: Mapping[str, Any]) -> str:
    """Return text for the log, with anything that looks like a key taken out."""
    code = error.get("code") or error.get("type") or ""
    text = f"{status} {code}: {_message(error)}" if code else f"{status}: {_message(error)}"
    return _KEY.sub("[key]", text)[:_MAX_DETAIL]


def _error_object(body: bytes) -> dict[str, Any]:
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return {"message": body[:_MAX_DETAIL].decode("utf-8", "replace")}
    return _as_error(content)


def _as_error(content: Any) -> dict[str, Any]:
    if not isinstance(content, Mapping):
        return {"message": str(content)}
    error = content.get("error", content)
    return dict(error) if isinstance(error, Mapping) else {"message": str(error)}


def _code(error: Mapping[str, Any]) -> str:
    return str(error.get("code") or "").lower()


def _message(error: Mapping[str, Any]) -> str:
    return str(error.get("message") or error.get("detail") or "")


def _names(error: Mapping[str, Any]) -> frozenset[str]:
    return frozenset({_code(error), str(error.get("type") or "").lower()})


def _inner(error: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = error.get("innererror") or error.get("inner_error")
    return inner if isinstance(inner, Mapping) else {}


def _filters(error: Mapping[str, Any]) -> Mapping[str, Any]:
    for holder in (_inner(error), error):
        for name in ("content_filter_result", "content_filter_results"):
            if isinstance(holder.get(name), Mapping):
                return holder[name]
    return {}


def is_filtered(result: object) -> bool:
    """Say whether one category of Azure's content filter struck."""
    return isinstance(result, Mapping) and bool(result.get("filtered") or result.get("detected"))


def _said(error: Mapping[str, Any]) -> type[GenerationError] | None:
    """Return the kind that the error's own code names, whatever the status."""
    refusal = _refusal(error)
    if refusal:
        return refusal
    for names, kind in ((_NO_MONEY, QuotaExhausted), (_BLOCKED, AccountBlocked), (_NO_MODEL, ModelGone)):
        if _names(error) & names:
            return kind
    return None


def _refusal(error: Mapping[str, Any]) -> type[GenerationError] | None:
    struck = any(is_filtered(result) for result in _filters(error).values())
    if not (struck or _names(error) & _REFUSED or _code(_inner(error)) in _REFUSED):
        return None
    details = error.get("moderation_details")
    stage = details.get("moderation_stage") if isinstance(details, Mapping) else None
    if stage == "output" or (stage is None and _OUTPUT_WORDS.search(_message(error))):
        return PictureRefused
    # A stage that isn't told is treated as the words', which the child can change.
    return PromptRefused


def _categories(error: Mapping[str, Any]) -> tuple[str, ...]:
    details = error.get("moderation_details")
    named = details.get("categories") if isinstance(details, Mapping) else None
    if isinstance(named, Mapping):
        return tuple(str(name) for name, is_hit in named.items() if is_hit)
    if isinstance(named, list):
        return tuple(str(name) for name in named)
    return tuple(str(name) for name, result in _filters(error).items() if is_filtered(result))


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def _duration(text: str | None) -> float | None:
    """Read ``6m0s``, ``250ms`` or plain seconds."""
    if text is None:
        return None
    pieces = _DURATION.findall(text)
    if pieces:
        return sum(float(number) * _UNIT_SECONDS[unit] for number, unit in pieces)
    return _number(text)

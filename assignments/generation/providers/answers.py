"""Reading the answer to an image call: pictures, usage, facts, and the traps of a 200."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from typing import Any

from ..errors import (
    BadAnswer,
    EmptyAnswer,
    ErrorInsideAnswer,
    GenerationError,
    PictureRefused,
    StreamIgnored,
    storable,
)
from .base import DrawnImage, ImageResult, Usage
from .wire import is_filtered, read_error_inside, read_rate, read_request_id

FetchPicture = Callable[[str], bytes]

# As much as a model is asked with (32,000 characters), and as a column of 64 bits holds.
_MAX_REVISED_PROMPT = 32_000
_MOST_SEED = 2**63 - 1
# Each begins a value; base64 has none of them. Read, a value of three bytes takes fifty and more, so an answer
# that is all values would fill a worker's memory. Ten pictures with their words and facts have a few hundred.
_BEGINNINGS = (b",", b"[", b"{")
_MOST_VALUES = 100_000
# A thousand times what a picture takes: more is no count of tokens, and would be booked as money.
_MOST_TOKENS = 10_000_000


def read_result(headers: Mapping[str, str], body: bytes, *, most: int, fetch: FetchPicture) -> ImageResult:
    """Return the pictures of a 200, never more than ``most``.

    Args:
        headers: of the answer; names in lower case or in a mapping that doesn't mind.
        fetch: gets a picture that the server names by address in place of sending it.

    Raises:
        StreamIgnored, BadAnswer: not the JSON that was asked for.
        ErrorInsideAnswer: an error under a 200 (or the kind it names, a refusal for example).
        PictureRefused: every picture was filtered.
        EmptyAnswer: no picture and no reason.
    """
    content = read_json(headers, body)
    items = content.get("data")
    if not isinstance(items, list) or not items:
        raise _tell(EmptyAnswer, "The answer holds no pictures.", headers)
    drawn = tuple(_read_image(item, headers, fetch) for item in items[:most] if _has_picture(item))
    if not drawn:
        if any(_was_filtered(item) for item in items):
            raise _tell(PictureRefused, "Every picture was filtered.", headers)
        raise _tell(EmptyAnswer, "The answer's pictures are empty.", headers)
    return ImageResult(
        images=drawn,
        usage=_read_usage(content.get("usage"), len(drawn)),
        request_id=read_request_id(headers),
        rate=read_rate(headers),
    )


def read_json(headers: Mapping[str, str], body: bytes) -> Mapping[str, Any]:
    """Return the object of a 200, or raise what it is instead."""
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type == "text/event-stream":
        raise _tell(StreamIgnored, "Events came where one answer was asked for.", headers)
    if sum(body.count(sign) for sign in _BEGINNINGS) > _MOST_VALUES:
        raise _tell(BadAnswer, "The answer holds more values than any picture needs.", headers)
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise _tell(BadAnswer, f"The answer is {content_type or 'no'} text, not JSON.", headers) from None
    if not isinstance(content, Mapping):
        raise _tell(BadAnswer, f"The answer is a {type(content).__name__}, not an object.", headers)
    if content.get("error"):
        raise read_error_inside(content, headers) or _tell(
            ErrorInsideAnswer, str(content["error"])[:300], headers
        )
    return content


def _tell(kind: type[GenerationError], detail: str, headers: Mapping[str, str]) -> GenerationError:
    return kind(detail, request_id=read_request_id(headers), status_code=200)


def _has_picture(item: object) -> bool:
    return isinstance(item, Mapping) and bool(item.get("b64_json") or item.get("url"))


def _was_filtered(item: object) -> bool:
    results = item.get("content_filter_results") if isinstance(item, Mapping) else None
    return isinstance(results, Mapping) and any(is_filtered(result) for result in results.values())


def _read_image(item: Mapping[str, Any], headers: Mapping[str, str], fetch: FetchPicture) -> DrawnImage:
    encoded = item.get("b64_json")
    if encoded:
        data = _decode(str(encoded), headers)
    elif str(item["url"]).startswith("data:"):
        data = _decode(str(item["url"]), headers)
    else:
        data = fetch(str(item["url"]))
    seed = item.get("seed")
    return DrawnImage(
        data=data,
        revised_prompt=storable(str(item.get("revised_prompt") or ""), _MAX_REVISED_PROMPT),
        seed=seed if isinstance(seed, int) and -_MOST_SEED <= seed <= _MOST_SEED else None,
    )


def _decode(text: str, headers: Mapping[str, str]) -> bytes:
    if text.startswith("data:"):
        text = text.partition(",")[2]
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _tell(BadAnswer, "A picture is not base64.", headers) from None
    if not data:
        raise _tell(EmptyAnswer, "A picture has no bytes.", headers)
    return data


def _read_usage(usage: object, pictures: int) -> Usage:
    if not isinstance(usage, Mapping):
        return Usage(pictures=pictures)
    details = usage.get("input_tokens_details")
    details = details if isinstance(details, Mapping) else {}
    image_tokens = _count(details.get("image_tokens"))
    text_tokens = _count(details.get("text_tokens", _count(usage.get("input_tokens")) - image_tokens))
    return Usage(
        input_text_tokens=text_tokens,
        input_image_tokens=image_tokens,
        output_tokens=_count(usage.get("output_tokens")),
        pictures=pictures,
    )


def _count(value: object) -> int:
    return int(value) if isinstance(value, (int, float)) and 0 <= value < _MOST_TOKENS else 0

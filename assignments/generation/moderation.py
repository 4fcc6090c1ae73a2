"""A second opinion on words and pictures, from OpenAI's moderation endpoint.

It is free of charge, knows text and images, and is only ever asked where a key for it was given.
Azure has no such endpoint.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from openai import OpenAI

from .errors import BadAnswer, RequestInvalid, storable
from .providers.answers import read_json
from .providers.base import Address
from .providers.sdk import our_errors
from .providers.transport import Deadline, open_client

# A name that follows the newest model of its kind, so it has no end of its own.
NEWEST_MODEL = "omni-moderation-latest"
MAX_IMAGE_BYTES = 20 * 1024 * 1024
_MAX_ANSWER_BYTES = 1024 * 1024
_MAGIC = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


@dataclass(frozen=True, slots=True)
class ModerationResult:
    """What the endpoint thinks.

    Attributes:
        flagged: it would not show this.
        categories: names of the categories that struck, in the endpoint's own words, sorted.
        scores: category -> 0 to 1, the highest of all that was asked about.
    """

    flagged: bool
    categories: tuple[str, ...] = ()
    scores: Mapping[str, float] = field(default_factory=dict)


class ModerationClient:
    """Asks the endpoint at an address (``https://api.openai.com/v1``)."""

    def __init__(
        self, address: Address, *, model: str = NEWEST_MODEL, deadline_seconds: float = 15.0
    ) -> None:
        self.address = address
        self.model = model
        self.deadline_seconds = deadline_seconds

    def check(self, *, text: str = "", image: bytes | None = None) -> ModerationResult:
        """Return the opinion on a text, a picture, or both together.

        Args:
            image: PNG, JPEG or WebP, at most 20 MB.

        Raises:
            GenerationError: there is no opinion; nothing may be taken for harmless because of that.
        """
        pieces = _pieces(text, image)
        deadline = Deadline(self.deadline_seconds)
        with open_client(self.address, deadline, _MAX_ANSWER_BYTES) as http_client:
            client = OpenAI(
                api_key=self.address.key or "none",
                base_url=self.address.base_url,
                http_client=http_client,
                max_retries=0,
            )
            with our_errors():
                raw = client.moderations.with_raw_response.create(model=self.model, input=pieces)
            return _read(read_json(raw.headers, raw.content))


def _pieces(text: str, image: bytes | None) -> list[Any]:
    pieces: list[Any] = [{"type": "text", "text": text}] if text else []
    if image is not None:
        mime_type = next((mime for magic, mime in _MAGIC.items() if image.startswith(magic)), None)
        if mime_type is None or len(image) > MAX_IMAGE_BYTES:
            raise RequestInvalid("A picture to check is a PNG, JPEG or WebP of at most 20 MB.")
        encoded = base64.b64encode(image).decode("ascii")
        pieces.append({"type": "image_url", "image_url": {"url": f"data:{mime_type};base64,{encoded}"}})
    if not pieces:
        raise RequestInvalid("There is nothing to check.")
    return pieces


def _read(content: Mapping[str, Any]) -> ModerationResult:
    results = content.get("results")
    if not isinstance(results, list) or not results or not all(isinstance(item, Mapping) for item in results):
        raise BadAnswer("The opinion holds no results.", status_code=200)
    if not all(isinstance(item.get("flagged"), bool) for item in results):
        raise BadAnswer("The opinion doesn't say whether it is flagged.", status_code=200)
    categories = {name for item in results for name, is_hit in _mapping(item, "categories") if is_hit}
    scores: dict[str, float] = {}
    for item in results:
        for name, score in _mapping(item, "category_scores"):
            if isinstance(score, (int, float)):
                scores[name] = max(scores.get(name, 0.0), float(score))
    return ModerationResult(
        flagged=any(item["flagged"] for item in results),
        categories=tuple(sorted(categories)),
        scores=scores,
    )


def _mapping(item: Mapping[str, Any], name: str) -> list[tuple[str, Any]]:
    value = item.get(name)
    return (
        [(storable(str(key), 80), inner) for key, inner in value.items()]
        if isinstance(value, Mapping)
        else []
    )

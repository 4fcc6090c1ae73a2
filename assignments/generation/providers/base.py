"""The protocol that every image provider speaks.

A provider turns one request into picture bytes. It writes no rows, reads no settings and knows no
school: the engine hands it everything in frozen dataclasses and books what comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Address:
    """Where a provider is and how to be let in.

    Attributes:
        base_url: address of the API, without a trailing slash; "" for providers in process.
        key: the secret, sent to ``base_url`` only.
        deployment: Azure's deployment name on the older address; "" elsewhere.
        api_version: Azure's ``api-version`` on the older address; "" elsewhere.
        is_private_allowed: the operator allows an address in a private network by name.
    """

    base_url: str = ""
    key: str = field(default="", repr=False)
    deployment: str = ""
    api_version: str = ""
    is_private_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a model can do; pages and API offer only this.

    Attributes:
        sizes: allowed (width, height) in pixels; empty when ``is_any_size``.
        qualities: names the model accepts, cheapest first; empty when it takes none.
        max_count: most pictures in one call.
    """

    sizes: tuple[tuple[int, int], ...] = ((1536, 864),)
    is_any_size: bool = False
    qualities: tuple[str, ...] = ()
    max_count: int = 1
    can_edit: bool = False
    can_mask: bool = False
    has_seed: bool = False
    has_negative_prompt: bool = False
    has_progress: bool = False


@dataclass(frozen=True, slots=True)
class SourceImage:
    """A picture to start from: bytes and MIME type (``image/png``, ``image/webp``, ``image/jpeg``)."""

    data: bytes = field(repr=False)
    mime_type: str = "image/png"


class Gate(Protocol):
    """Where the engine holds a request until the exact moment of its turn. Called in the calling thread."""

    def wait(self) -> None:
        """Right before a request's first byte leaves, with the connection open."""

    def passed(self) -> None:
        """Once a request has left, before its answer is awaited."""


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One call.

    Attributes:
        prompt: the whole text to send (meta-prompt and student's words, composed).
        student_text: the student's words alone; only ``sample`` draws from it, since its art is ours.
        negative_prompt: what to avoid, for models that take one.
        width, height: pixels.
        count: pictures wanted, at least 1.
        quality: one of ``Capabilities.qualities`` or "".
        variety: 0 (the same picture again) to 1 (never the same); honoured with seeds.
        seed: starting value for providers with seeds; None elsewhere.
        pseudonym: HMAC of the student's key; never a name.
        deadline_seconds: total time for the call, connection included.
        max_bytes: most bytes of an answer that are read.
        gate: what each request of the call passes on its way out.
    """

    model: str
    prompt: str
    student_text: str = ""
    negative_prompt: str = ""
    width: int = 1536
    height: int = 864
    count: int = 1
    quality: str = ""
    style: str = ""
    variety: float = 0.7
    seed: int | None = None
    pseudonym: str = ""
    source: SourceImage | None = None
    mask: SourceImage | None = None
    deadline_seconds: float = 180.0
    max_bytes: int = 64 * 1024 * 1024
    gate: Gate | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Usage:
    """What the provider says it used, in tokens (image models) and pictures."""

    input_text_tokens: int = 0
    input_image_tokens: int = 0
    output_tokens: int = 0
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class RateFacts:
    """What the answer's headers say about the limit; None where they don't say."""

    limit: int | None = None
    remaining: int | None = None
    reset_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class DrawnImage:
    """Bytes of one picture exactly as the provider sent them, and what it says about them."""

    data: bytes = field(repr=False)
    revised_prompt: str = ""
    seed: int | None = None
    alt: Mapping[str, str] = field(default_factory=dict)
    credits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageResult:
    """What one call brought back.

    ``cost`` is set only by providers that know it themselves; else the engine computes it from
    ``usage`` and the model's prices.
    """

    images: tuple[DrawnImage, ...]
    usage: Usage = Usage()
    request_id: str = ""
    rate: RateFacts = RateFacts()
    cost: Decimal | None = None


class Provider(Protocol):
    """An image provider. Both calls raise only ``GenerationError`` and its subclasses."""

    def capabilities(self, model: str) -> Capabilities: ...

    def generate(self, request: ImageRequest) -> ImageResult: ...

    def edit(self, request: ImageRequest) -> ImageResult: ...


ProviderFactory = Callable[[Address], Provider]

"""OpenAI, and every server that speaks its image API."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

import httpx2
from openai import OpenAI

from ..errors import BadAnswer, GenerationError, RequestInvalid
from .addresses import read_origin
from .answers import read_json, read_result
from .base import Address, Capabilities, Gate, ImageRequest, ImageResult, SourceImage
from .parameters import OPTIONAL, UnknownParameters
from .prompts import without_server_tags
from .sdk import our_errors
from .transport import Deadline, open_client

_MODELS_SECONDS = 20.0
_MODELS_BYTES = 4 * 1024 * 1024
_SUFFIXES = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_unknown = UnknownParameters()


class OpenAIProvider:
    """Draws and edits through the ``openai`` package, with our own deadline, limits and errors.

    The package's retries are off: after a time-out it would draw, and bill, the same picture again.
    """

    def __init__(self, address: Address) -> None:
        self.address = address

    def capabilities(self, model: str) -> Capabilities:
        """Return what this family of models can do; a model's own row knows better."""
        return Capabilities(
            sizes=((1536, 864),),
            qualities=("low", "medium", "high"),
            max_count=10,
            can_edit=True,
            can_mask=True,
        )

    def generate(self, request: ImageRequest) -> ImageResult:
        def send(client: OpenAI, parameters: dict[str, Any]) -> Any:
            return client.images.with_raw_response.generate(**parameters)

        return self._draw(request, send)

    def edit(self, request: ImageRequest) -> ImageResult:
        source, mask = request.source, request.mask
        if source is None:
            raise RequestInvalid("An edit needs a picture to start from.")

        def send(client: OpenAI, parameters: dict[str, Any]) -> Any:
            files: dict[str, Any] = {"image": _as_file("picture", source)}
            if mask is not None:
                files["mask"] = _as_file("mask", mask)
            return client.images.with_raw_response.edit(**files, **parameters)

        return self._draw(request, send)

    def list_models(self) -> tuple[tuple[str, str | None], ...]:
        """Return (name, ISO date of its end or None) for each model; none where the server has no list.

        Raises:
            GenerationError: the server can't be asked.
        """
        deadline = Deadline(_MODELS_SECONDS)
        with self._open(deadline, _MODELS_BYTES) as client:
            try:
                with our_errors():
                    raw = client.models.with_raw_response.list()
            except RequestInvalid as error:
                if error.status_code in {404, 405}:
                    return ()
                raise
            content = read_json(raw.headers, raw.content)
        items = content.get("data")
        return tuple(
            (str(item["id"]), str(item["shutdown_date"]) if item.get("shutdown_date") else None)
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, Mapping) and item.get("id")
        )

    def build_client(self, http_client: httpx2.Client) -> OpenAI:
        return OpenAI(
            # The package refuses to start without a key; where there is none the transport sends none.
            api_key=self.address.key or "none",
            base_url=self.address.base_url,
            http_client=http_client,
            max_retries=0,
        )

    def model_name(self, request: ImageRequest) -> str:
        """Return what the server calls the model."""
        return request.model

    def _draw(self, request: ImageRequest, send: Callable[[OpenAI, dict[str, Any]], Any]) -> ImageResult:
        deadline = Deadline(request.deadline_seconds)
        with self._open(deadline, request.max_bytes, request.gate) as client:
            raw = self._send_known(client, request, send)

            def fetch(url: str) -> bytes:
                return self._fetch(url, deadline, request.max_bytes)

            return read_result(raw.headers, raw.content, most=request.count, fetch=fetch)

    def _send_known(
        self, client: OpenAI, request: ImageRequest, send: Callable[[OpenAI, dict[str, Any]], Any]
    ) -> Any:
        """Send, leaving out optional parameters that the server says it doesn't know.

        Such a refusal draws nothing and costs nothing; it is met once for each parameter in the
        life of the process.
        """
        parameters = self._parameters(request)
        model = parameters["model"]
        for name in _unknown.of(self.address.base_url, model):
            parameters.pop(name, None)
        while True:
            try:
                with our_errors():
                    return send(client, parameters)
            except RequestInvalid as error:
                name = error.parameter
                if name not in OPTIONAL or name not in parameters:
                    raise
                _unknown.add(self.address.base_url, model, name)
                del parameters[name]

    def _parameters(self, request: ImageRequest) -> dict[str, Any]:
        parameters = {
            "model": self.model_name(request),
            "prompt": without_server_tags(request.prompt),
            "n": request.count,
            "size": f"{request.width}x{request.height}",
            "quality": request.quality,
            "safety_identifier": request.pseudonym,
        }
        return {name: value for name, value in parameters.items() if value}

    @contextmanager
    def _open(self, deadline: Deadline, max_bytes: int, gate: Gate | None = None) -> Iterator[OpenAI]:
        with open_client(self.address, deadline, max_bytes, gate) as http_client:
            yield self.build_client(http_client)

    def _fetch(self, url: str, deadline: Deadline, max_bytes: int) -> bytes:
        """Get a picture that a compatible server keeps at an address of its own, and only there."""
        whole = urljoin(f"{self.address.base_url}/", url)
        try:
            origin = read_origin(whole.partition("?")[0], is_private_allowed=self.address.is_private_allowed)
        except GenerationError as error:
            raise BadAnswer(f"The picture's address is not allowed: {error.detail}") from error
        if origin != read_origin(self.address.base_url, is_private_allowed=self.address.is_private_allowed):
            raise BadAnswer("The picture is kept at another host.")
        with open_client(self.address, deadline, max_bytes) as client:
            response = client.get(whole)
        if response.status_code != 200:
            raise BadAnswer(
                "The picture is not at the address that was given.", status_code=response.status_code
            )
        return response.content


def _as_file(name: str, picture: SourceImage) -> tuple[str, bytes, str]:
    return f"{name}.{_SUFFIXES.get(picture.mime_type, 'png')}", picture.data, picture.mime_type

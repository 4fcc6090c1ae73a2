"""Azure OpenAI, at its v1 address and at the older address with deployments."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

import httpx2
from openai import AzureOpenAI, OpenAI

from .base import Address, ImageRequest
from .openai import OpenAIProvider

_V1_PATH = "/openai/v1"


class AzureProvider(OpenAIProvider):
    """Asks a deployment; which of the two addresses is meant is read from what the endpoint gives.

    An ``api_version`` beside a resource's plain address means the older one. Without a version, or
    with an address that ends in ``/openai/v1``, it is the v1 address, which knows no versions.
    """

    def __init__(self, address: Address) -> None:
        resource, is_v1 = _split(address.base_url)
        self.is_v1 = is_v1 or not address.api_version
        super().__init__(replace(address, base_url=resource + _V1_PATH if self.is_v1 else resource))

    def build_client(self, http_client: httpx2.Client) -> OpenAI:
        if self.is_v1:
            return super().build_client(http_client)
        return AzureOpenAI(
            api_key=self.address.key or "none",
            azure_endpoint=self.address.base_url,
            api_version=self.address.api_version,
            http_client=http_client,
            max_retries=0,
        )

    def model_name(self, request: ImageRequest) -> str:
        return self.address.deployment or request.model

    def list_models(self) -> tuple[tuple[str, str | None], ...]:
        """Return the v1 address's models; the older address lists none by deployment."""
        return super().list_models() if self.is_v1 else ()


def _split(base_url: str) -> tuple[str, bool]:
    """Return the resource's address and whether the v1 path was given with it.

    Paths that people copy from the portal (``/openai``, ``/openai/deployments/...``) are cut off.
    """
    try:
        parts = urlsplit(base_url.strip())
    except ValueError:
        return base_url, False  # the call says what is wrong with it
    before, found, after = parts.path.partition("/openai")
    is_v1 = bool(found) and after.rstrip("/") == "/v1"
    return urlunsplit((parts.scheme, parts.netloc, before.rstrip("/"), "", "")), is_v1

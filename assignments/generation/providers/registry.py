"""Which providers there are, by the kind that an endpoint names."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from .base import Address, Provider, ProviderFactory

_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "sample": "assignments.generation.providers.sample:SampleProvider",
        "openai": "assignments.generation.providers.openai:OpenAIProvider",
        "azure": "assignments.generation.providers.azure:AzureProvider",
    }
)


def kinds() -> tuple[str, ...]:
    return tuple(_PATHS)


def build_provider(kind: str, address: Address) -> Provider:
    """Return the provider of this kind at this address.

    Loaded on first use, so a web process never imports what only a worker needs.

    Raises:
        LookupError: no provider of this kind.
    """
    if kind not in _PATHS:
        raise LookupError(f"No image provider called {kind!r}; there are {', '.join(_PATHS)}.")
    module_name, _, class_name = _PATHS[kind].partition(":")
    factory = cast(ProviderFactory, getattr(import_module(module_name), class_name))
    return factory(address)

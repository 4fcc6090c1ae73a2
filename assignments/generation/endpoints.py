"""From an endpoint's row to the address, the key and the provider behind it.

Keys that are stored are encrypted with a key derived from ``SECRET_KEY`` and bound to the address
they were given for; the key of the environment goes to the environment's address and nowhere else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

from assignments.models import Endpoint, Generation, ImageModel
from edu4all.accounts.models import School

from .errors import AddressForbidden, KeyRejected
from .providers.base import Address, Provider
from .providers.registry import build_provider


def set_key(endpoint: Endpoint, key: str) -> None:
    """Store a key for the endpoint's present address; "" takes it away."""
    sealed = b""
    if key:
        content = json.dumps({"key": key, "address": _normal(endpoint.base_url)}).encode()
        sealed = _cipher().encrypt(content)
    source = Endpoint.KeySource.STORED if key else Endpoint.KeySource.NONE
    Endpoint.objects.filter(pk=endpoint.pk).update(key_encrypted=sealed, key_source=source)
    endpoint.key_encrypted, endpoint.key_source = sealed, source


def address_of(endpoint: Endpoint) -> Address:
    """Where this endpoint is and how to be let in.

    Raises:
        KeyRejected: no key, or one that can't be opened any more.
        AddressForbidden: the key belongs to another address.
    """
    if endpoint.kind == Endpoint.Kind.SAMPLE:
        return Address()
    base_url, key = _normal(endpoint.base_url), ""
    if endpoint.key_source == Endpoint.KeySource.ENVIRONMENT:
        base_url, key = _environment_key(endpoint)
    elif endpoint.key_source == Endpoint.KeySource.STORED:
        key = _stored_key(endpoint)
    is_azure = endpoint.kind == Endpoint.Kind.AZURE
    return Address(
        base_url=base_url,
        key=key,
        deployment=(endpoint.deployment or settings.AZURE_OPENAI_DEPLOYMENT) if is_azure else "",
        api_version=endpoint.api_version if is_azure else "",
        is_private_allowed=(urlsplit(base_url).hostname or "") in settings.ALLOWED_PRIVATE_HOSTS,
    )


def provider_of(endpoint: Endpoint) -> Provider:
    return _provider(endpoint.kind, address_of(endpoint))


def is_model_external(model: ImageModel) -> bool:
    return model.endpoint.is_external


def pseudonym_of(generation: Generation) -> str:
    """What a provider may know of a student: the same for all of one student's calls, and no name."""
    key = salted_hmac("assignments.pseudonym", "key", algorithm="sha256").digest()
    return hmac.new(key, generation.student.key.bytes, hashlib.sha256).hexdigest()[:40]


def moderation_address(school: School) -> Address | None:
    """Where the second opinion is asked; None when there is no key for one or the school sends nothing out."""
    if not school.is_external_allowed:
        return None
    for endpoint in Endpoint.objects.filter(has_moderation=True, is_enabled=True).order_by("pk"):
        try:
            address = address_of(endpoint)
        except (KeyRejected, AddressForbidden):
            continue
        if address.key:
            return address
    return None


@lru_cache(maxsize=64)
def _provider(kind: str, address: Address) -> Provider:
    return build_provider(kind, address)


def _environment_key(endpoint: Endpoint) -> tuple[str, str]:
    if endpoint.kind == Endpoint.Kind.AZURE:
        own_address, key = settings.AZURE_OPENAI_ENDPOINT, settings.AZURE_OPENAI_KEY
    else:
        own_address, key = settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY
    own_address = _normal(own_address)
    if endpoint.base_url and _normal(endpoint.base_url) != own_address:
        raise AddressForbidden("The environment's key belongs to another address.")
    if not key or not own_address:
        raise KeyRejected("The environment holds no key.")
    return own_address, key


def _stored_key(endpoint: Endpoint) -> str:
    try:
        content = json.loads(_cipher().decrypt(bytes(endpoint.key_encrypted)))
    except (InvalidToken, ValueError) as error:
        raise KeyRejected("The stored key can't be opened; enter it again.") from error
    if content["address"] != _normal(endpoint.base_url):
        raise AddressForbidden("The stored key was given for another address; enter it again.")
    return str(content["key"])


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_fernet_key(secret)) for secret in secrets])


def _fernet_key(secret: str) -> bytes:
    digest = salted_hmac("assignments.endpoint.key", "fernet", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)


def _normal(address: str) -> str:
    return address.strip().rstrip("/")

"""Keys go to their own address and nowhere else; children go by a pseudonym."""

from __future__ import annotations

import pytest

from assignments.generation import endpoints
from assignments.generation.errors import AddressForbidden, KeyRejected
from assignments.models import Endpoint, Generation
from tests.assignments.generation.engine import allow_external


@pytest.fixture
def endpoint(db) -> Endpoint:
    return Endpoint.objects.create(name="Own", kind="openai", base_url="https://images.example.org/v1/")


def test_stored_key_is_sealed_and_comes_back(endpoint):
    endpoints.set_key(endpoint, "sk-secret")
    endpoint.refresh_from_db()
    assert b"secret" not in bytes(endpoint.key_encrypted)
    address = endpoints.address_of(endpoint)
    assert (address.base_url, address.key) == ("https://images.example.org/v1", "sk-secret")
    assert "sk-secret" not in repr(address)
    endpoints.set_key(endpoint, "")
    assert endpoints.address_of(Endpoint.objects.get(pk=endpoint.pk)).key == ""


def test_stored_key_stays_with_its_address(endpoint):
    endpoints.set_key(endpoint, "sk-secret")
    Endpoint.objects.update(base_url="https://evil.example.org/v1")
    with pytest.raises(AddressForbidden):
        endpoints.address_of(Endpoint.objects.get())


def test_stored_key_survives_a_new_secret_with_the_old_one_as_fallback(endpoint, settings):
    endpoints.set_key(endpoint, "sk-secret")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-that-is-long-enough-for-everyone-here"
    with pytest.raises(KeyRejected):
        endpoints.address_of(endpoint)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert endpoints.address_of(endpoint).key == "sk-secret"


def test_environment_key_goes_to_the_environments_address_only(endpoint, settings):
    settings.OPENAI_API_KEY = "sk-env"
    settings.OPENAI_BASE_URL = "https://api.openai.com/v1"
    endpoint.key_source = Endpoint.KeySource.ENVIRONMENT
    with pytest.raises(AddressForbidden):
        endpoints.address_of(endpoint)
    endpoint.base_url = "https://api.openai.com/v1/"
    assert endpoints.address_of(endpoint).key == "sk-env"
    endpoint.base_url = ""
    assert endpoints.address_of(endpoint).base_url == "https://api.openai.com/v1"
    settings.OPENAI_API_KEY = ""
    with pytest.raises(KeyRejected):
        endpoints.address_of(endpoint)


def test_azure_takes_its_own_environment(endpoint, settings):
    settings.AZURE_OPENAI_ENDPOINT = "https://school.openai.azure.com"
    settings.AZURE_OPENAI_KEY = "azure-key"
    settings.AZURE_OPENAI_DEPLOYMENT = "pictures"
    endpoint.kind, endpoint.key_source, endpoint.base_url = "azure", "environment", ""
    address = endpoints.address_of(endpoint)
    assert (address.base_url, address.key, address.deployment) == (
        "https://school.openai.azure.com",
        "azure-key",
        "pictures",
    )
    endpoint.base_url = "https://api.openai.com/v1"
    with pytest.raises(AddressForbidden):
        endpoints.address_of(endpoint)


def test_private_hosts_are_allowed_by_name_only(endpoint, settings):
    assert not endpoints.address_of(endpoint).is_private_allowed
    settings.ALLOWED_PRIVATE_HOSTS = ["images.example.org"]
    assert endpoints.address_of(endpoint).is_private_allowed


def test_pseudonym_is_stable_and_tells_nothing(cast, settings):
    def pseudonym(student) -> str:
        return endpoints.pseudonym_of(Generation(student=student))

    assert pseudonym(cast.student) == pseudonym(cast.student) != pseudonym(cast.student2)
    assert cast.student.username not in pseudonym(cast.student)
    before = pseudonym(cast.student)
    settings.SECRET_KEY = "another-secret-that-is-long-enough-for-everyone-here"
    assert pseudonym(cast.student) != before, "without our key nobody can compute it"


def test_second_opinion_needs_a_key_and_the_schools_consent(cast, endpoint):
    Endpoint.objects.filter(pk=endpoint.pk).update(has_moderation=True)
    endpoints.set_key(endpoint, "sk-secret")
    assert endpoints.moderation_address(cast.school) is None
    allow_external(cast.school)
    assert endpoints.moderation_address(cast.school).key == "sk-secret"
    endpoints.set_key(endpoint, "")
    assert endpoints.moderation_address(cast.school) is None

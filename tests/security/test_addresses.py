"""Whose address a wrong sign-in counts for."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from edu4all.web.addresses import client_address
from tests.cast import PASSWORD, Cast


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "6.6.6.6", "10.0.0.1"),
        (1, None, "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7:52100", "203.0.113.7"),
        (1, "[2001:db8::7]:443", "2001:db8::7"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "nonsense", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (-1, "6.6.6.6", "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(settings, proxies, forwarded, expected) -> None:
    settings.PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")
    assert client_address(request) == expected


@pytest.mark.django_db
def test_a_stranger_behind_the_same_proxy_does_not_lock_anybody_out(cast: Cast, client, settings) -> None:
    settings.PROXY_COUNT = 1
    url = reverse("accounts:sign_in")
    wrong = {"username": "student", "password": "wrong"}
    stranger, home = {"X-Forwarded-For": "198.51.100.9"}, {"X-Forwarded-For": "203.0.113.7"}
    last = [client.post(url, wrong, headers=stranger) for _try in range(settings.AXES_FAILURE_LIMIT)][-1]
    assert last.status_code == 429
    right = client.post(url, {"username": "student", "password": PASSWORD}, headers=home)
    assert right.status_code == 302


@pytest.mark.django_db
def test_an_invented_address_does_not_open_the_lock(cast: Cast, client, settings) -> None:
    url = reverse("accounts:sign_in")
    for number in range(settings.AXES_FAILURE_LIMIT):
        invented = {"X-Forwarded-For": f"198.51.100.{number}"}
        client.post(url, {"username": "student", "password": "wrong"}, headers=invented)
    right = {"username": "student", "password": PASSWORD}
    assert client.post(url, right, headers={"X-Forwarded-For": "198.51.100.200"}).status_code == 429

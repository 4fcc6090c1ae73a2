import ipaddress

import pytest

from assignments.generation.errors import AddressForbidden
from assignments.generation.providers.addresses import check_address, is_address_allowed, read_origin

ALWAYS_FORBIDDEN = [
    "169.254.169.254",  # where clouds keep their machines' passwords
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "fe80::1",
    "ff02::1",
    "::",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2001:0:53aa:64c:0:7fff:fefe:fefe",  # Teredo
    "64:ff9b::169.254.169.254",
]
PRIVATE = [
    "127.0.0.1",
    "127.8.9.1",
    "::1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.0.10",
    "100.64.0.1",
    "fd00::1",
    "64:ff9b::10.0.0.1",
]
PUBLIC = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "64:ff9b::8.8.8.8"]


@pytest.mark.parametrize("text", ALWAYS_FORBIDDEN)
def test_some_addresses_are_never_allowed(text: str) -> None:
    address = ipaddress.ip_address(text)
    assert not is_address_allowed(address)
    assert not is_address_allowed(address, is_private_allowed=True)


@pytest.mark.parametrize("text", PRIVATE)
def test_private_ones_need_the_operators_word(text: str) -> None:
    address = ipaddress.ip_address(text)
    assert not is_address_allowed(address)
    assert is_address_allowed(address, is_private_allowed=True)


@pytest.mark.parametrize("text", PUBLIC)
def test_public_ones_are_allowed(text: str) -> None:
    assert is_address_allowed(ipaddress.ip_address(text))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api.example.com/v1",
        "http://8.8.8.8/v1",
        "ftp://8.8.8.8/v1",
        "file:///etc/passwd",
        "https:///v1",
        "https://user:word@8.8.8.8/v1",
        "https://8.8.8.8/v1?next=1",
        "https://8.8.8.8/v1#part",
        "https://8.8.8.8:port/v1",
        "https://[8.8.8.8/v1",
        "https://127.0.0.1/v1",
        "https://2130706433/v1",
        "https://0x7f.1/v1",
        "https://localhost/v1",
        "https://[::1]/v1",
        "https://[::ffff:127.0.0.1]/v1",
        "https://no-such-school.invalid/v1",
    ],
)
def test_an_address_that_must_not_be_saved(url: str) -> None:
    with pytest.raises(AddressForbidden) as caught:
        check_address(url)
    assert caught.value.detail


@pytest.mark.parametrize("url", ["https://8.8.8.8/v1", "https://8.8.8.8:8443/openai/v1/"])
def test_an_address_that_may_be_saved(url: str) -> None:
    check_address(url)


def test_the_operator_may_allow_a_private_address_and_plain_http_only_there() -> None:
    check_address("http://127.0.0.1:7860/v1", is_private_allowed=True)
    with pytest.raises(AddressForbidden, match="https"):
        check_address("http://8.8.8.8/v1", is_private_allowed=True)


def test_an_origin_has_the_schemes_own_port() -> None:
    origin = read_origin("https://API.Example.com/v1")
    assert (origin.scheme, origin.host, origin.port) == ("https", "api.example.com", 443)

"""Which addresses an endpoint may have.

A key and a child's words go to this address, and what comes back is shown to children: so the
address must be HTTPS on the public internet, unless the operator allows a private one by name.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..errors import AddressForbidden, Unreachable

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_LOOK_UP_SECONDS = 10.0
_DEFAULT_PORTS = {"https": 443, "http": 80}
# RFC 6052: an IPv6-only network reaches public IPv4 hosts through this prefix.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port (RFC 6454): what a key belongs to."""

    scheme: str
    host: str
    port: int


def read_origin(url: str, *, is_private_allowed: bool = False) -> Origin:
    """Return the origin of an endpoint's address, judged by its text alone.

    Raises:
        AddressForbidden: not an absolute HTTPS address (HTTP only where private ones are allowed),
            or one that carries a user name, a query or a fragment.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise AddressForbidden(f"The address can't be read: {error}") from error
    schemes = {"https", "http"} if is_private_allowed else {"https"}
    if parts.scheme not in schemes:
        raise AddressForbidden(f"The address must begin with {' or '.join(sorted(schemes))}.")
    if not parts.hostname:
        raise AddressForbidden("The address names no host.")
    if parts.username is not None or parts.password is not None:
        raise AddressForbidden("The address must not carry a user name or password.")
    if parts.query or parts.fragment:
        raise AddressForbidden("The address must end with its path.")
    return Origin(parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme])


def check_address(url: str, is_private_allowed: bool = False) -> None:
    """Let an address pass, or say why not; used when an endpoint is saved.

    Raises:
        AddressForbidden: by its text or by what its name resolves to, or it can't be found.
    """
    origin = read_origin(url, is_private_allowed=is_private_allowed)
    try:
        resolve(origin, is_private_allowed=is_private_allowed)
    except Unreachable as error:
        raise AddressForbidden(error.detail) from error


def resolve(
    origin: Origin, *, is_private_allowed: bool = False, timeout_seconds: float = _LOOK_UP_SECONDS
) -> tuple[str, ...]:
    """Return the IP addresses to connect to, every one of them checked.

    One forbidden address among several forbids them all: a name that points inside as well as
    outside is the very trick this guards against. Whoever connects must use these addresses and
    not the name again, which may answer otherwise the next time (DNS rebinding).

    Raises:
        AddressForbidden: one of the addresses is not allowed.
        Unreachable: the name can't be found in time.
    """
    found = _look_up(origin, min(timeout_seconds, _LOOK_UP_SECONDS))
    for text in found:
        address = ipaddress.ip_address(text)
        if not is_address_allowed(address, is_private_allowed=is_private_allowed):
            raise AddressForbidden(f"{origin.host} is at {text}, which is not a public address.")
        if origin.scheme == "http" and is_public(address):
            raise AddressForbidden(f"{origin.host} is public, so its address must begin with https.")
    return found


def is_address_allowed(address: IPAddress, *, is_private_allowed: bool = False) -> bool:
    """Say whether a connection may go to this IP address.

    Link-local (where clouds keep their metadata), multicast, reserved and unspecified addresses are
    never allowed, nor those that wrap an IPv4 address in IPv6 (mapped, 6to4, Teredo).
    """
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_address_allowed(_last_four_bytes(address), is_private_allowed=is_private_allowed)
        if address.ipv4_mapped or address.sixtofour or address.teredo:
            return False
    if address.is_loopback:
        return is_private_allowed
    if address.is_link_local or address.is_multicast or address.is_reserved or address.is_unspecified:
        return False
    return address.is_global or is_private_allowed


def is_public(address: IPAddress) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        address = _last_four_bytes(address)
    return address.is_global


def _last_four_bytes(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address:
    return ipaddress.IPv4Address(address.packed[-4:])


def _look_up(origin: Origin, timeout_seconds: float) -> tuple[str, ...]:
    answers: queue.SimpleQueue[tuple[str, ...] | OSError | UnicodeError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            rows = socket.getaddrinfo(origin.host, origin.port, type=socket.SOCK_STREAM)
            answers.put(tuple(dict.fromkeys(str(row[4][0]).partition("%")[0] for row in rows)))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    # The system's resolver knows no time limit, so it gets a thread that nobody waits for.
    threading.Thread(target=ask, daemon=True, name="look-up").start()
    try:
        found = answers.get(timeout=max(timeout_seconds, 0.001))
    except queue.Empty:
        raise Unreachable(f"{origin.host} was not found in time.") from None
    if isinstance(found, (OSError, UnicodeError)):
        raise Unreachable(f"{origin.host} can't be found: {found}") from found
    if not found:
        raise Unreachable(f"{origin.host} has no address.")
    return found

"""The road to a provider: one deadline, a cap on bytes, one origin, and no way round.

Every failure on the road becomes its own error here, where it is still known whether the request
had gone out: that decides whether a picture may have been paid for.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import httpcore2
import httpx2

from ..errors import (
    AddressForbidden,
    BadAnswer,
    ConnectionLost,
    GenerationError,
    OversizedAnswer,
    TimedOut,
    TruncatedAnswer,
    Unreachable,
)
from .addresses import Origin, read_origin, resolve
from .base import Address, Gate

_CONNECT_SECONDS = 15.0
_WRITE_PIECE_BYTES = 65_536
_MAX_ERROR_BYTES = 262_144
# Everything else that a library would tell of this machine (its system, versions, organisation) stays here.
_SENT_HEADERS = frozenset(
    {"host", "accept", "api-key", "authorization", "connection", "content-length", "content-type"}
)


class Deadline:
    """The end of a call, on the monotonic clock."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._ends_at = time.monotonic() + seconds

    def remaining_seconds(self) -> float:
        return self._ends_at - time.monotonic()


class _GuardedStream(httpcore2.NetworkStream):
    """A connection of which every read and write ends with the call's deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, backend: _GuardedBackend) -> None:
        self._stream = stream
        self._backend = backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._backend.begin_reading()
        return self._stream.read(max_bytes, self._backend.left(httpcore2.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._backend.begin_sending()
        # In pieces, for a timeout holds for each piece and a slow reader could stretch the whole.
        for start in range(0, len(buffer), _WRITE_PIECE_BYTES):
            piece = buffer[start : start + _WRITE_PIECE_BYTES]
            self._stream.write(piece, self._backend.left(httpcore2.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        seconds = min(self._backend.left(httpcore2.ConnectTimeout), _CONNECT_SECONDS)
        return _GuardedStream(self._stream.start_tls(ssl_context, server_hostname, seconds), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked IP addresses only, whatever the name answers a moment later."""

    def __init__(
        self,
        origin: Origin,
        deadline: Deadline,
        is_private_allowed: bool,
        gate: Gate | None,
    ) -> None:
        self._origin = origin
        self._gate = gate
        self._deadline = deadline
        self._is_private_allowed = is_private_allowed
        self._system = httpcore2.SyncBackend()
        self.has_sent = False
        self._is_answer_awaited = False

    def begin_request(self) -> None:
        self.has_sent = self._is_answer_awaited = False

    def begin_sending(self) -> None:
        if not self.has_sent and self._gate is not None:
            self._gate.wait()
        self.has_sent = True

    def begin_reading(self) -> None:
        if not self._is_answer_awaited and self._gate is not None:
            self._gate.passed()
        self._is_answer_awaited = True

    def left(self, error: type[httpcore2.TimeoutException]) -> float:
        seconds = self._deadline.remaining_seconds()
        if seconds <= 0:
            raise error(f"The deadline of {self._deadline.seconds:g} seconds has passed.")
        return seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        addresses = resolve(
            self._origin,
            is_private_allowed=self._is_private_allowed,
            timeout_seconds=self.left(httpcore2.ConnectTimeout),
        )
        failure: Exception = httpcore2.ConnectError("No address answered.")
        for address in addresses:
            seconds = min(self.left(httpcore2.ConnectTimeout), _CONNECT_SECONDS / len(addresses))
            try:
                stream = self._system.connect_tcp(address, port, seconds, socket_options=socket_options)
                return _GuardedStream(stream, self)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure


class CallTransport(httpx2.BaseTransport):
    """Carries the requests of one call, each to the address's own origin.

    Raises, out of the client that uses it, only ``GenerationError``: ``AddressForbidden`` (another
    origin, a redirect, a private network), ``Unreachable`` (nothing was sent), ``ConnectionLost``,
    ``TimedOut``, ``TruncatedAnswer``, ``OversizedAnswer``, ``BadAnswer`` (compressed unasked).
    """

    def __init__(
        self,
        address: Address,
        deadline: Deadline,
        max_bytes: int,
        gate: Gate | None = None,
    ) -> None:
        self._origin = read_origin(address.base_url, is_private_allowed=address.is_private_allowed)
        self._has_key = bool(address.key)
        self._max_bytes = max_bytes
        self._backend = _GuardedBackend(self._origin, deadline, address.is_private_allowed, gate)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls_context(), max_connections=1, network_backend=self._backend
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self._check_origin(request.url)
        self._backend.begin_request()
        response = self._send(request)
        try:
            _check_head(response, self._max_bytes)
            content = self._read(response)
        finally:
            response.close()
        return httpx2.Response(response.status, headers=_plain(response.headers), content=content)

    def close(self) -> None:
        self._pool.close()

    def _check_origin(self, url: httpx2.URL) -> None:
        port = url.port or {"https": 443, "http": 80}.get(url.scheme)
        if Origin(url.scheme, url.host, port or 0) != self._origin:
            raise AddressForbidden(f"{url.host} is not the endpoint's own address.")

    def _send(self, request: httpx2.Request) -> httpcore2.Response:
        headers = [
            (name, value)
            for name, value in request.headers.raw
            if self._is_sent(name.decode("ascii").lower())
        ]
        headers.append((b"Accept-Encoding", b"identity"))
        headers.append((b"User-Agent", b"Edu4All"))
        url = request.url
        core_request = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=headers,
            content=request.read(),
        )
        try:
            return self._pool.handle_request(core_request)
        except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError) as error:
            raise self._explain(error) from error

    def _is_sent(self, name: str) -> bool:
        return name in _SENT_HEADERS and (self._has_key or name not in {"authorization", "api-key"})

    def _explain(self, error: Exception) -> GenerationError:
        """Return what a failure before the answer's first line means for the bill."""
        detail = f"{type(error).__name__}: {error}"
        if not self._backend.has_sent:
            return Unreachable(detail)
        return TimedOut(detail) if isinstance(error, httpcore2.TimeoutException) else ConnectionLost(detail)

    def _read(self, response: httpcore2.Response) -> bytes:
        is_error = response.status >= 400
        most = min(self._max_bytes, _MAX_ERROR_BYTES) if is_error else self._max_bytes
        pieces: list[bytes] = []
        size = 0
        try:
            for piece in response.iter_stream():
                size += len(piece)
                if size > most:
                    if is_error:
                        break
                    raise OversizedAnswer(f"More than {most} bytes.", status_code=response.status)
                pieces.append(piece)
        except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError) as error:
            # An error's status says enough, even when its words are cut off.
            if not is_error:
                kind = TimedOut if isinstance(error, httpcore2.TimeoutException) else TruncatedAnswer
                raise kind(f"{error} after {size} bytes", status_code=response.status) from error
        return b"".join(pieces)


def open_client(
    address: Address, deadline: Deadline, max_bytes: int, gate: Gate | None = None
) -> httpx2.Client:
    """Return a client for one call; close it afterwards. Each request passes the gate.

    Raises:
        AddressForbidden: the address is not allowed by its text.
    """
    transport = CallTransport(address, deadline, max_bytes, gate)
    return httpx2.Client(transport=transport, timeout=None, follow_redirects=False, trust_env=False)


def _check_head(response: httpcore2.Response, max_bytes: int) -> None:
    headers = _read_headers(response)
    if 300 <= response.status < 400:
        raise AddressForbidden("The address answers with a redirect.", status_code=response.status)
    if response.status >= 400:
        return
    if headers.get("content-encoding", "identity") != "identity":
        raise BadAnswer(
            "The answer is compressed although that was not allowed.", status_code=response.status
        )
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > max_bytes:
        raise OversizedAnswer(f"{length} bytes announced, {max_bytes} allowed.", status_code=response.status)


def _read_headers(response: httpcore2.Response) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}


def _plain(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Leave out what describes the body on the wire; the body is handed on as it was read."""
    framing = {b"content-encoding", b"content-length", b"transfer-encoding"}
    return [(name, value) for name, value in headers if name.lower() not in framing]


@lru_cache(maxsize=1)
def _tls_context() -> ssl.SSLContext:
    # Reading the authorities' certificates takes longer than a connection, so once for all calls.
    return httpx2.create_ssl_context()

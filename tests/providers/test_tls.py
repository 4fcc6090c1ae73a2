"""HTTPS as in production: the connection goes to a checked IP address, the certificate is the name's."""

import datetime
import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assignments.generation.errors import Unreachable
from assignments.generation.providers import transport
from assignments.generation.providers.base import Address, ImageRequest
from assignments.generation.providers.openai import OpenAIProvider

from .conftest import KEY, MODEL
from .fake_server import RehearsalServer

HOST = "pictures.school.test"
Serve = Callable[[str], RehearsalServer]


def write_certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Write a certificate that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / f"{name}.crt", folder / f"{name}.key"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_file, key_file


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Start a server with a certificate for a name; the client trusts the certificate for ``HOST``."""
    trusted = write_certificate(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted[0]))
    real = socket.getaddrinfo

    def resolver(host: str, port: int, *rest: object, **more: object) -> list[object]:
        return real("127.0.0.1" if host == HOST else host, port, *rest, **more)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    transport._tls_context.cache_clear()
    running: list[RehearsalServer] = []

    def start(name: str) -> RehearsalServer:
        certificate, key = trusted if name == HOST else write_certificate(tmp_path, name)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server = RehearsalServer()
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()
    transport._tls_context.cache_clear()


def provider_of(server: RehearsalServer) -> OpenAIProvider:
    url = f"https://{HOST}:{server.server_port}/v1"
    return OpenAIProvider(Address(url, KEY, is_private_allowed=True))


def test_a_picture_comes_over_tls_from_the_checked_address(serve: Serve) -> None:
    server = serve(HOST)
    assert len(provider_of(server).generate(ImageRequest(MODEL, "a dog")).images) == 1
    assert dict(server.requests[0].headers)["Host"] == f"{HOST}:{server.server_port}"


def test_a_server_with_another_names_certificate_gets_nothing(serve: Serve) -> None:
    server = serve("elsewhere.test")
    with pytest.raises(Unreachable, match="certificate") as caught:
        provider_of(server).generate(ImageRequest(MODEL, "a dog"))
    assert not caught.value.is_billed
    assert server.counters()["requests"] == 0


def test_a_trusted_certificate_of_another_name_is_not_enough(serve: Serve) -> None:
    server = serve(HOST)
    url = f"https://localhost:{server.server_port}/v1"
    with pytest.raises(Unreachable, match="certificate"):
        OpenAIProvider(Address(url, KEY, is_private_allowed=True)).generate(ImageRequest(MODEL, "a dog"))
    assert server.counters()["requests"] == 0


def test_a_server_that_speaks_no_tls_gets_nothing(server: RehearsalServer) -> None:
    url = f"https://127.0.0.1:{server.server_port}/v1"
    with pytest.raises(Unreachable):
        OpenAIProvider(Address(url, KEY, is_private_allowed=True)).generate(
            ImageRequest(MODEL, "a dog", deadline_seconds=30)
        )
    assert server.counters()["requests"] == 0

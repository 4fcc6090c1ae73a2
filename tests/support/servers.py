"""Real PostgreSQL and Redis in a temporary folder, on free ports, gone when the block ends.

As a command, ``python -m tests.support.servers -- COMMAND`` runs COMMAND with ``TEST_DATABASE_URL`` and
``TEST_BROKER_URL`` pointing at a fresh pair of servers.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from edu4all.web.processes import follow_parent

START_SECONDS = 30.0


class ServerMissing(RuntimeError):
    """A program that the tests start is not installed."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_program(name: str) -> str:
    """The path of ``name`` on PATH or where Debian keeps PostgreSQL's programs."""
    found = shutil.which(name)
    if found is None:
        kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        found = str(kept[-1]) if kept else None
    if found is None:
        raise ServerMissing(f"{name} is not installed; `make test` as root on Debian installs it.")
    return found


class Server:
    """One server process that can be stopped, killed and started again on the same port and data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def is_ready(self) -> bool:
        raise NotImplementedError

    def account(self) -> str | None:
        """The system account to run as; None for the present one."""
        return None

    def start(self) -> Self:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                user=self.account(),
                # A session of its own: Ctrl-C reaches the test run first, which then ends the servers.
                start_new_session=True,
                preexec_fn=follow_parent(),
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                text = (self.folder / "server.log").read_text(errors="replace")
                self.kill()
                raise RuntimeError(f"{type(self).__name__} did not start:\n{text[-2000:]}")
            time.sleep(0.02)
        return self

    def stop(self, stop_signal: int = signal.SIGTERM) -> None:
        """End the server in an orderly way; kill it when that takes longer than ten seconds."""
        if self.process is None:
            return
        self.process.send_signal(stop_signal)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        self.process = None

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def restart(self) -> None:
        self.stop()
        self.start()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Redis(Server):
    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        settings = {
            "port": str(self.port),
            "bind": "127.0.0.1",
            "dir": str(self.folder),
            "save": "",
            "appendonly": "no",
            "databases": "64",
        }
        pairs = [part for name, value in settings.items() for part in (f"--{name}", value)]
        return [find_program("redis-server"), *pairs]

    def ask(self, *words: str) -> bytes:
        """Send one command and return the first 512 bytes of the answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(" ".join(words).encode() + b"\r\n")
            return line.recv(512)

    def is_ready(self) -> bool:
        try:
            return self.ask("PING").startswith(b"+PONG")
        except OSError:
            return False

    def flush(self) -> None:
        """Forget every message, as a broker that lost its memory does."""
        self.ask("FLUSHALL")


class Postgres(Server):
    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgres://edu4all@127.0.0.1:{self.port}/postgres"

    def account(self) -> str | None:
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return None
        known = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in known else "nobody"

    def create(self) -> None:
        account = self.account()
        if account is not None:
            shutil.chown(self.folder, user=account)
        command = [find_program("initdb"), "-D", str(self.data), "-U", "edu4all", "-A", "trust", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run(command, user=account, capture_output=True, text=True, cwd="/", check=False)
        if done.returncode != 0:
            raise RuntimeError(f"initdb failed:\n{done.stderr[-2000:]}")

    def command(self) -> list[str]:
        # Durability is not what a killed process tests: the kernel keeps what it wrote.
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "200",
            "shared_buffers": "64MB",
        }
        pairs = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [find_program("postgres"), "-D", str(self.data), *pairs]

    def start(self) -> Self:
        if not self.data.exists():
            self.create()
        return super().start()

    def is_ready(self) -> bool:
        asked = [find_program("pg_isready"), "-h", "127.0.0.1", "-p", str(self.port), "-q"]
        return subprocess.run(asked, check=False).returncode == 0

    def stop(self, stop_signal: int = signal.SIGINT) -> None:
        """SIGINT is PostgreSQL's fast shutdown: it cuts connections and does not wait for them."""
        super().stop(stop_signal)

    def kill(self) -> None:
        """kill -9 of the server and of the processes it forked, so that the port is free at once."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
        (self.data / "postmaster.pid").unlink(missing_ok=True)


@contextlib.contextmanager
def running_postgres() -> Iterator[Postgres]:
    with _folder("edu4all-postgres-") as folder, Postgres(folder) as server:
        yield server


@contextlib.contextmanager
def running_redis() -> Iterator[Redis]:
    with _folder("edu4all-redis-") as folder, Redis(folder) as server:
        yield server


@contextlib.contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments: list[str]) -> int:
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("usage: python -m tests.support.servers -- COMMAND ...", file=sys.stderr)
        return 2
    # Unwind the blocks on a polite end too, so that the servers go with us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    try:
        with running_postgres() as postgres, running_redis() as redis:
            addresses = {"TEST_DATABASE_URL": postgres.url, "TEST_BROKER_URL": redis.url}
            return subprocess.run(command, env=os.environ | addresses, check=False).returncode
    except ServerMissing as missing:
        print(missing, file=sys.stderr)
        return 3
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

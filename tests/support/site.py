"""The whole product as a child would meet it: web, worker and beat as processes, over seeded data."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from edu4all.web.processes import follow_parent
from tests.support.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120.0
PASSWORD = "edu4all-demo"


@dataclass(frozen=True)
class Site:
    """A running site. ``environment`` is what its processes see; ``manage`` runs a command beside them."""

    url: str
    folder: Path
    environment: Mapping[str, str]

    def manage(self, *arguments: str, given: str = "") -> str:
        """Run ``manage.py`` with ``given`` on standard input; its standard output."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env=dict(self.environment),
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stderr[-4000:]}")
        return done.stdout


def _environment(folder: Path, port: int, more: Mapping[str, str]) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "edu4all.settings",
        "PORT": str(port),
        "DEBUG": "true",
        "VAR_DIR": str(folder),
        "SPOOL_DIR": str(folder / "spool"),
        "BROKER_DIR": str(folder / "broker"),
        "STORAGE_URL": f"file://{folder / 'media'}",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "CELERY_BROKER_URL": "filesystem://",
        "LOG_LEVEL": "INFO",
        **more,
    }


@contextlib.contextmanager
def running_site(**more: str) -> Iterator[Site]:
    """Start the demo in a temporary folder on a free port; keyword arguments join its environment."""
    folder = Path(tempfile.mkdtemp(prefix="edu4all-site-"))
    port = free_port()
    environment = _environment(folder, port, more)
    output = folder / "output.txt"
    with output.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "serve_demo"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=follow_parent(),
        )
    site = Site(url=f"http://127.0.0.1:{port}", folder=folder, environment=environment)
    try:
        _wait_until_ready(site, process, output)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(site: Site, process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{site.url}/readyz", timeout=5) as answer:
            if answer.status == 200:
                return
        if process.poll() is not None or time.monotonic() > deadline:
            logs = [output, *sorted((site.folder / "log").glob("*.log"))]
            told = "\n".join(f"--- {log.name}\n{log.read_text(errors='replace')[-3000:]}" for log in logs)
            raise RuntimeError(f"The site did not become ready:\n{told}")
        time.sleep(0.2)

"""A place of its own for a simulated lesson: database, broker, storage, provider and workers that leave no trace."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from edu4all.web.processes import follow_parent

from .plan import Plan

START_SECONDS = 60.0


def environment_of(folder: Path, database_url: str, broker_url: str) -> dict[str, str]:
    """What the processes of the lesson see: nothing of the school's own data, keys or endpoints."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "edu4all.settings",
        "VAR_DIR": str(folder),
        "SPOOL_DIR": str(folder / "spool"),
        "BROKER_DIR": str(folder / "broker"),
        "STORAGE_URL": f"file://{folder / 'media'}",
        "DATABASE_URL": database_url or f"sqlite:///{folder / 'lesson.sqlite3'}",
        "CELERY_BROKER_URL": broker_url or "filesystem://",
        "CACHE_URL": "locmemcache://",
        "ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        "IMAGE_PROVIDER": "",
        "OPENAI_API_KEY": "",
        "AZURE_OPENAI_KEY": "",
        "LOG_LEVEL": "WARNING",
    }


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="edu4all-lesson-") as name:
        yield Path(name)


@contextlib.contextmanager
def provider(plan: Plan) -> Iterator[str]:
    """The local HTTP provider in a process of its own; gives its address."""
    command = [sys.executable, "-m", "assignments.generation.rehearsal", "--port", "0"]
    command += ["--limit", str(plan.limit), "--burst", str(plan.burst), "--seed", str(plan.seed)]
    command += ["--latency", "-".join(str(each) for each in plan.latency_seconds)]
    command += ["--jitter", str(plan.jitter_seconds)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=settings.BASE_DIR,
        preexec_fn=follow_parent(),  # noqa: PLW1509
    )
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        _end(process)


@contextlib.contextmanager
def workers(plan: Plan, folder: Path) -> Iterator[None]:
    """Celery's workers and its beat, as in production."""
    base = [sys.executable, "-m", "celery", "-A", "edu4all"]
    worker = [*base, "worker", "-P", "threads", "-c", str(plan.in_flight + 4), "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    beat = [*base, "beat", "--loglevel", "WARNING", "-S", "celery.beat.Scheduler", "--pidfile", ""]
    commands = [[*worker, "-n", f"w{number}@lesson"] for number in range(plan.workers)] + [beat]
    with contextlib.ExitStack() as running:
        for number, command in enumerate(commands):
            log = running.enter_context((folder / f"process-{number}.log").open("ab"))
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                preexec_fn=follow_parent(),  # noqa: PLW1509
            )
            running.callback(_end, process)
        yield


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until(is_true, seconds: float, what: str, pause_seconds: float = 0.05) -> None:
    """Look again and again.

    Raises:
        TimeoutError: it did not come true in time.
    """
    deadline = time.monotonic() + seconds
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} took more than {seconds:.0f} s.")
        time.sleep(pause_seconds)

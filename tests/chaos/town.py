"""A small town with its own PostgreSQL, Redis, image provider, workers and beat, all of which may be shot."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from assignments.generation.rehearsal import RehearsalConfig, RehearsalServer
from assignments.management.simulation.stage import environment_of
from edu4all.web.processes import follow_parent
from tests.support.servers import Postgres, Redis

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60.0


class Town:
    def __init__(self, folder: Path, students: int) -> None:
        self.folder = folder
        self.students = students
        self.postgres = Postgres(self._own_folder("postgres"))
        self.redis = Redis(self._own_folder("redis"))
        # The road's unevenness on a busy machine; the rate of the long run is enforced all the same.
        self.provider = RehearsalServer(
            RehearsalConfig(limit=LIMIT, unit="pictures", latency_seconds=(1.0, 2.0), jitter_seconds=0.25)
        )
        self.workers: list[subprocess.Popen[bytes]] = []
        self._processes = contextlib.ExitStack()

    def open(self) -> None:
        self.postgres.start()
        self.redis.start()
        self.provider.start()
        self.environment = environment_of(self.folder, self.postgres.url, f"{self.redis.url}/0") | {
            "DJANGO_SETTINGS_MODULE": "edu4all.settings",
            "DEBUG": "true",
        }
        self._driver = subprocess.Popen(
            [sys.executable, "-m", "tests.chaos.driver"],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(self.folder / "driver.log").open("ab"),
            text=True,
            preexec_fn=follow_parent(),
        )
        self.ask("prepare", address=self.provider.address, students=self.students, limit=LIMIT)

    def close(self) -> None:
        for process in [*self.workers, getattr(self, "_driver", None)]:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
        self._processes.close()
        self.provider.stop()
        self.redis.kill()
        self.postgres.kill()

    def ask(self, name: str, **facts: Any) -> dict[str, Any]:
        assert self._driver.stdin is not None
        assert self._driver.stdout is not None
        self._driver.stdin.write(json.dumps({"do": name, **facts}) + "\n")
        self._driver.stdin.flush()
        answer = self._driver.stdout.readline()
        if not answer:
            raise RuntimeError((self.folder / "driver.log").read_text()[-3000:])
        return json.loads(answer)

    def start_worker(self) -> subprocess.Popen[bytes]:
        number = len(self.workers)
        arguments = ["worker", "-P", "threads", "-c", "8", "-n", f"w{number}@town", "--loglevel", "WARNING"]
        arguments += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = self._start("worker", *arguments)
        self.workers.append(worker)
        return worker

    def start_beat(self) -> None:
        self.workers.append(self._start("beat", "beat", "-S", "celery.beat.Scheduler", "--pidfile", ""))

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "edu4all", *arguments],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=follow_parent(),
            )

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait()

    def wait_for(self, is_true: Callable[[], bool], seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        while not is_true():
            if time.monotonic() > deadline:
                raise AssertionError(f"{what} took more than {seconds:.0f} s: {self.ask('look')}")
            time.sleep(0.25)

    def wait_for_calls(self, count: int, seconds: float = 90) -> None:
        """Until the provider is drawing the ``count``-th picture."""
        self.wait_for(lambda: self.provider.counters()["calls"] >= count, seconds, f"{count} calls")

    def wait_for_rest(self, seconds: float = 240) -> None:
        self.wait_for(lambda: self.ask("look")["unfinished"] == 0, seconds, "settling")

    def own_clock(self) -> None:
        """A clock of the database that can be set: a function of this name in our schema is found before its own."""
        self.sql(
            "CREATE SCHEMA jumping",
            "CREATE TABLE jumping.clock (by interval NOT NULL)",
            "INSERT INTO jumping.clock VALUES ('0')",
            "CREATE FUNCTION jumping.clock_timestamp() RETURNS timestamptz VOLATILE LANGUAGE sql AS "
            "$$ SELECT pg_catalog.clock_timestamp() + by FROM jumping.clock $$",
            "ALTER ROLE edu4all SET search_path = jumping, pg_catalog, public",
        )

    def set_clock(self, by: str) -> None:
        self.sql(f"UPDATE jumping.clock SET by = '{by}'")

    def fill_storage(self) -> None:
        """From now on every write fails, whoever asks: where the folder was, there is a file."""
        if self.media.is_dir():
            self.media.rename(self.folder / "media-aside")
        self.media.write_text("no folder")

    def empty_storage(self) -> None:
        self.media.unlink()
        aside = self.folder / "media-aside"
        if aside.is_dir():
            aside.rename(self.media)

    @property
    def media(self) -> Path:
        return self.folder / "media"

    def sql(self, *statements: str) -> None:
        with psycopg.connect(self.postgres.url, autocommit=True) as line:
            for statement in statements:
                line.execute(statement)

    def _own_folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir()
        return folder


@contextlib.contextmanager
def open_town(students: int) -> Iterator[Town]:
    folder = Path(tempfile.mkdtemp(prefix="edu4all-chaos-"))
    os.chmod(folder, 0o711)  # PostgreSQL runs under another account
    town = Town(folder, students)
    try:
        town.open()
        yield town
    finally:
        town.close()
        shutil.rmtree(folder, ignore_errors=True)


def check_books(town: Town, accepted: int, *, most_lost: int = 0, most_throttled: int = 0) -> dict[str, Any]:
    """What must hold after any disaster. ``most_lost`` calls may have been cut off by a kill.

    Returns the driver's look for further questions.
    """
    told, books = town.ask("look"), town.provider.counters()
    report = f"{told}\n{ {key: value for key, value in books.items() if key != 'drawings'} }"
    assert told["rows"] == accepted, report
    assert told["unfinished"] == told["without_reason"] == told["without_picture"] == 0, report
    assert told["two_sets"] == 0, report
    assert told["is_money_right"], report
    in_doubt = told["outcomes"].get("in_doubt", 0)
    assert in_doubt <= most_lost, report
    taken = books["calls"] - books["throttled"]
    assert told["calls"] - in_doubt <= taken <= told["calls"], report
    assert told["drawn"] <= books["pictures"] <= told["drawn"] + in_doubt, report
    if not most_lost:
        assert (told["calls"], told["drawn"]) == (taken, books["pictures"]), report
    assert books["throttled"] == told["throttled"] <= most_throttled, report
    assert told["stopped"] == 0, report
    return told

from __future__ import annotations

import contextlib
import errno
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from pathlib import Path
from signal import SIGTERM
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from edu4all.web.processes import Program, Supervisor, end_with_parent

HOST = "127.0.0.1"
LATE_SECONDS = 60.0
PASSWORD = "edu4all-demo"  # noqa: S105 - the demo's sign-ins are printed for everyone to use
PEOPLE = (
    ("student, student2", "students of one class"),
    ("teacher", "their teacher"),
    ("teacher2", "teaches another class of the school"),
    ("admin", "the school's admin"),
    ("stranger", "a student of another school"),
)


class Command(BaseCommand):
    help = (
        "Serve a seeded demo school: web, worker and beat in one foreground process group. Ctrl-C ends all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        self.began_at = time.monotonic()
        self.url = f"http://{HOST}:{port}"
        self.is_told = False
        self.is_late_told = False
        if not settings.DEBUG:
            raise CommandError("The demo's passwords are public: it runs with DEBUG only.")
        end_with_parent(SIGTERM)
        self.check_port(port)
        self.say("preparing the database")
        call_command("migrate", interactive=False, verbosity=0)
        self.say("preparing the demo school")
        call_command("seed_demo", verbosity=0)
        connections.close_all()
        self.say("starting web, worker and beat")
        supervisor = Supervisor(self.programs(port), say=self.say)
        supervisor.run(on_tick=self.look_whether_ready)
        self.say("stopped")

    def say(self, text: str) -> None:
        self.stdout.write(f"[{time.monotonic() - self.began_at:6.1f} s] {text}")
        self.stdout.flush()

    def check_port(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                reason = (
                    "is in use" if error.errno == errno.EADDRINUSE else f"can't be used ({error.strerror})"
                )
                raise CommandError(f"Port {port} {reason}; try PORT={port + 1} make demo") from None

    def programs(self, port: int) -> list[Program]:
        python = [sys.executable, "-m"]
        web = ["granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"]
        web += ["--workers", "1", "--blocking-threads", "4", "edu4all.demo_wsgi:application"]
        worker = ["celery", "-A", "edu4all", "worker", "-P", "threads", "--loglevel", "INFO"]
        worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        # The plain scheduler remembers nothing between runs, and the demo has nothing worth remembering.
        beat = ["celery", "-A", "edu4all", "beat", "--loglevel", "WARNING", "-S", "celery.beat.Scheduler"]
        beat += ["--pidfile", ""]
        logs = Path(settings.VAR_DIR) / "log"
        for old in logs.glob("*.log"):
            old.unlink()
        commands = {"web": web, "worker": worker, "beat": beat}
        return [
            Program(name, [*python, *command], logs / f"{name}.log") for name, command in commands.items()
        ]

    def look_whether_ready(self) -> None:
        if self.is_told:
            return
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:  # noqa: S310
                reason = "" if answer.status == 200 else f"answered {answer.status}"
        except urllib.error.HTTPError as error:
            with contextlib.closing(error):
                reason = f"answered {error.code}: {error.read(300).decode(errors='replace')}"
        except OSError as error:
            reason = str(error)
        if not reason:
            self.is_told = True
            self.welcome()
        elif time.monotonic() - self.began_at > LATE_SECONDS and not self.is_late_told:
            self.is_late_told = True
            self.say(f"not ready yet: {self.url}/readyz {reason}")

    def welcome(self) -> None:
        width = max(len(names) for names, _ in PEOPLE)
        lines = [f"    {names:<{width}}   {who}" for names, who in PEOPLE]
        self.say("ready")
        self.stdout.write(
            f"\n  Edu4All is at {self.url}/\n\n  Sign in as (password: {PASSWORD})\n"
            + "\n".join(lines)
            + f"\n\n  Logs are in {Path(settings.VAR_DIR) / 'log'}. Ctrl-C ends everything.\n"
        )
        self.stdout.flush()

"""Play a whole lesson over the real engine and a local HTTP provider, and say how fair and fast it was."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from assignments.generation.rehearsal import RehearsalControl
from assignments.management.simulation import measures, stage
from assignments.management.simulation.lesson import Lesson
from assignments.management.simulation.plan import Plan
from assignments.models import Limit
from edu4all.web.processes import follow_parent


def sizes(text: str) -> tuple[int, ...]:
    try:
        found = tuple(int(part) for part in text.split(","))
    except ValueError:
        found = ()
    if not found or min(found) < 1:
        raise ArgumentTypeError("say how many students each class has, such as 30,3")
    return found


def seconds_range(text: str) -> tuple[float, float]:
    least, _dash, most = text.partition("-")
    try:
        found = (float(least), float(most or least))
    except ValueError:
        raise ArgumentTypeError("say the seconds of a drawing, such as 1-3") from None
    if not 0 <= found[0] <= found[1]:
        raise ArgumentTypeError("the seconds of a drawing go from least to most")
    return found


class Command(BaseCommand):
    help = (
        "Plays a lesson with real workers, a real local HTTP provider and a database of its own; progress goes to "
        "standard error, one JSON object to standard output. Nothing of the school's own data is touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--students", type=sizes, default=(30, 3), help="students of each class (30,3)")
        parser.add_argument("--presses", type=int, default=2, help="pictures each student wants (2)")
        parser.add_argument("--limit", type=float, default=120.0, help="pictures a minute (120)")
        parser.add_argument("--burst", type=int, default=1, help="pictures that may come at once (1)")
        parser.add_argument(
            "--latency", type=seconds_range, default=(1.0, 3.0), help="seconds a drawing (1-3)"
        )
        parser.add_argument("--jitter", type=float, default=0.1, help="seconds the provider forgives (0.1)")
        parser.add_argument("--seed", type=int, default=1, help="start of the random numbers (1)")
        parser.add_argument("--workers", type=int, default=1, help="worker processes (1)")
        parser.add_argument(
            "--database", default="", help="URL of an empty database (a temporary SQLite file)"
        )
        parser.add_argument("--broker", default="", help="URL of a broker (the server-less one)")
        parser.add_argument(
            "--stage", default="", help="folder of a stage that is set already; used by itself"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["presses"] < 1 or options["limit"] <= 0 or options["burst"] < 1 or options["workers"] < 1:
            raise CommandError("presses, limit, burst and workers must be more than 0.")
        if not options["stage"]:
            self._set_stage(options)
            return
        plan = Plan(
            students=options["students"],
            presses=options["presses"],
            limit=options["limit"],
            burst=options["burst"],
            latency_seconds=options["latency"],
            jitter_seconds=options["jitter"],
            seed=options["seed"],
            workers=options["workers"],
        )
        self.stdout.write(json.dumps(self._play(plan, Path(options["stage"]))))

    def _set_stage(self, options: dict[str, Any]) -> None:
        """Run this command once more with an environment of its own: settings are read when a process starts."""
        with stage.temporary_folder() as folder:
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "simulate_lesson"]
            command += ["--stage", str(folder), "--students", ",".join(map(str, options["students"]))]
            command += ["--latency", "-".join(map(str, options["latency"]))]
            for name in ("presses", "limit", "burst", "jitter", "seed", "workers"):
                command += [f"--{name}", str(options[name])]
            done = subprocess.run(
                command,
                env=stage.environment_of(folder, options["database"], options["broker"]),
                stdout=subprocess.PIPE,
                text=True,
                check=False,
                preexec_fn=follow_parent(),
            )
        if done.returncode != 0:
            raise CommandError(f"The lesson could not be played (code {done.returncode}).")
        self.stdout.write(done.stdout.strip())

    def _play(self, plan: Plan, folder: Path) -> dict[str, Any]:
        begun_at = time.monotonic()

        def say(text: str) -> None:
            self.stderr.write(f"[{time.monotonic() - begun_at:6.1f} s] {text}")

        say("preparing the stage")
        call_command("migrate", verbosity=0)
        lesson = Lesson(plan, say)
        with stage.provider(plan) as address:
            control = RehearsalControl(address)
            lesson.prepare(address)
            with stage.workers(plan, folder):
                lesson.warm_up()
                before = control.counters()
                choosing = Limit.objects.get().dispatch_cpu_seconds
                say(f"{sum(plan.students)} students press")
                drawn = lesson.play()
                books = control.counters()
        choosing = Limit.objects.get().dispatch_cpu_seconds - choosing
        return self._report(plan, drawn, books, before, choosing)

    def _report(
        self,
        plan: Plan,
        drawn: list[measures.Drawn],
        books: dict[str, Any],
        before: dict[str, Any],
        dispatch_cpu_seconds: float,
    ) -> dict[str, Any]:
        last = max(books["drawings"], key=lambda each: each["ended_at"])
        makespan = measures.makespan_seconds(drawn)
        least = measures.least_seconds(plan, last["ended_at"] - last["started_at"])
        small, large = measures.mean_first_waits(drawn, plan.students)
        return {
            "pictures": len(drawn),
            "makespan_seconds": round(makespan, 3),
            "least_seconds": round(least, 3),
            "makespan_ratio": round(makespan / least, 4),
            "inversions": measures.inversions(drawn),
            "jain": round(measures.jain(drawn, sum(plan.students)), 4),
            "small_over_large": round(small / large, 4),
            "small_wait_seconds": round(small, 3),
            "large_wait_seconds": round(large, 3),
            "eta_error": round(measures.eta_error(drawn), 4),
            "overhead_ms": round(measures.overhead_ms(drawn, dispatch_cpu_seconds), 2),
            "worker_ms": round(1000 * statistics.fmean(each.engine_seconds for each in drawn), 2),
            "throttled": books["throttled"] - before["throttled"],
            "drawn_by_provider": books["pictures"] - before["pictures"],
        }

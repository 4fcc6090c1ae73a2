"""The engine over a whole simulated lesson: 30 and 3 students, two pictures each, 120 a minute."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LESSON = ("--students", "30,3", "--presses", "2", "--limit", "120")


def lines() -> Iterator[dict]:
    command = [sys.executable, str(ROOT / "manage.py"), "simulate_lesson", *LESSON]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)
    yield _line(
        "engine.makespan", told["makespan_seconds"], "s", told["least_seconds"], told["makespan_ratio"]
    )
    yield _line("engine.inversions", told["inversions"], "pictures")
    yield _line("engine.jain", told["jain"], "index")
    ratio = told["small_over_large"]
    yield _line("engine.small_class", told["small_wait_seconds"], "s", told["large_wait_seconds"], ratio)
    yield _line("engine.eta_error", told["eta_error"], "share")
    yield _line("engine.overhead", told["overhead_ms"], "ms")


def _line(name: str, value: float, unit: str, floor: float | None = None, ratio: float | None = None) -> dict:
    return {"name": name, "value": value, "unit": unit, "floor": floor, "ratio": ratio}

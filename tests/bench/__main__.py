"""Collect the measurements of ``tests/bench/bench_*.py``: one JSON object a line.

Each module gives ``lines()`` and runs in a process of its own, so that one's memory is not another's.
"""

import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent
LIMIT_SECONDS = 590.0
FIELDS = ("name", "value", "unit", "floor", "ratio")


def measure(name: str) -> None:
    """Print the lines of one module as they come."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    for line in importlib.import_module(f"tests.bench.{name}").lines():
        print(json.dumps({field: line.get(field) for field in FIELDS}, ensure_ascii=False), flush=True)


def measure_all(names: list[str]) -> int:
    deadline = time.monotonic() + LIMIT_SECONDS
    failed = []
    for name in names:
        command = [sys.executable, "-m", "tests.bench", name]
        try:
            code = subprocess.run(
                command, check=False, timeout=max(1.0, deadline - time.monotonic())
            ).returncode
        except subprocess.TimeoutExpired:
            code = 124
        if code != 0:
            failed.append(f"{name} (code {code})")
    if failed:
        print(f"No full measurement of {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(sys.argv[1])
    else:
        sys.exit(measure_all(sorted(path.stem for path in FOLDER.glob("bench_*.py"))))

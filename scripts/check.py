"""Every check of the house in one go: lint, types, arrows, pages, migrations, then the tests on both databases.

All steps run even when one fails, so that one run tells everything; the last lines sum up.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CLOSING_LINE = re.compile(r"\b(\d+ (passed|failed|error|errors)\b|no tests ran).* in [\d.]+s")
# Suites that touch no database, start their own servers, or look at pages rather than at what the database does
# prove nothing new on a second one.
ONCE_IS_ENOUGH = (
    "access",
    "accounts",
    "browser",
    "chaos",
    "ideas",
    "policy",
    "providers",
    "security",
    "web",
    "test_admin.py",
    "test_checks.py",
    "test_ground.py",
    "test_hardening.py",
    "test_house.py",
    "test_messages.py",
    "test_setup.py",
    "test_strict.py",
)


@dataclass(frozen=True)
class Step:
    name: str
    command: Sequence[str]
    is_shown: bool = False


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def pages() -> list[str]:
    return [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]


def lint_steps() -> list[Step]:
    return [
        Step("ruff", tool("ruff", "check", ".")),
        Step("format", tool("ruff", "format", "--check", ".")),
        Step("arrows", tool("lint-imports", "--no-logo")),
        Step("pages: djade", tool("djade", "--check", "--target-version", "5.2", *pages())),
        Step("pages: djlint", tool("djlint", "--lint", "--quiet", "templates")),
        Step("types", tool("mypy")),
        Step("migrations", tool("python", "manage.py", "makemigrations", "--check", "--dry-run")),
        Step("translations", tool("python", "scripts/messages.py", "check")),
    ]


def test_steps() -> list[Step]:
    pytest = tool("python", "-m", "pytest", "--color=no", "-n", "2", "--dist", "loadfile")
    servers = tool("python", "-m", "tests.support.servers", "--")
    once = [f"--ignore=tests/{name}" for name in ONCE_IS_ENOUGH]
    return [
        Step("tests on PostgreSQL and Redis", [*servers, *pytest, *once], is_shown=True),
        Step("tests on SQLite", pytest, is_shown=True),
    ]


def run(step: Step) -> tuple[bool, str]:
    """Run one step; whether it passed, and pytest's closing line when it has one."""
    print(f"{step.name} ...", flush=True)
    began = time.monotonic()
    lines: list[str] = []
    closing = ""
    with subprocess.Popen(
        step.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if CLOSING_LINE.search(line):
                closing = line.strip()
            if step.is_shown:
                print(line, end="", flush=True)
    is_passed = process.returncode == 0
    if not is_passed and not step.is_shown:
        print("".join(lines[-200:]), flush=True)
    verdict = "ok" if is_passed else f"FAILED (code {process.returncode})"
    print(f"{step.name}: {verdict}, {time.monotonic() - began:.1f} s", flush=True)
    return is_passed, closing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint", action="store_true", help="leave the tests out")
    only_lint = parser.parse_args().lint
    began = time.monotonic()
    results = [(step.name, *run(step)) for step in lint_steps() + ([] if only_lint else test_steps())]
    failed = [name for name, is_passed, _ in results if not is_passed]
    print(f"\n{len(results)} steps in {time.monotonic() - began:.0f} s.", flush=True)
    print(f"Failed: {', '.join(failed)}" if failed else "All passed.")
    for name, _, closing in results:
        if closing:
            print(f"{name}:\n{closing}")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())

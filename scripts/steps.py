"""Running commands with plain lines of progress."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

BEGAN_AT = time.monotonic()
WORD_EVERY_SECONDS = 10.0


class SetupError(Exception):
    """Something is missing or failed; the message is one line that says what to do."""


def say(text: str) -> None:
    print(f"[{time.monotonic() - BEGAN_AT:6.1f} s] {text}", flush=True)


def run(what: str, command: Sequence[str], *, env: Mapping[str, str] | None = None, hint: str = "") -> None:
    """Run ``command`` quietly, with a sign of life every ten seconds; its last lines are shown when it fails."""
    say(what)
    with subprocess.Popen(
        command,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
    ) as process:
        output = _wait_with_signs_of_life(process, what)
    if process.returncode != 0:
        lines = output.strip().splitlines()[-15:]
        print("\n".join(f"    {line}" for line in lines), file=sys.stderr, flush=True)
        raise SetupError(f"{what}: failed (code {process.returncode}). {hint}".rstrip())


def _wait_with_signs_of_life(process: subprocess.Popen[str], what: str) -> str:
    while True:
        try:
            output, _ = process.communicate(timeout=WORD_EVERY_SECONDS)
            return output
        except subprocess.TimeoutExpired:
            say(f"  ... still at it: {what}")

"""The processes of a running site, to hold or to kill one of them as a bad day does."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

from tests.support.site import Site


def processes(site: Site, word: str) -> list[int]:
    """The site's processes that have ``word`` as an argument of their command line."""
    mark = f"VAR_DIR={site.folder}".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        with contextlib.suppress(OSError):
            arguments = (entry / "cmdline").read_bytes().split(b"\0")
            if word.encode() in arguments and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
    return found


@contextlib.contextmanager
def held(site: Site, word: str) -> Iterator[None]:
    """Stop the clock of these processes while the block runs."""
    found = processes(site, word)
    assert found, f"no process of the site runs {word}"
    for pid in found:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in found:
            os.kill(pid, signal.SIGCONT)


def kill(site: Site, word: str) -> None:
    """kill -9; the site's supervisor starts it again."""
    found = processes(site, word)
    assert found, f"no process of the site runs {word}"
    for pid in found:
        os.kill(pid, signal.SIGKILL)

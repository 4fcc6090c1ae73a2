"""Start several programs as one: restart what dies, and leave nothing behind."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from types import FrameType

PR_SET_PDEATHSIG = 1
RESTART_DELAYS_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
STEADY_SECONDS = 60.0
INTERRUPT_SECONDS = 4.0
STOP_SECONDS = 8.0
LOOK_SECONDS = 0.25

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(parent_signal: int = signal.SIGKILL) -> None:
    """Ask the kernel to send this process ``parent_signal`` when its parent dies (Linux: prctl(2))."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(parent_signal))


def follow_parent(parent_signal: int = signal.SIGKILL) -> Callable[[], None]:
    """A ``preexec_fn`` that ties the new process's life to the one that starts it.

    Call it in the main thread: the kernel watches the thread that forked.
    """
    parent = os.getpid()

    def in_child() -> None:
        end_with_parent(parent_signal)
        if os.getppid() != parent:
            os._exit(1)

    return in_child


@dataclass
class Program:
    """One program to keep running; its output goes to ``log``."""

    name: str
    command: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float | None = None
    failures: int = 0

    def start(self, environment: dict[str, str]) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=environment,
                preexec_fn=follow_parent(),
            )
        self.started_at = time.monotonic()
        self.restart_at = None

    def next_delay(self) -> float:
        """Seconds to wait before the next start; a program that ran steadily starts over at the shortest."""
        if time.monotonic() - self.started_at > STEADY_SECONDS:
            self.failures = 0
        delay = RESTART_DELAYS_SECONDS[min(self.failures, len(RESTART_DELAYS_SECONDS) - 1)]
        self.failures += 1
        return delay


@dataclass
class Supervisor:
    """Keeps ``programs`` running until it is told to stop (Ctrl-C, SIGTERM, SIGHUP or ``stop()``).

    All of them stay in the caller's process group, so a terminal's Ctrl-C reaches each one too.
    """

    programs: Sequence[Program]
    say: Callable[[str], None]
    environment: dict[str, str] = field(default_factory=lambda: dict(os.environ))
    stopping: Event = field(default_factory=Event)
    is_interrupted: bool = False
    is_hurried: bool = False

    def run(self, on_tick: Callable[[], None]) -> None:
        """Start everything and watch over it; ``on_tick`` is called a few times a second."""
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, self._on_signal)
        try:
            for program in self.programs:
                program.start(self.environment)
            while not self.stopping.wait(LOOK_SECONDS):
                for program in self.programs:
                    self._look_after(program)
                on_tick()
        finally:
            self._end_all()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.is_interrupted = number == signal.SIGINT
        self.is_hurried = self.stopping.is_set()
        self.stopping.set()

    def _look_after(self, program: Program) -> None:
        now = time.monotonic()
        if program.restart_at is not None:
            if now >= program.restart_at:
                program.start(self.environment)
            return
        if program.process is None:
            return
        code = program.process.poll()
        if code is None:
            return
        delay = program.next_delay()
        program.restart_at = now + delay
        self.say(f"{program.name} ended (code {code}); starting it again in {delay:.0f} s. See {program.log}")

    def _end_all(self) -> None:
        """Ask, ask again, and kill what still runs; a second Ctrl-C kills at once."""
        # After a terminal's Ctrl-C every program is on its way out already, and a second signal on top of the
        # first can catch one in the middle of its farewell.
        if self.is_interrupted:
            self._wait_for_all(INTERRUPT_SECONDS)
        for process in self._alive():
            process.terminate()
        self._wait_for_all(STOP_SECONDS)
        for process in self._alive():
            process.kill()
            process.wait()

    def _alive(self) -> list[subprocess.Popen[bytes]]:
        return [p.process for p in self.programs if p.process is not None and p.process.poll() is None]

    def _wait_for_all(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while self._alive() and time.monotonic() < deadline and not self.is_hurried:
            time.sleep(0.05)

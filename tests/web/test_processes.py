import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUPERVISOR = """
    import sys
    from pathlib import Path
    from edu4all.web import processes
    from edu4all.web.processes import Program, Supervisor

    folder = Path(sys.argv[1])
    processes.RESTART_DELAYS_SECONDS = (0.1,)
    sleeper = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\\\n'); time.sleep(60)"
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + sleeper
    processes.STOP_SECONDS = processes.INTERRUPT_SECONDS = 0.5
    programs = [
        Program(name, [sys.executable, "-c", code, str(folder / name)], folder / f"{name}.log")
        for name, code in (("sleeper", sleeper), ("stubborn", stubborn))
    ]
    Supervisor(programs, say=lambda text: print(text, flush=True)).run(on_tick=lambda: None)
"""


def wait_for(happened: Callable[[], object], seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


class Running:
    """A supervisor with two programs, of which one does not listen to SIGTERM."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(SUPERVISOR), str(folder)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        wait_for(lambda: len(self.pids("sleeper")) == 1 and len(self.pids("stubborn")) == 1)

    def pids(self, name: str) -> list[int]:
        path = self.folder / name
        return [int(line) for line in path.read_text().split()] if path.exists() else []

    def all_pids(self) -> list[int]:
        return self.pids("sleeper") + self.pids("stubborn")


@pytest.fixture
def running(tmp_path):
    started = Running(tmp_path)
    yield started
    started.process.kill()
    started.process.wait()
    started.process.stdout.close()


@pytest.mark.parametrize("polite", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_polite_end_leaves_nothing_behind(running, polite):
    running.process.send_signal(polite)
    assert running.process.wait(10) == 0
    assert not [pid for pid in running.all_pids() if is_alive(pid)]


def test_a_rude_end_leaves_nothing_behind_either(running):
    running.process.kill()
    running.process.wait()
    wait_for(lambda: not [pid for pid in running.all_pids() if is_alive(pid)])


def test_what_dies_is_started_again_and_named_in_one_line(running):
    os.kill(running.pids("sleeper")[0], signal.SIGKILL)
    wait_for(lambda: len(running.pids("sleeper")) == 2)
    assert running.pids("stubborn") == running.pids("stubborn")[:1], "the others are left alone"
    running.process.send_signal(signal.SIGTERM)
    told = running.process.communicate()[0].splitlines()
    assert len(told) == 1
    assert told[0].startswith("sleeper ended (code -9); starting it again")

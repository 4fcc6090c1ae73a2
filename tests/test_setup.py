"""What stands in the way of setting up is named in one line, before anything is made."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def set_up(port: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "setup.py"), "demo"],
        env=os.environ | {"PORT": port},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.splitlines()


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, lines = set_up(str(port))
    assert code == 1
    assert len(lines) == 1
    assert f"Port {port}" in lines[0]
    assert f"PORT={port + 1} make demo" in lines[0]


@pytest.mark.parametrize("port", ["eighty", "0", "70000"])
def test_a_port_that_is_none_is_named(port):
    code, lines = set_up(port)
    assert code == 1
    assert len(lines) == 1
    assert f"PORT={port}" in lines[0]

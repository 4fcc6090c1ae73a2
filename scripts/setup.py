"""Make everything ready: virtual environment, locked packages, translations, system parts for the tests.

Runs on the standard library alone. ``setup.py demo`` prepares for serving, ``setup.py develop`` for tools and
measurements, ``setup.py test`` for the tests, with the servers and the browser that they start.
A second run finds the work done and takes a moment.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import system
from steps import SetupError, run, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed.json"
OLDEST, NEWEST = (3, 11), (3, 13)
# dev.txt holds everything of run.txt in the same versions, so installing it serves both.
LOCKS = {"demo": ["run"], "develop": ["dev", "run"], "test": ["dev", "run"]}


def check_python() -> None:
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        raise SetupError(
            f"Python {sys.version.split()[0]} can't run this; install Python 3.11, 3.12 or 3.13."
        )
    if not os.access(ROOT, os.W_OK):
        raise SetupError(f"No permission to write in {ROOT}; use a folder of your own.")


def check_port() -> None:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SetupError(f"PORT={text} is no port; try PORT=8001 make demo")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            other = int(text) + 1 if int(text) < 65535 else 8000
            raise SetupError(
                f"Port {text} can't be used ({error.strerror}); try PORT={other} make demo"
            ) from None


def is_venv_usable() -> bool:
    if not PYTHON.exists():
        return False
    question = f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return subprocess.run([str(PYTHON), "-c", question], capture_output=True, check=False).returncode == 0


def make_venv() -> None:
    if is_venv_usable():
        return
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise SetupError(
            f"Python's venv module is missing; on Debian: sudo apt-get install python{version}-venv"
        )
    run("making .venv", [sys.executable, "-m", "venv", "--clear", str(VENV)])


def wanted_locks(purpose: str) -> dict[str, str]:
    """The lock files' hashes by name that must be installed for ``purpose``."""
    files = {name: ROOT / "requirements" / f"{name}.txt" for name in LOCKS[purpose]}
    return {name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in files.items()}


def install_packages(purpose: str) -> None:
    wanted = wanted_locks(purpose)
    try:
        installed = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        installed = {}
    if wanted.items() <= installed.items():
        return
    lock = ROOT / "requirements" / f"{LOCKS[purpose][0]}.txt"
    count = sum(1 for line in lock.read_text().splitlines() if "==" in line)
    env = os.environ | {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_NO_PROGRESS": "1",
        # A school's proxy shows a certificate that only the machine itself knows.
        "UV_SYSTEM_CERTS": "1",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    env.pop("VIRTUAL_ENV", None)
    STAMP.unlink(missing_ok=True)
    hint = "Is the network there? Run the same command again; what was fetched is kept."
    exact = ["--require-hashes", "-r"]
    pip = [str(PYTHON), "-m", "pip", "install", "-q"]
    try:
        run("fetching the installer", [*pip, *exact, str(ROOT / "requirements" / "tools.txt")], env=env)
        uv = [str(VENV / "bin" / "uv"), "pip", "install", "-q", "--python", str(PYTHON)]
        run(f"installing {count} packages", [*uv, *exact, str(lock)], env=env)
    except SetupError:
        run(f"installing {count} packages with pip instead", [*pip, *exact, str(lock)], env=env, hint=hint)
    STAMP.write_text(json.dumps(wanted))


def compile_messages() -> None:
    stale = [
        source
        for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po")
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime <= source.stat().st_mtime
    ]
    if stale:
        run("compiling translations", [str(PYTHON), str(ROOT / "scripts" / "messages.py"), "compile"])


def make_development_database() -> None:
    """Let any ``manage.py`` command find its tables; a database that somebody configured is left alone."""
    if "DATABASE_URL" in os.environ or (ROOT / ".env").exists():
        return
    run("preparing the development database", [str(PYTHON), str(ROOT / "manage.py"), "migrate", "--no-input"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=sorted(LOCKS))
    purpose = parser.parse_args().purpose
    try:
        check_python()
        if purpose == "demo":
            check_port()
        make_venv()
        install_packages(purpose)
        compile_messages()
        if purpose == "test":
            system.provide()
        if purpose != "demo":
            make_development_database()
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    say("everything is in place")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""With CI=true nothing may be passed over; proved on a suite of three lines in a run of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Spelt in pieces, so that the search for passed-over tests does not find these.
SKIPPED = "import pytest\n@pytest.mark." + "skip(reason='not today')\ndef test_it(): pass\n"
EXPECTED_TO_FAIL = "import pytest\n@pytest.mark." + "xfail\ndef test_it(): assert False\n"
WHOLE_FILE = "import pytest\npytest." + "skip('no', allow_module_level=True)\n"
PLAIN = "def test_it(): assert True\n"


def run(folder: Path, text: str, ci: str) -> int:
    (folder / "test_it.py").write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
    ]
    command += ["-p", "tests.support.strict", f"--rootdir={folder}", "test_it.py"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {"CI": ci, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False).returncode


@pytest.mark.parametrize("text", [SKIPPED, EXPECTED_TO_FAIL, WHOLE_FILE])
def test_what_is_passed_over_fails_in_ci(tmp_path, text):
    assert run(tmp_path, text, ci="true") in (1, 2)


@pytest.mark.parametrize("text", [SKIPPED, EXPECTED_TO_FAIL, PLAIN])
def test_it_is_let_through_elsewhere(tmp_path, text):
    assert run(tmp_path, text, ci="") == 0


def test_an_honest_test_passes_in_ci(tmp_path):
    assert run(tmp_path, PLAIN, ci="true") == 0

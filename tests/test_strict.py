"""With CI=true nothing may be passed over; proved on suites of three lines in a run of their own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Spelt in pieces, so that the search for passed-over tests does not find these.
SUITES = {
    "left_out": "import pytest\n@pytest.mark." + "skip(reason='not today')\ndef test_it(): pass\n",
    "expected_to_fail": "import pytest\n@pytest.mark." + "xfail\ndef test_it(): assert False\n",
    "whole_file": "import pytest\npytest." + "skip('no', allow_module_level=True)\n",
    "honest": "def test_it(): assert True\n",
}
REFUSED = "Skipped or expected to fail, which CI=true forbids"
OUTCOMES = ("PASSED", "FAILED", "ERROR")


def run(folder: Path, ci: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code, and what pytest's summary says of each suite."""
    for name, text in SUITES.items():
        (folder / f"test_{name}.py").write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rfEp",
        "--tb=no",
        "-p",
        "no:django",
        "-p",
        "no:cacheprovider",
    ]
    command += ["--continue-on-collection-errors", "-c", os.devnull, f"--rootdir={folder}"]
    command += ["-p", "tests.support.strict"]
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env |= {"CI": ci, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    lines = [line.split(" ", 1) for line in done.stdout.splitlines() if line.startswith(OUTCOMES)]
    told = {name: line for name in SUITES for line in lines if line[1].startswith(f"test_{name}.py")}
    return done.returncode, {name: (outcome, why) for name, (outcome, why) in told.items()}


def test_what_is_passed_over_fails_in_ci(tmp_path):
    code, told = run(tmp_path, ci="true")
    assert code == 1
    assert told["honest"][0] == "PASSED"
    for name in ("left_out", "expected_to_fail", "whole_file"):
        outcome, why = told[name]
        assert outcome in ("FAILED", "ERROR")
        assert REFUSED in why


def test_it_is_let_through_elsewhere(tmp_path):
    code, told = run(tmp_path, ci="")
    assert code == 0
    assert told["honest"][0] == "PASSED"

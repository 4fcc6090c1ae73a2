"""Rules of the house that no other tool keeps."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 450
MOST_FUNCTION_LINES = 60
LOCKS = ("run.txt", "dev.txt", "tools.txt")
# Folders of a person's or a robot's machine, and addresses of package indexes: neither belongs in a shared tree.
MACHINE = re.compile(
    r"(?<![\w.])/(home/\w+|root/|Users/\w+|opt/\w+)|file:///(?!folder\b|etc/passwd\b)\w|https?://[\w.-]*(pypi|pythonhosted|/simple)\b"
)
# An address of an example in a comment or a document is none that anybody fetches from.
TEXT_SUFFIXES = (
    ".py",
    ".html",
    ".css",
    ".js",
    ".toml",
    ".txt",
    ".md",
    ".cfg",
    ".in",
    ".po",
    ".json",
    ".jsonl",
    ".sh",
)
GENERATED = re.compile(r"/migrations/")


def tracked(*patterns: str) -> list[Path]:
    """Files under version control or about to be, without what .gitignore leaves out."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def test_a_file_holds_one_subject() -> None:
    long = {}
    for path in tracked("*.py"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES and not GENERATED.search(str(path)):
            long[name_of(path)] = lines
    assert not long, f"longer than {MOST_LINES} lines: {long}"


def test_a_function_can_be_read_at_once() -> None:
    long = []
    for path in tracked("edu4all/*.py", "assignments/*.py", "gallery/*.py", "scripts/*.py"):
        if GENERATED.search(str(path)):
            continue
        for function in functions(ast.parse(path.read_text(encoding="utf-8"))):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > MOST_FUNCTION_LINES:
                long.append(f"{name_of(path)}:{function.lineno} {function.name} has {length} lines")
    assert not long, "\n".join(long)


def test_the_tree_names_no_machine_and_no_package_index() -> None:
    found = []
    for path in tracked():
        if path.suffix not in TEXT_SUFFIXES and path.name not in (
            "Makefile",
            "Procfile",
            "run",
            ".env.example",
        ):
            continue
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if MACHINE.search(line):
                found.append(f"{name_of(path)}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text()
    assert text.count("--hash=sha256:") >= text.count("==") > 0
    # httpx2 and its like are names of packages; an address has a scheme and two slashes.
    assert "://" not in text
    assert not re.search(r"^(-i|--index|--extra-index|--find-links|-f)\b", text, re.MULTILINE)


def pins(name: str) -> set[str]:
    return set(re.findall(r"^([\w.\[\]-]+==\S+)", (ROOT / "requirements" / name).read_text(), re.MULTILINE))


def test_what_is_served_is_what_was_tested() -> None:
    assert pins("run.txt") <= pins("dev.txt")


def test_the_locks_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {pin.partition("==")[0].partition("[")[0].lower() for pin in pins("dev.txt")}
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[~=><! ;]", line)[0].lower() for line in asked}
    assert not names - locked, "run make lock"


def variables_read(path: Path) -> set[str]:
    """Names that the settings ask the environment for: first arguments of env.*() and path_from_env()."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        called = ast.unparse(node.func)
        if re.fullmatch(r"env(\.\w+)?|path_from_env", called):
            found.add(str(node.args[0].value))
    return found


def test_every_variable_is_described_in_the_example() -> None:
    described = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    missing = variables_read(ROOT / "edu4all" / "settings.py") - described
    assert not missing, f".env.example does not describe {sorted(missing)}"


def test_only_the_settings_read_the_environment() -> None:
    allowed = {"edu4all/settings.py", "edu4all/celery.py", "edu4all/wsgi.py", "edu4all/demo_wsgi.py"}
    # A supervisor hands its environment on to what it starts, and so may a command.
    allowed |= {"edu4all/web/processes.py"}
    readers = {
        name_of(path)
        for path in tracked("edu4all/*.py", "assignments/*.py", "gallery/*.py")
        if "management" not in path.parts
        and re.search(r"os\.(environ\b|getenv\()", path.read_text(encoding="utf-8"))
    }
    assert readers <= allowed


def test_the_engine_knows_no_request() -> None:
    found = [
        name_of(path)
        for path in tracked("assignments/generation/*.py")
        if re.search(
            r"^(from|import) (django\.(http|views|shortcuts|urls)|rest_framework)\b",
            path.read_text(),
            re.MULTILINE,
        )
    ]
    assert not found


def test_nothing_is_left_for_later_or_passed_over() -> None:
    words = re.compile(
        r"\b(TODO|FIXME|XXX)\b|pytest\.(skip|xfail|importorskip)\(|mark\.(skip|skipif|xfail)\b"
    )
    found = [
        f"{name_of(path)}:{number}"
        for path in tracked("*.py", "*.html", "*.js", "*.css")
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if words.search(line)
    ]
    assert not found

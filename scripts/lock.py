"""Pin exact versions with hashes, and no address of any package index, in ``requirements/``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"]
OPTIONS += ["--universal", "--python-version", "3.11", "--upgrade", "--quiet"]
LOCKS = (
    ("tools.txt", ["requirements/tools.in"]),
    ("dev.txt", ["pyproject.toml", "--group", "dev"]),
    # The same versions as the tests ran with.
    ("run.txt", ["pyproject.toml", "--constraint", "requirements/dev.txt"]),
)


def main() -> int:
    for name, sources in LOCKS:
        print(f"locking requirements/{name}", flush=True)
        command = [str(Path(sys.executable).parent / "uv"), "pip", "compile", *sources, *OPTIONS]
        subprocess.run([*command, "--output-file", f"requirements/{name}"], cwd=ROOT, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

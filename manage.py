#!/usr/bin/env python
"""Django's command line."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV_PYTHON = HERE / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu4all.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        # `python manage.py ...` with the system's Python: go on with the one that make set up.
        if VENV_PYTHON.exists() and Path(sys.prefix) != VENV_PYTHON.parent.parent:
            os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606
        sys.exit("Django is not installed here. Run `make demo` or `make test` once; they set everything up.")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

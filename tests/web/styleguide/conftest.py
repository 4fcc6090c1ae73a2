import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.browser import WIDTHS
from tests.support.site import ROOT


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """The style pages in a process of their own; they need no database and no seeds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.styleguide"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.web.styleguide.settings"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {
        "base_url": base_url,
        "locale": "ko-KR",
        "timezone_id": "Asia/Seoul",
        "viewport": {"width": 1440, "height": WIDTHS[1440]},
    }

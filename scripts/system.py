"""What the tests need from the system: found, installed where that is possible, or named in one line."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from steps import SetupError, run


@dataclass(frozen=True)
class Part:
    """A part of the system: what it is called, Debian's package, and where it shows that it is there."""

    name: str
    package: str
    programs: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def is_there(self) -> bool:
        if any(shutil.which(program) for program in self.programs):
            return True
        return any(any(Path("/").glob(pattern)) for pattern in self.patterns)


PARTS = (
    Part("Chromium", "chromium", ("chromium", "chromium-browser", "google-chrome")),
    Part("Redis", "redis-server", ("redis-server",)),
    Part("PostgreSQL", "postgresql", ("initdb",), ("usr/lib/postgresql/*/bin/initdb",)),
    Part("Korean fonts", "fonts-noto-cjk", (), ("usr/share/fonts/**/NotoSansCJK*", "Library/Fonts/AppleSD*")),
    Part(
        "emoji fonts",
        "fonts-noto-color-emoji",
        (),
        ("usr/share/fonts/**/NotoColorEmoji*", "System/Library/Fonts"),
    ),
)


def provide() -> None:
    """Install what is missing with apt as root on Debian.

    Raises:
        SetupError: something is missing and can't be installed from here.
    """
    missing = [part for part in PARTS if not part.is_there()]
    if not missing:
        return
    packages = [part.package for part in missing]
    can_install = shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0
    if not can_install:
        names = ", ".join(part.name for part in missing)
        raise SetupError(
            f"The tests need {names}. On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"
        )
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run("reading the list of system packages", ["apt-get", "update", "-q"], env=env)
    run(
        f"installing {', '.join(packages)}",
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages],
        env=env,
    )
    _stop_what_packages_started()


def _stop_what_packages_started() -> None:
    """The tests start servers of their own; the ones a package may have started just now would only idle."""
    for service in ("redis-server", "postgresql"):
        script = Path("/etc/init.d") / service
        if script.exists():
            subprocess.run([str(script), "stop"], capture_output=True, check=False)

"""The rehearsal provider under the name that tests know it by."""

import sys

from assignments.generation.rehearsal import (
    Fault,
    RehearsalConfig,
    RehearsalControl,
    RehearsalServer,
)
from assignments.generation.rehearsal.command import main

__all__ = ["Fault", "RehearsalConfig", "RehearsalControl", "RehearsalServer", "main"]

if __name__ == "__main__":
    sys.exit(main())

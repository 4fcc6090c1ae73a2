"""A local HTTP provider for rehearsals: it speaks the image APIs strictly and counts what it draws.

A school's operator rehearses a whole lesson against it, at a true limit, without a key and without
paying. It can fail on demand in every way that a provider has been seen to fail.
"""

from .config import Fault, RehearsalConfig
from .control import RehearsalControl
from .server import RehearsalServer

__all__ = ["Fault", "RehearsalConfig", "RehearsalControl", "RehearsalServer"]

"""The true limit of a rehearsal provider."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable


class RateLimit:
    """The generic cell rate algorithm (ITU-T I.371), in its virtual-scheduling form.

    Args:
        per_minute: units a minute; 0 for no limit.
        burst: units that may come at once.
        jitter_seconds: how much earlier than its slot a request may arrive.
    """

    def __init__(
        self,
        per_minute: float,
        burst: int = 1,
        jitter_seconds: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._spacing = 60.0 / per_minute if per_minute else 0.0
        self._burst = burst
        self._tolerance = (burst - 1) * self._spacing + jitter_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._next_at = float("-inf")

    def take(self, units: int = 1) -> float:
        """Return 0 and book the units, or return the seconds to wait and book nothing."""
        if not self._spacing:
            return 0.0
        with self._lock:
            now = self._clock()
            wait = self._next_at - self._tolerance - now
            if wait > 0:
                return wait
            self._next_at = max(now, self._next_at) + units * self._spacing
            return 0.0

    def left(self) -> tuple[int, float]:
        """Return the units that may come now, and the seconds until the whole burst may."""
        if not self._spacing:
            return self._burst, 0.0
        with self._lock:
            booked = max(0.0, self._next_at - self._clock())
            return max(0, self._burst - math.ceil(booked / self._spacing)), booked

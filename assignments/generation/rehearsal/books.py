"""What a rehearsal provider has done: its own count, against which a ledger can be checked."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any

from .config import Fault
from .rules import Order


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request as its bytes came in.

    Attributes:
        at: seconds since 1970.
        raw: request line, headers and body.
    """

    at: float
    method: str
    path: str
    raw: bytes = field(repr=False)
    body: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Counts:
    requests: int = 0
    calls: int = 0
    pictures: int = 0
    throttled: int = 0
    refused: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    moderations: int = 0


class Books:
    """Counters, recorded requests and scripted faults, safe between threads.

    Args:
        keep: how many requests are kept with their bytes; older ones are forgotten.
    """

    def __init__(self, keep: int = 200) -> None:
        self._lock = threading.Lock()
        self._keep = keep
        self.reset()

    def reset(self) -> None:
        with self._lock:
            self._counts = _Counts()
            self._by_pseudonym: Counter[str] = Counter()
            self._statuses: Counter[int] = Counter()
            self._drawings: list[dict[str, Any]] = []
            self._recorded: deque[Recorded] = deque(maxlen=self._keep)
            self._faults: deque[Fault] = deque()
            self._number = 0

    def record(self, request: Recorded) -> None:
        with self._lock:
            self._counts.requests += 1
            self._recorded.append(request)

    def recorded(self) -> tuple[Recorded, ...]:
        with self._lock:
            return tuple(self._recorded)

    def script(self, *faults: Fault) -> None:
        with self._lock:
            self._faults.extend(faults)

    def next_fault(self) -> Fault | None:
        with self._lock:
            if not self._faults:
                return None
            fault = self._faults[0]
            if fault.times == 1:
                self._faults.popleft()
            elif fault.times > 1:
                self._faults[0] = _one_less(fault)
            return fault

    def begin_call(self) -> int:
        """Count one image call under way and return its number."""
        with self._lock:
            counts = self._counts
            counts.calls += 1
            counts.in_flight += 1
            counts.most_in_flight = max(counts.most_in_flight, counts.in_flight)
            self._number += 1
            return self._number

    def end_call(self) -> None:
        with self._lock:
            self._counts.in_flight -= 1

    def throttle(self) -> None:
        with self._lock:
            self._counts.throttled += 1

    def moderate(self) -> None:
        with self._lock:
            self._counts.moderations += 1

    def answer(self, status: int) -> None:
        with self._lock:
            self._statuses[status] += 1
            if 400 <= status < 500 and status != 429:
                self._counts.refused += 1

    def draw(self, order: Order, started_at: float) -> tuple[int, ...]:
        """Book the pictures of an order and return a number for each."""
        with self._lock:
            self._counts.pictures += order.count
            self._by_pseudonym[order.pseudonym] += order.count
            self._drawings.append(
                {
                    "started_at": started_at,
                    "ended_at": time.time(),
                    "pictures": order.count,
                    "pseudonym": order.pseudonym,
                    "model": order.model,
                    "prompt": order.prompt,
                    "is_edit": order.is_edit,
                }
            )
            first = self._counts.pictures - order.count
            return tuple(range(first, first + order.count))

    def counters(self) -> dict[str, Any]:
        with self._lock:
            counts = self._counts
            return {
                "requests": counts.requests,
                "calls": counts.calls,
                "pictures": counts.pictures,
                "throttled": counts.throttled,
                "refused": counts.refused,
                "in_flight": counts.in_flight,
                "most_in_flight": counts.most_in_flight,
                "moderations": counts.moderations,
                "statuses": {str(status): count for status, count in sorted(self._statuses.items())},
                "by_pseudonym": dict(self._by_pseudonym),
                "drawings": list(self._drawings),
                "faults_left": len(self._faults),
            }


def _one_less(fault: Fault) -> Fault:
    return Fault(
        fault.kind,
        fault.times - 1,
        fault.seconds,
        fault.milliseconds,
        fault.parameter,
        fault.size,
        fault.is_drawn,
    )

"""Signs of life: each process renews the leases of the rows that its threads work on."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Q

from assignments.models import Generation

from .clock import as_moment, database_now

logger = logging.getLogger(__name__)

LEASE_SECONDS = 20.0
BEAT_SECONDS = 5.0


class Heartbeat:
    """Renews the leases of everything that is held, from one thread a process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: set[tuple[int, int]] = set()
        self._pid = 0
        self._is_needed = threading.Event()

    def add(self, held: tuple[int, int]) -> None:
        with self._lock:
            self._held.add(held)
            if self._pid != os.getpid():  # threads don't survive a fork
                self._pid = os.getpid()
                self._is_needed = threading.Event()
                threading.Thread(
                    target=self._run, args=(self._is_needed,), name="leases", daemon=True
                ).start()
            self._is_needed.set()

    def remove(self, held: tuple[int, int]) -> None:
        with self._lock:
            self._held.discard(held)
            if not self._held:
                self._is_needed.clear()

    def _run(self, is_needed: threading.Event) -> None:
        pause = threading.Event()
        while True:
            is_needed.wait()
            pause.wait(BEAT_SECONDS)
            with self._lock:
                held = sorted(self._held)
            if not held:
                continue
            try:
                renew(held)
            except Exception as error:  # the database may be restarting; the next beat tries again
                logger.warning("leases were not renewed: %s", error)
            finally:
                connection.close()


def renew(held: list[tuple[int, int]]) -> int:
    """Renew these (generation, claim) pairs in one statement; return how many are still ours."""
    mine = Q(pk__in=[])
    for pk, claim in held:
        mine |= Q(pk=pk, claim=claim)
    expires_at = as_moment(database_now() + LEASE_SECONDS)
    return Generation.objects.filter(mine, status__in=Generation.WORKING).update(
        lease_expires_at=expires_at, is_suspect=False
    )


@contextmanager
def held(generation_pk: int, claim: int) -> Iterator[None]:
    """Keep a claim alive while the block runs."""
    _heartbeat.add((generation_pk, claim))
    try:
        yield
    finally:
        _heartbeat.remove((generation_pk, claim))


_heartbeat = Heartbeat()

"""The rehearsal provider as a program."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from typing import cast

from .config import RehearsalConfig
from .server import RehearsalServer


def read_latency(text: str) -> tuple[float, float]:
    """Return least and most seconds of ``1-3`` or ``2``."""
    least, _, most = text.partition("-")
    return float(least), float(most or least)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; the first line printed is the address."""
    parser = argparse.ArgumentParser(description="An image provider for rehearsals, on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--key", default=RehearsalConfig().key)
    parser.add_argument("--limit", type=float, default=0.0, help="units a minute; 0 for no limit")
    parser.add_argument("--unit", choices=("requests", "pictures"), default="requests")
    parser.add_argument("--burst", type=int, default=1)
    parser.add_argument("--jitter", type=float, default=0.0, help="seconds that a request may come early")
    parser.add_argument("--latency", type=read_latency, default=(0.0, 0.0), metavar="LEAST-MOST")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    config = RehearsalConfig(
        key=given.key,
        limit=given.limit,
        unit=given.unit,
        burst=given.burst,
        jitter_seconds=given.jitter,
        latency_seconds=cast("tuple[float, float]", given.latency),
        seed=given.seed,
    )
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with RehearsalServer(config, given.port) as server:
        sys.stdout.write(f"{server.address}\n")
        sys.stdout.flush()
        stop.wait()
    return 0

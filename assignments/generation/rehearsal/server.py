"""The HTTP server of a rehearsal provider: threads, keep-alive, and a control address of its own."""

from __future__ import annotations

import json
import random
import threading
import time
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from .books import Books, Recorded
from .config import Fault, RehearsalConfig
from .handler import RehearsalHandler
from .limit import RateLimit
from .rules import Order


class RehearsalServer(ThreadingHTTPServer):
    """Speaks the image APIs on a port of 127.0.0.1.

    Use it as a context manager, or ``start()`` and ``stop()``; ``serve_forever()`` keeps the
    calling thread. ``openai_address`` and ``azure_address`` are what a provider is given.
    """

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, config: RehearsalConfig | None = None, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), RehearsalHandler)
        self.books = Books()
        self.stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.configure(config or RehearsalConfig())

    def configure(self, config: RehearsalConfig) -> None:
        """Take on another behaviour from the next request on; the limit starts afresh."""
        self.config = config
        self.limit = RateLimit(config.limit, config.burst, config.jitter_seconds)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def openai_address(self) -> str:
        return f"{self.address}/v1"

    @property
    def azure_address(self) -> str:
        return self.address

    @property
    def requests(self) -> tuple[Recorded, ...]:
        """The requests that came in, oldest first, with their bytes."""
        return self.books.recorded()

    def script(self, *faults: Fault) -> None:
        """Let the next image requests fail, one fault after the other."""
        self.books.script(*faults)

    def counters(self) -> dict[str, Any]:
        return self.books.counters()

    def reset(self) -> None:
        """Forget what was counted, recorded and scripted; the limit starts afresh."""
        self.books.reset()
        self.configure(self.config)

    def latency_of(self, number: int) -> float:
        """Return the seconds that call ``number`` draws for: the same at each run with one seed."""
        least, most = self.config.latency_seconds
        return random.Random(f"{self.config.seed}:{number}").uniform(least, most)  # noqa: S311

    def throttle(self, order: Order) -> float:
        """Book the order's units and return 0, or return the seconds to wait."""
        return self.limit.take(order.count if self.config.unit == "pictures" else 1)

    def start(self) -> None:
        self._thread = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self.stopping.set()
        if self._thread:
            self.shutdown()
            self._thread.join()
            self._thread = None
        self.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that went away; they do so in every rehearsal."""

    def control(self, action: str, body: bytes) -> dict[str, Any]:
        """Answer one request to ``/_control/<action>``.

        Raises:
            LookupError: no such action.
            ValueError, TypeError: the body says something that can't be done.
        """
        match action:
            case "counters":
                return self.counters()
            case "requests":
                return {"requests": [_as_json(request) for request in self.requests]}
            case "faults":
                self.script(*(Fault(**fault) for fault in json.loads(body)["faults"]))
            case "reset":
                self.reset()
            case "configure":
                self.configure(_changed(self.config, json.loads(body)))
            case _:
                raise LookupError(action)
        return {"ok": True, "now": time.time()}


def _changed(config: RehearsalConfig, changes: dict[str, Any]) -> RehearsalConfig:
    if "latency_seconds" in changes:
        changes["latency_seconds"] = tuple(changes["latency_seconds"])
    if "unknown_parameters" in changes:
        changes["unknown_parameters"] = frozenset(changes["unknown_parameters"])
    fields = {name: getattr(config, name) for name in RehearsalConfig.__dataclass_fields__}
    return RehearsalConfig(**(fields | changes))


def _as_json(request: Recorded) -> dict[str, Any]:
    return {
        "at": request.at,
        "method": request.method,
        "path": request.path,
        "raw": request.raw.decode("latin-1"),
    }

"""Steering a rehearsal provider from another process."""

from __future__ import annotations

import http.client
import json
from dataclasses import asdict
from typing import Any, cast
from urllib.parse import urlsplit

from .config import Fault


class RehearsalControl:
    """Talks to ``/_control/`` of the server at this address (``http://127.0.0.1:PORT``)."""

    def __init__(self, address: str, timeout_seconds: float = 10.0) -> None:
        self._host = urlsplit(address).netloc
        self._timeout_seconds = timeout_seconds

    def script(self, *faults: Fault) -> None:
        self._ask("POST", "faults", {"faults": [asdict(fault) for fault in faults]})

    def counters(self) -> dict[str, Any]:
        return self._ask("GET", "counters")

    def requests(self) -> list[dict[str, Any]]:
        """The recorded requests; ``raw`` holds their bytes as latin-1 text."""
        return cast(list[dict[str, Any]], self._ask("GET", "requests")["requests"])

    def configure(self, **changes: Any) -> None:
        """Change fields of ``RehearsalConfig``; the limit starts afresh."""
        self._ask("POST", "configure", changes)

    def reset(self) -> None:
        self._ask("POST", "reset")

    def _ask(self, method: str, action: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        connection = http.client.HTTPConnection(self._host, timeout=self._timeout_seconds)
        try:
            connection.request(
                method, f"/_control/{action}", json.dumps(body).encode() if body is not None else None
            )
            answer = connection.getresponse()
            content = json.loads(answer.read())
            if answer.status != 200:
                raise ValueError(content.get("error", f"status {answer.status}"))
            return cast(dict[str, Any], content)
        finally:
            connection.close()

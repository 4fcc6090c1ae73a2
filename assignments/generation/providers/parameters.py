"""Optional parameters that a compatible server turned out not to know."""

from __future__ import annotations

import threading

OPTIONAL = frozenset({"safety_identifier", "quality"})


class UnknownParameters:
    """Remembers them for as long as the process lives, so that each is refused only once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._names: dict[tuple[str, str], frozenset[str]] = {}

    def of(self, base_url: str, model: str) -> frozenset[str]:
        with self._lock:
            return self._names.get((base_url, model), frozenset())

    def add(self, base_url: str, model: str, name: str) -> None:
        with self._lock:
            key = (base_url, model)
            self._names[key] = self._names.get(key, frozenset()) | {name}

"""Celery's server-less broker, made sound for several processes.

kombu's filesystem transport opens a message's file, then writes it: a worker that looks in between
reads an empty message and ends. Here a message is written under another name and renamed, so it is
there whole or not at all; the table of queues likewise.
"""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from queue import Empty
from time import time_ns
from typing import Any, ClassVar

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps, loads


class Channel(filesystem.Channel):
    """Messages are files ``<time>_<key>.<queue>.msg`` in one folder; whoever renames one away has it."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time_ns():020d}_{uuid.uuid4().hex}.{queue}.msg"
        _write_whole(folder / name, dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        ending = f".{queue}.msg"
        for name in sorted(os.listdir(self.data_folder_in)):
            if not name.endswith(ending) or name.startswith("."):
                continue
            path = Path(self.data_folder_in) / name
            taken = path.with_name(f".{name}.taken")
            try:
                path.rename(taken)
                content = taken.read_text()
                taken.unlink()
                return loads(content)
            except FileNotFoundError:
                continue  # another worker was quicker
            except ValueError:
                continue  # a wake-up that nobody can read is lost like any other
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        file = self._exchange_file(exchange)
        known = self.get_table(exchange)
        wanted = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        if wanted not in known:
            _write_whole(file, dumps([wanted, *known]))

    def get_table(self, exchange: str) -> list[Any]:
        try:
            content = self._exchange_file(exchange).read_text()
        except FileNotFoundError:
            return []
        return [filesystem.exchange_queue_t(*each) for each in loads(content)]


class Transport(filesystem.Transport):
    Channel = Channel
    # A folder has no host; without this kombu warns that none was given.
    default_connection_params: ClassVar[dict[str, Any]] = {}


def _write_whole(path: Path, content: str) -> None:
    """Rename is atomic within a folder (POSIX rename(2))."""
    draft = path.with_name(f".{uuid.uuid4().hex}.draft")
    try:
        draft.write_text(content)
        draft.rename(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ChannelError(f"Cannot add {path.name} to its folder") from error

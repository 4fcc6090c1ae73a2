"""Names and bytes in the storage.

A name follows from generation, claim and position by a keyed hash: nobody can guess it, and
putting the same picture down again after a crash meets the same name instead of leaving an orphan.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from assignments.models import Generation

from .spool import identity

PICTURES = "pictures"
MASKS = "masks"


class StorageFailed(OSError):
    """The storage doesn't answer, or takes and gives nothing just now."""


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Each service's client raises errors of its own; a file that isn't there is told by all in one way."""
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception as error:
        raise StorageFailed(f"{name}: {error}") from error


def picture_key(generation: Generation, claim: int, position: int) -> uuid.UUID:
    words = f"{generation.pk}-{identity(generation)}-{claim}-{position}"
    digest = salted_hmac("assignments.storing.picture", words, algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)


def folder_of(key: uuid.UUID, created_at: datetime) -> str:
    """``pictures/<day of the press>/<key>``; days let orphans be looked for without listing everything."""
    return f"{PICTURES}/{created_at:%Y-%m-%d}/{key.hex}"


def put(name: str, data: bytes) -> str:
    """Store bytes under a name; the same bytes again are left as they are. Returns the name in storage.

    Raises:
        StorageFailed: the disk is full, or the service doesn't answer.
    """
    with _told(name):
        if default_storage.exists(name):
            if default_storage.size(name) == len(data):
                return name
            default_storage.delete(name)
        return default_storage.save(name, ContentFile(data))


def open_stored(name: str) -> IO[bytes]:
    """A file to read from. What fails, fails here: a storage far away fetches at once instead of at the first read.

    Raises:
        FileNotFoundError: the storage doesn't have it.
        StorageFailed: the storage can't be asked.
    """
    with _told(name):
        stored = default_storage.open(name, "rb")
        stored.file  # noqa: B018
        return stored


def get(name: str) -> bytes:
    """The bytes under a name; raises as ``open_stored``."""
    with _told(name), default_storage.open(name, "rb") as file:
        return bytes(file.read())


def put_mask(data: bytes) -> str:
    """Store a mask under a new name; raises as ``put``."""
    return put(f"{MASKS}/{uuid.uuid4().hex}.png", data)

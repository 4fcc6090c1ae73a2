"""Names and bytes in the storage.

A name follows from generation, claim and position by a keyed hash: nobody can guess it, and
putting the same picture down again after a crash meets the same name instead of leaving an orphan.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from assignments.models import Generation

from .spool import identity

PICTURES = "pictures"
MASKS = "masks"


def picture_key(generation: Generation, claim: int, position: int) -> uuid.UUID:
    words = f"{generation.pk}-{identity(generation)}-{claim}-{position}"
    digest = salted_hmac("assignments.storing.picture", words, algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16], version=4)


def folder_of(key: uuid.UUID, created_at: datetime) -> str:
    """``pictures/<day of the press>/<key>``; days let orphans be looked for without listing everything."""
    return f"{PICTURES}/{created_at:%Y-%m-%d}/{key.hex}"


def put(name: str, data: bytes) -> str:
    """Store bytes under a name; the same bytes again are left as they are. Returns the name in storage.

    Raises whatever the storage raises; ``OSError`` when a disk is full.
    """
    if default_storage.exists(name):
        if default_storage.size(name) == len(data):
            return name
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(data))


def get(name: str) -> bytes:
    with default_storage.open(name, "rb") as file:
        return bytes(file.read())


def put_mask(data: bytes) -> str:
    return default_storage.save(f"{MASKS}/{uuid.uuid4().hex}.png", ContentFile(data))

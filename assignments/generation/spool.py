"""Where a call's bytes are put down first: a local folder, synced to the disk before anything else happens.

A folder ``<generation>-<claim>-<identity>`` holds the pictures and ``facts.json``. It is made under
another name and renamed when it is whole, so a folder that is there can be trusted. The identity
keeps a database that was restored or made anew from taking another row's pictures for its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from assignments.models import Generation

from .providers.base import ImageResult

_NAME = re.compile(r"(\d+)-(\d+)-([0-9a-f]{16})")
_FACTS = "facts.json"


@dataclass(frozen=True, slots=True)
class SpooledImage:
    """One picture's bytes and what the provider said about it."""

    data: bytes = field(repr=False)
    sha256: str = ""
    seed: int | None = None
    alt: dict[str, str] = field(default_factory=dict)
    credits: tuple[str, ...] = ()
    revised_prompt: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "data"}


def images_of(result: ImageResult) -> tuple[SpooledImage, ...]:
    return tuple(
        SpooledImage(
            data=image.data,
            sha256=hashlib.sha256(image.data).hexdigest(),
            seed=image.seed,
            alt=dict(image.alt),
            credits=tuple(image.credits),
            revised_prompt=image.revised_prompt,
        )
        for image in result.images
    )


def write(generation: Generation, images: tuple[SpooledImage, ...]) -> None:
    """Put the pictures down and sync them.

    Raises:
        OSError: the disk is full or gone.
    """
    root = _root()
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=root))
    try:
        for position, image in enumerate(images):
            _write_synced(folder / str(position), image.data)
        _write_synced(folder / _FACTS, json.dumps([image.facts for image in images]).encode())
        _sync_folder(folder)
        target = _folder(generation, generation.claim)
        shutil.rmtree(target, ignore_errors=True)
        folder.rename(target)
        _sync_folder(root)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def read(generation: Generation, claim: int) -> tuple[SpooledImage, ...]:
    """The pictures of one claim; empty when there are none here, or when they were damaged."""
    folder = _folder(generation, claim)
    try:
        facts = json.loads((folder / _FACTS).read_bytes())
        images = tuple(
            SpooledImage(
                data=(folder / str(position)).read_bytes(), **(each | {"credits": tuple(each["credits"])})
            )
            for position, each in enumerate(facts)
        )
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    is_whole = all(hashlib.sha256(image.data).hexdigest() == image.sha256 for image in images)
    return images if is_whole else ()


def find(generation: Generation) -> tuple[int, tuple[SpooledImage, ...]]:
    """The newest claim whose pictures lie here, and the pictures; 0 and none when there are none."""
    for claim in range(generation.claim, 0, -1):
        images = read(generation, claim)
        if images:
            return claim, images
    return 0, ()


def entries() -> Iterator[tuple[Path, int, float]]:
    """(folder, generation's pk, age in seconds) of everything here."""
    now = time.time()
    root = _root()
    for path in root.iterdir() if root.is_dir() else ():
        found = _NAME.fullmatch(path.name)
        if found:
            yield path, int(found[1]), now - path.stat().st_mtime


def remove(generation: Generation, claim: int) -> None:
    shutil.rmtree(_folder(generation, claim), ignore_errors=True)


def identity(generation: Generation) -> str:
    """What tells this row from one that had the same number in another life of the database."""
    facts = (
        generation.pk,
        generation.student_id,
        generation.idempotency_key,
        generation.created_at.timestamp(),
    )
    words = "|".join(str(fact) for fact in facts)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def remove_unfinished(older_than_seconds: float) -> int:
    """Remove folders that a crash left half-written."""
    removed = 0
    for path in _root().glob(".new-*"):
        if time.time() - path.stat().st_mtime > older_than_seconds:
            shutil.rmtree(path, ignore_errors=True)
            removed += 1
    return removed


def _folder(generation: Generation, claim: int) -> Path:
    return _root() / f"{generation.pk}-{claim}-{identity(generation)}"


def _root() -> Path:
    """The spool's folder. Where it can't be made, nothing lies in it and a write says so: the queue goes on."""
    root = Path(settings.SPOOL_DIR)
    with contextlib.suppress(OSError):
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    return root


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

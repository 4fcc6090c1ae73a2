"""From the stored bytes to pictures: sizes, marks, the automatic check, and the row's end."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction

from assignments.models import ClassPolicy, Generation, Picture, PictureFile, ProviderCall

from . import opinion, spool, storing, transitions
from .clock import as_moment, database_now
from .images import Derivative, derive
from .run import Run

logger = logging.getLogger(__name__)

Status = Generation.Status
_SUFFIXES = {
    b"\x89PNG": ("png", "image/png"),
    b"\xff\xd8\xff": ("jpg", "image/jpeg"),
    b"RIFF": ("webp", "image/webp"),
}
STORAGE_REST_SECONDS = 8.0


class BytesMissing(Exception):
    """The pictures' bytes are not on this machine and not in the storage."""


def put_originals(run: Run, images: tuple[spool.SpooledImage, ...]) -> list[dict[str, Any]]:
    """Put the pictures into the storage; an empty list when it doesn't take them now (the spool has them)."""
    row = run.generation
    stored = []
    try:
        with run.watch.elsewhere():
            for position, image in enumerate(images):
                key = storing.picture_key(row, row.claim, position)
                suffix, mime = _kind_of(image.data)
                name = storing.put(f"{storing.folder_of(key, row.created_at)}/original.{suffix}", image.data)
                stored.append({**image.facts, "key": key.hex, "name": name, "mime": mime})
    except OSError as error:
        logger.error("the storage took no bytes of generation %s: %s", row.pk, error)
        return []
    return stored


def check_and_finish(run: Run, images: tuple[spool.SpooledImage, ...] = ()) -> None:
    """Finish a row in CHECKING from its stored bytes; it is never drawn again from here.

    What can't be done now (a full storage) is tried again when the short lease runs out, until the
    row is given up.
    """
    row = run.generation
    try:
        images = images or _read_back(row)
        if not row.stored:
            stored = put_originals(run, images)
            if not stored:
                raise BytesMissing
            if not transitions.move(row, to=Status.CHECKING, stored=stored):
                return
        files = [_derive_and_store(run, position, image) for position, image in enumerate(images)]
    except (BytesMissing, OSError) as error:
        logger.error("generation %s waits for its storage: %s", row.pk, error)
        _try_again_soon(row)
        return
    opinions = [opinion.on_picture(run, _largest(each).data) for each in files]
    if any(said.is_never_shown for said in opinions):
        transitions.refuse(row, stage=Generation.Stage.PICTURE, kind="picture_flagged")
        return
    _finish(run, images, files, opinions)


def _read_back(row: Generation) -> tuple[spool.SpooledImage, ...]:
    _claim, images = spool.find(row)
    if images:
        return images
    if not row.stored:
        raise BytesMissing
    names = spool.SpooledImage.__dataclass_fields__.keys() - {"data", "credits"}
    return tuple(
        spool.SpooledImage(
            data=storing.get(each["name"]),
            credits=tuple(each["credits"]),
            **{name: each[name] for name in names},
        )
        for each in row.stored
    )


def _derive_and_store(run: Run, position: int, image: spool.SpooledImage) -> tuple[Derivative, ...]:
    row = run.generation
    folder = row.stored[position]["name"].rpartition("/")[0]
    with run.watch.elsewhere():
        files = derive(image.data, is_edited=row.source_id is not None, is_ai=run.endpoint.is_external)
        for file in files:
            storing.put(f"{folder}/{file.name}.webp", file.data)
    return files


def _largest(files: tuple[Derivative, ...]) -> Derivative:
    return max(files, key=lambda file: file.width)


def _try_again_soon(row: Generation) -> None:
    transitions.move(
        row,
        to=Status.CHECKING,
        lease_expires_at=as_moment(database_now() + STORAGE_REST_SECONDS),
        is_suspect=True,
    )


def _finish(
    run: Run,
    images: tuple[spool.SpooledImage, ...],
    files: list[tuple[Derivative, ...]],
    opinions: list[opinion.Opinion],
) -> None:
    """The last step: whoever wins the compare-and-set makes the pictures, all others leave no trace."""
    row = run.generation
    with transaction.atomic():
        # What counts is what the teacher has chosen by now, not when the drawing began.
        is_shown = _is_shown_at_once(row) and all(said.outcome == "passed" for said in opinions)
        won = transitions.settle(
            row, to=Status.READY if is_shown else Status.HELD, is_turn_given_back=False, error_kind=""
        )
        if not won:
            return
        moderation = Picture.Moderation.SHOWN if is_shown else Picture.Moderation.WAITING
        for position, image in enumerate(images):
            _make_picture(run, position, image, files[position], opinions[position], moderation)
        ProviderCall.objects.filter(generation=row, outcome=ProviderCall.Outcome.DRAWN).update(
            engine_seconds=run.watch.engine_seconds, engine_cpu_seconds=run.watch.engine_cpu_seconds
        )


def _is_shown_at_once(row: Generation) -> bool:
    """Read from the database, and held until the transaction ends: a switch waits for it or goes before it."""
    policies = ClassPolicy.objects.select_for_update().filter(classroom=row.classroom_id)
    return policies.values_list("mode", flat=True).first() == ClassPolicy.Mode.AT_ONCE


def _make_picture(
    run: Run,
    position: int,
    image: spool.SpooledImage,
    files: tuple[Derivative, ...],
    said: opinion.Opinion,
    moderation: str,
) -> None:
    row, kept = run.generation, run.generation.stored[position]
    largest = _largest(files)
    picture = Picture.objects.create(
        key=kept["key"],
        generation=row,
        position=position,
        claim=row.claim,
        moderation=moderation,
        original=kept["name"],
        original_mime=kept["mime"],
        sha256=image.sha256,
        width=largest.width,
        height=largest.height,
        seed=image.seed,
        alt_ko=image.alt.get("ko", "")[:500],
        alt_en=image.alt.get("en", "")[:500],
        revised_prompt=image.revised_prompt,
        credits=list(image.credits),
        is_sample=not run.endpoint.is_external,
        check_outcome=said.outcome,
        check_categories=list(said.categories),
    )
    folder = kept["name"].rpartition("/")[0]
    PictureFile.objects.bulk_create(
        PictureFile(
            picture=picture,
            name=file.name,
            file=f"{folder}/{file.name}.webp",
            mime=file.mime,
            width=file.width,
            height=file.height,
            size_bytes=len(file.data),
        )
        for file in files
    )


def _kind_of(data: bytes) -> tuple[str, str]:
    for magic, kind in _SUFFIXES.items():
        if data.startswith(magic):
            return kind
    return ("bin", "application/octet-stream")

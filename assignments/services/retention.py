"""Deleting prompts and pictures for good, with their files. What was paid stays in the ledger, without a name."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.files.storage import default_storage

from assignments.models import Generation, Picture, PictureFile, ProviderCall, SafetyNotice

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Deleted:
    """How much is gone, and how many prompts had to wait because the storage didn't answer."""

    generations: int = 0
    pictures: int = 0
    postponed: int = 0

    def __add__(self, other: Deleted) -> Deleted:
        return Deleted(
            self.generations + other.generations,
            self.pictures + other.pictures,
            self.postponed + other.postponed,
        )


def delete_files(generation_pks: Collection[int]) -> set[int]:
    """Remove every stored file of these generations. Returns those whose files are all gone.

    Files go before rows: a row whose files are missing is looked at again the next time, a file
    without its row would stay for ever. Call it outside a transaction.
    """
    return {pk for pk, names in _names_of(generation_pks).items() if all(_is_gone(name) for name in names)}


def delete_rows(generation_pks: Collection[int]) -> Deleted:
    """Delete rows whose files are gone; appeals, notices and pictures go along, calls lose their link."""
    settled = Generation.objects.filter(pk__in=generation_pks, status__in=Generation.SETTLED)
    notices = list(SafetyNotice.objects.filter(words__generation__in=settled).values_list("pk", flat=True))
    # What a provider said of a call may quote the prompt; when, which model and how much stay.
    ProviderCall.objects.filter(generation__in=settled).update(detail="")
    _total, by_model = settled.delete()
    SafetyNotice.objects.filter(pk__in=notices, words=None).delete()
    return Deleted(by_model.get("assignments.Generation", 0), by_model.get("assignments.Picture", 0))


def _names_of(generation_pks: Collection[int]) -> dict[int, set[str]]:
    names: dict[int, set[str]] = defaultdict(set)
    rows: Iterable[tuple[int, str, list]] = Generation.objects.filter(pk__in=generation_pks).values_list(
        "pk", "mask", "stored"
    )
    for pk, mask, stored in rows:
        names[pk] |= {mask, *(str(each.get("name", "")) for each in stored)}
    pictures = Picture.objects.filter(generation__in=generation_pks)
    for pk, original in pictures.values_list("generation_id", "original"):
        names[pk].add(original)
    files = PictureFile.objects.filter(picture__generation__in=generation_pks)
    for pk, file in files.values_list("picture__generation_id", "file"):
        names[pk].add(file)
    return {pk: each - {""} for pk, each in names.items()}


def _is_gone(name: str) -> bool:
    try:
        default_storage.delete(name)
    except Exception:  # each storage raises errors of its own
        logger.exception("A stored file could not be deleted and will be tried again")
        return False
    return True

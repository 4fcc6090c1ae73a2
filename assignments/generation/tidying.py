"""Housekeeping: what crashes left behind, and what models say of their end."""

from __future__ import annotations

import logging
import re
import shutil
import uuid
from datetime import date, timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from assignments.models import Endpoint, Generation, ImageModel, Picture

from . import spool, storing, sweeper
from .endpoints import provider_of
from .errors import GenerationError

logger = logging.getLogger(__name__)

# Storage may still hold the only copy of a row that is being checked; after this it can't.
ORPHAN_AGE_SECONDS = 3600.0
SPOOL_AGE_SECONDS = 900.0
ORPHAN_DAYS = 3
_HEX = re.compile(r"[0-9a-f]{32}")


def tidy() -> None:
    sweeper.close_lost_calls()
    clear_spool()
    refresh_shutdown_dates()
    clear_orphans()
    clear_masks()


def clear_spool(older_than_seconds: float = SPOOL_AGE_SECONDS) -> int:
    """Remove spooled bytes whose row has ended."""
    removed = spool.remove_unfinished(older_than_seconds)
    old = [(folder, pk) for folder, pk, age in spool.entries() if age > older_than_seconds]
    unfinished = set(
        Generation.objects.unfinished()
        .filter(pk__in={pk for _folder, pk in old})
        .values_list("pk", flat=True)
    )
    for folder, pk in old:
        if pk not in unfinished:
            shutil.rmtree(folder, ignore_errors=True)
            removed += 1
    return removed


def clear_orphans(older_than_seconds: float = ORPHAN_AGE_SECONDS, days: int = ORPHAN_DAYS) -> int:
    """Remove stored files of the last days that no picture and no unfinished row knows."""
    removed = 0
    today = timezone.now().date()
    for age in range(days):
        removed += _clear_day(today - timedelta(days=age), older_than_seconds)
    return removed


def _clear_day(day: date, older_than_seconds: float) -> int:
    root = f"{storing.PICTURES}/{day:%Y-%m-%d}"
    try:
        folders, _files = default_storage.listdir(root)
    except FileNotFoundError:
        return 0
    keys = {folder for folder in folders if _HEX.fullmatch(folder)}
    known = {
        key.hex
        for key in Picture.objects.filter(key__in=[uuid.UUID(key) for key in keys]).values_list(
            "key", flat=True
        )
    }
    for stored in Generation.objects.unfinished().exclude(stored=[]).values_list("stored", flat=True):
        known |= {each["key"] for each in stored}
    removed = 0
    newest = timezone.now() - timedelta(seconds=older_than_seconds)
    for key in sorted(keys - known):
        _folders, files = default_storage.listdir(f"{root}/{key}")
        names = [f"{root}/{key}/{file}" for file in files]
        if all(default_storage.get_modified_time(name) < newest for name in names):
            for name in names:
                default_storage.delete(name)
                removed += 1
    return removed


def clear_masks(older_than_seconds: float = ORPHAN_AGE_SECONDS) -> int:
    """Remove masks of presses that were not taken after all."""
    try:
        _folders, files = default_storage.listdir(storing.MASKS)
    except FileNotFoundError:
        return 0
    names = {f"{storing.MASKS}/{file}" for file in files}
    known = set(Generation.objects.filter(mask__in=names).values_list("mask", flat=True))
    newest = timezone.now() - timedelta(seconds=older_than_seconds)
    lost = [name for name in sorted(names - known) if default_storage.get_modified_time(name) < newest]
    for name in lost:
        default_storage.delete(name)
    return len(lost)


def refresh_shutdown_dates() -> int:
    """Read the models' shutdown dates where an endpoint tells them; admins are warned 60 days before."""
    changed = 0
    for endpoint in Endpoint.objects.filter(is_enabled=True).exclude(kind=Endpoint.Kind.SAMPLE):
        try:
            changed += read_shutdown_dates(endpoint)[1]
        except GenerationError as error:
            logger.info("endpoint %s tells nothing of its models: %s", endpoint.pk, error.kind)
    return changed


def read_shutdown_dates(endpoint: Endpoint) -> tuple[int, int]:
    """Ask one endpoint for its models. Returns how many it named and how many dates changed.

    Raises:
        GenerationError: the endpoint can't be asked.
    """
    list_models = getattr(provider_of(endpoint), "list_models", None)
    dates = dict(list_models()) if list_models is not None else {}
    changed = 0
    for model in ImageModel.objects.filter(endpoint=endpoint, name__in=dates):
        told = _as_date(dates[model.name])
        if told is not None and told != model.shutdown_at:
            changed += ImageModel.objects.filter(pk=model.pk).update(shutdown_at=told)
    return len(dates), changed


def _as_date(told: object) -> date | None:
    if isinstance(told, date):
        return told
    try:
        return date.fromisoformat(str(told)[:10])
    except ValueError:
        return None

"""System checks of the set-up: what would lose work or let strangers in is said before the first child comes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

LEAST_KEY_LENGTH = 50
LEAST_KEY_SIGNS = 5


def register_checks() -> None:
    register(check_folders, Tags.files)
    register(check_secret_key, Tags.security, deploy=True)
    register(check_database, Tags.database, deploy=True)
    register(check_broker, Tags.compatibility, deploy=True)
    register(check_cache, Tags.caches, deploy=True)
    register(check_storage, Tags.files, deploy=True)
    register(check_hosts, Tags.security, deploy=True)


def check_folders(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Paid bytes are put down in the spool before anything else, so it must be a folder we can write to."""
    messages: list[CheckMessage] = []
    for name in ("VAR_DIR", "SPOOL_DIR"):
        folder = getattr(settings, name)
        nearest = folder
        while not nearest.exists() and nearest != nearest.parent:
            nearest = nearest.parent
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            messages.append(
                Error(
                    f"{name} {folder} can't be written to.",
                    hint="Make the folder and give it to the user that runs web and worker.",
                    id="edu4all.E001",
                )
            )
    return messages


def check_secret_key(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """It seals the providers' keys and names the stored pictures; changing it later needs SECRET_KEY_FALLBACKS."""
    weak = [
        key
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        if len(key) < LEAST_KEY_LENGTH or len(set(key)) < LEAST_KEY_SIGNS
    ]
    if not weak:
        return []
    return [
        Error(
            "SECRET_KEY, or one of SECRET_KEY_FALLBACKS, is too short or too simple.",
            hint=f"Use at least {LEAST_KEY_LENGTH} random characters.",
            id="edu4all.E002",
        )
    ]


def check_database(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return []
    return [
        Warning(
            "The database is SQLite, which one machine alone can use.",
            hint="Set DATABASE_URL to PostgreSQL for more than one worker process or machine.",
            id="edu4all.W001",
        )
    ]


def check_broker(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    scheme = urlsplit(settings.CELERY_BROKER_URL).scheme
    if scheme in ("redis", "rediss", "amqp", "amqps"):
        return []
    return [
        Warning(
            f"The broker is {scheme}://, which one machine alone can use.",
            hint="Set CELERY_BROKER_URL to Redis.",
            id="edu4all.W002",
        )
    ]


def check_cache(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """The API's throttles count in the cache; a cache inside one process counts its own share only."""
    if not settings.CACHES["default"]["BACKEND"].endswith(("LocMemCache", "DummyCache")):
        return []
    return [
        Warning(
            "The cache belongs to one process, so the API's limits are counted by each process alone.",
            hint="Set CACHE_URL to Redis, such as rediscache://localhost:6379/1.",
            id="edu4all.W003",
        )
    ]


def check_storage(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """Local files are fine on one machine; they must not lie where the web server hands out files."""
    storage = settings.STORAGES["default"]
    if not storage["BACKEND"].endswith("FileSystemStorage"):
        return []
    location = storage["OPTIONS"]["location"]
    if location.startswith(str(settings.STATIC_ROOT)):
        return [
            Error(
                "The pictures' folder lies inside the static files, where anybody may read them.",
                hint="Set STORAGE_URL to another folder.",
                id="edu4all.E003",
            )
        ]
    return [
        Warning(
            f"Pictures are stored in {location} on this machine only.",
            hint="Set STORAGE_URL to s3://, azure:// or gs://, or back the folder up and run one machine.",
            id="edu4all.W004",
        )
    ]


def check_hosts(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """With any host allowed, a stranger's request decides which address stands in a link."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [Error("ALLOWED_HOSTS allows every host.", hint="Name the site's own host.", id="edu4all.E004")]

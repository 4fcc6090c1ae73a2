"""What `manage.py check --deploy` says of a set-up, asked of a process of its own."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from edu4all import checks

ROOT = Path(__file__).resolve().parents[1]
# The environment that docs/production.md describes.
PRODUCTION = {
    "DEBUG": "false",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "edu4all.example.org",
    "DATABASE_URL": "postgres://edu4all:secret@database.example.org/edu4all",
    "CELERY_BROKER_URL": "redis://redis.example.org:6379/0",
    "CACHE_URL": "rediscache://redis.example.org:6379/1",
    "STORAGE_URL": "s3://edu4all-pictures?region_name=ap-northeast-2",
}


def check(folder: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder)} | PRODUCTION | changes
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_documented_production_is_clean(tmp_path) -> None:
    done = check(tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_one_machine_is_told_what_it_lacks(tmp_path) -> None:
    alone = dict.fromkeys(("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "STORAGE_URL"))
    done = check(tmp_path, **alone, SECRET_KEY="short", ALLOWED_HOSTS="*")
    assert done.returncode == 1
    told = {f"edu4all.{number}" for number in ("W001", "W002", "W003", "W004", "E002", "E004")}
    assert all(name in done.stderr for name in told), done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "CELERY_BROKER_URL"])
def test_a_wrong_start_is_stopped(tmp_path, missing) -> None:
    wrong = {"SECRET_KEY": None} if missing == "SECRET_KEY" else {missing: "filesystem://"}
    assert check(tmp_path, **wrong).returncode == 1


def test_a_spool_that_is_no_folder_is_an_error(tmp_path, settings) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.SPOOL_DIR = tmp_path / "file" / "spool"
    assert [message.id for message in checks.check_folders(None)] == ["edu4all.E001"]
    settings.SPOOL_DIR = tmp_path / "new" / "spool"
    assert checks.check_folders(None) == []


def test_pictures_inside_the_static_files_are_an_error(settings) -> None:
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place["OPTIONS"] = {"location": f"{settings.STATIC_ROOT}/pictures"}
    settings.STORAGES = settings.STORAGES | {"default": place}
    assert [message.id for message in checks.check_storage(None)] == ["edu4all.E003"]


def test_an_old_key_is_looked_at_too(settings) -> None:
    settings.SECRET_KEY_FALLBACKS = ["old"]
    assert [message.id for message in checks.check_secret_key(None)] == ["edu4all.E002"]


def test_the_folder_of_the_database_is_its_owners_alone(tmp_path) -> None:
    folder = tmp_path / "var"
    check(folder, DATABASE_URL=None)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700

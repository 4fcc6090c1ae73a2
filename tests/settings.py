"""The product's settings in a place of their own: no test touches a developer's database, files or keys."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="edu4all-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
_real_broker = os.environ.get("TEST_BROKER_URL", "")

os.environ |= {
    "DEBUG": "true",
    "SECRET_KEY": "a-key-for-tests-that-is-long-enough-to-please-the-deployment-checks",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1],testserver",
    "VAR_DIR": str(FOLDER),
    "SPOOL_DIR": str(FOLDER / "spool"),
    "STORAGE_URL": f"file://{FOLDER / 'media'}",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{FOLDER / 'unused.sqlite3'}",
    # A file, because tests with several processes or threads need one database that all of them see.
    "TEST_DATABASE": str(FOLDER / "test.sqlite3"),
    # Processes of one run share the Redis server, so each has a numbered database of its own.
    "CELERY_BROKER_URL": f"{_real_broker.rstrip('/')}/{_worker}" if _real_broker else "filesystem://",
    "BROKER_DIR": str(FOLDER / "broker"),
    "CACHE_URL": "locmemcache://",
    "LOG_LEVEL": "WARNING",
    # Playwright's event loop runs beside the ORM in one thread.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
if os.environ.get("EDU4ALL_LIVE_TEST") != "1":
    os.environ |= {
        "IMAGE_PROVIDER": "",
        "OPENAI_API_KEY": "",
        "OPENAI_BASE_URL": "https://api.openai.com/v1",
        "AZURE_OPENAI_KEY": "",
        "AZURE_OPENAI_ENDPOINT": "",
        "AZURE_OPENAI_DEPLOYMENT": "",
    }

(FOLDER / "static").mkdir()

from edu4all.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

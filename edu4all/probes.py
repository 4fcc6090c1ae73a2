"""What must answer before traffic comes: database, broker, storage, and a warm policy."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import connection

from assignments import policy
from edu4all.celery import app


def probe_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def probe_broker() -> None:
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
        broker.default_channel.close()


def probe_storage() -> None:
    default_storage.exists("is-there")


def probe_policy() -> None:
    warm = policy.Policy(terms=policy.shipped.lesson("ko") + policy.shipped.lesson("en"))
    if policy.check("칼을 든 기사", warm).is_allowed:
        raise RuntimeError("The policy lets a listed word through.")


PROBES = {
    "database": probe_database,
    "broker": probe_broker,
    "storage": probe_storage,
    "policy": probe_policy,
}

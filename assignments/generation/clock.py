"""The database's clock: the one clock that all workers and machines share."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection

_NOW = {
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400.0",
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())::double precision",
}


def database_now() -> float:
    """Seconds since the epoch by the database's clock, to the millisecond; it goes on inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW[connection.vendor])
        return float(cursor.fetchone()[0])


def as_moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

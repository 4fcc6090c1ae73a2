"""The tests stand on what they say they stand on."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from edu4all.celery import app
from tests.settings import FOLDER


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for():
    wanted = "postgresql" if os.environ.get("TEST_DATABASE_URL") else "sqlite"
    assert connection.vendor == wanted
    assert "test" in str(connection.settings_dict["NAME"])


def test_the_broker_is_the_one_that_was_asked_for():
    wanted = "redis" if os.environ.get("TEST_BROKER_URL") else "filesystem"
    with app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1)
        assert broker.transport.driver_type == wanted


def test_nothing_is_written_outside_the_tests_own_folder():
    places = [settings.VAR_DIR, settings.SPOOL_DIR, settings.STORAGES["default"]["OPTIONS"]["location"]]
    assert all(Path(place).is_relative_to(FOLDER) for place in places)


def test_no_key_of_a_developer_reaches_the_tests():
    assert os.environ.get("EDU4ALL_LIVE_TEST") == "1" or not (
        settings.OPENAI_API_KEY or settings.AZURE_OPENAI_KEY
    )

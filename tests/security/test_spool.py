"""A spool that can't be made costs nobody a picture and stops nobody else's."""

import pytest

from assignments.generation import spool, sweeper, tidying
from assignments.generation.rehearsal import RehearsalServer
from assignments.models import Generation
from tests.assignments.generation.engine import open_studio, refreshed
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_in_the_folders_place_stops_nothing(cast: Cast, settings, tmp_path) -> None:
    settings.SPOOL_DIR = tmp_path / "spool"
    settings.SPOOL_DIR.write_bytes(b"")
    settings.ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
    with RehearsalServer() as server:
        studio = open_studio(cast, server)
        row = studio.press()
        studio.run()
    assert refreshed(row).status == Generation.Status.HELD
    assert spool.find(refreshed(row)) == (0, ())
    sweeper.sweep()
    assert tidying.clear_spool(older_than_seconds=0) == 0

import pytest
from django.conf import settings

from tests.cast import Cast, make_cast

pytest_plugins = ["tests.support.strict", "tests.support.browser"]


def pytest_report_header() -> str:
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    return f"database: {engine}, broker: {settings.CELERY_BROKER_URL.partition(':')[0]}"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()

import pytest

from tests.cast import Cast, make_cast

pytest_plugins = ["tests.support.strict", "tests.support.browser"]


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()

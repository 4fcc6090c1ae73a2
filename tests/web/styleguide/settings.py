"""The product's settings with the style pages in the place of its own; no page here asks the database."""

from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import BASE_DIR, INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "tests.web.styleguide.urls"
TEMPLATES = [{**TEMPLATES[0], "DIRS": [BASE_DIR / "templates", Path(__file__).parent / "templates"]}]
INSTALLED_APPS = [*INSTALLED_APPS, "tests.web.styleguide"]
SILENCED_SYSTEM_CHECKS = ["urls.W005"]

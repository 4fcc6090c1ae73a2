"""The product's settings with the style pages in the place of its own; no page here asks the database."""

from pathlib import Path

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS, TEMPLATES

ROOT_URLCONF = "tests.web.styleguide.urls"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")
INSTALLED_APPS.append("tests.web.styleguide")
SILENCED_SYSTEM_CHECKS = ["urls.W005"]

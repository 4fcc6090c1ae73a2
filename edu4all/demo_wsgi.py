"""The demo's web process: the usual application, in a process that ends when its server does."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from edu4all.web.processes import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu4all.settings")

# A child who takes a wrong turn meets the school's own page, not a developer's, and stylesheets and scripts are
# asked for once a minute, not at every page. What the settings chose for development stays: plain http, no key.
settings.DEBUG = False
application = get_wsgi_application()

# The server forks its own worker, which would keep the port if the server were killed outright.
end_with_parent()

"""Celery carries wake-ups; the database is the queue."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "edu4all.settings")

TRANSPORT_ALIASES["filesystem"] = "edu4all.broker:Transport"

app = Celery("edu4all")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

"""Celery's entry points. The work is a command, so that an operator can run it by hand as well."""

from __future__ import annotations

from celery import shared_task
from django.core.management import call_command


@shared_task(ignore_result=True)
def delete_expired() -> None:
    call_command("delete_expired", verbosity=0)

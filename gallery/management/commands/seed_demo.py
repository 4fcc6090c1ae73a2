from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from gallery.demo import PASSWORD, draw_works, seed_school


class Command(BaseCommand):
    help = "Make the demo school with its people, lists and tasks. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo's passwords are public: it is made with DEBUG only.")
        demo = seed_school()
        drawn = draw_works(demo)
        if options["verbosity"]:
            self.stdout.write(
                f"{demo.school}: {drawn} new pictures. Every sign-in has the password {PASSWORD}."
            )

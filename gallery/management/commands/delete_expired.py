from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from edu4all.accounts.models import School
from edu4all.accounts.services.sign_in import forget_old_failures
from gallery.services.retention import delete_expired, expired_generations


class Command(BaseCommand):
    help = "Delete prompts and pictures that are older than their school keeps them, with their files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go, and delete nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        for school in School.objects.order_by("pk"):
            if options["dry_run"]:
                self.stdout.write(f"{school}: {len(expired_generations(school))} prompts would go")
                continue
            gone = delete_expired(school)
            self.stdout.write(
                f"{school}: {gone.generations} prompts, {gone.pictures} pictures; {gone.postponed} postponed"
            )
        if not options["dry_run"]:
            forget_old_failures()
            call_command("clearsessions")

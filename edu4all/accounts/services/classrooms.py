"""Making a class, naming it, putting it away at the end of its year."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from edu4all.accounts.models import Classroom, Membership, User

from .people import record, school_of


def make_classroom(*, actor: User, name: str) -> Classroom:
    """A new class; a teacher who makes one teaches it."""
    with transaction.atomic():
        classroom = Classroom.objects.create(school=school_of(actor), name=name)
        if actor.is_teacher:
            Membership.objects.create(classroom=classroom, user=actor, role=Membership.Role.TEACHER)
        record(actor=actor, verb="class.made", target=classroom, classroom=classroom)
    return classroom


def rename_classroom(*, classroom: Classroom, actor: User, name: str) -> None:
    with transaction.atomic():
        before = Classroom.objects.select_for_update().get(pk=classroom.pk).name
        if Classroom.objects.filter(pk=classroom.pk).exclude(name=name).update(name=name):
            record(
                actor=actor,
                verb="class.renamed",
                target=name,
                classroom=classroom,
                before={"name": before},
                after={"name": name},
            )


def archive_classroom(*, classroom: Classroom, actor: User) -> None:
    """Put a class away: nothing new is drawn or joined, and nothing of it waits. Its work stays."""
    with transaction.atomic():
        won = Classroom.objects.open().filter(pk=classroom.pk).update(archived_at=timezone.now())
        if won:
            record(actor=actor, verb="class.archived", target=classroom, classroom=classroom)


def bring_back_classroom(*, classroom: Classroom, actor: User) -> None:
    with transaction.atomic():
        won = Classroom.objects.filter(pk=classroom.pk).exclude(archived_at=None).update(archived_at=None)
        if won:
            record(actor=actor, verb="class.brought_back", target=classroom, classroom=classroom)

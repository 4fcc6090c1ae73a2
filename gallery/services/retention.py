"""Keeping nothing longer than promised, and deleting a student with all of their work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from knox.models import AuthToken

from assignments.generation import transitions
from assignments.models import Generation, Spending
from assignments.services.retention import Deleted, delete_files, delete_rows
from edu4all.accounts.models import AuditEvent, School, User
from edu4all.accounts.services.people import record, set_active
from edu4all.accounts.services.sign_in import forgive
from edu4all.web.problems import Conflict, Invalid
from gallery.models import Exhibit, Exhibition, SubmissionPicture

BATCH = 200


def expired_generations(school: School, now: datetime | None = None) -> list[int]:
    """Prompts older than the school keeps them, without those whose picture hangs in an open exhibition."""
    oldest = (now or timezone.now()) - timedelta(days=school.retention_days)
    hanging = Exhibit.objects.filter(exhibition__in=Exhibition.objects.public(), consent_withdrawn_at=None)
    rows = Generation.objects.filter(
        classroom__school=school, created_at__lt=oldest, status__in=Generation.SETTLED
    )
    return list(
        rows.exclude(pk__in=hanging.values("picture__generation_id"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def delete_expired(school: School, *, now: datetime | None = None) -> Deleted:
    """Delete a school's prompts and pictures past their time. Titles, reflections and grades stay."""
    gone = _delete(expired_generations(school, now))
    if gone.generations:
        AuditEvent.objects.create(
            school=school,
            actor=None,
            actor_name="",
            verb="work.expired",
            after={"prompts": gone.generations, "pictures": gone.pictures},
        )
    return gone


def _batches(pks: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]


def _delete(pks: list[int]) -> Deleted:
    gone = Deleted()
    for batch in _batches(pks):
        ready = delete_files(batch)
        with transaction.atomic():
            SubmissionPicture.objects.filter(picture__generation__in=ready).delete()
            gone += delete_rows(ready)
        gone += Deleted(postponed=len(batch) - len(ready))
    return gone


def stop_person(*, person: User, actor: User, is_active: bool) -> None:
    """Keep a student out, or let them in again. What waits is taken back, so that nothing more is sent."""
    set_active(person=person, actor=actor, is_active=is_active)
    if not is_active:
        _cancel_waiting(person)


def _cancel_waiting(person: User) -> None:
    for waiting in Generation.objects.filter(student=person, status__in=Generation.PENDING):
        transitions.cancel(waiting)


def delete_person(*, person: User, actor: User) -> Deleted:
    """Delete a student, everything they made and every file of it. The account is stopped first.

    Raises:
        Invalid: not a student.
        Conflict: code ``being_drawn``, a picture is on its way, or code ``storage``, a file can't be
            deleted now; in both cases the account is stopped already and pressing again goes on.
    """
    if not person.is_student:
        raise Invalid(_("Only students are deleted. An adult's account is switched off."))
    User.objects.filter(pk=person.pk).update(is_active=False)
    AuthToken.objects.filter(user=person).delete()
    _cancel_waiting(person)
    if Generation.objects.filter(student=person).unfinished().exists():
        raise Conflict(
            _("A picture of this student is being drawn. The account is stopped; press again in a minute."),
            code="being_drawn",
        )
    gone = _delete(list(Generation.objects.filter(student=person).values_list("pk", flat=True)))
    if gone.postponed:
        raise Conflict(
            _("The storage does not answer, so some files are still there. Press again later."),
            code="storage",
        )
    with transaction.atomic():
        _forget_traces(person)
        record(
            actor=actor,
            verb="person.deleted",
            school=person.school,
            after={"prompts": gone.generations, "pictures": gone.pictures},
        )
        person.delete()
    return gone


def _forget_traces(person: User) -> None:
    """The logs keep what was done, and no longer to whom."""
    nobody = _("a deleted person")
    AuditEvent.objects.filter(subject=person).update(target=nobody, before=None, after=None)
    AuditEvent.objects.filter(actor=person).update(actor_name=nobody)
    LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(person.pk)
    ).update(object_repr=nobody, change_message="")
    Spending.objects.filter(school=person.school_id, scope=f"student:{person.pk}").delete()
    forgive(person.username)

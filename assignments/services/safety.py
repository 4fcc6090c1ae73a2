"""Words that sounded like self-harm or a threat: an adult has read them and says what was done."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import SafetyNotice
from edu4all.accounts.models import User
from edu4all.accounts.services.people import record
from edu4all.web.problems import Invalid, NotAllowed


def answer_notice(*, notice: SafetyNotice, actor: User, note: str) -> SafetyNotice:
    """Note what was done. The first one to do so stands as having seen it; a later note replaces the words only.

    The audit log keeps that it was done and by whom; the words stay with the notice.

    Raises:
        NotAllowed: the notice is not for this person.
        Invalid: nothing was written.
    """
    if not SafetyNotice.objects.visible_to(actor).filter(pk=notice.pk).exists():
        raise NotAllowed(_("This note is for somebody else."))
    note = note.strip()[:500]
    if not note:
        raise Invalid(_("Write in a few words what was done: the next one to read this should know."))
    with transaction.atomic():
        is_first = bool(
            SafetyNotice.objects.filter(pk=notice.pk, seen_at=None).update(
                seen_at=timezone.now(), seen_by=actor, note=note
            )
        )
        if not is_first:
            SafetyNotice.objects.filter(pk=notice.pk).update(note=note)
        record(
            actor=actor,
            verb="safety_notice.answered" if is_first else "safety_notice.edited",
            target=notice.pk,
            classroom=notice.generation.classroom,
        )
    notice.refresh_from_db()
    return notice

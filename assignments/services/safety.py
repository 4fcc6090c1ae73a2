"""Words that sounded like self-harm or a threat: an adult hears of them, reads them and says what was done."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Generation, SafetyNotice, SafetyWords
from edu4all.accounts.models import Membership, User
from edu4all.accounts.services.people import record
from edu4all.web.problems import Invalid, NotAllowed

# Besides the first words; what came between is counted alone.
NEWEST_WORDS = 100


def tell_adult(*, generation: Generation, membership: Membership, kind: str) -> SafetyNotice:
    """Put a refused press into its student's unread notice, or begin one.

    However many follow, the first words and the newest stay to be read: the last are the nearest to what
    is about to happen. Call it inside a transaction with the membership locked.
    """
    notice, _is_new = SafetyNotice.objects.get_or_create(
        membership=membership, seen_at=None, defaults={"created_at": generation.created_at}
    )
    SafetyNotice.objects.filter(pk=notice.pk).update(times=F("times") + 1, last_at=generation.created_at)
    if not notice.words.filter(generation__prompt=generation.prompt).exists():
        SafetyWords.objects.create(notice=notice, generation=generation, kind=kind)
    _drop_beyond(notice)
    return notice


def _drop_beyond(notice: SafetyNotice) -> None:
    """Delete the presses of a flood that no page shows.

    Words of need never lead to a pause, so nothing else keeps a script from filling the database with them.
    """
    words = notice.words.order_by("pk").values_list("generation_id", flat=True)
    between = list(words[1 : max(1, len(words) - NEWEST_WORDS)])
    presses = Generation.objects.filter(membership=notice.membership_id, safety_words=None)
    repeats = presses.filter(refusal_stage=Generation.Stage.POLICY).exclude(verdict_kind="ordinary")
    repeated = list(repeats.order_by("-pk").values_list("pk", flat=True)[NEWEST_WORDS:])
    if between or repeated:
        Generation.objects.filter(pk__in=[*between, *repeated]).delete()


def answer_notice(
    *, notice: SafetyNotice, actor: User, note: str, read_to: int | None = None
) -> SafetyNotice:
    """Note what was done. The first one to do so stands as having seen it; a later note replaces the words only.

    Args:
        read_to: key of the newest words that the person had before them; newer ones become an unread
            notice of their own. None takes all as read.

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
        # The same lock as a press takes: no words arrive between being read and being answered.
        membership = Membership.objects.select_for_update().get(pk=notice.membership_id)
        is_first = bool(
            SafetyNotice.objects.filter(pk=notice.pk, seen_at=None).update(
                seen_at=timezone.now(), seen_by=actor, note=note
            )
        )
        if is_first:
            _keep_unread(notice, membership, read_to)
        else:
            SafetyNotice.objects.filter(pk=notice.pk).update(note=note)
        record(
            actor=actor,
            verb="safety_notice.answered" if is_first else "safety_notice.edited",
            target=notice.pk,
            classroom=membership.classroom,
        )
    notice.refresh_from_db()
    return notice


def _keep_unread(notice: SafetyNotice, membership: Membership, read_to: int | None) -> None:
    if read_to is None:
        return
    newer = notice.words.filter(pk__gt=read_to)
    moments = list(newer.order_by("pk").values_list("generation__created_at", flat=True))
    if not moments:
        return
    unread = SafetyNotice.objects.create(
        membership=membership, times=len(moments), created_at=moments[0], last_at=moments[-1]
    )
    newer.update(notice=unread)
    SafetyNotice.objects.filter(pk=notice.pk).update(times=F("times") - len(moments))

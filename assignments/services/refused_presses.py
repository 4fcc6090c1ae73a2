"""Words that the policy refused: the row, the pause after several, the notice to an adult, the one allowance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Appeal, Assignment, Generation, RefusalPause
from assignments.policy import Verdict
from assignments.services.safety import tell_adult
from edu4all.accounts.models import Classroom, Membership, User
from edu4all.accounts.services.people import record
from edu4all.web.problems import NotAllowed

REFUSALS_BEFORE_PAUSE = 5
WINDOW = timedelta(minutes=10)
PAUSE = timedelta(minutes=5)


def save_refused(row: Generation, membership: Membership, verdict: Verdict) -> None:
    """Save a refused press; it costs no try. Call it inside a transaction with the membership locked.

    Self-harm and threats are no ordinary refusal: an adult hears of them, and they never lead to a pause.
    """
    row.status = Generation.Status.REFUSED
    row.refusal_stage = Generation.Stage.POLICY
    row.settled_at = row.created_at
    row.save(force_insert=True)
    if verdict.kind != "ordinary":
        tell_adult(generation=row, membership=membership, kind=verdict.kind)
        return
    _pause_after_several(row, membership)


def _pause_after_several(row: Generation, membership: Membership) -> None:
    """Five in ten minutes: a pause of some minutes and a word to the teacher."""
    last = membership.refusal_pauses.order_by("-started_at").values_list("started_at", flat=True).first()
    refusals = _count_refusals(membership, row.created_at, after=last)
    if refusals < REFUSALS_BEFORE_PAUSE:
        return
    ends_at = row.created_at + PAUSE
    Membership.objects.filter(pk=membership.pk).update(paused_until=ends_at)
    RefusalPause.objects.create(
        membership=membership, refusals=refusals, started_at=row.created_at, ends_at=ends_at
    )


def _count_refusals(membership: Membership, until: datetime, *, after: datetime | None) -> int:
    """Refusals in the ten minutes up to ``until`` that count towards a pause, none of before the pause ``after``."""
    since = until - WINDOW if after is None else max(until - WINDOW, after)
    presses = Generation.objects.filter(membership=membership, created_at__gt=since, created_at__lte=until)
    return presses.counting_towards_a_pause().count()


def lift_undeserved_pause(*, membership: Membership, actor: User) -> bool:
    """After a teacher granted refused words: end the newest pause if too few refusals are left that led to it.

    Call it inside a transaction. Returns whether a student who rested may go on.
    """
    # A press of the same moment is counted either before this or with what was granted.
    resting = Membership.objects.select_for_update().get(pk=membership.pk)
    pause, before = [*resting.refusal_pauses.order_by("-started_at")[:2], None, None][:2]
    if pause is None:
        return False
    left = _count_refusals(resting, pause.started_at, after=before.started_at if before else None)
    if left >= REFUSALS_BEFORE_PAUSE:
        return False
    _mark_seen(RefusalPause.objects.filter(pk=pause.pk), actor)
    of_this_pause = Membership.objects.filter(
        pk=resting.pk, paused_until=pause.ends_at, paused_until__gt=timezone.now()
    )
    return _end_pause(of_this_pause, resting, actor)


def lift_pause(*, membership: Membership, actor: User) -> bool:
    """A teacher lets a student go on before the pause is over; False when it was over already.

    Raises:
        NotAllowed: the person doesn't run the class.
    """
    _require_manager(membership.classroom, actor)
    resting = Membership.objects.filter(pk=membership.pk, paused_until__gt=timezone.now())
    with transaction.atomic():
        is_lifted = _end_pause(resting, membership, actor)
        _mark_seen(RefusalPause.objects.filter(membership=membership), actor)
    return is_lifted


def _end_pause(resting: QuerySet[Membership], membership: Membership, actor: User) -> bool:
    """End the pause of a row that still rests; who did it goes to the audit log."""
    if not resting.update(paused_until=None):
        return False
    record(actor=actor, verb="pause.lifted", target=membership.user, classroom=membership.classroom)
    return True


def mark_pauses_seen(*, classroom: Classroom, actor: User, pks: Iterable[int]) -> int:
    """The word about these pauses has reached the teacher; pauses that came since stay new.

    Raises:
        NotAllowed: the person doesn't run the class.
    """
    _require_manager(classroom, actor)
    return _mark_seen(RefusalPause.objects.filter(membership__classroom=classroom, pk__in=list(pks)), actor)


def _mark_seen(pauses: QuerySet[RefusalPause], actor: User) -> int:
    return pauses.filter(seen_at=None).update(seen_at=timezone.now(), seen_by=actor)


def _require_manager(classroom: Classroom, actor: User) -> None:
    if not classroom.can_be_managed_by(actor):
        raise NotAllowed(_("Only the teachers of this class can do that."))


def find_allowance(student: User, assignment: Assignment, prompt: str) -> Appeal | None:
    """A teacher's "allowed once" for exactly these words in this class, not yet used."""
    return (
        Appeal.objects.select_for_update(of=("self",))
        .filter(
            status=Appeal.Status.ALLOWED,
            used_by=None,
            generation__student=student,
            generation__prompt=prompt,
            generation__classroom_id=assignment.classroom_id,
        )
        .order_by("pk")
        .first()
    )


def use_allowance(appeal: Appeal, generation: Generation) -> None:
    Appeal.objects.filter(pk=appeal.pk, used_by=None).update(used_by=generation)

"""Words that the policy refused: the row, the pause after several, the notice to an adult, the one allowance."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from assignments.models import Appeal, Assignment, Generation, RefusalPause, SafetyNotice
from assignments.policy import Verdict
from edu4all.accounts.models import Membership, User

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
        SafetyNotice.objects.create(generation=row, kind=verdict.kind)
        return
    _pause_after_several(row, membership)


def _pause_after_several(row: Generation, membership: Membership) -> None:
    """Five in ten minutes: a pause of some minutes and a word to the teacher."""
    since = row.created_at - WINDOW
    last = membership.refusal_pauses.order_by("-started_at").values_list("started_at", flat=True).first()
    if last is not None:
        since = max(since, last)
    refusals = Generation.objects.filter(
        membership=membership,
        refusal_stage=Generation.Stage.POLICY,
        verdict_kind="ordinary",
        created_at__gt=since,
    ).count()
    if refusals < REFUSALS_BEFORE_PAUSE:
        return
    ends_at = row.created_at + PAUSE
    Membership.objects.filter(pk=membership.pk).update(paused_until=ends_at)
    RefusalPause.objects.create(
        membership=membership, refusals=refusals, started_at=row.created_at, ends_at=ends_at
    )


def lift_pause(*, membership: Membership) -> None:
    """A teacher lets a student go on before the pause is over."""
    Membership.objects.filter(pk=membership.pk).update(paused_until=None)


def mark_pauses_seen(*, pauses: list[RefusalPause], actor: User) -> int:
    unseen = RefusalPause.objects.filter(pk__in=[pause.pk for pause in pauses], seen_at=None)
    return unseen.update(seen_at=timezone.now(), seen_by=actor)


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

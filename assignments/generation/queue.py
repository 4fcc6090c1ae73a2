"""Start-time fair queueing (Goyal, Vin, Cheng 1996) per student on a limit.

``start = max(V, the student's last finish)``, ``finish = start + pictures / weight``; rows go out by
(start, pictures already had in the assignment, time of the press). ``V`` is the start of the row
chosen last. So everyone gets a first picture before anyone gets a second, across all classes that
share a limit.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from assignments.models import FairShare, Generation, Lesson, Limit

LESSON_WEIGHT = 4.0
HOMEWORK_WEIGHT = 1.0
# A row rests at most this long; further ahead means that the clock was set back.
MAX_REST_SECONDS = 400.0

ORDER = ("start_tag", "pictures_before", "created_at", "pk")


@dataclass(frozen=True, slots=True)
class Tags:
    start: float
    finish: float


def take_tags(*, limit: Limit, student_pk: int, count: int, weight: float) -> Tags:
    """Book a student's next turn on a limit. Call it inside a transaction."""
    mine = FairShare.objects.filter(limit=limit, student_id=student_pk)
    share = _locked_share(mine)
    if share is None:
        FairShare.objects.bulk_create([FairShare(limit=limit, student_id=student_pk)], ignore_conflicts=True)
        share = _locked_share(mine)
        assert share is not None
    start = max(share.limit.virtual_time, share.last_finish)
    finish = start + count / weight
    FairShare.objects.filter(pk=share.pk).update(last_finish=finish)
    return Tags(start, finish)


def _locked_share(mine: QuerySet[FairShare]) -> FairShare | None:
    """The student's row, locked, beside the limit's, which is only read."""
    return mine.select_related("limit").select_for_update(of=("self",)).first()


def give_back(generation: Generation) -> None:
    """A cancelled or refused row gives its finish back. Call it in the transaction that settles the row."""
    if generation.limit_id is None:
        return
    FairShare.objects.filter(limit_id=generation.limit_id, student_id=generation.student_id).update(
        last_finish=F("last_finish") - (generation.finish_tag - generation.start_tag)
    )


def waiting_rows(limit_pk: int) -> QuerySet[Generation]:
    """Rows of this limit in their order, except those of a paused lesson or of a stopped model."""
    paused = Lesson.objects.paused().filter(classroom_id=OuterRef("classroom_id"))
    return (
        Generation.objects.filter(
            ~Exists(paused),
            limit_id=limit_pk,
            status=Generation.Status.QUEUED,
            image_model__stopped_at=None,
            image_model__is_enabled=True,
            image_model__endpoint__is_enabled=True,
        )
        .order_by(*ORDER)
    )  # fmt: skip


def ready_rows(limit_pk: int, now: float) -> QuerySet[Generation]:
    """Those of ``waiting_rows`` that don't rest."""
    is_ready = Q(resume_at=None) | Q(resume_at__lte=now) | Q(resume_at__gt=now + MAX_REST_SECONDS)
    return waiting_rows(limit_pk).filter(is_ready)


def next_resume_at(limit_pk: int, now: float) -> float | None:
    """When the next resting row comes back; None when none rests."""
    return (
        waiting_rows(limit_pk)
        .filter(resume_at__gt=now, resume_at__lte=now + MAX_REST_SECONDS)
        .order_by("resume_at")
        .values_list("resume_at", flat=True)
        .first()
    )


def calls_in_flight(limit_pk: int) -> int:
    """Rows that were claimed and have not come back, counted over all workers."""
    return Generation.objects.filter(limit_id=limit_pk, status=Generation.Status.DRAWING).count()

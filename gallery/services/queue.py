"""The review desk's reading: whose turn it is, what lies around it, what there is to know about one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Prefetch, QuerySet

from assignments.models import Assignment, Generation, HiddenPicture, Picture
from assignments.models.picture import PictureQuerySet
from edu4all.accounts.models import User
from gallery.models import Review

from .desk import told_pictures

FILM_BEFORE = 2
FILM_AFTER = 9
MOST_TRIES = 30


@dataclass(frozen=True)
class Choice:
    """Which part of the queue is on the desk."""

    classroom_pk: int | None = None
    assignment_pk: int | None = None
    is_told: bool = False

    @property
    def query(self) -> str:
        """As a URL's query; empty for everything."""
        facts = {
            "class": self.classroom_pk,
            "assignment": self.assignment_pk,
            "told": int(self.is_told) or None,
        }
        return urlencode({name: value for name, value in facts.items() if value})


@dataclass(frozen=True)
class Turn:
    """One picture on the desk and its neighbours; ``place`` counts from 1."""

    picture: Picture
    place: int
    total: int
    before_pk: int | None
    after_pk: int | None
    film: Sequence[Picture]


def waiting_pictures(user: User, choice: Choice) -> PictureQuerySet:
    """Pictures that wait for this person's decision, the oldest first."""
    if choice.is_told:
        pictures = told_pictures(user)
    else:
        pictures = (
            Picture.objects.visible_to(user).undecided().filter(generation__classroom__archived_at=None)
        )
    if choice.classroom_pk:
        pictures = pictures.filter(generation__classroom_id=choice.classroom_pk)
    if choice.assignment_pk:
        pictures = pictures.filter(generation__assignment_id=choice.assignment_pk)
    return pictures.order_by("created_at", "pk")


def with_facts(pictures: PictureQuerySet) -> PictureQuerySet:
    """Everything that stands beside a picture on the desk, without a query a picture."""
    reports = HiddenPicture.objects.filter(answered_at=None).select_related("person")
    return (
        pictures.with_is_withdrawn()
        .select_related(
            "generation__student",
            "generation__assignment",
            "generation__classroom",
            "generation__image_model",
        )
        .prefetch_related(
            Prefetch("reviews", Review.objects.select_related("reviewer")),
            Prefetch("hidden_by", reports, to_attr="reports"),
        )
    )


def turn_at(waiting: QuerySet[Picture], wanted_pk: int | None) -> Turn | None:
    """The wanted picture of the queue, or its first one; None when nothing waits."""
    pks = list(waiting.values_list("pk", flat=True))
    if not pks:
        return None
    at = pks.index(wanted_pk) if wanted_pk in pks else 0
    start = max(0, at - FILM_BEFORE)
    nearby = pks[start : start + FILM_BEFORE + FILM_AFTER + 1]
    by_pk = with_facts(Picture.objects.all()).in_bulk(nearby)
    film = [by_pk[pk] for pk in nearby if pk in by_pk]
    return Turn(
        picture=by_pk[pks[at]],
        place=at + 1,
        total=len(pks),
        before_pk=pks[at - 1] if at else None,
        after_pk=pks[at + 1] if at + 1 < len(pks) else None,
        film=film,
    )


def tries_of(student: User, assignment: Assignment) -> QuerySet[Generation]:
    """A student's presses for an assignment with their pictures, newest first.

    Words of self-harm or threat stay out: they are for the named adult alone.
    """
    pictures = Picture.objects.order_by("position")
    return (
        Generation.objects.filter(student=student, assignment=assignment, verdict_kind="ordinary")
        .prefetch_related(Prefetch("pictures", pictures))
        .order_by("-created_at", "-pk")[:MOST_TRIES]
    )

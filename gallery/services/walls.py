"""The wall of a class: approved pictures with the labels they were handed in with."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber

from assignments.models import Assignment, Picture
from edu4all.accounts.models import Classroom, User
from gallery.models import Submission

HUNG = (Submission.Status.HANDED_IN, Submission.Status.GRADED)


def hung_pictures(user: User, classroom: Classroom, assignment_pk: int | None = None) -> QuerySet[Picture]:
    """What this person sees on the wall, newest first; ``labels`` holds the hand-in with title and monument."""
    labels = Submission.objects.filter(status__in=HUNG)
    pictures = Picture.objects.visible_to(user).on_wall().filter(generation__classroom=classroom)
    if assignment_pk:
        pictures = pictures.filter(generation__assignment_id=assignment_pk)
    return (
        pictures.select_related("generation__student", "generation__assignment")
        .prefetch_related(Prefetch("submissions", labels, to_attr="labels"))
        .order_by("-created_at", "-pk")
    )


def tasks_on_wall(user: User, classroom: Classroom) -> QuerySet[Assignment]:
    """The assignments of the class that have approved pictures, to choose from."""
    return (
        Assignment.objects.visible_to(user)
        .filter(classroom=classroom)
        .filter(Exists(Picture.objects.on_wall().filter(generation__assignment=OuterRef("pk"))))
    )


def walls_of(user: User) -> QuerySet[Classroom]:
    """Classes whose walls this person may walk along, each with ``picture_count``."""
    hanging = (
        Picture.objects.on_wall()
        .filter(generation__classroom=OuterRef("pk"))
        .order_by()
        .values("generation__classroom")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        Classroom.objects.visible_to(user)
        .open()
        .select_related("policy")
        .annotate(picture_count=Coalesce(Subquery(hanging), 0))
    )


def newest_of_each(user: User, classrooms: Iterable[Classroom], most: int = 3) -> dict[int, list[Picture]]:
    """The newest pictures of each wall, by class, in one query for any number of classes."""
    by_class = Window(
        RowNumber(),
        partition_by=F("generation__classroom_id"),
        order_by=[F("created_at").desc(), F("pk").desc()],
    )
    hanging = (
        Picture.objects.visible_to(user)
        .on_wall()
        .filter(generation__classroom__in=[classroom.pk for classroom in classrooms])
        .select_related("generation")
        .annotate(rank_on_wall=by_class)
        .filter(rank_on_wall__lte=most)
        .order_by("rank_on_wall")
    )
    found: dict[int, list[Picture]] = {}
    for picture in hanging:
        found.setdefault(picture.generation.classroom_id, []).append(picture)
    return found

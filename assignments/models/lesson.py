from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom


class LessonQuerySet(models.QuerySet["Lesson"]):
    def running(self) -> LessonQuerySet:
        return self.filter(ended_at=None)

    def paused(self) -> LessonQuerySet:
        return self.filter(ended_at=None, paused_at__isnull=False)


class Lesson(models.Model):
    """A lesson of a class, started, paused and ended by buttons.

    A lesson in progress weighs more in the queue than homework; while it is paused no new press
    counts and the queue of the class rests.
    """

    classroom = models.ForeignKey("accounts.Classroom", models.CASCADE, related_name="lessons")
    assignment = models.ForeignKey(
        "assignments.Assignment", models.SET_NULL, null=True, related_name="lessons"
    )
    started_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom"], condition=models.Q(ended_at=None), name="lesson_one_running_per_class"
            )
        ]

    def __str__(self) -> str:
        return f"lesson of {self.classroom_id} at {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def is_paused(self) -> bool:
        return self.ended_at is None and self.paused_at is not None


class RefusalPauseQuerySet(models.QuerySet["RefusalPause"]):
    def visible_to(self, user) -> RefusalPauseQuerySet:
        """Those of the classes one runs."""
        if not user.is_authenticated or user.school_id is None or user.is_student:
            return self.none()
        return self.filter(membership__classroom__in=Classroom.objects.managed_by(user))

    def unseen(self) -> RefusalPauseQuerySet:
        return self.filter(seen_at=None)

    def to_tell(self) -> RefusalPauseQuerySet:
        """Those that no teacher has seen yet, and those that are not over, the newest first."""
        is_running = models.Q(ends_at=models.F("membership__paused_until"), ends_at__gt=timezone.now())
        return self.filter(models.Q(seen_at=None) | is_running).select_related("membership__user")


class RefusalPause(models.Model):
    """A student's pause after several refused prompts in a short time: a word to the teacher."""

    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="refusal_pauses")
    refusals = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = RefusalPauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause after refusals")
        verbose_name_plural = _("pauses after refusals")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"pause of membership {self.membership_id} until {self.ends_at:%H:%M}"

    @property
    def is_running(self) -> bool:
        """Not over, and not lifted by a teacher."""
        return self.ends_at > timezone.now() and self.membership.paused_until == self.ends_at

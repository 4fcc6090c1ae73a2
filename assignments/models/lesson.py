from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Lesson(models.Model):
    """A lesson of a class, started, paused and ended by buttons.

    A lesson in progress weighs more in the queue than homework; while it is paused no new press
    counts and the queue of the class rests.
    """

    classroom = models.ForeignKey("accounts.Classroom", models.CASCADE, related_name="lessons")
    assignment = models.ForeignKey("assignments.Assignment", models.SET_NULL, null=True, related_name="lessons")
    started_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    paused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

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

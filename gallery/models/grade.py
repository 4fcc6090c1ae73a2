from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Grade(models.Model):
    """Scores against the rubric, with a comment. The student sees it once the assignment's grades are released."""

    submission = models.OneToOneField("gallery.Submission", models.CASCADE, related_name="grade")
    grader = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    graded_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")

    def __str__(self) -> str:
        return f"grade of {self.submission_id}"


class Score(models.Model):
    """Points for one criterion, from 0 to the criterion's own; halves allowed."""

    grade = models.ForeignKey(Grade, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey("assignments.Criterion", models.RESTRICT, related_name="scores")
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grade", "criterion"], name="score_once"),
            models.CheckConstraint(condition=models.Q(points__gte=0), name="score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.points}"


class GradeChange(models.Model):
    """Each saved grade as it was. Insert-only."""

    submission = models.ForeignKey("gallery.Submission", models.CASCADE, related_name="grade_changes")
    grader = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    scores = models.JSONField(default=list)  # [{"criterion": pk, "points": "4.0"}]
    comment = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)  # of the grade that this change made
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"grade change of {self.submission_id}"

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user) -> SubmissionQuerySet:
        """A student's own; all of the classes one runs."""
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        if user.is_student:
            return self.filter(student=user)
        return self.filter(assignment__classroom__in=Classroom.objects.managed_by(user))


class Submission(models.Model):
    """What a student hands in for grading; one row a student and assignment.

    ::

        HANDED_IN -> WITHDRAWN (before the due date) -> HANDED_IN
        HANDED_IN -> RETURNED (by the teacher)       -> HANDED_IN
        HANDED_IN -> GRADED                          -> RETURNED
        GRADED -> WITHDRAWN (as HANDED_IN, as long as the grade is not released)
    """

    class Status(models.TextChoices):
        HANDED_IN = "handed_in", _("Handed in")
        WITHDRAWN = "withdrawn", _("Taken back")
        RETURNED = "returned", _("Returned")
        GRADED = "graded", _("Graded")

    assignment = models.ForeignKey("assignments.Assignment", models.CASCADE, related_name="submissions")
    student = models.ForeignKey("accounts.User", models.CASCADE, related_name="submissions")
    title = models.CharField(_("title"), max_length=80)
    reflection = models.TextField(_("what I tried"), max_length=2000, blank=True)
    monument = models.CharField(_("monument"), max_length=80, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.HANDED_IN)
    is_late = models.BooleanField(default=False)
    handed_in_at = models.DateTimeField(default=timezone.now)
    return_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    pictures = models.ManyToManyField(
        "assignments.Picture", through="gallery.SubmissionPicture", related_name="submissions"
    )

    is_repeated = False  # of this object, not of the row: it came of a second press of the same hand-in

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["handed_in_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "student"], name="submission_once"),
            models.CheckConstraint(
                condition=Q(status__in=["handed_in", "withdrawn", "returned", "graded"]),
                name="submission_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SubmissionPicture(models.Model):
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="chosen")
    picture = models.ForeignKey("assignments.Picture", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "picture"], name="submission_picture_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.picture_id}"


class SubmissionEvent(models.Model):
    """What happened to a submission, with what it held at that moment. Insert-only."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
    actor = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    verb = models.CharField(max_length=12)  # handed_in, withdrawn, returned, graded
    snapshot = models.JSONField(default=dict)  # {"title", "reflection", "pictures": [pk]}
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.submission_id}"

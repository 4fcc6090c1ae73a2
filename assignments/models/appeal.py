from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom


class AppealQuerySet(models.QuerySet["Appeal"]):
    def visible_to(self, user) -> AppealQuerySet:
        if not user.is_authenticated or user.school_id is None:
            return self.none()
        if user.is_student:
            return self.filter(generation__student=user)
        return self.filter(generation__classroom__in=Classroom.objects.managed_by(user))

    def open(self) -> AppealQuerySet:
        return self.filter(status=Appeal.Status.OPEN)

    def new_answers(self) -> AppealQuerySet:
        """Answered, and the student has not seen it yet."""
        return self.exclude(status=Appeal.Status.OPEN).filter(seen_at=None)

    def used_up(self, generation) -> AppealQuerySet:
        """A permission for one time by which the same student drew these very words before in the same class."""
        return self.filter(
            status=Appeal.Status.ALLOWED,
            used_by__created_at__lt=generation.created_at,
            generation__membership=generation.membership_id,
            generation__prompt=generation.prompt,
        )


class Appeal(models.Model):
    """A student says that a refusal looks wrong: one press of the student, one answer of the teacher."""

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for your teacher")
        ALLOWED = "allowed", _("Allowed once")
        EXCEPTED = "excepted", _("Added as an exception")
        EXPLAINED = "explained", _("Explained")

    GRANTED = frozenset({Status.ALLOWED, Status.EXCEPTED})

    generation = models.OneToOneField("assignments.Generation", models.CASCADE, related_name="appeal")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)  # by the student who asked
    # The one later press that an "allowed once" let through.
    used_by = models.OneToOneField(
        "assignments.Generation", models.SET_NULL, null=True, blank=True, related_name="allowed_by"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "allowed", "excepted", "explained"]),
                name="appeal_status_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"appeal on {self.generation_id}: {self.status}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def is_new_answer(self) -> bool:
        return not self.is_open and self.seen_at is None

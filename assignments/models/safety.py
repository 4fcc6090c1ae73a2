from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom


class SafetyNoticeQuerySet(models.QuerySet["SafetyNotice"]):
    def visible_to(self, user) -> SafetyNoticeQuerySet:
        """The named adult; where there is none, the class's teachers; the school's admin always."""
        if not user.is_authenticated or user.school_id is None or user.is_student:
            return self.none()
        if user.is_school_admin:
            return self.filter(generation__classroom__school_id=user.school_id)
        named = Q(generation__classroom__school__safety_contact=user)
        taught = Q(
            generation__classroom__school__safety_contact=None,
            generation__classroom__in=Classroom.objects.managed_by(user),
        )
        return self.filter(named | taught)


class SafetyNotice(models.Model):
    """A prompt that speaks of self-harm or a threat; kept out of projected views and lists."""

    class Kind(models.TextChoices):
        SELF_HARM = "self_harm", _("Self-harm")
        THREAT = "threat", _("Threat")

    generation = models.OneToOneField("assignments.Generation", models.CASCADE, related_name="safety_notice")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = SafetyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("safety notice")
        verbose_name_plural = _("safety notices")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["self_harm", "threat"]), name="safety_notice_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} notice on {self.generation_id}"

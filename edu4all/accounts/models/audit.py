from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, user) -> AuditEventQuerySet:
        if not user.is_authenticated or not user.is_school_admin:
            return self.none()
        return self.filter(school_id=user.school_id)


class AuditEvent(models.Model):
    """Who changed what, when, from what to what. Insert-only."""

    school = models.ForeignKey("accounts.School", models.CASCADE, related_name="audit_events")
    actor = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    actor_name = models.CharField(max_length=80)
    # "<noun>.<verb>", e.g. "password.reset", "meta_prompt.edited", "cap.edited"
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=200, blank=True)
    # Whom it is about: when that person is deleted, what the log says of them goes as well.
    subject = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="events_about"
    )
    classroom = models.ForeignKey(
        "accounts.Classroom", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["school", "-created_at"], name="audit_by_school")]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"

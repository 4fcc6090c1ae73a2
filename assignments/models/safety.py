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
        in_school = self.filter(membership__classroom__school_id=user.school_id)
        if user.is_school_admin:
            return in_school
        contact = "membership__classroom__school__safety_contact"
        named = Q(**{contact: user})
        # Somebody who left the school reads nothing any more, so the teachers do.
        is_nobody_named = Q(**{contact: None}) | Q(**{f"{contact}__is_active": False})
        taught = is_nobody_named & Q(membership__classroom__in=Classroom.objects.managed_by(user))
        return in_school.filter(named | taught)


class SafetyNotice(models.Model):
    """One student's words of self-harm or a threat; kept out of projected views and lists.

    All that a student writes until an adult has read it is one notice, with ``times`` presses in it:
    a child that writes twenty times is one child to talk to.
    """

    membership = models.ForeignKey("accounts.Membership", models.CASCADE, related_name="safety_notices")
    times = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(_("what was done"), max_length=500, blank=True)

    objects = SafetyNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("safety notice")
        verbose_name_plural = _("safety notices")
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(seen_at=None), name="safety_notice_one_unread_each"
            )
        ]

    def __str__(self) -> str:
        return f"safety notice {self.pk}"


class SafetyWords(models.Model):
    """A text of a notice; the same words again are counted, not kept twice.

    Of a flood the first and the newest stay: ``services.safety.NEWEST_WORDS``.
    """

    class Kind(models.TextChoices):
        SELF_HARM = "self_harm", _("Self-harm")
        THREAT = "threat", _("Threat")

    notice = models.ForeignKey(SafetyNotice, models.CASCADE, related_name="words")
    generation = models.OneToOneField("assignments.Generation", models.CASCADE, related_name="safety_words")
    kind = models.CharField(max_length=10, choices=Kind.choices)

    class Meta:
        verbose_name = _("words of a safety notice")
        verbose_name_plural = _("words of safety notices")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["self_harm", "threat"]), name="safety_words_kind_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.generation_id}"

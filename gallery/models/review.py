from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Review(models.Model):
    """A person's moderation decision. Insert-only: the newest one counts, the rest is history."""

    class Decision(models.TextChoices):
        APPROVE = "approve", _("Approve")
        REJECT = "reject", _("Return")

    picture = models.ForeignKey("assignments.Picture", models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    is_takedown = models.BooleanField(default=False)  # taken off the wall after an approval
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["approve", "reject"]), name="review_decision_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision} of picture {self.picture_id}"

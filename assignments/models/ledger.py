from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ProviderCall(models.Model):
    """The ledger: one row a provider call, written before the call starts.

    A row that stays BEGUN when its lease ran out becomes IN_DOUBT: it may have been paid, so its
    reserved price keeps counting against the caps.
    """

    class Outcome(models.TextChoices):
        BEGUN = "begun", _("Begun")
        DRAWN = "drawn", _("Drawn")
        REFUSED = "refused", _("Refused")
        FAILED = "failed", _("Failed")
        IN_DOUBT = "in_doubt", _("In doubt")

    # Empty once the prompt was deleted: what was paid stays on record, who asked for it doesn't.
    generation = models.ForeignKey(
        "assignments.Generation", models.SET_NULL, null=True, blank=True, related_name="calls"
    )
    claim = models.PositiveIntegerField()
    school = models.ForeignKey("accounts.School", models.CASCADE, related_name="+")
    image_model = models.ForeignKey("assignments.ImageModel", models.PROTECT, related_name="calls")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.BEGUN)
    error_kind = models.CharField(max_length=40, blank=True)
    detail = models.TextField(blank=True)  # for the operator; never shown to students
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    request_id = models.CharField(max_length=120, blank=True)
    pictures = models.PositiveSmallIntegerField(default=0)
    usage = models.JSONField(default=dict, blank=True)
    reserved_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    cost_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    # Our own work on this call: without the wait for the slot, the call, encoding and storage.
    engine_seconds = models.FloatField(default=0.0)
    engine_cpu_seconds = models.FloatField(default=0.0)

    class Meta:
        verbose_name = _("provider call")
        verbose_name_plural = _("provider calls")
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(fields=["generation", "claim"], name="provider_call_once_per_claim"),
            models.CheckConstraint(
                condition=Q(outcome__in=["begun", "drawn", "refused", "failed", "in_doubt"]),
                name="provider_call_outcome_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "begun_at"], name="provider_call_by_school"),
            models.Index(fields=["image_model", "-begun_at"], name="provider_call_by_model"),
        ]

    def __str__(self) -> str:
        return f"call {self.claim} of {self.generation_id}: {self.outcome}"


class Spending(models.Model):
    """Money of one day (the school's own date): reserved at the press, settled from usage.

    One row for the school (no class, no student), one a class, one a student; the cap is checked by
    one conditional update of each.
    """

    school = models.ForeignKey("accounts.School", models.CASCADE, related_name="spendings")
    day = models.DateField()
    scope = models.CharField(max_length=40)  # "school", "class:<pk>", "student:<pk>"
    reserved_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)
    spent_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0)

    class Meta:
        verbose_name = _("spending")
        verbose_name_plural = _("spendings")
        constraints = [models.UniqueConstraint(fields=["school", "day", "scope"], name="spending_once")]

    def __str__(self) -> str:
        return f"{self.scope} on {self.day}"

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Criterion(models.Model):
    """One line of an assignment's rubric and the most points that it gives."""

    assignment = models.ForeignKey("assignments.Assignment", models.CASCADE, related_name="criteria")
    title = models.CharField(_("criterion"), max_length=80)
    description = models.CharField(_("what it means"), max_length=300, blank=True)
    points = models.PositiveSmallIntegerField(
        _("points"), default=5, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(points__gte=1, points__lte=100), name="criterion_points_1_to_100"
            )
        ]

    def __str__(self) -> str:
        return self.title

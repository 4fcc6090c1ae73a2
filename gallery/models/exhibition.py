from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from edu4all.accounts.models import Classroom


def make_exhibition_key() -> str:
    return secrets.token_urlsafe(24)


class ExhibitionQuerySet(models.QuerySet["Exhibition"]):
    def visible_to(self, user) -> ExhibitionQuerySet:
        if not user.is_authenticated or user.school_id is None or user.is_student:
            return self.none()
        return self.filter(classroom__in=Classroom.objects.managed_by(user))

    def public(self) -> ExhibitionQuerySet:
        now = timezone.now()
        return self.filter(opened_at__lte=now, closed_at=None).filter(
            models.Q(ends_at=None) | models.Q(ends_at__gt=now)
        )


class Exhibition(models.Model):
    """Approved works behind one unguessable link, shown to the public with recorded consent only."""

    classroom = models.ForeignKey("accounts.Classroom", models.CASCADE, related_name="exhibitions")
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("a word of welcome"), max_length=1000, blank=True)
    key = models.CharField(max_length=64, unique=True, default=make_exhibition_key, editable=False)
    created_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ExhibitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("exhibition")
        verbose_name_plural = _("exhibitions")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class Exhibit(models.Model):
    """A work in an exhibition. Shown to the public only while consent is recorded and not withdrawn."""

    exhibition = models.ForeignKey(Exhibition, models.CASCADE, related_name="exhibits")
    picture = models.ForeignKey("assignments.Picture", models.CASCADE, related_name="exhibits")
    title = models.CharField(_("title"), max_length=80)
    artist_label = models.CharField(_("name on the label"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    consented_at = models.DateField(_("consent given on"), null=True, blank=True)
    consented_by = models.CharField(_("consent given by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["exhibition", "picture"], name="exhibit_once")]

    def __str__(self) -> str:
        return self.title

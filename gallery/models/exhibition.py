from __future__ import annotations

import secrets

from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assignments.models import Picture
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

    def with_counts(self) -> ExhibitionQuerySet:
        """Each with ``exhibit_count`` works, of which ``consent_count`` have their consent on record."""
        has_consent = models.Q(exhibits__consented_at__isnull=False, exhibits__consent_withdrawn_at=None)
        return self.annotate(
            exhibit_count=models.Count("exhibits"), consent_count=models.Count("exhibits", filter=has_consent)
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

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        has_begun = self.opened_at is not None and self.opened_at <= now
        return has_begun and self.closed_at is None and (self.ends_at is None or self.ends_at > now)


class ExhibitQuerySet(models.QuerySet["Exhibit"]):
    def consented(self) -> ExhibitQuerySet:
        """Consent is recorded with who and when, and was not withdrawn."""
        return self.filter(consented_at__isnull=False, consent_withdrawn_at=None).exclude(consented_by="")

    def with_pictures(self) -> ExhibitQuerySet:
        """Everything that a work's label and form show, without a query a work; ``is_on_wall`` with each."""
        on_wall = Picture.objects.on_wall().filter(pk=models.OuterRef("picture"))
        return self.select_related(
            "picture__generation__student", "consent_recorded_by", "exhibition"
        ).annotate(is_on_wall=models.Exists(on_wall))

    def on_wall(self) -> ExhibitQuerySet:
        return self.filter(picture__in=Picture.objects.on_wall())

    def public(self) -> ExhibitQuerySet:
        """What the link shows: an open exhibition's works that are on the wall and consented to at this moment."""
        return self.consented().on_wall().filter(exhibition__in=Exhibition.objects.public())


class Exhibit(models.Model):
    """A work in an exhibition. Shown to the public only while consent is recorded and not withdrawn."""

    exhibition = models.ForeignKey(Exhibition, models.CASCADE, related_name="exhibits")
    picture = models.ForeignKey("assignments.Picture", models.CASCADE, related_name="exhibits")
    title = models.CharField(_("title"), max_length=80)
    artist_label = models.CharField(_("name on the label"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    consented_at = models.DateField(_("consent given on"), null=True, blank=True)
    consented_by = models.CharField(_("consent given by"), max_length=120, blank=True)
    consent_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    consent_recorded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    consent_withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ExhibitQuerySet.as_manager()

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["exhibition", "picture"], name="exhibit_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_consented(self) -> bool:
        return self.consented_at is not None and bool(self.consented_by) and self.consent_withdrawn_at is None

    @property
    def alt_text(self) -> str:
        """What the public hears: the picture's own description, never the student's prompt."""
        language = get_language() or ""
        described = self.picture.alt_ko if language.startswith("ko") else self.picture.alt_en
        return described or self.title or str(_("A picture from class"))

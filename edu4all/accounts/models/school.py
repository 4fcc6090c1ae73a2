from __future__ import annotations

from decimal import Decimal
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def default_helplines() -> list[dict[str, str]]:
    """Korea's lines for young people in need: suicide prevention 109, youth counselling 1388."""
    return [
        {"name_ko": "자살예방 상담전화", "name_en": "Suicide prevention line", "number": "109"},
        {"name_ko": "청소년 상담전화", "name_en": "Youth counselling line", "number": "1388"},
    ]


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("There is no such time zone; one looks like Asia/Seoul."))


def validate_helplines(lines: object) -> None:
    """Each line has the three texts that the gentle answer shows: no mistake may stand between it and a child."""
    names = ("name_ko", "name_en", "number")
    is_list = isinstance(lines, list) and all(isinstance(line, dict) for line in lines)
    if not is_list or not all(isinstance(line.get(name), str) for line in lines for name in names):  # type: ignore[attr-defined]
        raise ValidationError(_("Each helpline needs name_ko, name_en and number."))


class School(models.Model):
    """A tenant: nothing crosses a school."""

    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Seoul", validators=[validate_time_zone]
    )
    helplines = models.JSONField(_("helplines"), default=default_helplines, validators=[validate_helplines])
    safety_contact = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("safety contact"),
    )
    daily_cap_usd = models.DecimalField(
        _("daily cap (US$)"),
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_(
            "Most money a day for all pictures of the school. External providers stay off while it is empty."
        ),
    )
    class_daily_cap_usd = models.DecimalField(
        _("daily cap a class (US$)"),
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    student_daily_cap_usd = models.DecimalField(
        _("daily cap a student (US$)"),
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    has_under_14 = models.BooleanField(_("has students under 14"), default=True)
    council_reviewed_at = models.DateField(_("reviewed by the school council on"), null=True, blank=True)
    council_reviewed_by = models.CharField(_("council's review recorded by"), max_length=120, blank=True)
    guardians_consented_at = models.DateField(_("guardians' consent complete on"), null=True, blank=True)
    guardians_consented_by = models.CharField(_("guardians' consent recorded by"), max_length=120, blank=True)
    retention_days = models.PositiveIntegerField(
        _("keep pictures and prompts for (days)"), default=400, validators=[MinValueValidator(7)]
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        contact = self.safety_contact
        if contact is not None and (contact.school_id != self.pk or contact.is_student):
            raise ValidationError({"safety_contact": _("Choose an adult of this school.")})

    @property
    def is_external_allowed(self) -> bool:
        """External providers need the council's review, the guardians' consent for under-14s, and a cap."""
        has_consent = not self.has_under_14 or self.guardians_consented_at is not None
        return self.council_reviewed_at is not None and has_consent and self.daily_cap_usd is not None

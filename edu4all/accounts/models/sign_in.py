from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedSignIns(models.Model):
    """Wrong passwords in a row for one user name; gone with the right one.

    Those from a browser that this account was signed in to with before have a row of their own.
    The name stands here as a hash: what is typed into that field is now and then a password.
    """

    account = models.CharField(max_length=64)
    browser = models.CharField(max_length=32, blank=True, default="")
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("failed sign-ins")
        verbose_name_plural = _("failed sign-ins")
        constraints = [
            models.UniqueConstraint(fields=["account", "browser"], name="failed_sign_ins_once_per_browser")
        ]

    def __str__(self) -> str:
        return f"{self.failures} failures"

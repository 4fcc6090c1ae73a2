from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """A teacher's word on a submission or a picture, read by its student."""

    picture = models.ForeignKey("assignments.Picture", models.CASCADE, related_name="comments")
    author = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    text = models.CharField(_("comment"), max_length=500)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text

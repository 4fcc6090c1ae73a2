"""What people type, made fit to keep: one normal form, no control characters."""

from __future__ import annotations

import unicodedata

from django.utils.translation import gettext as _

from edu4all.web.problems import Invalid


def clean_line(text: str) -> str:
    """One line in NFC, without control characters, white space at its ends or runs of it."""
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """NFC text without control characters; line breaks stay."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in normal if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()


def limited(text: str, most: int) -> str:
    """The text itself.

    Raises:
        Invalid: code ``too_long``, more than ``most`` characters.
    """
    if len(text) > most:
        raise Invalid(_("That is too long: at most %(most)d characters.") % {"most": most}, code="too_long")
    return text

"""What people type, made fit to keep and to hang on a wall: one normal form, and nothing that no reader sees."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from assignments.policy import visible_text
from edu4all.web.problems import Invalid

_OTHER_SPACE = re.compile(r"[^\S\n\t]")


def clean_line(text: str) -> str:
    """One line in NFC: no unseen characters, no white space at its ends, no runs of it.

    Unseen are also those that turn the direction of writing: with them a word that the class's list refuses
    can be written backwards and read forwards.
    """
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    """The same with line breaks and tabs."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _OTHER_SPACE.sub(" ", visible_text(normal)).strip()


def limited(text: str, most: int) -> str:
    """The text itself.

    Raises:
        Invalid: code ``too_long``, more than ``most`` characters.
    """
    if len(text) > most:
        raise Invalid(_("That is too long: at most %(most)d characters.") % {"most": most}, code="too_long")
    return text

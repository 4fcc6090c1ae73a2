"""What a person may read about a generation that brought no picture, by its stored kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .errors import GenerationError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise


def _kinds(base: type[GenerationError]) -> Iterator[tuple[str, Promise | str]]:
    yield base.kind, base.public_text
    for each in base.__subclasses__():
        yield from _kinds(each)


_TEXTS: dict[str, Promise | str] = {
    **dict(_kinds(GenerationError)),
    "gave_up": _("The picture could not be drawn in time. Your try was given back."),
    "budget": _("Today's money for pictures is used up. Your try was given back."),
    "model_off": _("The drawing service was switched off. Your try was given back."),
    "picture_flagged": _("The check did not want to show this picture. Try another idea."),
    "prompt_flagged": _("The check did not want to draw these words. Try saying it another way."),
    "storage_failed": _("The picture could not be kept. Your try was given back."),
}


def public_reason(kind: str) -> Promise | str:
    """The text for students and teachers; a plain one for a kind that isn't known."""
    return _TEXTS.get(kind, GenerationError.public_text)

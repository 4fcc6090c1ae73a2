"""What the components need and templates can't say: dots, the line to wait, a time in words, the way back."""

from django import template
from django.utils.translation import gettext as _

from edu4all.web.http import page_stood_on

register = template.Library()
register.filter("page_stood_on", page_stood_on)

MOST_DOTS = 20


@register.simple_tag
def tries_dots(left: int | None, total: int | None) -> list[bool]:
    """One item a try, True when it is used: the tries left come first. Empty when there are too many for dots."""
    if left is None or total is None or not 0 < total <= MOST_DOTS:
        return []
    left = max(0, min(left, total))
    return [False] * left + [True] * (total - left)


@register.simple_tag
def line_of(place: int | None) -> range:
    """A dot for everybody in line up to and with the person; empty when unknown or too long to draw."""
    return range(place) if place and 1 < place <= 40 else range(0)


@register.simple_tag
def wait_text(seconds: float) -> str:
    """The time to wait in words, as the countdown script writes it: steps of ten seconds, then whole minutes."""
    if seconds <= 5:
        return _("Any moment now")
    if seconds < 55:
        return _("About {n} seconds more").replace("{n}", str(max(10, round(seconds / 10) * 10)))
    if seconds < 90:
        return _("About one minute more")
    return _("About {n} minutes more").replace("{n}", str(round(seconds / 60)))

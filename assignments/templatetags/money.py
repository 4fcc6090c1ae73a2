"""Amounts of money, and bars that need no style."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()

CENT = Decimal("0.01")


@register.filter
def usd(amount: Decimal | float | None) -> str:
    """US$ to the cent; below one cent with as many digits as say something."""
    if amount is None:
        return "–"
    value = Decimal(str(amount))
    if value != 0 and abs(value) < CENT:
        return f"US${number_format(value.normalize(), use_l10n=True)}"
    return f"US${number_format(value.quantize(CENT), use_l10n=True, force_grouping=True)}"


@register.filter
def usd_exact(amount: Decimal) -> str:
    """US$ with four digits: what a single picture costs."""
    return f"US${number_format(amount.quantize(CENT / 100), use_l10n=True)}"


@register.filter
def bar_top(share: float) -> str:
    """The y of a bar that fills ``share`` (0 to 100) of a drawing 100 units high."""
    return f"{100 - share:.1f}"


@register.filter
def bar_height(share: float) -> str:
    return f"{share:.1f}"


@register.filter
def bar_left(place: int) -> int:
    """The x of the bar at this place from the right of 30, each 8 units wide with a gap of 2."""
    return (29 - place) * 10

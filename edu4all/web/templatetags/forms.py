"""Forms as pages show them."""

from __future__ import annotations

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def led_to(field: BoundField) -> str:
    """The field's box. The cursor stands in the first one that is wrong: from the button it can be out of sight."""
    first = next((name for name in field.form.fields if name in field.form.errors), None)
    return field.as_widget(attrs={"autofocus": True} if field.name == first else None)

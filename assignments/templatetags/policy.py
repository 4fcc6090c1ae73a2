"""What the policy said, for templates."""

from __future__ import annotations

from django import template

from assignments.models import Generation
from assignments.services.explanations import marked_parts

register = template.Library()


@register.filter
def marked(generation: Generation) -> tuple[tuple[str, bool], ...]:
    """The prompt cut into (text, is_marked) by the verdict's matches."""
    return marked_parts(generation.prompt, generation.matches)

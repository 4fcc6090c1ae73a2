"""What the policy said, for templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from assignments.models import Generation, TermEntry
from assignments.services import labels
from assignments.services.explanations import marked_parts

register = template.Library()

register.filter("rule_label", labels.rule_label)
register.filter("list_label", labels.list_label)
register.filter("group_label", labels.group_label)


@register.filter
def matching_label(matching: str) -> str:
    return str(TermEntry.Matching(matching).label)


@register.filter
def version_words(label: str) -> str:
    """The versions that stand with a verdict, in one line of words."""
    return " · ".join(part.label for part in labels.version_parts(label) if part.number)


@register.filter
def findings(generation: Generation) -> list[labels.Finding]:
    """What the verdict caught, each stretch once."""
    return labels.findings_of(generation.matches)


@register.filter
def marked(generation: Generation) -> tuple[tuple[str, bool], ...]:
    """The prompt cut into (text, is_marked) by the verdict's matches."""
    return marked_parts(generation.prompt, generation.matches)


@register.filter
def policy_versions(generation: Generation) -> list[dict[str, Any]]:
    """The versions that a verdict used, each with its words and the page that shows that version."""
    pages = {
        "school": ("assignments:base_terms_version", ()),
        "class": ("assignments:class_terms_version", (generation.classroom_id,)),
    }
    parts: list[dict[str, Any]] = []
    for part in labels.version_parts(generation.policy_version):
        if part.name in pages:
            name, place = pages[part.name]
            url = reverse(name, args=[*place, part.number])
        else:
            url = reverse("assignments:class_policy", args=[generation.classroom_id]) + "#history"
        parts.append({"label": part.label, "url": url})
    return parts

"""The text that goes to a provider: safety frame, the class's meta-prompt, the student's words as data."""

from __future__ import annotations

from typing import Literal

from assignments import policy as engine
from assignments.models import ClassPolicy, Generation
from edu4all.accounts.models import Classroom


def class_policy(classroom: Classroom) -> ClassPolicy:
    return ClassPolicy.objects.get_or_create(classroom=classroom)[0]


def template_of(settings: ClassPolicy, language: Literal["ko", "en"]) -> str:
    """The class's own template, or the default one in this language."""
    own = settings.meta_prompt_ko if language == "ko" else settings.meta_prompt_en
    return own or engine.DEFAULT_TEMPLATE[language]


def compose_prompt(generation: Generation) -> engine.Composed:
    """The text that goes to the provider: safety frame, the class's meta-prompt, the student's words as data."""
    settings = class_policy(generation.classroom)
    chosen = settings.meta_prompt_language or generation.language
    language: Literal["ko", "en"] = "ko" if chosen == "ko" else "en"
    return compose_for(
        settings, prompt=generation.prompt, language=language, assignment_title=generation.assignment.title,
        is_colour_required=generation.assignment.is_colour_required,
    )  # fmt: skip


def compose_for(
    settings: ClassPolicy,
    *,
    prompt: str,
    language: Literal["ko", "en"],
    assignment_title: str,
    is_colour_required: bool = True,
    template: str = "",
) -> engine.Composed:
    """As ``compose_prompt``, for a preview with any words and template."""
    avoided = tuple(group.key for group in engine.shipped.groups() if group.key not in settings.groups_off)
    fields = engine.MetaFields(
        age_group=settings.age_group,
        colour="colour" if is_colour_required else "black_and_white",
        avoided_groups=avoided,
        assignment=assignment_title,
    )
    return engine.compose(
        prompt, template=template or template_of(settings, language), language=language, fields=fields
    )

"""What the facts of a change are called in words, for the school's history and for that of a class's settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import DateField, DateTimeField, Field, Model
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.models import Appeal, Assignment, ClassPolicy, ImageModel, Limit, NamedPerson
from assignments.services.labels import group_label, language_of_page
from edu4all.accounts.models import AuditEvent, Classroom, School, User

# Whose facts they are, by the noun of the event's verb.
MODELS: dict[str, type[Model]] = {
    "admin": User,
    "assignment": Assignment,
    "class": Classroom,
    "class_policy": ClassPolicy,
    "image_model": ImageModel,
    "limit": Limit,
    "person": User,
    "school": School,
    "teacher": User,
}
LABELS = {
    "by": gettext_lazy("given by"),
    "consented_by": gettext_lazy("consent given by"),
    "count": gettext_lazy("how many"),
    "criteria": gettext_lazy("rubric"),
    "default": gettext_lazy("default"),
    "exceptions": gettext_lazy("exceptions for the class"),
    "grades": gettext_lazy("grades"),
    "on": gettext_lazy("on the day"),
    "pictures": gettext_lazy("pictures"),
    "prompts": gettext_lazy("prompts"),
    "reason": gettext_lazy("reason"),
}
# Keys of rows: of use to a program, not to a reader.
UNREADABLE = frozenset({"assignment", "assignments", "exhibit", "exhibition", "picture", "question"})
DAYS = frozenset({"on"})


@dataclass(frozen=True, slots=True)
class FactChanged:
    """A fact with its name, and what it was and became, in words; ``before`` is None for what only came to be."""

    label: str
    before: str | None
    after: str


def facts_of_event(event: AuditEvent, question: Appeal | None = None) -> list[FactChanged]:
    """What an event of the school's log changed, as far as it can be read; with the words it was about."""
    model = MODELS.get(event.verb.partition(".")[0])
    return [*facts_of_question(question), *facts_of(model, event.before, event.after)]


def facts_of_question(question: Appeal | None) -> list[FactChanged]:
    """Whose refused words a teacher answered, the words and the answer."""
    if question is None:
        return []
    told = [
        (_("Student"), str(question.generation.student)),
        (_("Refused words"), question.generation.prompt),
        (_("Answer to the student"), question.answer),
    ]
    return [FactChanged(label, None, text) for label, text in told if text]


def questions_of(events: Iterable[AuditEvent], reader: User) -> dict[int, Appeal]:
    """The students' questions that events are about, by the event, where they are still there for this reader.

    The words are read here and not kept in the log, so that they go when the prompt goes; one query.
    """
    asked = {
        event.pk: event.after["question"] for event in events if event.after and "question" in event.after
    }
    if not asked:
        return {}
    found = Appeal.objects.visible_to(reader).select_related("generation__student").in_bulk(asked.values())
    return {event_pk: found[pk] for event_pk, pk in asked.items() if pk in found}


def facts_of(
    model: type[Model] | None, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[FactChanged]:
    """Facts before and after, side by side in the order of their names."""
    was, became = before or {}, after or {}
    return [
        FactChanged(
            fact_label(model, name),
            fact_in_words(model, name, was.get(name)) if before is not None else None,
            fact_in_words(model, name, became.get(name)),
        )
        for name in sorted({*was, *became} - UNREADABLE)
    ]


def facts_that_differ(
    model: type[Model], now: Mapping[str, Any], wanted: Mapping[str, Any]
) -> list[FactChanged]:
    """Facts as they stand now and as a person wants them, where the two are not the same."""
    names = [name for name in wanted if now.get(name) != wanted[name]]
    return facts_of(model, {name: now.get(name) for name in names}, {name: wanted[name] for name in names})


def fact_label(model: type[Model] | None, name: str) -> str:
    field = _field(model, name)
    kinds = dict(NamedPerson.Kind.choices)
    label = field.verbose_name if field is not None else LABELS.get(name) or kinds.get(name) or name
    return capfirst(str(label))


def fact_in_words(model: type[Model] | None, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "groups_off":
        return ", ".join(group_label(key) for key in value or []) or "–"
    if name in ("meta_prompt_ko", "meta_prompt_en"):
        return value or _("the shipped one")
    if value is None or value == "" or value == []:
        return "–"
    if model is ImageModel and name == "reason":
        return str(dict(ImageModel.StopReason.choices).get(value, value))
    if isinstance(value, list):
        return ", ".join(_item_in_words(item) for item in value)
    return _plain_in_words(_field(model, name), name, value)


def _plain_in_words(field: Field[Any, Any] | None, name: str, value: Any) -> str:
    if isinstance(field, DateTimeField) and (moment := parse_datetime(str(value))):
        local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        return date_format(local, "SHORT_DATETIME_FORMAT")
    if (isinstance(field, DateField) or name in DAYS) and (day := parse_date(str(value))):
        return date_format(day, "DATE_FORMAT")
    choices = dict(field.flatchoices) if field is not None else {}
    return str(choices.get(value, value))


def _item_in_words(item: Any) -> str:
    """One of a list: a helpline by its name and number, anything else as it is."""
    if not isinstance(item, Mapping):
        return str(item)
    language = language_of_page()
    other = "en" if language == "ko" else "ko"
    shown = [text for key, text in item.items() if key != f"name_{other}"]
    return " ".join(str(text) for text in shown)


def _field(model: type[Model] | None, name: str) -> Field[Any, Any] | None:
    fields = {field.name: field for field in model._meta.concrete_fields} if model else {}
    return fields.get(name)

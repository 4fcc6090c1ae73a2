"""Task sheets: made, changed, handed out, closed, copied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Assignment, Criterion
from edu4all.accounts.models import Classroom, User
from edu4all.accounts.services.people import record
from edu4all.accounts.services.schools import plain
from edu4all.web.problems import Conflict

FACTS = (
    *("title", "brief", "monuments_mode", "monuments", "tries", "pictures_per_press", "variety"),
    *("is_colour_required", "image_model", "published_at", "opens_at", "due_at", "closes_at"),
)


@dataclass(frozen=True, slots=True)
class CriterionInput:
    """One line of the rubric as its teacher wants it; ``pk`` names the line that it changes."""

    title: str
    points: int
    description: str = ""
    pk: int | None = None


def save_assignment(
    *,
    assignment: Assignment,
    actor: User,
    criteria: Sequence[CriterionInput],
    is_published: bool,
    seen: str = "",
) -> Assignment:
    """Store a task sheet with its rubric. Scores of a criterion that stays are kept, whatever its words.

    Args:
        seen: ``state_of`` the sheet when the person began to change it; empty for whatever it is.

    Raises:
        Conflict: code ``has_scores``, a criterion that was taken out has scores already; code ``version``, a
            colleague changed the sheet since ``seen``.
    """
    is_new = assignment.pk is None
    if is_published and assignment.published_at is None:
        assignment.published_at = timezone.now()
    if not is_published:
        assignment.published_at = None
    with transaction.atomic():
        before = {}
        if is_new:
            assignment.created_by = actor
            assignment.save(force_insert=True)
        else:
            before = facts_of_sheet(Assignment.objects.select_for_update().get(pk=assignment.pk))
            _check_nobody_changed_since(before, seen)
            assignment.save(update_fields=FACTS)
        _save_criteria(assignment, criteria)
        _record_saved(assignment, actor, before)
    return assignment


def state_of(facts: Mapping[str, Any]) -> str:
    """A mark that changes with any fact of a sheet or line of its rubric."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def _check_nobody_changed_since(facts: Mapping[str, Any], seen: str) -> None:
    if seen and seen != state_of(facts):
        raise Conflict(
            _("A colleague has changed this task in the meantime. Yours is still here: compare, then save."),
            code="version",
            facts=facts,
        )


def facts_of_sheet(assignment: Assignment) -> dict[str, Any]:
    """A task sheet with its rubric as the audit log keeps it."""
    rubric = [f"{row.title} ({row.points})" for row in assignment.criteria.all()]
    return {name: _kept(getattr(assignment, name)) for name in FACTS} | {"criteria": rubric}


def _kept(value: Any) -> Any:
    """A form gives back a time in whole minutes and in its own zone: the same minute is no change."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes")
    return plain(value)


def _record_saved(assignment: Assignment, actor: User, before: dict[str, Any]) -> None:
    """Who wrote or changed the sheet; of a change what it was and became, and nothing for none at all."""
    after = facts_of_sheet(assignment)
    changed = [name for name, value in before.items() if value != after[name]]
    if before and not changed:
        return
    record(
        actor=actor,
        verb="assignment.edited" if before else "assignment.made",
        target=assignment,
        classroom=assignment.classroom,
        before={name: before[name] for name in changed} if before else None,
        after={name: after[name] for name in changed} if before else None,
    )


def _save_criteria(assignment: Assignment, criteria: Sequence[CriterionInput]) -> None:
    kept = {entry.pk for entry in criteria if entry.pk is not None}
    try:
        assignment.criteria.exclude(pk__in=kept).delete()
    except RestrictedError:
        raise Conflict(
            _("A line of the rubric that you took out has scores already. Keep it, or change its words."),
            code="has_scores",
        ) from None
    for position, entry in enumerate(criteria):
        facts = {
            "title": entry.title,
            "points": entry.points,
            "description": entry.description,
            "position": position,
        }
        if entry.pk is None:
            Criterion.objects.create(assignment=assignment, **facts)
        else:
            assignment.criteria.filter(pk=entry.pk).update(**facts)


def close_assignment(*, assignment: Assignment, actor: User) -> None:
    """Take no more presses or hand-ins; what waits in the queue is still drawn."""
    with transaction.atomic():
        if Assignment.objects.filter(pk=assignment.pk, closed_at=None).update(closed_at=timezone.now()):
            record(actor=actor, verb="assignment.closed", target=assignment, classroom=assignment.classroom)


def reopen_assignment(*, assignment: Assignment, actor: User) -> None:
    """Open it again; a closing date that has passed is taken away."""
    with transaction.atomic():
        changes: dict = {"closed_at": None}
        if assignment.closes_at is not None and assignment.closes_at <= timezone.now():
            changes["closes_at"] = None
        Assignment.objects.filter(pk=assignment.pk).update(**changes)
        record(actor=actor, verb="assignment.reopened", target=assignment, classroom=assignment.classroom)


def copy_assignment(*, assignment: Assignment, classroom: Classroom, actor: User) -> Assignment:
    """The same task sheet as a draft for another class or year, without its dates."""
    criteria = [CriterionInput(row.title, row.points, row.description) for row in assignment.criteria.all()]
    copy = Assignment(
        classroom=classroom,
        title=assignment.title,
        brief=assignment.brief,
        monuments_mode=assignment.monuments_mode,
        monuments=list(assignment.monuments),
        tries=assignment.tries,
        pictures_per_press=assignment.pictures_per_press,
        variety=assignment.variety,
        is_colour_required=assignment.is_colour_required,
        image_model=assignment.image_model if classroom.school_id == assignment.classroom.school_id else None,
    )
    return save_assignment(assignment=copy, actor=actor, criteria=criteria, is_published=False)

"""Pressing the button, cancelling, and what a person may know of the wait."""

from __future__ import annotations

import hashlib
import json
import logging
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from assignments.generation import budget, choice, eta, queue, storing, transitions
from assignments.generation.clock import as_moment, database_now
from assignments.generation.eta import Waiting
from assignments.generation.wake import wake_unless_armed
from assignments.models import Assignment, Generation, ImageModel, Lesson, Picture
from assignments.policy import MAX_LENGTH, Match, Verdict
from assignments.services import policies, refused_presses
from edu4all.accounts.models import Membership, User
from edu4all.web.problems import Conflict, Invalid, NotAllowed

logger = logging.getLogger(__name__)

Operation = Generation.Operation
MAX_KEY_LENGTH = 200
# A database can't hold NUL; marks of direction would show a teacher other words than those that were typed.
_NEVER_KEPT = dict.fromkeys((0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Requested:
    """What a press came to. ``is_replay``: the same press was known already, nothing new was made."""

    generation: Generation
    is_replay: bool


@dataclass(frozen=True, slots=True)
class _Press:
    """A press that was read and judged, before the first lock is taken."""

    student: User
    assignment: Assignment
    membership: Membership
    prompt: str
    key: str
    body_hash: str
    operation: str
    source: Picture | None
    mask: bytes | None
    count: int | None
    verdict: Verdict

    @property
    def language(self) -> Literal["ko", "en"]:
        return language_of(self.prompt)


def request_generation(
    *,
    student: User,
    assignment: Assignment,
    prompt: str,
    idempotency_key: str,
    operation: str = Operation.DRAW,
    source: Picture | None = None,
    mask: bytes | None = None,
    count: int | None = None,
) -> Requested:
    """Take a press: saved once however often it is sent, judged, paid for, and put into the queue.

    Words that the policy refuses make a row too, with status ``refused``.

    Raises:
        Conflict: code ``key_reused``, ``closed``, ``paused``, ``already_unfinished``, ``no_tries`` or ``budget``.
        Invalid: code ``empty``, ``too_long``, ``key``, ``source``, ``count`` or ``cells``.
        NotAllowed: not a student of this class.
    """
    key = clean_key(idempotency_key)
    prompt = unicodedata.normalize("NFC", prompt.translate(_NEVER_KEPT)).strip()
    body_hash = _hash_body(assignment, prompt, operation, source, mask, count)
    known = _known_press(student, key, body_hash)
    if known is not None:
        return Requested(known, is_replay=True)
    membership = _membership_of(student, assignment)
    _check_words(prompt)
    _check_source(student, assignment, operation, source)
    verdict = policies.check_prompt(classroom=assignment.classroom, prompt=prompt)
    press = _Press(
        student, assignment, membership, prompt, key, body_hash, operation, source, mask, count, verdict
    )
    try:
        return _save_press(press)
    except IntegrityError:
        # Another press of the same moment was first: the database's own rules decided.
        known = _known_press(student, key, body_hash)
        if known is None:
            raise _already_unfinished() from None
        return Requested(known, is_replay=True)


def _save_press(press: _Press) -> Requested:
    mask_name = _put_mask(press.mask) if press.mask and press.verdict.is_allowed else ""
    with transaction.atomic():
        membership = Membership.objects.select_for_update().get(pk=press.membership.pk)
        known = _known_press(press.student, press.key, press.body_hash)
        if known is not None:
            return Requested(known, is_replay=True)
        now = database_now()
        appeal = None
        if not press.verdict.is_allowed:
            if press.verdict.kind == "ordinary":
                _check_open(press.assignment, membership, now)
                appeal = refused_presses.find_allowance(press.student, press.assignment, press.prompt)
            if appeal is None:
                row = _new_row(press, now)
                refused_presses.save_refused(row, membership, press.verdict)
                return Requested(row, is_replay=False)
        row = _queue_press(press, membership, now, mask_name, is_allowed_once=appeal is not None)
        if appeal is not None:
            refused_presses.use_allowance(appeal, row)
    return Requested(row, is_replay=False)


def _queue_press(
    press: _Press, membership: Membership, now: float, mask_name: str, *, is_allowed_once: bool
) -> Generation:
    """Check what allows a press, reserve its price, take its turn and save it. Call it inside a transaction."""
    assignment = press.assignment
    lesson = _check_open(assignment, membership, now)
    if Generation.objects.unfinished().filter(membership=membership).exists():
        raise _already_unfinished()
    if tries_left(student=press.student, assignments=[assignment])[assignment.pk] < 1:
        raise Conflict(_("You have used all your tries for this task."), code="no_tries")
    model = _choose_model(press)
    row = _new_row(press, now)
    row.lesson, row.image_model, row.limit, row.mask = lesson, model, model.limit, mask_name
    row.count = _count(press, model)
    row.is_allowed_once = is_allowed_once
    row.seed = make_seed(assignment, press.prompt, press.operation, row.variety)
    row.pictures_before = Picture.objects.filter(
        generation__student=press.student, generation__assignment=assignment
    ).count()
    row.sent_prompt = policies.compose_prompt(row).text
    _reserve(row, model, now)
    row.weight = queue.LESSON_WEIGHT if lesson is not None else queue.HOMEWORK_WEIGHT
    tags = queue.take_tags(limit=model.limit, student_pk=press.student.pk, count=row.count, weight=row.weight)
    row.start_tag, row.finish_tag = tags.start, tags.finish
    row.save(force_insert=True)
    wake_unless_armed(model.limit_id, model.limit.armed_at - now)
    return row


def _new_row(press: _Press, now: float) -> Generation:
    assignment, verdict = press.assignment, press.verdict
    return Generation(
        assignment=assignment,
        classroom=assignment.classroom,
        membership=press.membership,
        student=press.student,
        operation=press.operation,
        prompt=press.prompt,
        language=press.language,
        source=press.source,
        variety=assignment.variety,
        idempotency_key=press.key,
        body_hash=press.body_hash,
        policy_version=verdict.version[:120],
        matches=[match_facts(match) for match in verdict.matches],
        warnings=[match_facts(match) for match in verdict.warnings],
        hint=verdict.hint,
        verdict_kind=verdict.kind,
        created_at=as_moment(now),
        changed_at=as_moment(now),
    )


def cancel_generation(*, generation: Generation, actor: User) -> Generation:
    """Take a waiting press back; its try, its money and its turn are free again.

    Raises:
        NotAllowed: neither its student nor somebody who runs the class.
        Conflict: code ``not_waiting``, it is being drawn or has ended.
    """
    if generation.student_id != actor.pk and not generation.classroom.can_be_managed_by(actor):
        raise NotAllowed(_("Only its student or a teacher can cancel this."))
    if not transitions.cancel(generation):
        raise Conflict(_("It is being drawn already, so it can't be cancelled any more."), code="not_waiting")
    return generation


def waiting_for(generations: Iterable[Generation]) -> dict[int, Waiting]:
    """Place and time to wait of each unfinished row, by pk; the number of queries doesn't grow with the rows."""
    return eta.forecast(list(generations))


def tries_left(*, student: User, assignments: Sequence[Assignment]) -> dict[int, int]:
    """How often the student may still press in each assignment, by pk; one query."""
    used = dict(
        Generation.objects.filter(student=student, assignment__in=[each.pk for each in assignments])
        .costing_a_try()
        .order_by()
        .values_list("assignment_id")
        .annotate(used=Count("pk"))
    )
    return {each.pk: max(0, each.tries - used.get(each.pk, 0)) for each in assignments}


def clean_key(key: str) -> str:
    key = key.strip()
    if not key or len(key) > MAX_KEY_LENGTH or not key.isprintable():
        raise Invalid(_("The key of this press is missing or too long."), code="key")
    return key


def language_of(prompt: str) -> Literal["ko", "en"]:
    """Korean as soon as one Hangul letter stands in it."""
    return "ko" if _HANGUL.search(unicodedata.normalize("NFC", prompt)) else "en"


def make_seed(assignment: Assignment, prompt: str, operation: str, variety: float) -> int:
    """A seed of 31 bits. Variety 0 gives one seed for the same words, 1 any; between, from so many more.

    A variation always differs from what it varies.
    """
    digest = hashlib.sha256(f"{assignment.pk}\n{prompt}".encode()).digest()
    base = int.from_bytes(digest[:4], "big") & 0x7FFFFFFF
    freedom = 31.0 if operation == Operation.VARY else 31.0 * min(max(variety, 0.0), 1.0)
    return (base + secrets.randbelow(max(1, round(2**freedom)))) & 0x7FFFFFFF


def match_facts(match: Match) -> dict[str, Any]:
    """A match as it stands with its generation; ``is_secret`` where the term must not be told."""
    return {
        "term": match.term,
        "start": match.start,
        "end": match.end,
        "text": match.text,
        "rule": str(match.rule),
        "list": match.list_name,
        "version": match.version,
        "group": match.group,
        "hint": match.hint,
        "is_secret": match.term is None,
    }


def _known_press(student: User, key: str, body_hash: str) -> Generation | None:
    row = Generation.objects.filter(student=student, idempotency_key=key).first()
    if row is not None and row.body_hash != body_hash:
        raise Conflict(_("This key was used for other words before."), code="key_reused")
    return row


def _hash_body(
    assignment: Assignment,
    prompt: str,
    operation: str,
    source: Picture | None,
    mask: bytes | None,
    count: int | None,
) -> str:
    body = {
        "assignment": assignment.pk,
        "prompt": prompt,
        "operation": str(operation),
        "source": source.pk if source else None,
        "mask": hashlib.sha256(mask).hexdigest() if mask else None,
        "count": count,
    }
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _membership_of(student: User, assignment: Assignment) -> Membership:
    membership = (
        Membership.objects.current()
        .students()
        .filter(user=student, classroom_id=assignment.classroom_id)
        .first()
    )
    if membership is None:
        raise NotAllowed(_("Only students of this class can draw here."))
    return membership


def _check_words(prompt: str) -> None:
    if not prompt:
        raise Invalid(_("Write what you want to see first."), code="empty")
    if len(prompt) > MAX_LENGTH:
        raise Invalid(_("Use at most %(count)d characters.") % {"count": MAX_LENGTH}, code="too_long")


def _check_source(student: User, assignment: Assignment, operation: str, source: Picture | None) -> None:
    if operation not in Operation.values:
        raise Invalid(_("There is no such way to draw."), code="operation")
    if operation == Operation.DRAW:
        if source is not None:
            raise Invalid(_("A new picture starts from words alone."), code="source")
        return
    own = Picture.objects.visible_to(student).filter(
        generation__student=student, generation__assignment=assignment
    )
    if source is None or not own.filter(pk=source.pk).exists():
        raise Invalid(_("Choose one of your own pictures to start from."), code="source")


def _check_open(assignment: Assignment, membership: Membership, now: float) -> Lesson | None:
    """Whether pictures may be drawn now, as far as task, student and lesson go; returns the running lesson."""
    moment = as_moment(now)
    if not assignment.is_open_at(moment) or assignment.classroom.archived_at is not None:
        raise Conflict(_("This task is closed. Your pictures are still here."), code="closed")
    if membership.paused_until is not None and membership.paused_until > moment:
        rest = membership.paused_until - moment
        if rest < timedelta(hours=1):
            minutes = max(1, round(rest.total_seconds() / 60))
            detail = _("Take a short break. You can draw again in about %(minutes)d min.") % {
                "minutes": minutes
            }
            raise Conflict(detail, code="paused")
    lesson = Lesson.objects.running().filter(classroom_id=assignment.classroom_id).first()
    if lesson is not None and lesson.is_paused:
        raise Conflict(_("Your teacher has paused the lesson. Your words are still here."), code="paused")
    return lesson


def _choose_model(press: _Press) -> ImageModel:
    needs_source = press.source is not None
    model = choice.choose_model(
        press.assignment.classroom.school,
        press.assignment.image_model_id,
        must_edit=needs_source,
        must_mask=bool(press.mask),
    )
    if model is None and press.mask:
        raise Invalid(
            _("No model here can change a marked part only. Change the whole picture."), code="cells"
        )
    if model is None:
        detail = _("Drawing is switched off right now. Tell your teacher, and keep your words for later.")
        raise Conflict(detail, code="paused")
    return model


def _put_mask(mask: bytes) -> str:
    try:
        return storing.put_mask(mask)
    except storing.StorageFailed as error:
        logger.error("a mask was not kept: %s", error)
        detail = _(
            "The marked part can't be kept right now. Your words are still here; try again in a minute."
        )
        raise Conflict(detail, code="paused") from error


def _count(press: _Press, model: ImageModel) -> int:
    allowed = press.assignment.pictures_per_press
    wanted = press.count if press.count is not None else allowed
    if not 1 <= wanted <= allowed:
        raise Invalid(
            _("You can draw at most %(count)d pictures at once.") % {"count": allowed}, code="count"
        )
    return min(wanted, model.max_count)


def _reserve(row: Generation, model: ImageModel, now: float) -> None:
    price = budget.highest_price(model, row.count)
    if price <= budget.ZERO:
        return
    school = row.classroom.school
    row.budget_day = budget.school_day(school, as_moment(now))
    row.reserved_usd = price
    try:
        budget.reserve(
            school=school,
            classroom_pk=row.classroom_id,
            student_pk=row.student_id,
            day=row.budget_day,
            price=price,
        )
    except budget.BudgetUsedUp as error:
        detail = _("Today's pictures are used up. You can draw again tomorrow.")
        raise Conflict(detail, code="budget", scope=error.scope) from error


def _already_unfinished() -> Conflict:
    return Conflict(_("Your last picture is still on its way. Wait for it first."), code="already_unfinished")

"""Showing works outside the class: chosen by a teacher, with consent on record, behind a link that can be closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Picture
from edu4all.accounts.models import AuditEvent, Classroom, User
from edu4all.web.problems import Conflict, Invalid
from gallery.models import Exhibit, Exhibition, Submission, make_exhibition_key

from .rights import require_manager
from .words import clean_line, clean_text, limited

MOST_EXHIBITS = 200


def create_exhibition(*, classroom: Classroom, creator: User, title: str, text: str = "") -> Exhibition:
    """A new exhibition, closed and empty."""
    require_manager(classroom=classroom, person=creator)
    title = limited(clean_line(title), 120)
    if not title:
        raise Invalid(_("Give the exhibition a title."), code="title")
    return Exhibition.objects.create(
        classroom=classroom, created_by=creator, title=title, text=limited(clean_text(text), 1000)
    )


def hang_pictures(*, exhibition: Exhibition, actor: User, pictures: Iterable[Picture]) -> int:
    """Add approved pictures of the class, each once, with the title it was handed in with; how many are new.

    Nothing becomes public by this: each work waits for its consent.
    """
    require_manager(classroom=exhibition.classroom, person=actor)
    wanted = {picture.pk for picture in pictures}
    with transaction.atomic():
        Exhibition.objects.select_for_update().get(pk=exhibition.pk)
        hanging = set(exhibition.exhibits.values_list("picture_id", flat=True))
        chosen = Picture.objects.on_wall().filter(
            pk__in=wanted - hanging, generation__classroom_id=exhibition.classroom_id
        )
        new = list(chosen.order_by("created_at", "pk"))
        if len(hanging) + len(new) > MOST_EXHIBITS:
            raise Invalid(
                _("An exhibition holds at most %(most)d works.") % {"most": MOST_EXHIBITS}, code="too_many"
            )
        titles = _titles(new)
        last = exhibition.exhibits.aggregate(last=Max("position"))["last"] or 0
        Exhibit.objects.bulk_create(
            Exhibit(
                exhibition=exhibition,
                picture=picture,
                title=titles.get(picture.pk, ""),
                position=last + place,
            )
            for place, picture in enumerate(new, 1)
        )
    return len(new)


def _titles(pictures: list[Picture]) -> dict[int, str]:
    rows = Submission.objects.filter(pictures__in=pictures).values_list("pictures", "title")
    return dict(rows)


def label_exhibit(*, exhibit: Exhibit, actor: User, title: str, artist_label: str) -> None:
    """What the label says in public: no name stands there unless a teacher wrote one."""
    require_manager(classroom=exhibit.exhibition.classroom, person=actor)
    Exhibit.objects.filter(pk=exhibit.pk).update(
        title=limited(clean_line(title), 80), artist_label=limited(clean_line(artist_label), 80)
    )


def record_consent(
    *,
    exhibit: Exhibit,
    actor: User,
    consented_by: str,
    consented_at: date,
    label: Mapping[str, str] | None = None,
) -> None:
    """Note who agreed that this work is shown, and when; who noted it goes to the school's log.

    ``label`` is what ``label_exhibit`` takes and is saved in the same step: nothing is public for a
    moment under another label than the one that stood beside the consent.

    Raises:
        Invalid: code ``consent``, no name, or a day that has not come.
    """
    require_manager(classroom=exhibit.exhibition.classroom, person=actor)
    consented_by = limited(clean_line(consented_by), 120)
    if not consented_by:
        raise Invalid(_("Write who gave the consent."), code="consent")
    if consented_at > timezone.localdate():
        raise Invalid(_("That day has not come yet."), code="consent")
    changes = {"consented_by": consented_by, "consented_at": consented_at, "consent_withdrawn_at": None}
    with transaction.atomic():
        if label is not None:
            label_exhibit(exhibit=exhibit, actor=actor, **label)
        Exhibit.objects.filter(pk=exhibit.pk).update(
            **changes, consent_recorded_by=actor, consent_recorded_at=timezone.now()
        )
        after = {"exhibit": exhibit.pk, "by": consented_by, "on": consented_at.isoformat()}
        _log(exhibit.exhibition, actor, "consent.recorded", exhibit.title, after, _artist(exhibit))


def withdraw_consent(*, exhibit: Exhibit, actor: User) -> None:
    """Take the work out of public view at once; the old consent stays on record as withdrawn."""
    require_manager(classroom=exhibit.exhibition.classroom, person=actor)
    with transaction.atomic():
        rows = Exhibit.objects.filter(pk=exhibit.pk, consented_at__isnull=False, consent_withdrawn_at=None)
        if rows.update(consent_withdrawn_at=timezone.now()):
            after = {"exhibit": exhibit.pk}
            _log(exhibit.exhibition, actor, "consent.withdrawn", exhibit.title, after, _artist(exhibit))


def take_down_exhibit(*, exhibit: Exhibit, actor: User) -> None:
    require_manager(classroom=exhibit.exhibition.classroom, person=actor)
    with transaction.atomic():
        gone, _rows = Exhibit.objects.filter(pk=exhibit.pk).delete()
        if gone:
            after = {"picture": exhibit.picture_id, "consented_by": exhibit.consented_by}
            _log(exhibit.exhibition, actor, "exhibit.taken_down", exhibit.title, after, _artist(exhibit))


def open_exhibition(*, exhibition: Exhibition, actor: User, ends_at: datetime | None = None) -> None:
    """Let the public in until ``ends_at``. One that was closed gets a new link, so an old one stays dead.

    Raises:
        Conflict: code ``no_consent``, there is nothing that may be shown.
        Invalid: code ``ends_at``, an end in the past.
    """
    require_manager(classroom=exhibition.classroom, person=actor)
    now = timezone.now()
    if ends_at is not None and ends_at <= now:
        raise Invalid(_("The end has to lie in the future."), code="ends_at")
    with transaction.atomic():
        locked = Exhibition.objects.select_for_update().get(pk=exhibition.pk)
        if locked.is_open:
            return
        if not locked.exhibits.consented().exists():
            raise Conflict(_("Record the consent for at least one work first."), code="no_consent")
        changes: dict[str, Any] = {"opened_at": now, "closed_at": None, "ends_at": ends_at}
        if locked.opened_at is not None:
            changes["key"] = make_exhibition_key()
        Exhibition.objects.filter(pk=locked.pk).update(**changes)
        _log(locked, actor, "exhibition.opened", locked.title, {"exhibition": locked.pk})
    exhibition.refresh_from_db()


def close_exhibition(*, exhibition: Exhibition, actor: User) -> None:
    require_manager(classroom=exhibition.classroom, person=actor)
    with transaction.atomic():
        rows = Exhibition.objects.filter(pk=exhibition.pk, opened_at__isnull=False, closed_at=None)
        if rows.update(closed_at=timezone.now()):
            _log(exhibition, actor, "exhibition.closed", exhibition.title, {"exhibition": exhibition.pk})
    exhibition.refresh_from_db()


def _artist(exhibit: Exhibit) -> User:
    return exhibit.picture.generation.student


def _log(
    exhibition: Exhibition,
    actor: User,
    verb: str,
    target: str,
    after: dict[str, Any],
    subject: User | None = None,
) -> None:
    AuditEvent.objects.create(
        school_id=exhibition.classroom.school_id,
        actor=actor,
        actor_name=str(actor)[:80],
        verb=verb,
        target=target[:200],
        subject=subject,
        classroom=exhibition.classroom,
        after=after,
    )

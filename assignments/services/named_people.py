"""Living artists and real people whom a school's prompts must not name: the shipped lists and an admin's changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from assignments import policy as engine
from assignments.models import NamedPerson
from edu4all.accounts.models import School, User
from edu4all.accounts.services.people import record
from edu4all.web.problems import Invalid

MOST_NAMES = 2000
MOST_LETTERS = 80


def shipped_names(kind: str) -> tuple[str, ...]:
    """The short list that holds in every school until its admin takes a name out."""
    return engine.shipped.artists() if kind == NamedPerson.Kind.ARTIST else engine.shipped.people()


def refused_names(school_pk: int) -> tuple[tuple[str, str], ...]:
    """Who may not be named in this school's prompts, as sorted pairs of kind and name; one query."""
    names = {(str(kind), name) for kind in NamedPerson.Kind.values for name in shipped_names(kind)}
    for kind, name, is_allowed in NamedPerson.objects.filter(school_id=school_pk).values_list(
        "kind", "name", "is_allowed"
    ):
        (names.discard if is_allowed else names.add)((kind, name))
    return tuple(sorted(names))


def allowed_names(school_pk: int) -> tuple[tuple[str, str], ...]:
    """Whom of the shipped lists the admin has taken out, as sorted pairs of kind and name."""
    rows = NamedPerson.objects.filter(school_id=school_pk, is_allowed=True)
    return tuple(
        sorted((kind, name) for kind, name in rows.values_list("kind", "name") if name in shipped_names(kind))
    )


def add_named_people(*, school: School, actor: User, kind: str, names: Iterable[str]) -> int:
    """Add names to one of the two lists, or put shipped ones back; how many are new on it.

    Raises:
        Invalid: an unknown list, a name that is too long, or too many names.
    """
    _check_kind(kind)
    wanted = _clean_names(names)
    shipped = set(shipped_names(kind))
    with transaction.atomic():
        school = School.objects.select_for_update().get(pk=school.pk)
        rows = NamedPerson.objects.filter(school=school, kind=kind)
        refused = {name for of_kind, name in refused_names(school.pk) if of_kind == kind}
        new = [name for name in wanted if name not in refused]
        if len(refused) + len(new) > MOST_NAMES:
            raise Invalid(_("A list of people has at most %(count)d names.") % {"count": MOST_NAMES})
        if not new:
            return 0
        rows.filter(name__in=new, is_allowed=True).delete()
        NamedPerson.objects.bulk_create(
            NamedPerson(school=school, kind=kind, name=name) for name in new if name not in shipped
        )
        record(actor=actor, verb="named_people.added", school=school, after={kind: new})
    return len(new)


def remove_named_people(*, school: School, actor: User, kind: str, names: Iterable[str]) -> int:
    """Let prompts name these people again; how many stood on the list.

    Raises:
        Invalid: an unknown list.
    """
    _check_kind(kind)
    wanted = set(names)
    with transaction.atomic():
        school = School.objects.select_for_update().get(pk=school.pk)
        gone = [name for of_kind, name in refused_names(school.pk) if of_kind == kind and name in wanted]
        if not gone:
            return 0
        NamedPerson.objects.filter(school=school, kind=kind, name__in=gone).delete()
        shipped = set(shipped_names(kind))
        NamedPerson.objects.bulk_create(
            NamedPerson(school=school, kind=kind, name=name, is_allowed=True)
            for name in gone
            if name in shipped
        )
        record(actor=actor, verb="named_people.removed", school=school, before={kind: gone})
    return len(gone)


def _check_kind(kind: str) -> None:
    if kind not in NamedPerson.Kind.values:
        raise Invalid(_("There is no such list of people."))


def _clean_names(names: Iterable[str]) -> list[str]:
    wanted = dict.fromkeys(" ".join(name.replace("\x00", "").split()) for name in names)
    wanted.pop("", None)
    for name in wanted:
        if len(name) > MOST_LETTERS:
            raise Invalid(
                _("“%(name)s…” is too long: a name has at most 80 characters.") % {"name": name[:20]}
            )
    return list(wanted)

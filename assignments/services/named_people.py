"""A school's lists of living artists and real people whom its prompts must not name."""

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


def add_named_people(*, school: School, actor: User, kind: str, names: Iterable[str]) -> int:
    """Add names to one of the two lists; how many are new.

    Raises:
        Invalid: an unknown list, a name that is too long, or too many names.
    """
    if kind not in NamedPerson.Kind.values:
        raise Invalid(_("There is no such list of people."))
    wanted = dict.fromkeys(" ".join(name.replace("\x00", "").split()) for name in names)
    wanted.pop("", None)
    for name in wanted:
        if len(name) > 80:
            raise Invalid(
                _("“%(name)s…” is too long: a name has at most 80 characters.") % {"name": name[:20]}
            )
    with transaction.atomic():
        school = School.objects.select_for_update().get(pk=school.pk)
        known = set(NamedPerson.objects.filter(school=school, kind=kind).values_list("name", flat=True))
        new = [name for name in wanted if name not in known]
        if len(known) + len(new) > MOST_NAMES:
            raise Invalid(_("A list of people has at most %(count)d names.") % {"count": MOST_NAMES})
        if not new:
            return 0
        NamedPerson.objects.bulk_create(NamedPerson(school=school, kind=kind, name=name) for name in new)
        record(actor=actor, verb="named_people.added", school=school, after={kind: new})
    return len(new)


def remove_named_people(*, school: School, actor: User, pks: Iterable[int]) -> int:
    """Take names off the lists; how many there were."""
    with transaction.atomic():
        rows = list(NamedPerson.objects.filter(school=school, pk__in=list(pks)).order_by("name"))
        if not rows:
            return 0
        NamedPerson.objects.filter(pk__in=[row.pk for row in rows]).delete()
        gone: dict[str, list[str]] = {}
        for row in rows:
            gone.setdefault(row.kind, []).append(row.name)
        record(actor=actor, verb="named_people.removed", school=school, before=gone)
    return len(rows)


def shipped_names(kind: str) -> tuple[str, ...]:
    """The short list that a school may begin with."""
    return engine.shipped.artists() if kind == NamedPerson.Kind.ARTIST else engine.shipped.people()

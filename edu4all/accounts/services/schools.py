from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from edu4all.accounts.models import School, User

from .people import record


def plain(value: Any) -> Any:
    """A fact as the audit log keeps it: rows by their name, numbers and dates as text."""
    if hasattr(value, "_meta"):
        return str(value)
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def save_school(*, school_pk: int, actor: User, changes: Mapping[str, Any]) -> School:
    """Change facts of a school; before and after go to the audit log, unchanged ones don't."""
    with transaction.atomic():
        school = School.objects.select_for_update().get(pk=school_pk)
        changed = {name: value for name, value in changes.items() if getattr(school, name) != value}
        if not changed:
            return school
        before = {name: plain(getattr(school, name)) for name in changed}
        for name, value in changed.items():
            setattr(school, name, value)
        school.save(update_fields=list(changed))
        after = {name: plain(value) for name, value in changed.items()}
        record(actor=actor, verb="school.edited", target=school, school=school, before=before, after=after)
    return school

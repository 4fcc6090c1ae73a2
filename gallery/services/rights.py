from __future__ import annotations

from django.utils.translation import gettext as _

from edu4all.accounts.models import Classroom, User
from edu4all.web.problems import NotAllowed


def require_manager(*, classroom: Classroom, person: User) -> None:
    """Whoever judges runs the class.

    Raises:
        NotAllowed: the person neither teaches the class nor is the school's admin.
    """
    if not classroom.can_be_managed_by(person):
        raise NotAllowed(_("Only the teachers of the class may do this."))

"""Which disallow list a page is about: the school's base list or a class's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from assignments.models import TermList
from assignments.services.policies import base_list, class_list
from edu4all.accounts.models import Classroom
from edu4all.accounts.permissions import get_managed_classroom

PAGES = ("", "add", "remove", "try", "groups", "starter", "history", "download")


@dataclass(frozen=True)
class Place:
    """A list with what its pages need: who may write in it and where its pages are."""

    term_list: TermList
    classroom: Classroom | None
    can_edit: bool

    @property
    def has_personal(self) -> bool:
        return self.classroom is not None

    def url(self, page: str = "", *more: Any) -> str:
        name = "class_terms" if self.classroom else "base_terms"
        where = [self.classroom.pk] if self.classroom else []
        return reverse(f"assignments:{name}_{page}" if page else f"assignments:{name}", args=[*where, *more])

    @property
    def urls(self) -> dict[str, str]:
        """Addresses for templates, by page; the list itself is ``list``."""
        return {page or "list": self.url(page) for page in PAGES}


def get_place(user: Any, pk: int | None, *, is_writing: bool = False) -> Place:
    """The list of the class ``pk``, or without one the base list of the person's school.

    Raises:
        Http404: the class isn't visible to this person.
        PermissionDenied: students read no lists, and only an admin writes in the base list.
    """
    if pk is not None:
        classroom = get_managed_classroom(user, pk)
        term_list = class_list(classroom)
        term_list.classroom, term_list.school = classroom, classroom.school
        return Place(term_list, classroom, can_edit=True)
    if user.school_id is None or user.is_student or (is_writing and not user.is_school_admin):
        raise PermissionDenied
    term_list = base_list(user.school)
    term_list.school = user.school
    return Place(term_list, None, can_edit=user.is_school_admin)

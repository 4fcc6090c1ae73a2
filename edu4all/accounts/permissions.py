"""Rights, asked through the asker: not visible is 404, visible but not allowed is 403."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from edu4all.accounts.models import Classroom
from edu4all.web.http import PageRequest

View = Callable[..., HttpResponseBase]


def get_managed_classroom(user: Any, pk: int) -> Classroom:
    """The class, for somebody who runs it.

    Raises:
        Http404: the class isn't visible to this person.
        PermissionDenied: it is, but running it is not theirs.
    """
    classroom = get_object_or_404(Classroom.objects.visible_to(user).select_related("school"), pk=pk)
    if user.is_student:
        raise PermissionDenied
    return classroom


def role_required(*roles: str) -> Callable[[View], View]:
    """Let only these roles in; everybody else who is signed in gets 403."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.school_id is None or request.user.role not in roles:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


admin_required = role_required("admin")
staff_required = role_required("teacher", "admin")
student_required = role_required("student")
member_required = role_required("student", "teacher", "admin")

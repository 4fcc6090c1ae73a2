from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from assignments.models import Assignment
from assignments.views.classes import get_managed_assignment
from edu4all.accounts.models import Classroom
from edu4all.accounts.permissions import get_managed_classroom
from edu4all.web.http import PageRequest
from edu4all.web.problems import NotAllowed
from gallery.services.export import export_class, safe_name


def _archive(
    request: PageRequest, classroom: Classroom, assignments: Sequence[Assignment], name: str
) -> StreamingHttpResponse:
    try:
        parts = export_class(classroom=classroom, actor=request.user, assignments=assignments)
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    response = StreamingHttpResponse(parts, content_type="application/zip")
    filename = f"{safe_name(name)} {timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    )
    return response


@require_POST
@never_cache
def export_assignment(request: PageRequest, pk: int) -> StreamingHttpResponse:
    """One assignment's grades, prompts and pictures."""
    assignment = get_managed_assignment(request.user, pk)
    return _archive(request, assignment.classroom, [assignment], f"{assignment.classroom} {assignment.title}")


@require_POST
@never_cache
def export_classroom(request: PageRequest, pk: int) -> StreamingHttpResponse:
    """All assignments of a class in one archive, the oldest first."""
    classroom = get_managed_classroom(request.user, pk)
    assignments = list(Assignment.objects.filter(classroom=classroom).order_by("created_at", "pk"))
    return _archive(request, classroom, assignments, classroom.name)

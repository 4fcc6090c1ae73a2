from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from assignments.models import Picture
from edu4all.accounts.models import Classroom
from edu4all.accounts.permissions import member_required
from edu4all.web.http import PageRequest
from gallery.services.walls import hung_pictures, newest_of_each, tasks_on_wall, walls_of

from .acts import number_from

ON_A_PAGE = 24


@member_required
@require_safe
def walls(request: PageRequest) -> HttpResponse:
    """The walls one may walk along; whoever has one only is taken there."""
    classrooms = list(walls_of(request.user))
    if len(classrooms) == 1:
        return redirect("gallery:wall", classrooms[0].pk)
    newest = newest_of_each(request.user, classrooms)
    rows = [(classroom, newest.get(classroom.pk, [])) for classroom in classrooms]
    return render(request, "gallery/walls.html", {"rows": rows})


@require_safe
def wall(request: PageRequest, pk: int) -> HttpResponse:
    """The class's approved pictures. ``show=projector`` is for the whole room: large, names only when asked for."""
    classroom = get_object_or_404(Classroom.objects.visible_to(request.user).select_related("policy"), pk=pk)
    assignment_pk = number_from(request, "assignment")
    is_projector = request.GET.get("show") == "projector"
    pages = Paginator(hung_pictures(request.user, classroom, assignment_pk), ON_A_PAGE)
    tasks = list(tasks_on_wall(request.user, classroom))
    query = {"assignment": assignment_pk, "show": "projector" if is_projector else ""}
    query["names"] = request.GET.get("names", "")
    context = {
        "classroom": classroom,
        "page": pages.get_page(request.GET.get("page")),
        "tasks": tasks,
        "chosen": next((task for task in tasks if task.pk == assignment_pk), None),
        "is_manager": not request.user.is_student,
        "is_wall_open": getattr(getattr(classroom, "policy", None), "is_wall_open", True),
        "has_names": not is_projector or request.GET.get("names") == "1",
        "query": urlencode({name: value for name, value in query.items() if value}),
        "taken": _taken_down(request),
    }
    return render(request, "gallery/wall_projector.html" if is_projector else "gallery/wall.html", context)


def _taken_down(request: PageRequest) -> Picture | None:
    """The picture that was taken off just now, for the way back."""
    pk = number_from(request, "taken")
    if pk is None or request.user.is_student:
        return None
    rows = Picture.objects.visible_to(request.user).filter(moderation=Picture.Moderation.REJECTED)
    return rows.select_related("generation__student").filter(pk=pk).first()

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tests.web.styleguide import samples
from tests.web.styleguide.scenes import SCENES, draw_scene

ROLE_OF_PAGE = {
    "index": "teacher",
    "home_student": "student",
    "studio": "student",
    "wall": "student",
    "home_teacher": "teacher",
    "desk": "teacher",
    "lesson": "teacher",
    "grade": "teacher",
    "terms": "admin",
    "sign_in": "",
}
PEOPLE = {
    "student": ("김서연", "Seoyeon Kim"),
    "teacher": ("이하늘 선생님", "Ms Haneul Lee"),
    "admin": ("박정우 선생님", "Mr Jeongwoo Park"),
}


def person(role: str, is_korean: bool) -> SimpleNamespace:
    if not role:
        return SimpleNamespace(is_authenticated=False, is_superuser=False, role="")
    name = PEOPLE[role][0 if is_korean else 1]
    return SimpleNamespace(
        pk=1,
        school_id=1,
        username="sample",
        is_authenticated=True,
        is_superuser=False,
        role=role,
        display_name=name,
        get_role_display=role,
    )


@login_not_required
def style_page(request: HttpRequest, page: str) -> HttpResponse:
    """A prototype page with sample data; ``?state=`` chooses what is going on in it."""
    if page not in ROLE_OF_PAGE:
        raise Http404
    is_korean = request.LANGUAGE_CODE == "ko"
    context: dict[str, Any] = samples.context(page, is_korean, request.GET.get("state", ""))
    context["user"] = person(ROLE_OF_PAGE[page], is_korean)
    return render(request, f"styleguide/{page}.html", context)


@login_not_required
def sample_picture(request: HttpRequest, name: str) -> HttpResponse:
    if name not in SCENES:
        raise Http404
    return HttpResponse(draw_scene(SCENES[name]), content_type="image/svg+xml")


@login_not_required
def trouble_page(request: HttpRequest, name: str) -> HttpResponse:
    if name not in ("400", "403", "403_csrf", "404", "500", "throttled"):
        raise Http404
    return render(request, f"{name}.html", {"user": person("student", True), "wait_seconds": 40})

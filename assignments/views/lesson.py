"""The live lesson: buttons that start, pause and end it. Its table is a fragment that the gallery serves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assignments.models import Assignment
from assignments.services import lessons
from edu4all.accounts.models import Classroom
from edu4all.accounts.permissions import get_managed_classroom
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import Problem


@require_safe
def lesson(request: PageRequest, pk: int) -> HttpResponse:
    classroom = get_managed_classroom(request.user, pk)
    running = lessons.running_lesson(classroom)
    context = {
        "classroom": classroom,
        "lesson": running,
        "tasks": _open_tasks(classroom),
        "assignment": running.assignment if running else _chosen(request, classroom),
    }
    return render(request, "assignments/lesson.html", context)


def _open_tasks(classroom: Classroom) -> list[Assignment]:
    tasks = Assignment.objects.filter(classroom=classroom).exclude(published_at=None).open_first()
    return [task for task in tasks if task.is_open]


def _chosen(request: PageRequest, classroom: Classroom) -> Assignment | None:
    wanted = request.GET.get("task")
    if wanted:
        return get_object_or_404(Assignment, classroom=classroom, pk=number_of(wanted))
    return next(iter(_open_tasks(classroom)), None)


@require_POST
def start(request: PageRequest, pk: int) -> HttpResponse:
    classroom = get_managed_classroom(request.user, pk)
    wanted = number_of(request.POST.get("assignment"))
    assignment = get_object_or_404(Assignment, classroom=classroom, pk=wanted)
    try:
        lessons.start_lesson(classroom=classroom, assignment=assignment, actor=request.user)
    except Problem as problem:
        messages.error(request, problem.detail)
    return redirect("assignments:lesson", pk)


def _act(request: PageRequest, pk: int, act: str) -> HttpResponse:
    classroom = get_managed_classroom(request.user, pk)
    acts = {
        "pause": (lessons.pause_lesson, _("The lesson rests. Pictures in line wait; nothing is lost.")),
        "resume": (lessons.resume_lesson, _("The lesson goes on.")),
        "end": (lessons.end_lesson, _("The lesson is over. What waits is still drawn.")),
    }
    change, said = acts[act]
    page = reverse("assignments:lesson", args=[pk])
    try:
        changed = change(classroom=classroom, actor=request.user)
    except Problem as problem:
        messages.error(request, problem.detail)
        return HttpResponseRedirect(page)
    messages.success(request, said)
    # After the end too the page stays with the task that the lesson was about.
    return HttpResponseRedirect(f"{page}?task={changed.assignment_id}" if changed.assignment_id else page)


@require_POST
def pause(request: PageRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "pause")


@require_POST
def resume(request: PageRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "resume")


@require_POST
def end(request: PageRequest, pk: int) -> HttpResponse:
    return _act(request, pk, "end")

"""A teacher's classes: the list, one class, its task sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assignments.forms.assignments import AssignmentForm, criteria_formset, criteria_of
from assignments.models import Assignment, Lesson, Picture
from assignments.services import assignments as services
from assignments.services.facts import FactChanged, facts_that_differ
from assignments.services.lessons import end_lesson, running_lesson
from assignments.services.policies import class_policy
from edu4all.accounts.forms import ClassroomForm
from edu4all.accounts.models import Classroom, Membership
from edu4all.accounts.permissions import get_managed_classroom, staff_required
from edu4all.accounts.services import classrooms
from edu4all.web.http import PageRequest
from edu4all.web.problems import Problem


def _count(rows: QuerySet, group: str) -> Coalesce:
    """How many of these rows belong to the outer class, as a subquery: joins would multiply."""
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def classes_page(user: Any) -> QuerySet[Classroom]:
    """The classes one runs, with students, open tasks and pictures to review; one query."""
    outer = OuterRef("pk")
    return (
        Classroom.objects.managed_by(user)
        .open()
        .annotate(
            student_count=_count(
                Membership.objects.current().students().filter(classroom=outer), "classroom"
            ),
            task_count=_count(
                Assignment.objects.filter(classroom=outer, closed_at=None).exclude(published_at=None),
                "classroom",
            ),
            review_count=_count(
                Picture.objects.undecided().filter(generation__classroom=outer), "generation__classroom"
            ),
            is_in_lesson=Exists(Lesson.objects.filter(classroom=outer, ended_at=None)),
        )
        .order_by("name", "pk")
    )


def tasks_page(classroom: Classroom) -> QuerySet[Assignment]:
    """A class's task sheets with how many students have drawn; one query."""
    has_drawn = Q(generations__status__in=["ready", "held", "drawing", "checking", "queued"])
    mine = Assignment.objects.filter(classroom=classroom).open_first()
    return mine.annotate(student_count=Count("generations__student", filter=has_drawn, distinct=True))


@staff_required
def classes(request: PageRequest) -> HttpResponse:
    form = ClassroomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = classrooms.make_classroom(actor=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("The class is there. Now put your students in."))
        return redirect("accounts:roster", made.pk)
    context = {
        "classrooms": classes_page(request.user),
        "archived": Classroom.objects.managed_by(request.user).exclude(archived_at=None),
        "form": form,
    }
    return render(request, "assignments/classes.html", context, status=422 if form.errors else 200)


@require_safe
def classroom(request: PageRequest, pk: int) -> HttpResponse:
    shown = get_managed_classroom(request.user, pk)
    context = {
        "classroom": shown,
        "policy": class_policy(shown),
        "tasks": tasks_page(shown),
        "lesson": shown.lessons.filter(ended_at=None).select_related("assignment").first(),
        "student_count": shown.memberships.current().students().count(),
    }
    return render(request, "assignments/classroom.html", context)


def classroom_edit(request: PageRequest, pk: int) -> HttpResponse:
    """The class's name, and putting it away."""
    shown = get_managed_classroom(request.user, pk)
    name = shown.name  # a form writes what was sent into its instance
    form = ClassroomForm(request.POST or None, instance=shown)
    if request.method == "POST" and form.is_valid():
        classrooms.rename_classroom(classroom=shown, actor=request.user, name=form.cleaned_data["name"])
        messages.success(request, _("Saved."))
        return redirect("assignments:classroom", pk)
    context = {"classroom": shown, "name": name, "form": form}
    return render(request, "assignments/classroom_form.html", context, status=422 if form.errors else 200)


@require_POST
def classroom_state(request: PageRequest, pk: int) -> HttpResponse:
    """Put a class away or bring it back."""
    shown = get_managed_classroom(request.user, pk)
    if request.POST.get("action") == "archive":
        if running_lesson(shown):
            end_lesson(classroom=shown, actor=request.user)
        classrooms.archive_classroom(classroom=shown, actor=request.user)
        messages.success(request, _("The class is put away. You find it under your classes."))
        return redirect("assignments:classes")
    if request.POST.get("action") == "bring_back":
        classrooms.bring_back_classroom(classroom=shown, actor=request.user)
        messages.success(request, _("The class is back."))
    return redirect("assignments:classroom", pk)


def assignment_new(request: PageRequest, pk: int) -> HttpResponse:
    owner = get_managed_classroom(request.user, pk)
    return _edit(request, Assignment(classroom=owner))


def assignment_edit(request: PageRequest, pk: int) -> HttpResponse:
    return _edit(request, get_managed_assignment(request.user, pk))


def get_managed_assignment(user: Any, pk: int) -> Assignment:
    """The task sheet, for somebody who runs its class; 404 when not visible, 403 for its students."""
    visible = Assignment.objects.visible_to(user).select_related("classroom__school", "image_model")
    assignment = get_object_or_404(visible, pk=pk)
    if user.is_student:
        raise PermissionDenied
    return assignment


def _edit(request: PageRequest, assignment: Assignment) -> HttpResponse:
    form = AssignmentForm(request.POST or None, instance=assignment)
    rubric = criteria_formset(assignment, request.POST or None)
    seen = request.POST.get("seen", "")
    theirs: list[FactChanged] = []
    is_late = False  # a colleague saved first
    draft = f"task-{assignment.pk}" if assignment.pk else f"new-task-{assignment.classroom_id}"
    if request.method != "POST" and assignment.pk:
        seen = services.state_of(services.facts_of_sheet(assignment))
    if request.method == "POST" and form.is_valid() and rubric.is_valid():
        try:
            services.save_assignment(
                assignment=form.instance,
                actor=request.user,
                criteria=criteria_of(rubric, assignment),
                is_published=form.cleaned_data["is_published"],
                seen=seen,
            )
        except Problem as problem:
            form.add_error(None, problem.detail)
            is_late = problem.code == "version"
            if is_late:
                seen = services.state_of(problem.extra["facts"])
                theirs = facts_that_differ(
                    Assignment, problem.extra["facts"], services.facts_of_sheet(assignment)
                )
        else:
            said = _("“%(title)s” is saved.") % {"title": assignment.title}
            messages.success(request, said, extra_tags=draft)
            return redirect("assignments:classroom", assignment.classroom_id)
    is_bad = bool(form.errors) or (request.method == "POST" and not rubric.is_valid())
    context = {
        "form": form,
        "rubric": rubric,
        "assignment": assignment,
        "classroom": assignment.classroom,
        "seen": seen,
        "theirs": theirs,
        "is_late": is_late,
        "draft": draft,
    }
    status = 409 if is_late else 422 if is_bad else 200
    return render(request, "assignments/assignment_form.html", context, status=status)


@require_POST
def assignment_state(request: PageRequest, pk: int) -> HttpResponse:
    """Close, open again, or copy a task sheet as a draft."""
    assignment = get_managed_assignment(request.user, pk)
    action = request.POST.get("action")
    if action == "close":
        services.close_assignment(assignment=assignment, actor=request.user)
        messages.success(request, _("Closed: nothing new is drawn or handed in. What waits is still drawn."))
    elif action == "reopen":
        services.reopen_assignment(assignment=assignment, actor=request.user)
        messages.success(request, _("Open again."))
    elif action == "copy":
        copy = services.copy_assignment(
            assignment=assignment, classroom=assignment.classroom, actor=request.user
        )
        return redirect("assignments:assignment_edit", copy.pk)
    return redirect("assignments:classroom", assignment.classroom_id)

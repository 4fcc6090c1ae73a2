"""“This refusal looks wrong”: a student asks, a teacher answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assignments.models import Appeal, Generation, Picture
from assignments.models.appeal import AppealQuerySet
from assignments.services import appeals as services
from assignments.services.explanations import suggest_rewordings
from assignments.services.policies import effective_policy
from edu4all.accounts.models import User
from edu4all.accounts.permissions import staff_required
from edu4all.web.http import PageRequest
from edu4all.web.problems import Conflict, NotAllowed, Problem

APPEALS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class AppealShown:
    """A question with the exceptions that would let its words through, one a line."""

    appeal: Appeal
    suggestion: str = ""
    answer: str = ""
    answer_problem: str = ""
    suggestion_problem: str = ""


@require_POST
def appeal(request: PageRequest, pk: int) -> HttpResponse:
    """The student's one press; pressing again changes nothing."""
    generation = get_object_or_404(
        Generation.objects.visible_to(request.user).select_related("assignment", "classroom"), pk=pk
    )
    try:
        services.make_appeal(generation=generation, student=request.user)
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    except Conflict as problem:
        rewordings = suggest_rewordings(generation) if problem.code == "provider" else ()
        context = {"generation": generation, "problem": problem, "rewordings": rewordings}
        return render(request, "assignments/appeal_refused.html", context, status=409)
    messages.success(request, _("Your teacher will look at it. The answer will stand beside your words."))
    return HttpResponseRedirect(_desk_of(generation, request.user))


def _desk_of(generation: Generation, student: User) -> str:
    """The studio as it was when these words were pressed: with the picture that they were to change on the desk."""
    studio = reverse("assignments:studio", args=[generation.assignment_id])
    own = Picture.objects.visible_to(student).filter(generation__student=student)
    start = own.filter(descendants=generation).first()
    return f"{studio}?from={start.pk}" if start is not None else studio


def appeals_page(user: object) -> AppealQuerySet:
    """The questions of the classes one runs: open ones first and oldest first, then the answered ones, newest first."""
    is_open = Case(
        When(status=Appeal.Status.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    open_since = Case(When(status=Appeal.Status.OPEN, then="created_at"))
    return (
        Appeal.objects.visible_to(user)
        .filter(generation__classroom__archived_at=None)
        .select_related(
            "generation__student", "generation__assignment", "generation__classroom__school", "answered_by"
        )
        .order_by(is_open, open_since, "-answered_at", "pk")
    )


def _open_counts(user: object) -> dict[str, int]:
    """How many questions wait for an answer, and of how many students; one query."""
    return (
        appeals_page(user)
        .open()
        .order_by()
        .aggregate(open_count=Count("pk"), student_count=Count("generation__student", distinct=True))
    )


@staff_required
@require_safe
def appeals(request: PageRequest) -> HttpResponse:
    return _page(request)


@staff_required
@require_POST
def answer(request: PageRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(appeals_page(request.user), pk=pk)
    words = request.POST.get("answer", "")
    action = request.POST.get("action", "")
    try:
        if action == "allow":
            services.allow_once(appeal=found, teacher=request.user, answer=words)
        elif action == "except":
            texts = request.POST.get("exceptions", "").splitlines()
            services.add_exceptions(appeal=found, teacher=request.user, texts=texts, answer=words)
        else:
            services.explain(appeal=found, teacher=request.user, answer=words)
    except Problem as problem:
        if isinstance(problem, Conflict):  # its sheet shows the answer now and has no place for ours
            messages.error(request, str(problem.detail))
        return _page(request, problem=problem, failed=found, words=words)
    said = _("%(name)s will see your answer.") % {"name": found.generation.student}
    messages.success(request, said, extra_tags=f"appeal-{pk}")
    return redirect("assignments:appeals")


def _unanswered(row: Appeal, problem: Problem, suggestion: str, words: str) -> AppealShown:
    """A question with what was typed, and beside the box that is wrong what is wrong with it."""
    detail = str(problem.detail)
    if problem.code == "no_answer":
        return AppealShown(row, suggestion, words, answer_problem=detail)
    return AppealShown(row, suggestion, words, suggestion_problem=detail)


def _page(
    request: PageRequest, *, problem: Problem | None = None, failed: Appeal | None = None, words: str = ""
) -> HttpResponse:
    page = Paginator(appeals_page(request.user), APPEALS_A_PAGE).get_page(request.GET.get("page"))
    policies = {
        row.generation.classroom_id: row.generation.classroom
        for row in page
        if row.status == Appeal.Status.OPEN
    }
    policy_of = {key: effective_policy(classroom) for key, classroom in policies.items()}
    shown = []
    for row in page:
        if row.status != Appeal.Status.OPEN:
            shown.append(AppealShown(row))
            continue
        suggested = services.suggest_exceptions(row.generation, policy_of[row.generation.classroom_id])
        suggestion = "\n".join(suggested)
        if problem and failed and failed.pk == row.pk:
            shown.append(_unanswered(row, problem, request.POST.get("exceptions", suggestion), words))
        else:
            shown.append(AppealShown(row, suggestion))
    context = {"page": page, "shown": shown, "problem": problem, **_open_counts(request.user)}
    status = 200 if problem is None else (409 if isinstance(problem, Conflict) else 422)
    return render(request, "assignments/appeals.html", context, status=status)

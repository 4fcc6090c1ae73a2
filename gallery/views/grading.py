"""The grading desk: who has handed in what, one work beside the rubric, the release."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments.views.classes import get_managed_assignment
from edu4all.web.http import PageRequest
from edu4all.web.problems import Conflict, NotAllowed, Problem
from gallery.forms import QUICK_REASONS, GradeForm, ReturnForm
from gallery.models import Grade, Submission
from gallery.services.grades import grade_submission, release_grades
from gallery.services.grading import grade_of, grading_rows, neighbours_of, tally_of, with_work
from gallery.services.queue import tries_of
from gallery.services.submissions import return_submission

from .acts import problems_told

STATES = ("handed_in", "graded", "returned", "missing")


@require_safe
def submissions(request: PageRequest, pk: int) -> HttpResponse:
    """Every student of the class with what is handed in; ``state`` narrows the list."""
    assignment = get_managed_assignment(request.user, pk)
    rows = grading_rows(assignment)
    state = request.GET.get("state", "")
    context = {
        "assignment": assignment,
        "rows": [row for row in rows if row.state == state] if state in STATES else rows,
        "state": state,
        "tally": tally_of(rows),
        "total": len(rows),
        "most": sum(assignment.criteria.values_list("points", flat=True)),
        "first_to_grade": next((row.submission for row in rows if row.state == "handed_in"), None),
    }
    return render(request, "gallery/submissions.html", context)


def grading_page(request: PageRequest, submission: Submission) -> HttpResponse:
    """One work beside the rubric, for somebody who runs the class."""
    criteria = submission.assignment.criteria.all()
    form = GradeForm(
        request.POST or None, criteria=criteria, initial=GradeForm.initial_of(grade_of(submission))
    )
    if request.method != "POST":
        return _render_grading(request, submission, form)
    if not form.is_valid():
        return _render_grading(request, submission, form, status=422)
    try:
        grade_submission(
            submission=submission,
            grader=request.user,
            scores=form.scores,
            comment=form.cleaned_data["comment"],
            base_version=form.cleaned_data["version"],
        )
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    except Conflict as problem:
        return _render_conflict(request, submission, form, problem)
    except Problem as problem:
        form.add_error(None, str(problem.detail))
        return _render_grading(request, submission, form, status=problem.status_code)
    said = _("Saved: the grade of %(student)s.") % {"student": submission.student}
    messages.success(request, said, extra_tags=f"grade-{submission.pk}-{form.cleaned_data['version']}")
    following = neighbours_of(submission).next_to_grade_pk
    if following:
        return redirect("gallery:submission", following)
    return redirect("gallery:submissions", submission.assignment_id)


def _render_conflict(
    request: PageRequest, submission: Submission, form: GradeForm, problem: Conflict
) -> HttpResponse:
    """The same form with what was typed, and beside it what the colleague saved; saving again is a decision."""
    theirs = (
        Grade.objects.filter(submission=submission)
        .select_related("grader")
        .prefetch_related("scores")
        .first()
    )
    data = request.POST.copy()
    data["version"] = str(theirs.version if theirs else 0)
    again = GradeForm(data, criteria=form.criteria)
    again.is_valid()
    return _render_grading(request, submission, again, status=409, theirs=theirs, problem=problem)


def _render_grading(
    request: PageRequest,
    submission: Submission,
    form: GradeForm,
    *,
    status: int = 200,
    theirs: Grade | None = None,
    problem: Problem | None = None,
) -> HttpResponse:
    their_points = {score.criterion_id: score.points for score in theirs.scores.all()} if theirs else {}
    context = {
        "submission": submission,
        "assignment": submission.assignment,
        "works": [chosen.picture for chosen in submission.chosen.all()],
        "tries": tries_of(submission.student, submission.assignment),
        "neighbours": neighbours_of(submission),
        "form": form,
        "grade": grade_of(submission),
        "can_be_graded": submission.status in (Submission.Status.HANDED_IN, Submission.Status.GRADED),
        "problem": problem,
        "theirs": theirs,
        "their_scores": [(criterion, their_points.get(criterion.pk)) for criterion in form.criteria],
        "quick_reasons": QUICK_REASONS,
        "most": sum(criterion.points for criterion in form.criteria),
    }
    return render(request, "gallery/grade.html", context, status=status)


@require_POST
def grade(request: PageRequest, pk: int) -> HttpResponse:
    """The address that the form of the grading page posts to."""
    found = get_object_or_404(with_work(Submission.objects.visible_to(request.user)), pk=pk)
    if request.user.is_student:
        raise PermissionDenied
    return grading_page(request, found)


@require_POST
def return_page(request: PageRequest, pk: int) -> HttpResponse:
    """Give a hand-in back for another go, with a reason."""
    found = get_object_or_404(with_work(Submission.objects.visible_to(request.user)), pk=pk)
    if request.user.is_student:
        raise PermissionDenied
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write in a few words what to try next."))
        return redirect("gallery:submission", pk)
    with problems_told(request):
        return_submission(submission=found, teacher=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Given back to %(student)s.") % {"student": found.student})
    following = neighbours_of(found).next_to_grade_pk
    if following:
        return redirect("gallery:submission", following)
    return redirect("gallery:submissions", found.assignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: PageRequest, pk: int) -> HttpResponse:
    """A page that says how many are graded and how many are not; the press on it shows all grades together."""
    assignment = get_managed_assignment(request.user, pk)
    if request.method != "POST":
        context = {"assignment": assignment, "tally": tally_of(grading_rows(assignment))}
        return render(request, "gallery/release.html", context)
    with problems_told(request):
        count = release_grades(assignment=assignment, actor=request.user)
        said = ngettext("%(count)d grade can be seen now.", "%(count)d grades can be seen now.", count)
        messages.success(request, said % {"count": count})
    return redirect(reverse("gallery:submissions", args=[assignment.pk]))

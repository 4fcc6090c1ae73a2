"""The student's side: handing in, what came of it, taking it back; and the box that the studio shows of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from assignments.models import Assignment
from edu4all.accounts.permissions import student_required
from edu4all.web.htmx import render_page_or_fragment, wants_fragment
from edu4all.web.http import PageRequest
from edu4all.web.problems import NotAllowed, Problem
from gallery.forms import HandInForm
from gallery.models import Submission
from gallery.services.grading import with_work
from gallery.services.submissions import (
    CAN_BE_HANDED_IN,
    can_withdraw,
    choosable_pictures,
    hand_in,
    is_grade_told,
    withdraw,
)

from .acts import number_from, problems_told
from .grading import grading_page

# Nothing is left to do: it is with the teacher, or back with a grade.
DONE = frozenset({Submission.Status.HANDED_IN, Submission.Status.GRADED})
FIELD_OF = {"title": "title", "words": "title", "pictures": "picture", "monument": "monument"}


def _assignment(request: PageRequest, pk: int) -> Assignment:
    return get_object_or_404(Assignment.objects.visible_to(request.user).select_related("classroom"), pk=pk)


def _own_submission(request: PageRequest, assignment: Assignment) -> Submission | None:
    rows = Submission.objects.visible_to(request.user).filter(assignment=assignment, student=request.user)
    return rows.select_related("assignment", "grade").first()


@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_page(request: PageRequest, pk: int) -> HttpResponse:
    """Choose a picture, give it a title, say what was tried."""
    assignment = _assignment(request, pk)
    if not request.user.is_student:
        raise PermissionDenied
    submission = _own_submission(request, assignment)
    pictures = choosable_pictures(student=request.user, assignment=assignment).select_related("generation")
    form = HandInForm(
        request.POST or None,
        assignment=assignment,
        pictures=pictures,
        initial=HandInForm.initial_of(submission, number_from(request, "picture")),
    )
    if request.method == "POST" and form.is_valid() and (made := _handed_in(request, assignment, form)):
        return _go_to(request, made)
    if request.method != "POST" and submission is not None and submission.status not in CAN_BE_HANDED_IN:
        return redirect("gallery:submission", submission.pk)
    chosen_pk = str(form["picture"].value() or "")
    context = {
        "assignment": assignment,
        "submission": submission,
        # The chosen one comes first: on a phone the others lie beside it, out of sight.
        "pictures": sorted(pictures, key=lambda picture: str(picture.pk) != chosen_pk),
        "form": form,
        "chosen_pk": chosen_pk,
        "is_late": assignment.is_late_at(timezone.now()),
    }
    return render(request, "gallery/hand_in.html", context, status=422 if form.errors else 200)


def _go_to(request: PageRequest, made: Submission) -> HttpResponse:
    """The page of what is handed in; what the browser kept of the words may go now."""
    url = reverse("gallery:submission", args=[made.pk])
    if not wants_fragment(request):
        return redirect(url)
    return trigger_client_event(HttpResponseClientRedirect(url), "draft-saved")


def _handed_in(request: PageRequest, assignment: Assignment, form: HandInForm) -> Submission | None:
    """The submission; None when the form now says what is wrong."""
    data = form.cleaned_data
    try:
        made = hand_in(
            student=request.user,
            assignment=assignment,
            pictures=[data["picture"]],
            title=data["title"],
            reflection=data["reflection"],
            monument=data["monument"],
        )
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    except Problem as problem:
        form.add_error(FIELD_OF.get(problem.code), str(problem.detail))
        return None
    if not made.is_repeated:
        messages.success(request, _("Handed in. Your teacher can see it now."))
    return made


@require_safe
@student_required
def own_submissions(request: PageRequest) -> HttpResponse:
    """Where each of the student's hand-ins stands: a page, or a word beside every task of the list of tasks."""
    rows = Submission.objects.visible_to(request.user).select_related("assignment__classroom", "grade")
    context: dict = {
        "rows": [(found, shown_status(found)) for found in rows.order_by("-handed_in_at", "-pk")]
    }
    if wants_fragment(request):
        done = {found.assignment_id for found, status in context["rows"] if status in DONE}
        tasks = Assignment.objects.visible_to(request.user).select_related("classroom")
        open_tasks = [task for task in tasks if task.is_open]
        context["open_count"] = len(open_tasks)
        context["left_count"] = sum(task.pk not in done for task in open_tasks)
    return render_page_or_fragment(
        request, "gallery/own_submissions.html", "gallery/_task_states.html", context
    )


def shown_status(found: Submission) -> str:
    """The status as its student may know it: a grade that is not released shows as handed in."""
    is_kept_back = found.status == Submission.Status.GRADED and not is_grade_told(found)
    return Submission.Status.HANDED_IN if is_kept_back else found.status


@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: PageRequest, pk: int) -> HttpResponse:
    """The student's own hand-in with what came of it; for a teacher of the class the page to grade it on."""
    found = get_object_or_404(with_work(Submission.objects.visible_to(request.user)), pk=pk)
    if not request.user.is_student:
        return grading_page(request, found)
    if request.method == "POST":
        raise PermissionDenied
    return render(request, "gallery/submission.html", _own_context(found))


def _own_context(found: Submission) -> dict:
    status = shown_status(found)
    grade = found.grade if status == Submission.Status.GRADED else None
    works = [chosen.picture for chosen in found.chosen.all()]
    context: dict = {
        "submission": found,
        "assignment": found.assignment,
        "works": works,
        "can_withdraw": can_withdraw(found, timezone.now()),
        "can_hand_in": found.status in CAN_BE_HANDED_IN
        and (found.assignment.is_open or found.status == Submission.Status.RETURNED),
        "grade": grade,
        "status": status,
    }
    if grade is not None:
        points = {score.criterion_id: score.points for score in grade.scores.all()}
        criteria = [(criterion, points.get(criterion.pk)) for criterion in found.assignment.criteria.all()]
        context["scores"] = criteria
        context["sum"] = sum(points.values())
        context["most"] = sum(criterion.points for criterion, _points in criteria)
    return context


@require_POST
def withdraw_page(request: PageRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Submission.objects.visible_to(request.user).select_related("assignment"), pk=pk)
    with problems_told(request):
        withdraw(submission=found, student=request.user)
        messages.success(request, _("Taken back. You can change it and hand it in again."))
    return redirect("gallery:submission", pk)


@require_safe
def submission_box(request: PageRequest, pk: int) -> HttpResponse:
    """A fragment for the studio: where the hand-in stands and the next step; ``compact=1`` is the state alone."""
    assignment = _assignment(request, pk)
    context: dict = {"assignment": assignment, "is_compact": request.GET.get("compact") == "1"}
    if request.user.is_student:
        found = _own_submission(request, assignment)
        context["has_pictures"] = choosable_pictures(student=request.user, assignment=assignment).exists()
        context["is_late"] = assignment.is_late_at(timezone.now())
        if found is not None:
            context |= {"submission": found, "status": shown_status(found)}
    else:
        waiting = Submission.objects.filter(assignment=assignment, status=Submission.Status.HANDED_IN)
        context["waiting_count"] = waiting.count()
    return render(request, "gallery/_submission_box.html", context)

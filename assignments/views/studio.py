"""A student's tasks, and the studio in which one of them is drawn."""

from __future__ import annotations

from operator import attrgetter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import replace_url, trigger_client_event

from assignments import ideas
from assignments.forms.prompts import DrawForm
from assignments.models import Appeal, Assignment, Generation, Picture
from assignments.models.picture import PictureQuerySet
from assignments.policy import MAX_LENGTH
from assignments.services.appeals import mark_answers_seen
from assignments.services.explanations import is_gentle
from assignments.services.generations import cancel_generation, request_generation, tries_left, waiting_for
from assignments.services.labels import language_of_page
from assignments.views.studio_bar import passing_outlook
from assignments.views.studio_page import (
    deal_ideas,
    fresh_form,
    make_strip,
    preview_page,
    student_page,
)
from edu4all.accounts.permissions import student_required
from edu4all.web.htmx import wants_fragment
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import Problem

UNPROCESSABLE = 422
MOST_CLOSED = 30
closed_rank = attrgetter("closed_rank")  # put there by open_first()


def _assignment_for(request: PageRequest, pk: int) -> Assignment:
    rows = Assignment.objects.visible_to(request.user).select_related("classroom__school")
    return get_object_or_404(rows, pk=pk)


def _own_pictures(request: PageRequest, assignment_pk: int) -> PictureQuerySet:
    own = Picture.objects.visible_to(request.user).filter(generation__student=request.user)
    return own.filter(generation__assignment=assignment_pk).select_related("generation")


@require_safe
def assignment_list(request: PageRequest) -> HttpResponse:
    """A student's first page: what is open comes first, the nearest due date on top."""
    if not request.user.is_student:
        return redirect("home")
    rows = Assignment.objects.visible_to(request.user).open_first().select_related("classroom")
    assignments = list(rows)
    left = tries_left(student=request.user, assignments=assignments)
    tasks = [(row, left[row.pk]) for row in assignments]
    context = {
        "open_tasks": [task for task in tasks if closed_rank(task[0]) == 0],
        "answered": set(
            Appeal.objects.visible_to(request.user)
            .new_answers()
            .values_list("generation__assignment_id", flat=True)
        ),
        "given_back": set(
            Generation.objects.visible_to(request.user)
            .given_back_last()
            .values_list("assignment_id", flat=True)
        ),
        "closed_tasks": [task for task in tasks if closed_rank(task[0]) == 1][:MOST_CLOSED],
    }
    return render(request, "assignments/list.html", context)


@require_safe
def studio(request: PageRequest, pk: int) -> HttpResponse:
    """The studio; for those who run the class a preview without anybody's work."""
    assignment = _assignment_for(request, pk)
    if not request.user.is_student:
        return render(request, "assignments/studio.html", {"page": preview_page(assignment, request.user)})
    again, source_pk = number_of(request.GET.get("again")), number_of(request.GET.get("from"))
    source = None
    if source_pk is not None:
        source = get_object_or_404(_own_pictures(request, assignment.pk), pk=source_pk)
    page = student_page(assignment, request.user, again=again, source=source)
    response = render(request, "assignments/studio.html", {"page": page})
    mark_answers_seen(student=request.user, appeals=[press.appeal for press in page.new_answers])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
@student_required
def draw(request: PageRequest, pk: int) -> HttpResponse:
    """One press of the button. A refusal by the policy answers 422, what can't be done now 409."""
    assignment = _assignment_for(request, pk)
    if request.method != "POST":
        return redirect("assignments:studio", pk)
    form = DrawForm(request.POST, student=request.user, assignment=assignment)
    if not form.is_valid():
        return _answer(request, assignment, form, status=UNPROCESSABLE)
    data = form.cleaned_data
    try:
        requested = request_generation(
            student=request.user,
            assignment=assignment,
            prompt=data["prompt"],
            idempotency_key=data["key"],
            operation=data["operation"],
            source=data["source"],
            mask=data["mask"],
        )
    except Problem as problem:
        return _answer(request, assignment, form, problem=problem, status=problem.status_code)
    if requested.generation.status == Generation.Status.REFUSED:
        return _answer(request, assignment, form, refused=requested.generation, status=UNPROCESSABLE)
    if wants_fragment(request):
        return _answer(request, assignment, form)
    return redirect("assignments:studio", pk)


def _answer(
    request: PageRequest,
    assignment: Assignment,
    form: DrawForm,
    *,
    problem: Problem | None = None,
    refused: Generation | None = None,
    status: int = 200,
) -> HttpResponse:
    """The studio again with the same words on a fresh sheet, as a whole page or as the parts that changed."""
    source = form.cleaned_data.get("source") if hasattr(form, "cleaned_data") else None
    words = form.cleaned_data.get("prompt") or form.data.get("prompt", "")
    is_put_away = refused is not None and is_gentle(refused)  # a neighbour may look over the shoulder
    page = student_page(
        assignment,
        request.user,
        form=fresh_form(
            assignment, request.user, source=source, prompt="" if is_put_away else words, marks=request.POST
        ),
        source=source,
        problem=problem,
        mistakes=[str(mistake) for mistakes in form.errors.values() for mistake in mistakes],
        refused=refused,
    )
    template = "assignments/_studio_answer.html" if wants_fragment(request) else "assignments/studio.html"
    response = render(request, template, {"page": page, "is_answer": True}, status=status)
    return trigger_client_event(response, "draft-saved") if is_put_away else response


@require_safe
@vary_on_headers("HX-Request")
def generation(request: PageRequest, pk: int) -> HttpResponse:
    """One press: a page of its own, or the strip that the studio asks for while it is under way.

    ``seen`` names what the page shows already; as long as that is still true the answer is 204. ``from`` names
    the picture that lies on the desk to start from; what was made from it takes its place there.
    """
    found = _generation_for(request, pk)
    strip = make_strip(found, waiting_for([found]).get(found.pk) if found.is_unfinished else None)
    if not wants_fragment(request):
        pictures = found.pictures.visible_to(request.user).with_hidden_by(request.user).order_by("position")
        return render(request, "assignments/generation.html", {"strip": strip, "pictures": pictures})
    seen = request.GET.get("seen", "")
    if seen == strip.token:
        return HttpResponse(status=204)
    start_pk = number_of(request.GET.get("from"))
    context = {"strip": strip, "has_news": not seen.startswith(found.status), "start_pk": start_pk}
    if found.is_unfinished or not request.user.is_student:
        return render(request, "assignments/_studio_waits.html", context)
    start, is_going_on = _start_now(request, found, start_pk)
    context["page"] = student_page(found.assignment, request.user, source=start, is_going_on=is_going_on)
    response = render(request, "assignments/_studio_news.html", context)
    if start is not None and is_going_on:
        studio_url = reverse("assignments:studio", args=[found.assignment_id])
        replace_url(response, f"{studio_url}?from={start.pk}")  # a reload goes on from there too
    return trigger_client_event(response, "pictures-changed")


def _start_now(request: PageRequest, found: Generation, start_pk: int | None) -> tuple[Picture | None, bool]:
    """What lies on the desk to start from, and whether that is a picture which ``found`` made from the one before."""
    if start_pk is None:
        return None, False
    own = _own_pictures(request, found.assignment_id)
    is_change = found.operation in (Generation.Operation.REFINE, Generation.Operation.EDIT)
    if is_change and found.source_id == start_pk:
        made = own.filter(generation=found).order_by("position").first()
        if made is not None:
            return made, True
    return own.filter(pk=start_pk).first(), False


def _generation_for(request: PageRequest, pk: int) -> Generation:
    """Words that call for a gentle answer are kept out of what teachers open here; the safety page has them."""
    rows = Generation.objects.visible_to(request.user).select_related(
        "assignment__classroom__school", "classroom__school", "student", "appeal"
    )
    if not request.user.is_student:
        rows = rows.filter(verdict_kind="ordinary")
    return get_object_or_404(rows, pk=pk)


@require_safe
@vary_on_headers("HX-Request")
@student_required
def bar(request: PageRequest, pk: int) -> HttpResponse:
    """Whether Draw works. As long as ``seen`` still names how it stands the answer is 204."""
    assignment = _assignment_for(request, pk)
    if not wants_fragment(request):
        return redirect("assignments:studio", pk)
    seen = request.GET.get("seen", "")
    if passing_outlook(assignment, request.user).state == seen:
        return HttpResponse(status=204)
    page = student_page(assignment, request.user)
    if page.is_waiting:
        # Pressed in another tab: this one hears of the way to Draw when that picture has come.
        return HttpResponse(status=204)
    context = {"page": page, "was_clear": seen.startswith("clear")}
    return render(request, "assignments/_studio_look.html", context)


@require_POST
def cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Call off a press that still waits; one that is being drawn already goes on."""
    found = get_object_or_404(Generation.objects.visible_to(request.user), pk=pk)
    if not request.user.is_student:
        raise PermissionDenied
    try:
        cancel_generation(generation=found, actor=request.user)
    except Problem as problem:
        messages.warning(request, problem.detail)
    else:
        messages.success(request, _("Called off. The try is yours again."))
    return redirect("assignments:studio", found.assignment_id)


@require_safe
def idea_cards(request: PageRequest, pk: int) -> HttpResponse:
    """Another hand of ideas."""
    assignment = _assignment_for(request, pk)
    hand = deal_ideas(assignment, number_of(request.GET.get("deal")) or 0)
    return render(request, "assignments/_ideas.html", {"hand": hand, "assignment": assignment})


@require_POST
def hints(request: PageRequest, pk: int) -> HttpResponse:
    """A kind question to the words so far; nothing of them is kept."""
    _assignment_for(request, pk)
    prompt = request.POST.get("prompt", "")[:MAX_LENGTH]
    questions = ideas.improve(prompt, language_of_page()) if prompt.strip() else []
    return render(request, "assignments/_hints.html", {"questions": questions})

"""The review desk: one picture after the other, or all that wait at a glance."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from assignments.models import Picture
from edu4all.accounts.permissions import staff_required
from edu4all.web.htmx import render_page_or_fragment, wants_fragment
from edu4all.web.http import PageRequest, numbers_of
from edu4all.web.problems import Conflict
from gallery.forms import QUICK_REASONS, ReviewForm
from gallery.services.desk import desk_of
from gallery.services.queue import Choice, Turn, tries_of, turn_at, waiting_pictures, with_facts
from gallery.services.reviews import approve_pictures, review_picture

from .acts import go_back, number_from, problems_told

AT_A_GLANCE = 24


def _choice(request: PageRequest) -> Choice:
    is_told = request.GET.get("told") == "1"
    return Choice(number_from(request, "class"), number_from(request, "assignment"), is_told)


def _address(choice: Choice, **more: object) -> str:
    query = "&".join(part for part in (choice.query, urlencode({k: v for k, v in more.items() if v})) if part)
    return f"{reverse('gallery:reviews')}{'?' + query if query else ''}"


@require_safe
@staff_required
def reviews(request: PageRequest) -> HttpResponse:
    """The queue, on the wanted picture or on the one that has waited longest."""
    choice = _choice(request)
    waiting = waiting_pictures(request.user, choice)
    if request.GET.get("view") == "all":
        return _at_a_glance(request, choice)
    turn = turn_at(waiting, number_from(request, "picture"))
    context = {"choice": choice, "turn": turn, "desk": desk_of(request.user), **_turn_context(choice, turn)}
    context["is_fragment"] = wants_fragment(request)
    return render_page_or_fragment(request, "gallery/reviews.html", "gallery/_review.html", context)


def _turn_context(choice: Choice, turn: Turn | None) -> dict:
    if turn is None:
        return {}
    picture = turn.picture
    return {
        "picture": picture,
        "tries": tries_of(picture.generation.student, picture.generation.assignment),
        "quick_reasons": QUICK_REASONS,
        "before": _address(choice, picture=turn.before_pk) if turn.before_pk else "",
        "after": _address(choice, picture=turn.after_pk) if turn.after_pk else "",
        "back": _address(choice, picture=turn.after_pk),
    }


def _at_a_glance(request: PageRequest, choice: Choice) -> HttpResponse:
    waiting = waiting_pictures(request.user, choice)
    context = {
        "choice": choice,
        "total": waiting.count(),
        "pictures": with_facts(waiting)[:AT_A_GLANCE],
        "desk": desk_of(request.user),
        "back": _address(choice, view="all"),
        "one_by_one": _address(choice),
    }
    return render(request, "gallery/reviews_all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: PageRequest, pk: int) -> HttpResponse:
    """One picture with its history; a POST decides on it."""
    picture = get_object_or_404(with_facts(Picture.objects.visible_to(request.user)), pk=pk)
    if request.user.is_student:
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, picture)
    context = {
        "picture": picture,
        "tries": tries_of(picture.generation.student, picture.generation.assignment),
        "quick_reasons": QUICK_REASONS,
        "back": request.path,
    }
    return render(request, "gallery/review.html", context)


def _decide(request: PageRequest, picture: Picture) -> HttpResponse:
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose to approve or to return the picture."))
        return go_back(request, request.path)
    data = form.cleaned_data
    with problems_told(request):
        try:
            made = review_picture(picture=picture, reviewer=request.user, **data)
        except Conflict as problem:
            return _look_again(request, problem)
        messages.success(request, _said(made.decision, made.is_takedown, str(picture.generation.student)))
    return go_back(request, request.path)


def _look_again(request: PageRequest, problem: Conflict) -> HttpResponse:
    """The picture's own page, where the colleague's decision stands."""
    messages.warning(request, str(problem.detail))
    if wants_fragment(request):
        return HttpResponseClientRedirect(request.path)
    return HttpResponseRedirect(request.path)


def _said(decision: str, is_takedown: bool, student: str) -> str:
    if decision == "approve":
        return _("Approved: the picture by %(student)s.") % {"student": student}
    if is_takedown:
        return _("Taken off the wall: the picture by %(student)s.") % {"student": student}
    return _("Given back to %(student)s.") % {"student": student}


@require_POST
@staff_required
def approve_many(request: PageRequest) -> HttpResponse:
    """Approve the pictures that the form shows and names; others stay as they are."""
    wanted = numbers_of(request.POST.getlist("pictures"))
    pictures = (
        Picture.objects.visible_to(request.user).filter(pk__in=wanted).select_related("generation__classroom")
    )
    with problems_told(request):
        count = approve_pictures(pictures=pictures, reviewer=request.user)
        said = ngettext("%(count)d picture approved.", "%(count)d pictures approved.", count)
        messages.success(request, said % {"count": count})
    return go_back(request, reverse("gallery:reviews"))

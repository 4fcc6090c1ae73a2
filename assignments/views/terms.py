"""The disallow lists: read, search, try, and switch the shipped groups."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from assignments import policy as engine
from assignments.forms.policy import EntriesForm, StarterForm, TryForm
from assignments.models import ClassPolicy, TermEntry, TermList
from assignments.services.labels import group_label
from assignments.services.policies import base_list, class_policy, save_class_policy
from assignments.services.term_lines import write_lines
from assignments.services.term_review import list_policy
from assignments.services.trials import Trial, in_the_open, try_prompt, with_unsaved
from edu4all.accounts.models import Classroom
from edu4all.web.htmx import wants_fragment
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import Problem

from .terms_place import Place, get_place

ENTRIES_A_PAGE = 50
SHOWN = ("terms", "exceptions", "school")


@require_safe
def term_list(request: PageRequest, pk: int | None = None) -> HttpResponse:
    place = get_place(request.user, pk)
    return render(request, "assignments/terms.html", list_page(request, place))


def list_page(request: PageRequest, place: Place, **more: Any) -> dict[str, Any]:
    """What the list's page shows: one page of entries, the form for new ones, the box to try words in."""
    show = request.GET.get("show", "")
    show = show if show in SHOWN and (show != "school" or place.classroom) else "terms"
    search = " ".join(request.GET.get("q", "").split())[:100]
    source = base_list(place.term_list.school) if show == "school" else place.term_list
    kind = TermEntry.Kind.EXCEPTION if show == "exceptions" else TermEntry.Kind.TERM
    entries = found_entries(source.entries.current().filter(kind=kind), search)
    context = {
        "place": place,
        "classroom": place.classroom,
        "show": show,
        "kind": kind,
        "is_editable": place.can_edit and show != "school",
        "search": search,
        "page": Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"show": show} | ({"q": search} if search else {})),
        "counts": entry_counts(place.term_list),
        "form": EntriesForm(initial={"kind": kind}, has_personal=place.has_personal),
    }
    return context | more


def found_entries(entries: QuerySet[TermEntry], search: str) -> QuerySet[TermEntry]:
    """Those whose words or note hold the searched ones, in the order of the alphabet."""
    if search:
        entries = entries.filter(Q(text__icontains=search) | Q(note__icontains=search))
    return entries.order_by("text", "pk")


def entry_counts(source: TermList) -> dict[str, int]:
    rows = source.entries.current().order_by().values_list("kind").annotate(number=Count("pk"))
    return {"term": 0, "exception": 0} | dict(rows)


@vary_on_headers("HX-Request")
def try_words(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """Words tried against the list as it is, with the entries that stand unsaved in the form; nothing is kept."""
    place = get_place(request.user, pk)
    form = TryForm(request.POST if request.method == "POST" else request.GET)
    trial: Trial | None = None
    if form.is_valid() and form.cleaned_data["prompt"].strip():
        policy = in_the_open(with_unsaved(list_policy(place.term_list), form.unsaved()))
        trial = try_prompt(form.cleaned_data["prompt"], policy)
    context = {"trial": trial, "prompt": request.POST.get("prompt", "") or request.GET.get("prompt", "")}
    if wants_fragment(request):
        return render(request, "assignments/_trial.html", context)
    return render(request, "assignments/terms.html", list_page(request, place, **context))


@require_safe
def download(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The list as CSV, with the mark by which Korean spreadsheets know UTF-8."""
    place = get_place(request.user, pk)
    kind = request.GET.get("kind", "")
    kind = kind if kind in TermEntry.Kind.values else TermEntry.Kind.TERM
    entries = place.term_list.entries.current().filter(kind=kind).order_by("text", "pk")
    text = "\ufeff" + write_lines(entries, is_for_spreadsheet=True)
    name = f"disallow-{kind}s-{place.classroom.pk if place.classroom else 'school'}.csv"
    return HttpResponse(
        text.encode(),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def groups(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """The shipped groups with their terms; a class switches them."""
    place = get_place(request.user, pk, is_writing=request.method == "POST")
    if request.method == "POST" and place.classroom is not None:
        return _save_groups(request, place, place.classroom)
    settings = class_policy(place.classroom) if place.classroom else None
    return _groups_page(request, place, settings, settings.groups_off if settings else [])


def _groups_page(
    request: PageRequest,
    place: Place,
    settings: ClassPolicy | None,
    off: Collection[str],
    problem: Problem | None = None,
) -> HttpResponse:
    """``off`` as the person wants it; after a ``problem`` each group also says how it stands now."""
    now_off = settings.groups_off if settings else []
    context = {
        "place": place,
        "classroom": place.classroom,
        "settings": settings,
        "groups": [
            {
                "key": group.key,
                "label": group_label(group.key),
                "terms": group.terms,
                "is_on": group.key not in off,
                "is_different": (group.key in off) != (group.key in now_off),
            }
            for group in engine.shipped.groups()
        ],
        "starter": StarterForm(initial={"age": settings.age_group if settings else "11-13"}),
        "counts": entry_counts(place.term_list),
        "problem": problem,
    }
    return render(request, "assignments/term_groups.html", context, status=409 if problem else 200)


def _save_groups(request: PageRequest, place: Place, classroom: Classroom) -> HttpResponse:
    on = set(request.POST.getlist("group"))
    off = [group.key for group in engine.shipped.groups() if group.key not in on]
    try:
        save_class_policy(
            classroom=classroom,
            author=request.user,
            changes={"groups_off": off},
            seen_version=number_of(request.POST.get("seen_version")),
        )
    except Problem as problem:
        return _groups_page(request, place, class_policy(classroom), off, problem)
    messages.success(request, _("Saved. It counts from the next press."))
    return redirect(place.url("groups"))

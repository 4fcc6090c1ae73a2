"""Changing a disallow list: every change is shown with its warnings before it is saved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assignments import policy as engine
from assignments.forms.policy import EntriesForm, EntryForm, StarterForm
from assignments.models import TermEntry
from assignments.services.policies import Clash, EntryInput, change_term_list
from assignments.services.term_lines import parse_lines, write_lines
from assignments.services.term_review import review_entries
from edu4all.web.http import PageRequest, number_of, numbers_of
from edu4all.web.problems import Conflict, Problem

from .terms_place import Place, get_place


def add(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """New entries: a form, then what they would do, then saved."""
    place = get_place(request.user, pk, is_writing=True)
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        kind = kind if kind in TermEntry.Kind.values else TermEntry.Kind.TERM
        form = EntriesForm(
            initial={"kind": kind, "lines": request.GET.get("lines", "")[:2000]},
            has_personal=place.has_personal,
        )
        return _form_page(request, place, form)
    if request.POST.get("step") == "save":
        return _save(request, place)
    form = EntriesForm(request.POST, request.FILES, has_personal=place.has_personal)
    if not form.is_valid():
        return _form_page(request, place, form)
    try:
        return _preview(request, place, form.cleaned_data["entries"])
    except Problem as problem:
        form.add_error("lines", str(problem.detail))
        return _form_page(request, place, form)


@require_POST
def starter(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """A shipped first list for an age group, shown as new entries; what is there already stays."""
    place = get_place(request.user, pk, is_writing=True)
    form = StarterForm(request.POST)
    if not form.is_valid():
        return redirect(place.url("groups"))
    data = form.cleaned_data
    terms = engine.shipped.starter(data["age"], data["language"])
    return _preview(request, place, [EntryInput(term.text, "", group=term.group) for term in terms])


def edit(request: PageRequest, entry_pk: int, pk: int | None = None) -> HttpResponse:
    """One entry of the list. One that somebody changed meanwhile leads to what stands there now."""
    place = get_place(request.user, pk, is_writing=True)
    entry = get_object_or_404(place.term_list.entries.all(), pk=entry_pk)
    if entry.removed_version is not None and request.method != "POST":
        return _to_successor(request, place, entry)
    form = EntryForm(request.POST or None, instance=entry, has_personal=place.has_personal)
    if request.method == "POST" and form.is_valid():
        old = TermEntry.objects.get(pk=entry_pk)
        try:
            return _preview(request, place, [form.as_input()], replaces=old, seen=_seen(request))
        except Problem as problem:
            form.add_error("text", str(problem.detail))
    return _form_page(request, place, form, entry=entry)


def _to_successor(request: PageRequest, place: Place, entry: TermEntry) -> HttpResponse:
    newest = place.term_list.entries.current().filter(kind=entry.kind, text=entry.text).first()
    if newest is not None:
        return redirect(place.url("edit", newest.pk))
    messages.warning(request, _("“%(text)s” is not on the list any more.") % {"text": entry.text})
    return redirect(place.url())


@require_POST
def remove(request: PageRequest, pk: int | None = None) -> HttpResponse:
    """Take out one entry, or all that were ticked."""
    place = get_place(request.user, pk, is_writing=True)
    chosen = [request.POST["only"]] if request.POST.get("only") else request.POST.getlist("entry")
    pks = numbers_of(chosen)
    before = place.term_list.entries.current().filter(pk__in=pks).count()
    try:
        change_term_list(
            term_list=place.term_list, author=request.user, remove=pks, seen_version=_seen(request)
        )
    except Conflict as problem:
        context = {
            "place": place,
            "classroom": place.classroom,
            "problem": problem,
            "clashes": _clashes(problem),
        }
        return render(request, "assignments/terms_clash.html", context, status=409)
    if before:
        text = ngettext(
            "%(count)d entry is out of the list.", "%(count)d entries are out of the list.", before
        )
        messages.success(request, text % {"count": before})
    else:
        messages.info(request, _("Nothing was ticked, or it was out of the list already."))
    kind = request.POST.get("show", "")
    return redirect(place.url() + ("?show=exceptions" if kind == "exceptions" else ""))


def _form_page(
    request: PageRequest, place: Place, form: EntriesForm | EntryForm, entry: TermEntry | None = None
) -> HttpResponse:
    context = {"place": place, "classroom": place.classroom, "form": form, "entry": entry}
    return render(request, "assignments/terms_add.html", context, status=422 if form.errors else 200)


def _preview(
    request: PageRequest,
    place: Place,
    entries: list[EntryInput],
    *,
    replaces: TermEntry | None = None,
    seen: int | None = None,
    problem: Conflict | None = None,
) -> HttpResponse:
    """What the entries would do. Nothing is saved; the page carries them on to the next step."""
    if not place.has_personal:
        entries = [EntryInput(e.text, e.matching, e.kind, e.group, e.note) for e in entries]
    place.term_list.refresh_from_db(fields=["version"])
    review = review_entries(term_list=place.term_list, entries=entries, leaving=replaces)
    context = {
        "place": place,
        "classroom": place.classroom,
        "review": review,
        "kind": entries[0].kind if entries else TermEntry.Kind.TERM,
        "lines": write_lines(review.entries),
        "replaces": replaces,
        "seen_version": place.term_list.version if seen is None else seen,
        "problem": problem,
        "clashes": _clashes(problem) if problem else [],
    }
    return render(request, "assignments/terms_preview.html", context, status=409 if problem else 200)


def _save(request: PageRequest, place: Place) -> HttpResponse:
    kind = request.POST.get("kind", "")
    kind = kind if kind in TermEntry.Kind.values else TermEntry.Kind.TERM
    replaces = _replaced(request, place)
    try:
        entries = _carried(request, place, kind)
        saved = change_term_list(
            term_list=place.term_list,
            author=request.user,
            add=entries,
            remove=[replaces.pk] if replaces and entries else (),
            note=request.POST.get("why", "").strip(),
            seen_version=_seen(request),
        )
    except Conflict as problem:
        current = next((clash.theirs for clash in _clashes(problem) if clash.theirs), None)
        return _preview(
            request,
            place,
            entries,
            replaces=current if replaces else None,
            seen=problem.extra["version"],
            problem=problem,
        )
    except Problem as problem:
        messages.error(request, str(problem.detail))
        return redirect(place.url("add"))
    messages.success(
        request,
        _("Saved as version %(version)d. It counts from the next press.") % {"version": saved.version},
        extra_tags=f"term-{replaces.pk}" if replaces else f"terms-{place.term_list.pk}-{kind}",
    )
    return redirect(place.url() + ("?show=exceptions" if kind == TermEntry.Kind.EXCEPTION else ""))


def _carried(request: PageRequest, place: Place, kind: str) -> list[EntryInput]:
    """The entries that the look before carried on, less those to leave out."""
    entries = parse_lines(request.POST.get("lines", ""), EntryInput("", kind=kind))
    left_out = set(request.POST.getlist("leave_out"))
    entries = [entry for entry in entries if entry.text not in left_out]
    if place.has_personal:
        return entries
    return [EntryInput(e.text, e.matching, e.kind, e.group, e.note) for e in entries]


def _replaced(request: PageRequest, place: Place) -> TermEntry | None:
    return place.term_list.entries.filter(pk=number_of(request.POST.get("replaces")) or 0).first()


def _seen(request: PageRequest) -> int | None:
    return number_of(request.POST.get("seen_version"))


def _clashes(problem: Conflict) -> list[Clash]:
    found: Any = problem.extra.get("clashes", [])
    return list(found)

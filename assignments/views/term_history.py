"""What a disallow list was: every change with who, when, before and after, and the list of any version."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assignments.models import TermEntry, TermList, TermListChange
from assignments.services.policies import EntryInput, change_term_list
from edu4all.web.http import PageRequest
from edu4all.web.problems import Problem

from .terms import ENTRIES_A_PAGE, entry_counts, found_entries
from .terms_place import get_place

CHANGES_A_PAGE = 20
MOST_SHOWN = 20


@dataclass
class ChangeShown:
    """One change with what it took out and put in; ``edited`` are pairs of the same words before and after."""

    change: TermListChange
    added: list[TermEntry] = field(default_factory=list)
    removed: list[TermEntry] = field(default_factory=list)
    edited: list[tuple[TermEntry, TermEntry]] = field(default_factory=list)
    added_count: int = 0
    removed_count: int = 0

    @property
    def unseen(self) -> int:
        """How many entries of a large change are not listed."""
        listed = len(self.added) + len(self.removed) + 2 * len(self.edited)
        return self.added_count + self.removed_count - listed


@require_safe
def history(request: PageRequest, pk: int | None = None) -> HttpResponse:
    place = get_place(request.user, pk)
    changes = place.term_list.changes.select_related("author")
    page = Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": place,
        "classroom": place.classroom,
        "page": page,
        "changes": changes_shown(place.term_list, list(page)),
        "counts": entry_counts(place.term_list),
    }
    return render(request, "assignments/term_history.html", context)


def changes_shown(term_list: TermList, changes: Sequence[TermListChange]) -> list[ChangeShown]:
    """The changes with their entries: four queries, however many changes and entries there are."""
    shown = {change.version: ChangeShown(change) for change in changes}
    for column, name in (("added_version", "added"), ("removed_version", "removed")):
        rows = term_list.entries.filter(**{f"{column}__in": list(shown)})
        counts = rows.order_by().values_list(column).annotate(number=Count("pk"))
        for version, number in counts:
            setattr(shown[version], f"{name}_count", number)
        number = Window(RowNumber(), partition_by=[F(column)], order_by=["text", "pk"])
        for row in rows.annotate(number=number).filter(number__lte=MOST_SHOWN).order_by("text", "pk"):
            getattr(shown[getattr(row, column)], name).append(row)
    for change in shown.values():
        _pair_edits(change)
    return list(shown.values())


def _pair_edits(change: ChangeShown) -> None:
    before = defaultdict(list)
    for row in change.removed:
        before[row.kind, row.text].append(row)
    for row in list(change.added):
        olds = before.get((row.kind, row.text))
        if olds:
            old = olds.pop()
            change.edited.append((old, row))
            change.added.remove(row)
            change.removed.remove(old)


@require_safe
def version(request: PageRequest, number: int, pk: int | None = None) -> HttpResponse:
    """The list as it was in a version; version 0 is the empty beginning."""
    place = get_place(request.user, pk)
    if number > place.term_list.version:
        raise Http404
    search = " ".join(request.GET.get("q", "").split())[:100]
    entries = found_entries(place.term_list.entries.at_version(number), search)
    context = {
        "place": place,
        "classroom": place.classroom,
        "number": number,
        "change": place.term_list.changes.filter(version=number).first(),
        "following": place.term_list.changes.filter(version=number + 1).first(),
        "search": search,
        "page": Paginator(entries, ENTRIES_A_PAGE).get_page(request.GET.get("page")),
        "query": urlencode({"q": search}) if search else "",
    }
    return render(request, "assignments/term_version.html", context)


@require_POST
def revert(request: PageRequest, number: int, pk: int | None = None) -> HttpResponse:
    """Take one change back, as a new change: what it put in goes, what it took out returns."""
    place = get_place(request.user, pk, is_writing=True)
    entries = place.term_list.entries
    back = [
        EntryInput(row.text, row.matching, row.kind, row.group, row.note, row.is_personal)
        for row in entries.filter(removed_version=number)
    ]
    gone = list(entries.current().filter(added_version=number).values_list("pk", flat=True))
    note = _("Took back version %(number)d") % {"number": number}
    before = place.term_list.version
    try:
        saved = change_term_list(
            term_list=place.term_list,
            author=request.user,
            add=back,
            remove=gone,
            note=note,
            seen_version=number,
        )
    except Problem:
        messages.error(request, _("These entries were changed again since. Change them by hand in the list."))
        return redirect(place.url("history"))
    if saved.version == before:
        messages.info(request, _("Nothing of this change is left to take back."))
    else:
        messages.success(
            request, _("Taken back. The list is now version %(number)d.") % {"number": saved.version}
        )
    return redirect(place.url("history"))

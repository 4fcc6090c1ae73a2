"""The school's lists of living artists and real people, which only its admin sees and changes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from assignments.forms.policy import NamesForm
from assignments.models import NamedPerson
from assignments.services.named_people import add_named_people, remove_named_people, shipped_names
from edu4all.accounts.permissions import admin_required
from edu4all.web.http import PageRequest
from edu4all.web.problems import Problem


@admin_required
def named_people(request: PageRequest) -> HttpResponse:
    form = NamesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = add_named_people(school=request.user.school, actor=request.user, **form.cleaned_data)
        except Problem as problem:
            form.add_error("names", str(problem.detail))
        else:
            _tell_added(request, number)
            return redirect("assignments:named_people")
    rows = list(NamedPerson.objects.filter(school_id=request.user.school_id).order_by("name", "pk"))
    lists = [
        {
            "kind": kind,
            "label": label,
            "people": [row for row in rows if row.kind == kind],
            "shipped": shipped_names(kind),
        }
        for kind, label in NamedPerson.Kind.choices
    ]
    context = {"form": form, "lists": lists}
    return render(request, "assignments/named_people.html", context, status=422 if form.errors else 200)


@admin_required
@require_POST
def add_shipped(request: PageRequest) -> HttpResponse:
    """Take over the short list that comes along; names that are there stay."""
    kind = request.POST.get("kind", "")
    try:
        names = shipped_names(kind) if kind in NamedPerson.Kind.values else ()
        _tell_added(
            request,
            add_named_people(school=request.user.school, actor=request.user, kind=kind, names=names),
        )
    except Problem as problem:
        messages.error(request, str(problem.detail))
    return redirect("assignments:named_people")


@admin_required
@require_POST
def remove(request: PageRequest) -> HttpResponse:
    chosen = [request.POST["only"]] if request.POST.get("only") else request.POST.getlist("person")
    pks = [int(value) for value in chosen if value.isascii() and value.isdigit() and len(value) < 16]
    number = remove_named_people(school=request.user.school, actor=request.user, pks=pks)
    text = ngettext("%(count)d name is off the list.", "%(count)d names are off the list.", number)
    messages.success(request, text % {"count": number})
    return redirect("assignments:named_people")


def _tell_added(request: PageRequest, number: int) -> None:
    if number:
        text = ngettext("%(count)d name is new on the list.", "%(count)d names are new on the list.", number)
        messages.success(request, text % {"count": number})
    else:
        messages.info(request, _("These names are on the list already."))

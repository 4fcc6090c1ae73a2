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
from assignments.services.named_people import (
    add_named_people,
    allowed_names,
    refused_names,
    remove_named_people,
    shipped_names,
)
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
    school_pk = request.user.school_id
    refused, allowed = refused_names(school_pk), allowed_names(school_pk)
    lists = [
        {
            "kind": kind,
            "label": label,
            "people": [name for of_kind, name in refused if of_kind == kind],
            "shipped": set(shipped_names(kind)),
            "left_out": [name for of_kind, name in allowed if of_kind == kind],
        }
        for kind, label in NamedPerson.Kind.choices
    ]
    context = {"form": form, "lists": lists}
    return render(request, "assignments/named_people.html", context, status=422 if form.errors else 200)


@admin_required
@require_POST
def put_back(request: PageRequest) -> HttpResponse:
    """Refuse a shipped name that was taken out once more, or all of them."""
    kind = request.POST.get("kind", "")
    shipped = shipped_names(kind) if kind in NamedPerson.Kind.values else ()
    name = request.POST.get("name")
    names = [name] if name in shipped else [] if name else shipped
    try:
        number = add_named_people(school=request.user.school, actor=request.user, kind=kind, names=names)
    except Problem as problem:
        messages.error(request, str(problem.detail))
    else:
        _tell_added(request, number)
    return redirect("assignments:named_people")


@admin_required
@require_POST
def remove(request: PageRequest) -> HttpResponse:
    only = request.POST.get("only")
    names = [only] if only else request.POST.getlist("person")
    try:
        number = remove_named_people(
            school=request.user.school, actor=request.user, kind=request.POST.get("kind", ""), names=names
        )
    except Problem as problem:
        messages.error(request, str(problem.detail))
    else:
        text = ngettext("%(count)d name is off the list.", "%(count)d names are off the list.", number)
        messages.success(request, text % {"count": number})
    return redirect("assignments:named_people")


def _tell_added(request: PageRequest, number: int) -> None:
    if number:
        text = ngettext("%(count)d name is new on the list.", "%(count)d names are new on the list.", number)
        messages.success(request, text % {"count": number})
    else:
        messages.info(request, _("These names are on the list already."))

"""A student's data for the admin: see it, take it along, correct it, stop the account, delete it all."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from edu4all.accounts.forms import DeletePersonForm, PersonForm
from edu4all.accounts.models import User
from edu4all.accounts.permissions import admin_required
from edu4all.accounts.services import people as accounts
from edu4all.web.http import PageRequest
from edu4all.web.problems import Problem
from gallery.services.export import safe_name
from gallery.services.people_data import counts_of, export_person
from gallery.services.retention import delete_person, stop_person

PAGE = 50


def _student(request: PageRequest, pk: int) -> User:
    students = User.objects.visible_to(request.user).filter(role=User.Role.STUDENT)
    return get_object_or_404(students.select_related("school"), pk=pk)


@never_cache
@admin_required
@require_safe
def people(request: PageRequest) -> HttpResponse:
    """Every student of the school, found by name."""
    wanted = request.GET.get("q", "").strip()[:80]
    students = User.objects.visible_to(request.user).filter(role=User.Role.STUDENT)
    if wanted:
        students = students.filter(Q(display_name__icontains=wanted) | Q(username__icontains=wanted))
    rows = students.prefetch_related("memberships__classroom").order_by("display_name", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "gallery/people.html", {"page": page, "wanted": wanted, "query": urlencode({"q": wanted})}
    )


@never_cache
@admin_required
def person(request: PageRequest, pk: int) -> HttpResponse:
    found = _student(request, pk)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        accounts.correct_person(person_pk=found.pk, actor=request.user, changes=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("gallery:person", pk)
    if form.errors:
        found.refresh_from_db()
    context = {"person": found, "form": form, "counts": counts_of(found)}
    return render(request, "gallery/person.html", context, status=422 if form.errors else 200)


@never_cache
@admin_required
@require_POST
def export(request: PageRequest, pk: int) -> StreamingHttpResponse:
    found = _student(request, pk)
    parts = export_person(person=found, actor=request.user)
    response = StreamingHttpResponse(parts, content_type="application/zip")
    filename = f"{safe_name(str(found))} {timezone.localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=filename) or "attachment"
    )
    return response


@admin_required
@require_POST
def stop(request: PageRequest, pk: int) -> HttpResponse:
    found = _student(request, pk)
    stop_person(person=found, actor=request.user, is_active=request.POST.get("active") == "1")
    return redirect("gallery:person", pk)


@never_cache
@admin_required
def delete(request: PageRequest, pk: int) -> HttpResponse:
    """The user name has to be typed: there is no way back."""
    found = _student(request, pk)
    form = DeletePersonForm(request.POST or None, username=found.username)
    if request.method == "POST" and form.is_valid():
        try:
            gone = delete_person(person=found, actor=request.user)
        except Problem as problem:
            form.add_error(None, problem.detail)
        else:
            facts = {"prompts": gone.generations, "pictures": gone.pictures}
            messages.success(
                request, _("Deleted: the account, %(prompts)s prompts and %(pictures)s pictures.") % facts
            )
            return redirect("gallery:people")
    context = {"person": found, "form": form, "counts": counts_of(found)}
    return render(request, "gallery/person_delete.html", context, status=422 if form.errors else 200)

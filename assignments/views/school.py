"""The admin's pages of models, limits and money, and what tells everybody that drawing has stopped."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assignments.forms.school import CapsForm, LimitForm, ModelForm, size_label
from assignments.models import SchoolModel
from assignments.services import money as accounts
from assignments.services import school_models
from assignments.services.model_sheets import model_sheets
from assignments.services.notices import drawing_notices
from edu4all.accounts.models import Classroom
from edu4all.accounts.permissions import admin_required, staff_required
from edu4all.accounts.services.schools import save_school
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import NotAllowed, Problem


@admin_required
@require_safe
def models(request: PageRequest) -> HttpResponse:
    """Who draws, how fast, at which price, and what has stopped."""
    school = request.user.school
    context = {
        "sheets": model_sheets(school),
        # What concerns one model alone stands on its own sheet.
        "notices": [
            notice
            for notice in drawing_notices(school, with_warnings=True)
            if notice.is_grave or notice.subject != "model"
        ],
        "school": school,
    }
    return render(request, "assignments/models.html", context)


def _offered(request: PageRequest, pk: int) -> SchoolModel:
    rows = SchoolModel.objects.filter(school=request.user.school_id)
    return get_object_or_404(
        rows.select_related("school", "image_model__endpoint", "image_model__limit"), pk=pk
    )


@admin_required
def model_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Label, size, quality, prices and speed; only of what no other school uses."""
    offered = _offered(request, pk)
    model = offered.image_model
    if school_models.is_shared(limit=model.limit, school=offered.school):
        raise PermissionDenied
    data = request.POST or None
    form = ModelForm(data, instance=model, school=offered.school)
    limit_form = LimitForm(data, instance=model.limit, prefix="limit")
    if request.method == "POST" and form.is_valid() and limit_form.is_valid():
        school_models.edit_model(offered=offered, actor=request.user, changes=form.cleaned_data)
        school_models.edit_limit(offered=offered, actor=request.user, changes=limit_form.cleaned_data)
        messages.success(request, _("Saved. It counts from the next picture."))
        return redirect("assignments:models")
    context = {
        "offered": offered,
        "form": form,
        "limit_form": limit_form,
        "size": size_label(model.width, model.height),
    }
    is_wrong = bool(form.errors or limit_form.errors)
    return render(request, "assignments/model_edit.html", context, status=422 if is_wrong else 200)


@admin_required
@require_POST
def model_use(request: PageRequest, pk: int) -> HttpResponse:
    offered = _offered(request, pk)
    try:
        school_models.change_use(offered=offered, actor=request.user, is_used=request.POST.get("used") == "1")
    except Problem as problem:
        messages.error(request, problem.detail)
    return redirect("assignments:models")


@admin_required
@require_POST
def model_default(request: PageRequest, pk: int) -> HttpResponse:
    offered = _offered(request, pk)
    school_models.make_default(offered=offered, actor=request.user)
    messages.success(request, _("“%(model)s” is the default now.") % {"model": offered.image_model})
    return redirect("assignments:models")


@admin_required
@require_POST
def model_again(request: PageRequest, pk: int) -> HttpResponse:
    offered = _offered(request, pk)
    try:
        school_models.try_again(offered=offered, actor=request.user)
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    messages.success(
        request,
        _("“%(model)s” draws again. The next picture shows whether the cause is gone.")
        % {"model": offered.image_model},
    )
    return redirect("assignments:models")


@admin_required
@require_POST
def model_refresh(request: PageRequest, pk: int) -> HttpResponse:
    """Ask the endpoint for its models' shutdown dates."""
    offered = _offered(request, pk)
    try:
        told = school_models.refresh_models(endpoint=offered.image_model.endpoint)
    except Problem as problem:
        messages.error(request, problem.detail)
        return redirect("assignments:models")
    if not told.told:
        messages.info(request, _("The endpoint keeps no list of its models."))
    else:
        said = ngettext(
            "The endpoint names %(count)s model.", "The endpoint names %(count)s models.", told.told
        )
        messages.success(request, said % {"count": told.told})
    return redirect("assignments:models")


@never_cache
@admin_required
def money(request: PageRequest) -> HttpResponse:
    """The daily caps, and what was spent: today, by day, by class, call by call."""
    school = request.user.school
    form = CapsForm(request.POST or None, instance=school)
    if request.method == "POST" and form.is_valid():
        save_school(school_pk=school.pk, actor=request.user, changes=form.cleaned_data)
        messages.success(request, _("Saved. The new caps count from the next picture."))
        return redirect("assignments:money")
    if form.errors:
        school.refresh_from_db()
    context = {
        "school": school,
        "form": form,
        "account": accounts.read_account(school),
        "in_doubt": accounts.calls_in_doubt(school),
        "calls": accounts.last_calls(school),
    }
    return render(request, "assignments/money.html", context, status=422 if form.errors else 200)


@never_cache
@staff_required
@require_safe
def model_notices(request: PageRequest) -> HttpResponse:
    """A fragment for other pages; ``?class=`` is the lesson's: what stops that class now, no warnings."""
    wanted = request.GET.get("class", "")
    classroom = None
    if wanted:
        classroom = get_object_or_404(Classroom.objects.managed_by(request.user), pk=number_of(wanted))
    notices = drawing_notices(
        request.user.school,
        classroom=classroom,
        with_warnings=request.user.is_school_admin and classroom is None,
    )
    if not notices:
        return HttpResponse()
    return render(request, "assignments/_model_notices.html", {"notices": notices})

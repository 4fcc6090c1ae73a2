"""The admin's own pages: the school, its staff, what is on record, who changed what."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu4all.accounts.forms import ConsentForm, SchoolForm, TeacherForm
from edu4all.accounts.models import User
from edu4all.accounts.permissions import admin_required
from edu4all.accounts.services import people, schools
from edu4all.accounts.slips import forget_slips, keep_slips, read_slips
from edu4all.web.http import PageRequest
from edu4all.web.problems import Problem


@admin_required
@require_safe
def school(request: PageRequest) -> HttpResponse:
    """Where everything of the school begins."""
    return render(request, "accounts/school.html", {"school": request.user.school})


@admin_required
def settings(request: PageRequest) -> HttpResponse:
    form = SchoolForm(request.POST or None, instance=request.user.school)
    if request.method == "POST" and form.is_valid():
        schools.save_school(school_pk=request.user.school_id, actor=request.user, changes=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:school")
    return render(
        request, "accounts/school_form.html", {"form": form, "heading": _("The school")}, status=_status(form)
    )


@admin_required
def consent(request: PageRequest) -> HttpResponse:
    """The council's review and the guardians' consent: without them external providers stay off."""
    form = ConsentForm(request.POST or None, instance=request.user.school)
    if request.method == "POST" and form.is_valid():
        schools.save_school(school_pk=request.user.school_id, actor=request.user, changes=form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:school")
    return render(request, "accounts/consent.html", {"form": form}, status=_status(form))


def _status(form: SchoolForm | ConsentForm | TeacherForm) -> int:
    return 422 if form.errors else 200


@admin_required
def staff(request: PageRequest) -> HttpResponse:
    """Teachers and admins; adding one goes to the slip with the first password."""
    form = TeacherForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = people.add_staff(school=request.user.school, actor=request.user, **form.cleaned_data)
        except Problem as problem:
            form.add_error("username", problem.detail)
    if made:
        return _to_slip(request, made)
    everybody = (
        User.objects.visible_to(request.user)
        .exclude(role=User.Role.STUDENT)
        .order_by("-is_active", "display_name")
    )
    return render(request, "accounts/staff.html", {"people": everybody, "form": form}, status=_status(form))


def _to_slip(request: PageRequest, made: people.Credentials) -> HttpResponse:
    name = keep_slips(request.session, [made])
    return HttpResponseRedirect(f"{reverse('accounts:staff_slip')}?{urlencode({'of': name})}")


@never_cache
@admin_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff_slip(request: PageRequest) -> HttpResponse:
    """The slip of one press, for some minutes; a POST says that it was handed over."""
    name = request.GET.get("of", "")
    if request.method == "POST":
        forget_slips(request.session, name)
        return redirect("accounts:staff")
    staff = User.objects.visible_to(request.user).exclude(role=User.Role.STUDENT)
    made = read_slips(request.session, name, staff)
    if not made:
        messages.info(request, _("These passwords are no longer shown. You can always make a new one."))
        return redirect("accounts:staff")
    return render(request, "accounts/staff_slip.html", {"made": made[0]})


@admin_required
@require_POST
def staff_password(request: PageRequest, pk: int) -> HttpResponse:
    """A new password for a colleague; one's own, which would end this very session, is changed on one's own page."""
    staff = User.objects.visible_to(request.user).exclude(role=User.Role.STUDENT)
    person = get_object_or_404(staff.exclude(pk=request.user.pk), pk=pk)
    return _to_slip(request, people.reset_password(person=person, actor=request.user))


@admin_required
@require_POST
def staff_active(request: PageRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(User.objects.visible_to(request.user).exclude(role=User.Role.STUDENT), pk=pk)
    try:
        people.set_active(person=person, actor=request.user, is_active=request.POST.get("active") == "1")
    except Problem as problem:
        messages.error(request, problem.detail)
    return redirect("accounts:staff")

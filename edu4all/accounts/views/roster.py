"""Who is in a class: names pasted in, slips printed, passwords made anew."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from edu4all.accounts.forms import NamesForm
from edu4all.accounts.models import Classroom, Membership, User, make_class_code
from edu4all.accounts.permissions import get_managed_classroom
from edu4all.accounts.services import people
from edu4all.accounts.slips import forget_slips, keep_slips, read_slips
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import Problem


def _context(classroom: Classroom, form: NamesForm | None = None) -> dict:
    members = classroom.memberships.current().select_related("user").order_by("user__display_name", "pk")
    everybody = list(members)
    in_class = {member.user_id for member in everybody}
    colleagues = User.objects.filter(school_id=classroom.school_id, role=User.Role.TEACHER, is_active=True)
    students = [member for member in everybody if member.role == Membership.Role.STUDENT]
    return {
        "classroom": classroom,
        "students": students,
        "by_code": sum(member.is_by_code for member in students),
        "teachers": [member for member in everybody if member.role == Membership.Role.TEACHER],
        "colleagues": colleagues.exclude(pk__in=in_class).order_by("display_name"),
        "form": form or NamesForm(),
    }


@require_safe
def roster(request: PageRequest, pk: int) -> HttpResponse:
    return render(request, "accounts/roster.html", _context(get_managed_classroom(request.user, pk)))


@require_POST
def add_students(request: PageRequest, pk: int) -> HttpResponse:
    """Make accounts for pasted names and go to their slips, ready to print."""
    classroom = get_managed_classroom(request.user, pk)
    students = classroom.memberships.current().students()
    form = NamesForm(request.POST, taken=set(students.values_list("user__display_name", flat=True)))
    made: list[people.Credentials] = []
    if form.is_valid():
        try:
            made = people.add_students(
                classroom=classroom, actor=request.user, names=form.cleaned_data["names"]
            )
        except Problem as problem:
            form.add_error("names", problem.detail)
    if not made:
        return render(request, "accounts/roster.html", _context(classroom, form), status=422)
    return _to_slips(request, classroom, made)


def _to_slips(request: PageRequest, classroom: Classroom, made: list[people.Credentials]) -> HttpResponse:
    name = keep_slips(request.session, made)
    return HttpResponseRedirect(f"{reverse('accounts:slips', args=[classroom.pk])}?{urlencode({'of': name})}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: PageRequest, pk: int) -> HttpResponse:
    """The slips of one press, for some minutes; a POST says that they are printed."""
    classroom = get_managed_classroom(request.user, pk)
    name = request.GET.get("of", "")
    if request.method == "POST":
        forget_slips(request.session, name)
        return redirect("accounts:roster", pk)
    students = classroom.memberships.current().students().values("user_id")
    made = read_slips(request.session, name, User.objects.filter(pk__in=students, role=User.Role.STUDENT))
    if not made:
        messages.info(request, _("These passwords are no longer shown. You can always make a new one."))
        return redirect("accounts:roster", pk)
    context = {
        "classroom": classroom,
        "slips": made,
        "address": f"{settings.SITE_URL}/" if settings.SITE_URL else request.build_absolute_uri("/"),
    }
    return render(request, "accounts/slips.html", context)


@require_POST
def reset_password(request: PageRequest, pk: int, member_pk: int) -> HttpResponse:
    """A new password for one student, on a slip."""
    classroom = get_managed_classroom(request.user, pk)
    # Somebody who was made an adult since is no longer a teacher's to hand a password to.
    students = classroom.memberships.current().students().filter(user__role=User.Role.STUDENT)
    member = get_object_or_404(students.select_related("user"), pk=member_pk)
    made = people.reset_password(person=member.user, actor=request.user)
    return _to_slips(request, classroom, [made])


@require_POST
def remove_member(request: PageRequest, pk: int, member_pk: int) -> HttpResponse:
    classroom = get_managed_classroom(request.user, pk)
    member = get_object_or_404(
        classroom.memberships.current().select_related("user", "classroom"), pk=member_pk
    )
    if member.user_id == request.user.pk:
        messages.error(request, _("You can't take yourself out of the class. A colleague or the admin can."))
    else:
        people.remove_member(membership=member, actor=request.user)
        messages.success(
            request,
            _("%(name)s is no longer in the class. The work stays. The class has a new code.")
            % {"name": member.user},
        )
    return redirect("accounts:roster", pk)


@require_POST
def add_teacher(request: PageRequest, pk: int) -> HttpResponse:
    classroom = get_managed_classroom(request.user, pk)
    colleagues = User.objects.filter(school_id=classroom.school_id, role=User.Role.TEACHER, is_active=True)
    teacher = get_object_or_404(colleagues, pk=number_of(request.POST.get("teacher")))
    people.add_teacher_to_class(classroom=classroom, teacher=teacher, actor=request.user)
    messages.success(request, _("%(name)s runs this class too now.") % {"name": teacher})
    return redirect("accounts:roster", pk)


@require_POST
def change_code(request: PageRequest, pk: int) -> HttpResponse:
    """Open or close joining by code, or make a new code."""
    classroom = get_managed_classroom(request.user, pk)
    action = request.POST.get("action")
    if action == "new":
        Classroom.objects.filter(pk=classroom.pk).update(code=make_class_code(), is_code_open=True)
        messages.success(request, _("The class has a new code; the old one no longer works."))
    elif action in ("open", "close"):
        Classroom.objects.filter(pk=classroom.pk).update(is_code_open=action == "open")
    return redirect("accounts:roster", pk)

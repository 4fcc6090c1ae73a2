"""Refused prompts to read, and the pauses that several of them in a short time lead to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from assignments.models import Generation, RefusalPause
from assignments.services import refused_presses
from edu4all.accounts.models import Classroom, Membership, User
from edu4all.accounts.permissions import get_managed_classroom
from edu4all.web.http import PageRequest, number_of, numbers_of, way_back

PROMPTS_A_PAGE = 40


@require_safe
def refused(request: PageRequest, pk: int) -> HttpResponse:
    """Refused prompts of a class, by stage and by student.

    Words that sound like trouble are kept out; they have a page of their own.
    """
    classroom = get_managed_classroom(request.user, pk)
    student = _student(request, classroom)
    rows = classroom.generations.filter(status=Generation.Status.REFUSED, verdict_kind="ordinary")
    if student:
        rows = rows.filter(student=student)
    counts = dict(rows.order_by().values_list("refusal_stage").annotate(number=Count("pk")))
    stage = request.GET.get("stage", "")
    stage = stage if stage in Generation.Stage.values else ""
    whose: dict[str, Any] = {"student": student.pk} if student else {}
    context = {
        "classroom": classroom,
        "page": Paginator(_to_read(rows, stage), PROMPTS_A_PAGE).get_page(request.GET.get("page")),
        "stages": [
            (value, label, counts.get(value, 0), urlencode(whose | {"stage": value}))
            for value, label in Generation.Stage.choices
        ],
        "stage": stage,
        "student": student,
        "total": sum(counts.values()),
        "whose": urlencode(whose),
        "query": urlencode(whose | ({"stage": stage} if stage else {})),
        "pauses": RefusalPause.objects.filter(membership__classroom=classroom).to_tell(),
    }
    return render(request, "assignments/refused.html", context)


def _student(request: PageRequest, classroom: Classroom) -> User | None:
    wanted = number_of(request.GET.get("student"))
    if wanted is None:
        return None
    members = Membership.objects.students().filter(classroom=classroom).select_related("user")
    return get_object_or_404(members, user_id=wanted).user


def _to_read(rows: QuerySet[Generation], stage: str) -> QuerySet[Generation]:
    chosen = rows.filter(refusal_stage=stage) if stage else rows
    return chosen.select_related("student", "assignment", "appeal").order_by("-created_at", "-pk")


@require_POST
def pauses_seen(request: PageRequest, pk: int) -> HttpResponse:
    """The teacher has read of the pauses that the page named."""
    classroom = get_managed_classroom(request.user, pk)
    pks = numbers_of(request.POST.getlist("pause"))
    refused_presses.mark_pauses_seen(classroom=classroom, actor=request.user, pks=pks)
    return redirect("assignments:refused", pk)


@require_POST
def lift_pause(request: PageRequest, pk: int, member_pk: int) -> HttpResponse:
    """A student may go on before the pause is over."""
    classroom = get_managed_classroom(request.user, pk)
    members = Membership.objects.current().students().filter(classroom=classroom)
    member = get_object_or_404(members.select_related("user", "classroom"), pk=member_pk)
    if refused_presses.lift_pause(membership=member, actor=request.user):
        messages.success(request, _("%(name)s can go on.") % {"name": member.user})
    else:
        messages.info(request, _("The pause of %(name)s was over already.") % {"name": member.user})
    return HttpResponseRedirect(way_back(request, "back", reverse("assignments:refused", args=[pk])))

"""Words that sounded like self-harm or a threat, for the adults whom the school has named."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assignments.models import SafetyNotice
from assignments.services.explanations import helplines_for
from assignments.services.safety import answer_notice
from edu4all.accounts.permissions import staff_required
from edu4all.web.http import PageRequest
from edu4all.web.problems import NotAllowed, Problem

NOTICES_A_PAGE = 20


@never_cache
@staff_required
@require_safe
def notices(request: PageRequest) -> HttpResponse:
    """Unread ones first. Names and words are folded away, so that a projector shows neither."""
    rows = (
        SafetyNotice.objects.visible_to(request.user)
        .select_related("generation__student", "generation__classroom", "generation__assignment", "seen_by")
        .order_by(F("seen_at").asc(nulls_first=True), "-created_at")
    )
    context = {
        "page": Paginator(rows, NOTICES_A_PAGE).get_page(request.GET.get("page")),
        "helplines": helplines_for(request.user.school, get_language() or ""),
        "safety_contact": request.user.school.safety_contact,
    }
    return render(request, "assignments/safety.html", context)


@never_cache
@staff_required
@require_POST
def answer(request: PageRequest, pk: int) -> HttpResponse:
    visible = SafetyNotice.objects.visible_to(request.user).select_related("generation__classroom")
    notice = get_object_or_404(visible, pk=pk)
    try:
        answer_notice(notice=notice, actor=request.user, note=request.POST.get("note", ""))
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    except Problem as problem:
        messages.error(request, str(problem.detail))
    else:
        messages.success(request, _("Noted."))
    return redirect("assignments:safety")

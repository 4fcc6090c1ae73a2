"""Words that sounded like self-harm or a threat, for the adults whom the school has named."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Prefetch, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assignments.models import SafetyNotice, SafetyWords
from assignments.services.explanations import helplines_for
from assignments.services.safety import NEWEST_WORDS, answer_notice
from edu4all.accounts.permissions import staff_required
from edu4all.web.http import PageRequest, number_of
from edu4all.web.problems import NotAllowed, Problem

NOTICES_A_PAGE = 20


@never_cache
@staff_required
@require_safe
def notices(request: PageRequest) -> HttpResponse:
    """Unread ones first. Names and words are folded away, so that a projector shows neither."""
    rows = (
        SafetyNotice.objects.visible_to(request.user)
        .select_related("membership__user", "membership__classroom", "seen_by")
        .prefetch_related(Prefetch("words", SafetyWords.objects.select_related("generation__assignment")))
        # Unread ones first, then the newest.
        .order_by(Case(When(seen_at=None, then=0), default=1), "-last_at", "-pk")
    )
    context = {
        "newest_words": NEWEST_WORDS,
        "page": Paginator(rows, NOTICES_A_PAGE).get_page(request.GET.get("page")),
        "helplines": helplines_for(request.user.school, get_language() or ""),
        "safety_contact": request.user.school.safety_contact,
    }
    return render(request, "assignments/safety.html", context)


@never_cache
@staff_required
@require_POST
def answer(request: PageRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(SafetyNotice.objects.visible_to(request.user), pk=pk)
    try:
        answer_notice(
            notice=notice,
            actor=request.user,
            note=request.POST.get("note", ""),
            read_to=number_of(request.POST.get("read_to")),
        )
    except NotAllowed as problem:
        raise PermissionDenied(str(problem.detail)) from problem
    except Problem as problem:
        messages.error(request, str(problem.detail))
    else:
        messages.success(request, _("Noted."))
    return redirect("assignments:safety")

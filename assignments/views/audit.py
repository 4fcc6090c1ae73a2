from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assignments.services.facts import facts_of_event, questions_of
from edu4all.accounts.models import AuditEvent
from edu4all.accounts.permissions import admin_required
from edu4all.web.http import PageRequest

EVENTS_A_PAGE = 50


@admin_required
@require_safe
def audit(request: PageRequest) -> HttpResponse:
    """Who changed what in the school, newest first."""
    events = AuditEvent.objects.visible_to(request.user).select_related("classroom")
    page = Paginator(events, EVENTS_A_PAGE).get_page(request.GET.get("page"))
    questions = questions_of(page, request.user)
    rows = [(event, facts_of_event(event, questions.get(event.pk))) for event in page]
    return render(request, "assignments/audit.html", {"page": page, "rows": rows})

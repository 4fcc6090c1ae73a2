from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from edu4all.accounts.permissions import staff_required
from edu4all.web.http import PageRequest
from gallery.services.desk import desk_of


@require_safe
@staff_required
def desk(request: PageRequest) -> HttpResponse:
    """The first page of whoever runs classes: what waits comes first."""
    return render(request, "gallery/desk.html", {"desk": desk_of(request.user)})

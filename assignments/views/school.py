"""The admin's pages of models, limits and money, and what tells everybody that drawing has stopped."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assignments.models import SchoolModel
from edu4all.accounts.permissions import admin_required, staff_required
from edu4all.web.http import PageRequest


@admin_required
@require_safe
def models(request: PageRequest) -> HttpResponse:
    rows = (
        SchoolModel.objects.filter(school=request.user.school)
        .select_related("image_model__endpoint", "image_model__limit")
        .order_by("-is_default", "pk")
    )
    return render(request, "assignments/models.html", {"rows": rows})


@admin_required
@require_safe
def money(request: PageRequest) -> HttpResponse:
    return render(request, "assignments/money.html", {"school": request.user.school})


@staff_required
@require_safe
def model_notices(request: PageRequest) -> HttpResponse:
    return render(request, "assignments/_model_notices.html", {"notices": []})

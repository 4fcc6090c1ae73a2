"""Assignments of a person, and what is drawn in them."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from assignments.models import Assignment
from assignments.models.assignment import AssignmentQuerySet
from assignments.services.generations import tries_left
from edu4all.accounts.models import User
from edu4all.web.api import APIRequest, JSONView, problems

from .serializers import AssignmentSerializer


def visible_assignments(user: User) -> AssignmentQuerySet:
    return Assignment.objects.visible_to(user).select_related("classroom__school")


def assignment_context(request: APIRequest, rows: list[Assignment]) -> dict[str, Any]:
    left = tries_left(student=request.user, assignments=rows) if request.user.is_student else {}
    return {"request": request, "tries_left": left}


class AssignmentList(JSONView, GenericAPIView):
    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer

    @extend_schema(
        operation_id="list_assignments",
        responses={200: AssignmentSerializer(many=True), **problems(404)},
        tags=["assignments"],
    )
    def get(self, request: APIRequest) -> Response:
        """The person's assignments, open ones first."""
        found = visible_assignments(request.user).open_first().prefetch_related("criteria")
        rows = list(self.paginate_queryset(found) or ())
        data = AssignmentSerializer(rows, many=True, context=assignment_context(request, rows)).data
        return self.get_paginated_response(data)


class AssignmentDetail(JSONView):
    @extend_schema(
        operation_id="get_assignment",
        responses={200: AssignmentSerializer, **problems(404)},
        tags=["assignments"],
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """One assignment with its rubric."""
        found = get_object_or_404(visible_assignments(request.user), pk=pk)
        return Response(AssignmentSerializer(found, context=assignment_context(request, [found])).data)

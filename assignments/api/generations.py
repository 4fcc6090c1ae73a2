"""Pressing the button, and looking after what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from assignments.models import Generation, Picture
from assignments.services.explanations import STAGE_TITLES
from assignments.services.generations import cancel_generation, request_generation, waiting_for
from assignments.services.marks import mark_press
from edu4all.accounts.models import User
from edu4all.web.api import OF_A_BODY, APIRequest, JSONView, problems
from edu4all.web.http import number_of
from edu4all.web.problems import Invalid, NotAllowed

from .assignments import visible_assignments
from .serializers import GenerationSerializer, PressSerializer, RefusedSerializer, refusal_of

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="One for each press, at most 200 characters. The same again gives the same generation.",
)
STATUS = OpenApiParameter(
    "status", str, enum=Generation.Status.values, description="Only those in this state."
)
ASSIGNMENT = OpenApiParameter("assignment", int, description="Only those of this assignment.")


def visible_generations(user: User) -> QuerySet[Generation]:
    """Each with what the person may see of its pictures, in a fixed number of queries.

    Words that call for a gentle answer are kept out of what teachers open here; the safety page has them.
    """
    rows = Generation.objects.visible_to(user)
    if not user.is_student:
        rows = rows.filter(verdict_kind="ordinary")
    shown = Picture.objects.visible_to(user).order_by("position")
    return rows.select_related("classroom__school").prefetch_related(
        Prefetch("pictures", shown, to_attr="shown_pictures")
    )


def generation_data(request: APIRequest, rows: Sequence[Generation]) -> Sequence[dict[str, Any]]:
    context = {"request": request, "waits": waiting_for(rows)}
    data: Any = GenerationSerializer(rows, many=True, context=context).data
    return data


def find_generation(request: APIRequest, pk: int) -> Generation:
    return get_object_or_404(visible_generations(request.user), pk=pk)


class Generations(JSONView, GenericAPIView):
    """Lists of generations."""

    queryset = Generation.objects.none()
    serializer_class = GenerationSerializer

    def answer(self, request: APIRequest, found: QuerySet[Generation]) -> Response:
        status = request.query_params.get("status")
        if status is not None:
            if status not in Generation.Status.values:
                raise Invalid(_("There is no such state."), code="status")
            found = found.filter(status=status)
        rows = list(self.paginate_queryset(found.order_by("-created_at", "-pk")) or ())
        return self.get_paginated_response(generation_data(request, rows))


class GenerationList(Generations):
    @extend_schema(
        operation_id="list_generations",
        parameters=[STATUS, ASSIGNMENT],
        responses={200: GenerationSerializer(many=True), **problems(400, 404)},
        tags=["generations"],
    )
    def get(self, request: APIRequest) -> Response:
        """A student's own, newest first; for teachers those of their classes."""
        found = visible_generations(request.user)
        wanted = request.query_params.get("assignment")
        if wanted is not None:
            number = number_of(wanted)
            if number is None:
                raise Invalid(_("An assignment is named by its number."), code="assignment")
            found = found.filter(assignment_id=number)
        return self.answer(request, found)


class AssignmentGenerations(Generations):
    @extend_schema(
        operation_id="list_assignment_generations",
        parameters=[STATUS],
        responses={200: GenerationSerializer(many=True), **problems(400, 404)},
        tags=["generations"],
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """A student's own in this assignment, newest first; everybody's for its teachers."""
        assignment = get_object_or_404(visible_assignments(request.user), pk=pk)
        return self.answer(request, visible_generations(request.user).filter(assignment=assignment))

    @extend_schema(
        operation_id="request_generation",
        parameters=[KEY],
        request=PressSerializer,
        responses={
            200: GenerationSerializer,
            201: GenerationSerializer,
            422: RefusedSerializer,
            **problems(403, 404, 409, *OF_A_BODY),
        },
        tags=["generations"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Press the button: 201 once, 200 with the same generation when the press is repeated.

        422 when the policy refuses the words. 409 says in `code` why it can't be now: `already_unfinished`,
        `no_tries`, `closed`, `paused`, `budget`, or `key_reused` for a key that stood for other words.
        """
        assignment = get_object_or_404(visible_assignments(request.user), pk=pk)
        if not request.user.is_student:
            raise NotAllowed(_("Only students of this class can draw here."))
        key = request.headers.get("Idempotency-Key", "").strip()
        if not key:
            raise Invalid(
                _("Send a header Idempotency-Key with each press."), code="idempotency_key_required"
            )
        press = PressSerializer(data=request.data)
        press.is_valid(raise_exception=True)
        facts = press.validated_data
        source = find_source(request.user, facts.get("source"))
        operation, mask = mark_press(facts["operation"], source, facts["cells"])
        requested = request_generation(
            student=request.user,
            assignment=assignment,
            prompt=facts["prompt"],
            idempotency_key=key,
            operation=operation,
            source=source,
            mask=mask,
            count=facts.get("count"),
        )
        generation = requested.generation
        if generation.refusal_stage == Generation.Stage.POLICY:
            return refused(generation)
        data = generation_data(request, [find_generation(request, generation.pk)])[0]
        return Response(data, status=200 if requested.is_replay else 201)


def find_source(student: User, pk: int | None) -> Picture | None:
    """The student's own picture, whether or not it is shown now: a repeated press still is the same press."""
    if pk is None:
        return None
    found = Picture.objects.filter(pk=pk, generation__student=student).first()
    if found is None:
        raise Invalid(_("Choose one of your own pictures to start from."), code="source")
    return found


def refused(generation: Generation) -> Response:
    body = {
        "detail": str(STAGE_TITLES[Generation.Stage.POLICY]),
        "code": "refused",
        "id": generation.pk,
        "refusal": refusal_of(generation),
    }
    return Response(body, status=422)


class GenerationDetail(JSONView):
    @extend_schema(
        operation_id="get_generation",
        responses={200: GenerationSerializer, **problems(404)},
        tags=["generations"],
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """One press of the button as it stands now."""
        return Response(generation_data(request, [find_generation(request, pk)])[0])


class CancelGeneration(JSONView):
    @extend_schema(
        operation_id="cancel_generation",
        request=None,
        responses={200: GenerationSerializer, **problems(403, 404, 409)},
        tags=["generations"],
    )
    def post(self, request: APIRequest, pk: int) -> Response:
        """Take a waiting press back; its try is free again. 409 with code `not_waiting` when it waits no more."""
        cancel_generation(generation=find_generation(request, pk), actor=request.user)
        return Response(generation_data(request, [find_generation(request, pk)])[0])

    @extend_schema(
        operation_id="delete_generation_wait",
        responses={200: GenerationSerializer, **problems(403, 404, 409)},
        tags=["generations"],
    )
    def delete(self, request: APIRequest, pk: int) -> Response:
        """The same as POST."""
        return self.post(request, pk)

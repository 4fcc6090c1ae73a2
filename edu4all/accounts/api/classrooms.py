"""A person's classes."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.response import Response

from edu4all.accounts.models import Classroom, Membership, User
from edu4all.web.api import APIRequest, JSONView, problems


class ClassroomSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    can_manage = serializers.SerializerMethodField(help_text="Whether the person runs this class.")
    code = serializers.SerializerMethodField(help_text="With which students join; null for students.")
    student_count = serializers.IntegerField()
    is_archived = serializers.SerializerMethodField()

    def get_can_manage(self, classroom: Classroom) -> bool:
        return not self.context["request"].user.is_student

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_code(self, classroom: Classroom) -> str | None:
        return classroom.code if self.get_can_manage(classroom) else None

    def get_is_archived(self, classroom: Classroom) -> bool:
        return classroom.archived_at is not None


def visible_classrooms(user: User) -> QuerySet[Classroom]:
    students = Q(memberships__role=Membership.Role.STUDENT, memberships__left_at=None)
    rows = Classroom.objects.visible_to(user)
    return rows.annotate(student_count=Count("memberships", filter=students)).order_by("name", "pk")


class ClassroomList(JSONView, GenericAPIView):
    queryset = Classroom.objects.none()
    serializer_class = ClassroomSerializer

    @extend_schema(
        operation_id="list_classrooms",
        responses={200: ClassroomSerializer(many=True), **problems(404)},
        tags=["classrooms"],
    )
    def get(self, request: APIRequest) -> Response:
        """The person's classes by name; for the school's admin all of the school."""
        rows = self.paginate_queryset(visible_classrooms(request.user)) or ()
        return self.get_paginated_response(
            ClassroomSerializer(rows, many=True, context={"request": request}).data
        )


class ClassroomDetail(JSONView):
    @extend_schema(
        operation_id="get_classroom",
        responses={200: ClassroomSerializer, **problems(404)},
        tags=["classrooms"],
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """One of the person's classes."""
        found = get_object_or_404(visible_classrooms(request.user), pk=pk)
        return Response(ClassroomSerializer(found, context={"request": request}).data)

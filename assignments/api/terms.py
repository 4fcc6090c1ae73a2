"""A class's own disallow list."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.response import Response

from assignments.models import TermEntry, TermList
from assignments.services.policies import EntryInput, class_list, save_term_list
from edu4all.accounts.models import Classroom
from edu4all.web.api import OF_A_BODY, APIRequest, JSONView, problems
from edu4all.web.problems import NotAllowed

from .serializers import MOST_ID


class TermSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=100)
    matching = serializers.ChoiceField(choices=TermEntry.Matching.values)


class TermListSerializer(serializers.Serializer):
    terms = TermSerializer(many=True)
    version = serializers.IntegerField(help_text="Goes up with each saved change; 0 for a list never saved.")


class TermInputSerializer(TermSerializer):
    matching = serializers.ChoiceField(
        choices=TermEntry.Matching.values,
        required=False,
        help_text="If left out: a term with a space is a phrase, any other one a word.",
    )


@extend_schema_serializer(component_name="TermListInput")
class TermListInputSerializer(serializers.Serializer):
    terms = TermInputSerializer(many=True)
    version = serializers.IntegerField(
        min_value=0, max_value=MOST_ID, help_text="The version that these terms started from."
    )


class ClassTerms(JSONView):
    @extend_schema(
        operation_id="get_class_terms",
        responses={200: TermListSerializer, **problems(403, 404)},
        tags=["classrooms"],
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """The class's own list, without the school's base list; for its teachers and the school's admin."""
        classroom = managed_classroom(request, pk)
        return Response(terms_data(TermList.objects.filter(classroom=classroom).first()))

    @extend_schema(
        operation_id="save_class_terms",
        request=TermListInputSerializer,
        responses={200: TermListSerializer, **problems(403, 404, 409, *OF_A_BODY)},
        tags=["classrooms"],
    )
    def put(self, request: APIRequest, pk: int) -> Response:
        """Make the list hold exactly these terms; exceptions, notes and groups of terms that stay are kept.

        409 with code `version` when somebody has saved the list since; nothing is changed then.
        """
        classroom = managed_classroom(request, pk)
        form = TermListInputSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        term_list = class_list(classroom)
        saved = save_term_list(
            term_list=term_list,
            author=request.user,
            entries=wanted_entries(term_list, form.validated_data["terms"]),
            base_version=form.validated_data["version"],
        )
        return Response(terms_data(saved))


def managed_classroom(request: APIRequest, pk: int) -> Classroom:
    classroom = get_object_or_404(Classroom.objects.visible_to(request.user), pk=pk)
    if not classroom.can_be_managed_by(request.user):
        raise NotAllowed(_("Only the teachers of this class can do that."))
    return classroom


def terms_data(term_list: TermList | None) -> dict[str, Any]:
    if term_list is None:
        return {"terms": [], "version": 0}
    terms = term_list.entries.current().filter(kind=TermEntry.Kind.TERM).order_by("text", "pk")
    return {"terms": list(terms.values("text", "matching")), "version": term_list.version}


def wanted_entries(term_list: TermList, terms: list[dict[str, Any]]) -> list[EntryInput]:
    """The terms with what the list knows of them beyond this API, and the exceptions as they stand."""
    current = list(term_list.entries.current())
    known = {row.text: row for row in current if row.kind == TermEntry.Kind.TERM}
    entries = [
        EntryInput(row.text, row.matching, row.kind, row.group, row.note, row.is_personal)
        for row in current
        if row.kind == TermEntry.Kind.EXCEPTION
    ]
    for term in terms:
        text = " ".join(term["text"].split())
        row = known.get(text)
        entry = EntryInput(text, term.get("matching", ""))
        if row is not None:
            entry = replace(entry, group=row.group, note=row.note, is_personal=row.is_personal)
        entries.append(entry)
    return entries

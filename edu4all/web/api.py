"""The frame of the REST API: JSON in and out, pages of a list, and errors as ``{"detail", "code"}``."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import IO, Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView, set_rollback

from .problems import Problem

MOST_BYTES = 2 * 1024 * 1024


class APIRequest(Request):
    """What a view gets behind the sign-in: ``user`` is an ``accounts.User``. For annotations only."""

    user: Any


class ProblemSerializer(serializers.Serializer):
    """What went wrong: a text for people and a stable code for programs."""

    detail = serializers.CharField()
    code = serializers.CharField()


def problems(*statuses: int, is_public: bool = False) -> dict[int, type[ProblemSerializer]]:
    """The error answers of an operation for its schema, besides those that every operation has."""
    always = {429} if is_public else {401, 429}
    return dict.fromkeys(sorted({*always, *statuses}), ProblemSerializer)


# What any operation that takes a body may answer before it looks at anything else.
OF_A_BODY = (400, 413, 415)


class TooLarge(Problem):
    code = "too_large"
    status_code = 413

    def __init__(self) -> None:
        super().__init__(_("That is too much at once: at most %(count)d MB.") % {"count": MOST_BYTES >> 20})


class BoundedJSONParser(JSONParser):
    """JSON of a size and depth that a server can bear."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        data = stream.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise TooLarge
        try:
            return super().parse(io.BytesIO(data), media_type, dict(parser_context or {}))
        except RecursionError as error:
            raise exceptions.ParseError from error


class OnlyAnswer(BaseContentNegotiation):
    """There is one form of answer, whatever the asker says to accept: an error stays readable for all."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        media_type = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, str(first.media_type)


class PersonThrottle(UserRateThrottle):
    """By person and never by address: a whole school shares one."""

    scope = "person"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return super().get_cache_key(request, view) if request.user.is_authenticated else None


class JSONView(APIView):
    """What every view of the API is."""

    content_negotiation_class = OnlyAnswer
    parser_classes = [BoundedJSONParser]
    throttle_classes = [PersonThrottle]


class Pages(PageNumberPagination):
    """Lists are ``{"count", "next", "results"}``."""

    page_size_query_param = "page_size"
    max_page_size = 200

    def get_paginated_response(self, data: Any) -> Response:
        assert self.page is not None
        return Response({"count": self.page.paginator.count, "next": self.get_next_link(), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["count", "next", "results"],
            "properties": {
                "count": {"type": "integer"},
                "next": {"type": "string", "format": "uri", "nullable": True},
                "results": schema,
            },
        }


def first_message(detail: Any) -> str:
    """The first human sentence inside DRF's nested error details."""
    if isinstance(detail, dict):
        name, value = next(iter(detail.items()), ("", ""))
        message = first_message(value)
        return message if name in ("", "non_field_errors") else f"{name}: {message}"
    if isinstance(detail, list):
        return first_message(detail[0]) if detail else ""
    return str(detail)


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into ``{"detail", "code"}``; None lets Django answer 500."""
    if isinstance(error, RequestDataTooBig):
        error = TooLarge()
    if isinstance(error, Problem):
        set_rollback()
        body = {"detail": str(error.detail), "code": error.code, **error.extra}
        return Response(body, status=error.status_code)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers: dict[str, str] = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    if isinstance(error, exceptions.ValidationError):
        body = {
            "detail": first_message(error.detail) or _("That is not valid."),
            "code": "invalid",
            "errors": error.detail,
        }
        return Response(body, status=error.status_code, headers=headers)
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else "error"
    return Response({"detail": str(error.detail), "code": code}, status=error.status_code, headers=headers)

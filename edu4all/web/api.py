"""The frame of the REST API: pages of a list, and errors as ``{"detail", "code"}``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import set_rollback

from .problems import Problem


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

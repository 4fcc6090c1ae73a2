"""Pictures for those who may see them at this moment."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response, patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from assignments.models import Picture, PictureFile
from assignments.services.pictures import open_file
from edu4all.web.api import APIRequest, JSONView, problems

from .serializers import PictureSerializer

# Kept by the program that asked, and asked for again each time: a picture taken off the wall is gone at once.
CACHE_CONTROL = "private, no-cache"


class PictureDetail(JSONView):
    @extend_schema(
        operation_id="get_picture", responses={200: PictureSerializer, **problems(404)}, tags=["pictures"]
    )
    def get(self, request: APIRequest, pk: int) -> Response:
        """A picture that the person may see at this moment."""
        found = get_object_or_404(
            Picture.objects.visible_to(request.user).select_related("generation"), pk=pk
        )
        return Response(PictureSerializer(found, context={"request": request}).data)


class PictureFileView(JSONView):
    @extend_schema(
        operation_id="get_picture_file",
        responses={
            (200, "image/webp"): OpenApiTypes.BINARY,
            (200, "image/png"): OpenApiTypes.BINARY,
            304: None,
            **problems(404, 503),
        },
        tags=["pictures"],
    )
    def get(self, request: APIRequest, pk: int) -> HttpResponseBase:
        """The bytes of the largest size, marked as made by a machine. Send `If-None-Match` to save them."""
        visible = Picture.objects.visible_to(request.user).filter(pk=pk)
        largest = PictureFile.objects.filter(picture__in=visible).order_by("-width", "-pk").first()
        if largest is None:
            raise Http404
        etag = f'"{largest.pk}-{largest.size_bytes}-{largest.name}"'
        unchanged = get_conditional_response(request._request, etag=etag)
        response: HttpResponseBase = (
            unchanged if isinstance(unchanged, HttpResponseNotModified) else stream(largest)
        )
        response["ETag"] = etag
        response["Cache-Control"] = CACHE_CONTROL
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return response


def stream(row: PictureFile) -> FileResponse:
    try:
        file = open_file(row)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=row.mime)
    response["Content-Length"] = str(row.size_bytes)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response

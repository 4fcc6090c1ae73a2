"""Pictures one by one: the page, the files, a copy to take away, hiding."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from assignments.forms.prompts import new_key
from assignments.models import Picture, PictureFile
from assignments.services.marks import abilities_for
from assignments.services.pictures import hide_picture, make_download, open_file, unhide_picture
from edu4all.accounts.models import Classroom
from edu4all.web.htmx import wants_fragment
from edu4all.web.http import PageRequest, way_back
from edu4all.web.unavailable import unavailable_told

# The browser keeps the bytes but asks each time, so that a picture taken off the wall is gone at once.
CACHE_CONTROL = "private, no-cache"


def _picture_for(request: PageRequest, pk: int) -> Picture:
    rows = Picture.objects.visible_to(request.user).with_hidden_by(request.user)
    return get_object_or_404(
        rows.select_related(
            "generation__assignment__classroom__school",
            "generation__student",
            "generation__image_model__endpoint",
        ),
        pk=pk,
    )


def _can_manage(request: PageRequest, picture: Picture) -> bool:
    return Classroom.objects.managed_by(request.user).filter(pk=picture.generation.classroom_id).exists()


@require_safe
def picture(request: PageRequest, pk: int) -> HttpResponse:
    """A picture large, with its label and its facts. Its words are for its student and the teachers."""
    found = _picture_for(request, pk)
    is_own = found.generation.student_id == request.user.pk
    can_manage = not is_own and _can_manage(request, found)
    context = {
        "picture": found,
        "generation": found.generation,
        "assignment": found.generation.assignment,
        "is_own": is_own,
        "can_manage": can_manage,
        "can_read_words": is_own or can_manage,
        "can_edit": is_own and abilities_for(found.generation.assignment).can_edit,
        "key": new_key(),
    }
    return render(request, "assignments/picture.html", context)


@require_safe
@unavailable_told
def picture_file(request: PageRequest, pk: int, name: str) -> HttpResponseBase:
    """The bytes of one size, for those who may see the picture at this moment."""
    visible = Picture.objects.visible_to(request.user).filter(pk=pk)
    row = get_object_or_404(PictureFile, picture__in=visible, name=name)
    etag = f'"{row.pk}-{row.size_bytes}-{name}"'
    unchanged = get_conditional_response(request, etag=etag)
    response: HttpResponseBase = _stream(row) if unchanged is None else unchanged
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    patch_vary_headers(response, ["Cookie"])
    return response


def _stream(row: PictureFile) -> FileResponse:
    try:
        file = open_file(row)
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=row.mime)
    response["Content-Length"] = str(row.size_bytes)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@unavailable_told
def download(request: PageRequest, pk: int) -> HttpResponse:
    """A marked copy to take away, for its student and the teachers."""
    found = _picture_for(request, pk)
    if found.generation.student_id != request.user.pk and not _can_manage(request, found):
        raise PermissionDenied
    try:
        data = make_download(found, get_language() or "en")
    except FileNotFoundError as error:
        raise Http404 from error
    name = get_valid_filename(f"{found.generation.assignment.title}-{found.pk}.png")
    response = HttpResponse(data, content_type="image/png")
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = CACHE_CONTROL
    return response


@require_POST
def hide(request: PageRequest, pk: int) -> HttpResponse:
    """Hide a picture for oneself and tell the teacher, in one press."""
    if not request.user.is_student:
        raise PermissionDenied
    rows = Picture.objects.visible_to(request.user) | Picture.objects.hidden_by_person(request.user)
    found = get_object_or_404(rows, pk=pk)
    hide_picture(picture=found, person=request.user)
    context = {"picture": found, "way_back": way_back(request, "next", reverse("assignments:list"))}
    template = "assignments/_hidden.html" if wants_fragment(request) else "assignments/hidden.html"
    return render(request, template, context)


@require_POST
def unhide(request: PageRequest, pk: int) -> HttpResponse:
    """Take the hiding back, as long as no teacher has answered."""
    if not request.user.is_student:
        raise PermissionDenied
    is_shown = unhide_picture(picture_pk=pk, person=request.user)
    if not is_shown and not Picture.objects.visible_to(request.user).filter(pk=pk).exists():
        raise Http404
    return HttpResponseRedirect(way_back(request, "next", reverse("assignments:list")))

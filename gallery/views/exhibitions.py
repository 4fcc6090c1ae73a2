"""Exhibitions: the teacher's pages, and the one page that the public sees."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments.models import Picture, PictureFile
from assignments.services.pictures import open_file
from edu4all.accounts.models import Classroom
from edu4all.accounts.permissions import staff_required
from edu4all.web.http import PageRequest, number_of, numbers_of
from edu4all.web.unavailable import unavailable_told
from gallery.forms import ConsentForm, ExhibitionForm, LabelForm, OpenForm
from gallery.models import Exhibit, Exhibition
from gallery.services import exhibitions as service
from gallery.services.walls import hung_pictures

from .acts import problems_told

TO_CHOOSE = 60
PUBLIC_FILES = ("page", "large")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def exhibitions(request: PageRequest) -> HttpResponse:
    """All exhibitions of one's classes, and the form for a new one."""
    classrooms = list(Classroom.objects.managed_by(request.user).open())
    form = ExhibitionForm(
        request.POST or None,
        classrooms=classrooms,
        initial={"classroom": number_of(request.GET.get("class"))},
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with problems_told(request):
            made = service.create_exhibition(
                classroom=data["classroom"], creator=request.user, title=data["title"], text=data["text"]
            )
            messages.success(
                request, _("The exhibition is there. Choose its works."), extra_tags="new-exhibition"
            )
            return redirect("gallery:exhibition", made.pk)
    rows = Exhibition.objects.visible_to(request.user).with_counts().select_related("classroom")
    context = {"exhibitions": rows, "form": form, "classrooms": classrooms}
    return render(request, "gallery/exhibitions.html", context, status=422 if form.errors else 200)


def _exhibition(request: PageRequest, pk: int) -> Exhibition:
    return get_object_or_404(Exhibition.objects.visible_to(request.user).select_related("classroom"), pk=pk)


def _exhibit(request: PageRequest, pk: int) -> Exhibit:
    rows = Exhibit.objects.filter(exhibition__in=Exhibition.objects.visible_to(request.user))
    return get_object_or_404(rows.select_related("exhibition__classroom"), pk=pk)


@require_safe
def exhibition(request: PageRequest, pk: int) -> HttpResponse:
    """The works that are chosen, each with label and consent; below them what else hangs in the class."""
    found = _exhibition(request, pk)
    exhibits = list(found.exhibits.with_pictures())
    hanging = {exhibit.picture_id for exhibit in exhibits}
    others = hung_pictures(request.user, found.classroom).exclude(pk__in=hanging)
    context = {
        "exhibition": found,
        "exhibits": exhibits,
        "shown_count": found.exhibits.consented().on_wall().count(),
        "page": Paginator(others, TO_CHOOSE).get_page(request.GET.get("page")),
        "open_form": OpenForm(),
        "today": timezone.localdate(),
        "link": request.build_absolute_uri(f"/e/{found.key}/"),
    }
    return render(request, "gallery/exhibition.html", context)


@require_POST
def hang(request: PageRequest, pk: int) -> HttpResponse:
    """Add the chosen pictures of the class."""
    found = _exhibition(request, pk)
    wanted = numbers_of(request.POST.getlist("pictures"))
    pictures = Picture.objects.visible_to(request.user).filter(pk__in=wanted[: service.MOST_EXHIBITS])
    with problems_told(request):
        count = service.hang_pictures(exhibition=found, actor=request.user, pictures=pictures)
        said = ngettext(
            "%(count)d work added. Record the consent next.",
            "%(count)d works added. Record the consents next.",
            count,
        )
        messages.success(request, said % {"count": count})
    return redirect("gallery:exhibition", pk)


@require_POST
def open_page(request: PageRequest, pk: int) -> HttpResponse:
    found = _exhibition(request, pk)
    form = OpenForm(request.POST)
    last_day = form.cleaned_data.get("ends_on") if form.is_valid() else None
    if form.errors:
        messages.error(request, _("That is not a day."))
        return redirect("gallery:exhibition", pk)
    ends_at = None
    if last_day is not None:
        ends_at = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    with problems_told(request):
        service.open_exhibition(exhibition=found, actor=request.user, ends_at=ends_at)
        messages.success(request, _("The exhibition is open. Everybody who has the link can see it."))
    return redirect("gallery:exhibition", pk)


@require_POST
def close_page(request: PageRequest, pk: int) -> HttpResponse:
    found = _exhibition(request, pk)
    with problems_told(request):
        service.close_exhibition(exhibition=found, actor=request.user)
        messages.success(request, _("The exhibition is closed. The link no longer works."))
    return redirect("gallery:exhibition", pk)


@require_POST
def label(request: PageRequest, pk: int) -> HttpResponse:
    """What stands under a work in public."""
    exhibit = _exhibit(request, pk)
    form = LabelForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A label has at most 80 characters."))
        return redirect("gallery:exhibition", exhibit.exhibition_id)
    with problems_told(request):
        service.label_exhibit(exhibit=exhibit, actor=request.user, **form.cleaned_data)
        messages.success(
            request, _("Saved."), extra_tags=" ".join(f"exhibit-{pk}:{name}" for name in form.fields)
        )
    return redirect("gallery:exhibition", exhibit.exhibition_id)


@require_POST
def consent(request: PageRequest, pk: int) -> HttpResponse:
    """Record who agreed and when; a label that came in the same form is saved with it."""
    exhibit = _exhibit(request, pk)
    form = ConsentForm(request.POST)
    label_form = LabelForm(request.POST) if "artist_label" in request.POST else None
    if not form.is_valid():
        messages.error(request, _("Write who gave the consent, and the day."))
        return redirect("gallery:exhibition", exhibit.exhibition_id)
    if label_form and not label_form.is_valid():
        messages.error(request, _("A label has at most 80 characters."))
        return redirect("gallery:exhibition", exhibit.exhibition_id)
    with problems_told(request):
        label_now = label_form.cleaned_data if label_form else None
        service.record_consent(exhibit=exhibit, actor=request.user, label=label_now, **form.cleaned_data)
        messages.success(request, _("The consent is on record."), extra_tags=f"exhibit-{pk}")
    return redirect("gallery:exhibition", exhibit.exhibition_id)


@require_POST
def withdraw_consent(request: PageRequest, pk: int) -> HttpResponse:
    exhibit = _exhibit(request, pk)
    with problems_told(request):
        service.withdraw_consent(exhibit=exhibit, actor=request.user)
        messages.success(request, _("The consent is withdrawn. The public no longer sees this work."))
    return redirect("gallery:exhibition", exhibit.exhibition_id)


@require_POST
def take_down(request: PageRequest, pk: int) -> HttpResponse:
    exhibit = _exhibit(request, pk)
    with problems_told(request):
        service.take_down_exhibit(exhibit=exhibit, actor=request.user)
        messages.success(request, _("The work is no longer part of the exhibition."))
    return redirect("gallery:exhibition", exhibit.exhibition_id)


@require_safe
@never_cache
@login_not_required
def public_exhibition(request: PageRequest, key: str) -> HttpResponse:
    """For everybody who has the link: approved works with recorded consent, found by no search engine."""
    found = get_object_or_404(Exhibition.objects.public(), key=key)
    context = {"exhibition": found, "exhibits": found.exhibits.public().with_pictures()}
    response = render(request, "gallery/public_exhibition.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow, noimageindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@unavailable_told
@cache_control(private=True, max_age=60)
@login_not_required
def public_file(request: PageRequest, key: str, pk: int, name: str) -> FileResponse:
    """A derived size of a work that the public may see at this moment."""
    exhibit = get_object_or_404(Exhibit.objects.public(), pk=pk, exhibition__key=key)
    if name not in PUBLIC_FILES:
        raise Http404
    file = get_object_or_404(PictureFile, picture_id=exhibit.picture_id, name=name)
    try:
        response = FileResponse(open_file(file), content_type=file.mime)
    except FileNotFoundError as error:
        raise Http404 from error
    response["X-Robots-Tag"] = "noindex, noimageindex"
    return response

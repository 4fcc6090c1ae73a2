"""A storage that doesn't answer: what pages, programs and the engine make of it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from botocore.config import Config
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.urls import reverse
from PIL import Image

from assignments.generation import pipeline, sweeper, tidying
from assignments.models import Generation, Picture
from edu4all.web.problems import Conflict
from gallery.services import exhibitions
from tests.assignments.generation.engine import let_rest_pass, press, refreshed, run_queue
from tests.cast import Cast
from tests.gallery.works import make_work

pytestmark = pytest.mark.django_db
Status = Generation.Status


def storage_down() -> override_settings:
    """A real S3 client whose service nobody runs."""
    options = {
        "bucket_name": "school",
        "endpoint_url": "http://127.0.0.1:1",
        "access_key": "a",
        "secret_key": "b",
        "client_config": Config(retries={"max_attempts": 0}),
    }
    return override_settings(
        STORAGES={
            "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
    )


@pytest.fixture
def student(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(cast.student)
    return client


@pytest.mark.parametrize("name", ["picture_file", "download"])
def test_a_page_says_that_the_picture_is_safe(cast: Cast, student: Client, name: str) -> None:
    picture = make_work(cast, has_files=True)
    more = ["page"] if name == "picture_file" else []
    with storage_down():
        answer = student.get(reverse(f"assignments:{name}", args=[picture.pk, *more]))
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "The picture is safe" in answer.content.decode()


def test_a_program_is_told_in_its_own_way(cast: Cast, student: Client) -> None:
    picture = make_work(cast, has_files=True)
    with storage_down():
        answer = student.get(f"/api/v1/pictures/{picture.pk}/file/")
    assert answer.status_code == 503
    assert answer.json() == {
        "detail": "The picture is safe, but it can't be fetched right now.",
        "code": "unavailable",
    }


def test_the_public_page_is_told_and_keeps_no_fault(cast: Cast) -> None:
    picture = make_work(cast, moderation="approved", has_files=True)
    show = exhibitions.create_exhibition(
        classroom=cast.classroom, creator=cast.teacher, title="Towers", text=""
    )
    exhibitions.hang_pictures(exhibition=show, actor=cast.teacher, pictures=[picture])
    exhibit = show.exhibits.get()
    exhibitions.record_consent(
        exhibit=exhibit, actor=cast.teacher, consented_by="mother, on paper", consented_at=date(2026, 3, 2)
    )
    exhibitions.open_exhibition(exhibition=show, actor=cast.teacher)
    show.refresh_from_db()
    address = reverse("gallery:public_file", args=[show.key, exhibit.pk, "page"])
    with storage_down():
        answer = Client().get(address)
    assert answer.status_code == 503
    assert "max-age=60" not in answer.headers.get("Cache-Control", "")
    assert Client().get(address).status_code == 200


def test_a_file_that_is_gone_is_still_a_404(cast: Cast, student: Client) -> None:
    picture = make_work(cast, has_files=True)
    default_storage.delete(picture.files.get(name="page").file)
    assert student.get(reverse("assignments:picture_file", args=[picture.pk, "page"])).status_code == 404


def test_drawn_pictures_wait_for_the_storage_in_the_spool(cast: Cast) -> None:
    row = press(cast.student, cast.assignment)
    with storage_down():
        run_queue(cast.limit)
        row = refreshed(row)
        assert row.status == Status.CHECKING
        assert row.is_suspect, "to be looked at again soon"
        go_on(row)
        assert refreshed(row).status == Status.CHECKING
    go_on(refreshed(row))
    row = refreshed(row)
    assert row.status == Status.READY
    assert row.calls.count() == 1, "drawn once, whatever the storage did"


def go_on(row: Generation) -> None:
    """What sweeper and worker do once its short lease has run out."""
    assert sweeper.take_over(row)
    pipeline.generate(row.pk, row.claim)


def _drawn(cast: Cast) -> Picture:
    row = press(cast.student, cast.assignment)
    run_queue(cast.limit)
    return row.pictures.get()


def test_an_edit_waits_for_its_picture_and_costs_no_call(cast: Cast) -> None:
    source = _drawn(cast)
    row = press(cast.student, cast.assignment, operation="vary", source=source)
    with storage_down():
        run_queue(cast.limit)
    row = refreshed(row)
    assert (row.status, row.calls_begun) == (Status.QUEUED, 0)
    assert row.resume_at is not None
    let_rest_pass()
    run_queue(cast.limit)
    assert refreshed(row).status == Status.READY


def test_an_edit_of_a_picture_that_is_gone_ends_kindly(cast: Cast) -> None:
    source = _drawn(cast)
    row = press(cast.student, cast.assignment, operation="vary", source=source)
    default_storage.delete(source.original)
    run_queue(cast.limit)
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, "source_missing")


def test_a_mark_that_can_not_be_kept_leaves_no_press(cast: Cast) -> None:
    source = _drawn(cast)
    mask = io.BytesIO()
    Image.new("RGBA", (1536, 864)).save(mask, "PNG")
    with storage_down(), pytest.raises(Conflict) as caught:
        press(cast.student, cast.assignment, operation="edit", source=source, mask=mask.getvalue())
    assert caught.value.code == "paused"
    assert Generation.objects.count() == 1


def test_housekeeping_does_what_needs_no_storage(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(tidying, "refresh_shutdown_dates", lambda: asked.append(True))
    with storage_down(), pytest.raises(Exception, match=r"127\.0\.0\.1:1"):
        tidying.tidy()
    assert asked

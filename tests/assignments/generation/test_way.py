"""A prompt's way from the press to the picture."""

from __future__ import annotations

from assignments.generation import storing
from assignments.models import Generation, Picture, ProviderCall
from tests.assignments.generation.engine import press, refreshed, run_queue

Status = Generation.Status


def test_sample_picture_is_shown_at_once(cast):
    row = press(cast.student, cast.assignment)
    assert row.status == Status.QUEUED
    assert "에펠탑" in row.sent_prompt
    run_queue(cast.limit)
    row = refreshed(row)
    assert (row.status, row.claim, row.error_kind) == (Status.READY, 1, "")
    picture = row.pictures.get()
    assert picture.moderation == Picture.Moderation.SHOWN
    assert picture.is_sample
    assert (picture.width, picture.height) == (1536, 864)
    assert picture.alt_ko
    assert {file.name for file in picture.files.all()} == {"thumb", "page", "large"}
    assert storing.get(picture.original).startswith(b"\x89PNG")
    for file in picture.files.all():
        assert len(storing.get(file.file)) == file.size_bytes
    call = ProviderCall.objects.get(generation=row)
    assert (call.outcome, call.pictures) == (ProviderCall.Outcome.DRAWN, 1)
    assert call.engine_seconds > 0


def test_picture_waits_for_the_teacher_by_default(cast):
    row = press(cast.student3, cast.assignment2)
    run_queue(cast.limit)
    assert refreshed(row).status == Status.HELD
    assert Picture.objects.get().moderation == Picture.Moderation.WAITING


def test_external_picture_without_a_checker_is_held_even_at_once(studio):
    row = studio.press()
    studio.run()
    row = refreshed(row)
    assert row.status == Status.HELD
    assert row.pictures.get().check_outcome == "unchecked"
    assert studio.server.counters()["pictures"] == 1
    assert row.image_model == studio.model


def test_several_pictures_of_one_press(studio):
    studio.cast.assignment.pictures_per_press = 3
    row = studio.press()
    studio.run()
    assert [picture.position for picture in row.pictures.order_by("position")] == [0, 1, 2]
    assert ProviderCall.objects.get().pictures == 3


def test_variation_starts_from_the_students_own_picture(studio):
    first = studio.press()
    studio.run()
    picture = first.pictures.get()
    Picture.objects.update(moderation=Picture.Moderation.APPROVED)
    second = studio.press(operation="vary", source=picture)
    studio.run()
    assert refreshed(second).status == Status.HELD
    assert studio.server.counters()["drawings"][-1]["is_edit"]

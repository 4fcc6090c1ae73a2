"""The second opinion on words and pictures, and a person's decision after it."""

from __future__ import annotations

from assignments.generation import opinion
from assignments.generation.errors import TimedOut
from assignments.generation.moderation import ModerationClient, ModerationResult
from assignments.models import ClassPolicy, Endpoint, Generation, Picture
from assignments.services.moderation import moderate_picture
from assignments.services.policies import save_class_policy
from tests.assignments.generation.engine import let_rest_pass, press, refreshed, run_queue

Status = Generation.Status


def with_checker(studio) -> None:
    Endpoint.objects.filter(pk=studio.endpoint.pk).update(has_moderation=True)


def answer(monkeypatch, flagged: bool, *categories: str, on: str) -> None:
    """Let the endpoint think so of words or of pictures; the other is harmless."""

    def check(self, *, text="", image=None):
        is_meant = (image is not None) == (on == "picture")
        return ModerationResult(flagged and is_meant, categories if is_meant else ())

    monkeypatch.setattr(ModerationClient, "check", check)


def test_checked_picture_is_shown_at_once(studio):
    with_checker(studio)
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.READY
    assert row.pictures.get().check_outcome == "passed"
    assert studio.server.counters()["moderations"] == 2, "one on the words, one on the picture"


def test_a_class_that_wants_to_look_first_meanwhile_gets_its_way(studio, monkeypatch):
    with_checker(studio)

    def check(self, *, text="", image=None):
        if image is not None:
            save_class_policy(
                classroom=studio.cast.classroom, author=studio.cast.teacher, changes={"mode": "after_review"}
            )
        return ModerationResult(False, ())

    monkeypatch.setattr(ModerationClient, "check", check)
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.HELD
    picture = row.pictures.get()
    assert (picture.moderation, picture.check_outcome) == (Picture.Moderation.WAITING, "passed")


def test_flagged_words_are_refused_before_any_drawing(studio):
    with_checker(studio)
    row = studio.press(prompt="a dog with flag-this on its hat")
    studio.run()
    row = refreshed(row)
    assert (row.status, row.refusal_stage, row.error_kind) == (Status.REFUSED, "prompt", "prompt_flagged")
    assert studio.server.counters()["calls"] == 0
    assert row.reserved_usd == 0


def test_flagged_picture_waits_for_a_person(studio, monkeypatch):
    with_checker(studio)
    answer(monkeypatch, True, "violence", on="picture")
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.HELD
    picture = row.pictures.get()
    assert (picture.moderation, picture.check_outcome) == (Picture.Moderation.WAITING, "flagged")
    assert picture.check_categories == ["violence"]


def test_some_pictures_nobody_has_to_look_at(studio, monkeypatch):
    with_checker(studio)
    answer(monkeypatch, True, "sexual", on="picture")
    row = studio.press()
    studio.run()
    row = refreshed(row)
    assert (row.status, row.refusal_stage) == (Status.REFUSED, "picture")
    assert not Picture.objects.exists()
    assert "sexual/minors" in opinion.NEVER_SHOWN


def test_silent_checker_holds_the_words_or_goes_on_as_the_class_wants(studio, monkeypatch):
    def silent(self, **_facts):
        raise TimedOut("no answer")

    with_checker(studio)
    with monkeypatch.context() as patched:
        patched.setattr(ModerationClient, "check", silent)
        row = studio.press()
        studio.run()
        row = refreshed(row)
        assert row.status == Status.QUEUED
        assert row.resume_at is not None
        assert studio.server.counters()["calls"] == 0
        ClassPolicy.objects.update(when_unchecked=ClassPolicy.WhenUnchecked.GO_ON)
        let_rest_pass()
        studio.run()
    assert refreshed(row).status == Status.HELD, "an unchecked picture is never shown by itself"
    assert row.pictures.get().check_outcome == "unchecked"


def held(cast) -> Generation:
    row = press(cast.student3, cast.assignment2)
    run_queue(cast.limit)
    return refreshed(row)


def test_approved_picture_makes_its_row_ready(cast):
    row = held(cast)
    moderate_picture(picture=row.pictures.get(), decision="approve")
    assert refreshed(row).status == Status.READY
    assert row.pictures.get().moderation == Picture.Moderation.APPROVED


def test_returned_picture_ends_its_row_with_the_reason(cast):
    row = held(cast)
    moderate_picture(picture=row.pictures.get(), decision="reject", reason="Too scary")
    row = refreshed(row)
    assert (row.status, row.refusal_stage, row.refusal_reason) == (Status.REFUSED, "review", "Too scary")
    moderate_picture(picture=row.pictures.get(), decision="approve")
    row = refreshed(row)
    assert (row.status, row.refusal_stage, row.refusal_reason) == (Status.READY, "", "")


def test_row_of_several_pictures_waits_for_the_last_decision(cast):
    cast.assignment2.pictures_per_press = 2
    row = held(cast)
    first, second = row.pictures.order_by("position")
    moderate_picture(picture=first, decision="reject", reason="no")
    assert refreshed(row).status == Status.HELD
    moderate_picture(picture=second, decision="approve")
    assert refreshed(row).status == Status.READY


def test_picture_shown_at_once_can_be_taken_back(cast):
    row = press(cast.student, cast.assignment)
    run_queue(cast.limit)
    moderate_picture(picture=row.pictures.get(), decision="reject", reason="Try again")
    assert refreshed(row).status == Status.REFUSED
    assert not Picture.objects.visible_to(cast.student).exists()

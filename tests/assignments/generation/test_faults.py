"""Each fault of a provider: what becomes of the row, the money and the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from assignments.generation import checking, pipeline, reasons, spool, storing, sweeper
from assignments.generation.dispatch import dispatch
from assignments.generation.providers.base import DrawnImage, ImageResult
from assignments.generation.rehearsal import Fault, art
from assignments.generation.run import take_up
from assignments.models import (
    Endpoint,
    Generation,
    ImageModel,
    Limit,
    Picture,
    ProviderCall,
    SchoolModel,
    Spending,
)
from assignments.services.generations import tries_left
from edu4all.accounts.models import AuditEvent
from tests.assignments.generation.engine import let_rest_pass, make_model, refreshed, run_queue

Status = Generation.Status
Outcome = ProviderCall.Outcome
PRICE = Decimal("0.05")


def money() -> tuple[Decimal, Decimal]:
    return Spending.objects.values_list("reserved_usd", "spent_usd").get(scope="school")


def ledger() -> list[tuple[str, str]]:
    return list(ProviderCall.objects.order_by("pk").values_list("outcome", "error_kind"))


def tries(studio) -> int:
    assignment = studio.cast.assignment
    return tries_left(student=studio.cast.student, assignments=[assignment])[assignment.pk]


def test_429_keeps_the_place_and_costs_no_try(studio):
    studio.server.script(Fault("rate_limited", seconds=120))
    row = studio.press()
    tags = (row.start_tag, row.finish_tag)
    studio.run()
    row = refreshed(row)
    assert row.status == Status.QUEUED
    assert (row.start_tag, row.finish_tag, row.calls_begun, row.first_call_at) == (*tags, 0, None)
    assert ledger()[0] == (Outcome.FAILED, "rate_limited")
    other = studio.press(studio.cast.student2)
    studio.run()
    assert refreshed(other).status == Status.QUEUED, "the whole queue rests as long as it was told"
    let_rest_pass()
    studio.run()
    assert refreshed(row).status == refreshed(other).status == Status.HELD
    assert studio.server.counters()["calls"] == 3
    assert money() == (0, PRICE * 2)


@pytest.mark.parametrize(
    "kind",
    [
        "html",
        "no_data",
        "error_inside",
        "event_stream",
        "truncated",
        "not_base64",
        "wrong_format",
        "wrong_size",
        "blank",
        "grey",
        "server_error",
        "reset",
    ],
)
def test_one_fault_is_drawn_again(studio, kind):
    studio.server.script(Fault(kind))
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.QUEUED
    assert ledger()[0][1] not in ("", "failed")
    let_rest_pass()
    studio.run()
    row = refreshed(row)
    assert row.status == Status.HELD
    assert row.pictures.count() == 1
    assert row.reserved_usd == 0
    first = ProviderCall.objects.order_by("pk").first()
    was_maybe_paid = first.outcome in (Outcome.DRAWN, Outcome.IN_DOUBT)
    assert money() == (0, PRICE * (2 if was_maybe_paid else 1))
    assert row.cost_usd == money()[1]


@pytest.mark.parametrize(
    ("kind", "error_kind"),
    [
        ("truncated", "truncated_answer"),
        ("html", "bad_answer"),
        ("blank", "image_blank"),
        ("grey", "image_grey"),
    ],
)
def test_maybe_paid_faults_are_repeated_once_only(studio, kind, error_kind):
    studio.server.script(Fault(kind, times=0))
    row = studio.press()
    for _round in range(4):
        studio.run()
        let_rest_pass()
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, error_kind)
    assert ProviderCall.objects.count() == 2
    assert studio.server.counters()["calls"] == 2
    assert money() == (0, PRICE * 2)
    assert tries(studio) == 10
    assert not Picture.objects.exists()
    assert str(reasons.public_reason(row.error_kind))


@pytest.mark.parametrize(("kind", "error_kind"), [("oversized", "oversized_answer"), ("bomb", "image_bomb")])
def test_dangerous_answers_are_not_asked_for_again(studio, kind, error_kind, settings):
    settings.CALL_MAX_BYTES = 1_000_000
    studio.server.script(Fault(kind, size=2_000_000))
    row = studio.press()
    studio.run()
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, error_kind)
    assert ProviderCall.objects.get().outcome in (Outcome.DRAWN, Outcome.IN_DOUBT)


def test_a_hanging_call_ends_with_our_own_deadline(studio, settings):
    settings.CALL_DEADLINE_SECONDS = 1.5
    studio.server.script(Fault("hang", seconds=60))
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.QUEUED
    assert ledger() == [(Outcome.IN_DOUBT, "timed_out")]
    assert money() == (PRICE, PRICE), "the doubtful call is spent, the next one reserved anew"


def test_drawing_again_asks_the_cap_first(studio):
    studio.cast.school.__class__.objects.update(daily_cap_usd=PRICE)
    studio.cast.assignment.classroom.school.refresh_from_db()
    studio.server.script(Fault("truncated"))
    row = studio.press()
    studio.run()
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, "budget")
    assert money() == (0, PRICE)


@pytest.mark.parametrize(
    ("kind", "stage", "left"),
    [
        ("refuse_input", "prompt", 10),
        ("content_policy_violation", "prompt", 10),
        ("azure_content_filter", "prompt", 10),
        ("refuse_output", "picture", 9),
    ],
)
def test_refusals_tell_their_stage(studio, kind, stage, left):
    studio.server.script(Fault(kind))
    row = studio.press()
    studio.run()
    row = refreshed(row)
    assert (row.status, row.refusal_stage) == (Status.REFUSED, stage)
    assert ledger()[0][0] == Outcome.REFUSED
    assert tries(studio) == left
    assert money() == (0, PRICE if stage == "picture" else 0)
    assert studio.press().start_tag == (row.finish_tag if stage == "picture" else 0)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("insufficient_quota", "quota_exhausted"),
        ("temporarily_blocked", "account_blocked"),
        ("key_rejected", "key_rejected"),
        ("model_gone", "model_gone"),
        ("model_gone_404", "model_gone"),
    ],
)
def test_a_closed_account_stops_the_model_and_refunds_everyone(studio, kind, reason):
    SchoolModel.objects.filter(image_model=studio.cast.image_model).delete()
    studio.server.script(Fault(kind, times=0))
    rows = [studio.press(), studio.press(studio.cast.student2)]
    Limit.objects.filter(pk=studio.limit.pk).update(in_flight=1)
    studio.run(2)
    studio.model.refresh_from_db()
    assert studio.model.stop_reason == reason
    assert studio.server.counters()["calls"] == 1, "nobody asks a closed account again"
    assert {refreshed(row).status for row in rows} == {Status.FAILED}
    assert {refreshed(row).error_kind for row in rows} == {reason}
    assert money() == (0, 0)
    assert AuditEvent.objects.get(verb="image_model.stopped").school == studio.cast.school


def test_waiting_rows_move_to_the_second_model(studio):
    ImageModel.objects.filter(pk=studio.model.pk).update(fallback=studio.cast.image_model)
    studio.server.script(Fault("insufficient_quota", times=0))
    rows = [studio.press(), studio.press(studio.cast.student2)]
    studio.run()
    for row in rows:
        row.refresh_from_db()
        assert (row.status, row.image_model) == (Status.QUEUED, studio.cast.image_model)
        assert row.limit == studio.cast.limit
    assert studio.limit.shares.filter(last_finish__gt=0).count() == 0
    run_queue(studio.cast.limit)
    assert {refreshed(row).status for row in rows} == {Status.READY}
    assert all(row.pictures.get().is_sample for row in rows)


def test_what_the_provider_says_of_its_limit_slows_the_queue(studio):
    studio.server.configure(replace(studio.server.config, limit=2))
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.HELD
    studio.limit.refresh_from_db()
    assert studio.limit.learned_per_minute == 2
    assert studio.limit.not_before > studio.limit.send_tat, "its allowance is used up for now"
    studio.press(studio.cast.student2)
    studio.run()
    assert studio.server.counters()["throttled"] == 0


def test_one_bad_picture_of_three_does_not_spoil_the_others(studio, monkeypatch):
    """They are paid; a worker that dies afterwards finds only the good ones."""
    studio.cast.assignment.pictures_per_press = 3
    row = studio.press()
    dispatch(studio.limit.pk)
    run = take_up(row.pk, 1)
    data = [art.draw_png(1536, 864, 1), art.draw_grey(1536, 864), art.draw_png(1536, 864, 2)]
    images = spool.images_of(ImageResult(tuple(DrawnImage(each) for each in data)))
    spool.write(run.generation, images)
    with monkeypatch.context() as patched:
        patched.setattr(checking, "derive", lambda *_arguments, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            pipeline.accept(run, images)
    row = refreshed(row)
    assert sweeper.take_over(row)
    pipeline.generate(row.pk, row.claim)
    row = refreshed(row)
    assert row.status == Status.HELD
    kept = [storing.get(picture.original) for picture in row.pictures.order_by("position")]
    assert kept == [data[0], data[2]]


def test_a_message_that_comes_again_later_does_not_disturb_the_call(studio):
    """The broker delivers twice; the first worker waits for its picture meanwhile."""
    row = studio.press()
    dispatch(studio.limit.pk)
    assert take_up(row.pk, 1) is not None
    before = refreshed(row)
    pipeline.generate(row.pk, 1)
    after = refreshed(row)
    assert (after.status, after.is_suspect, after.lease_expires_at) == (
        Status.DRAWING,
        False,
        before.lease_expires_at,
    )
    assert studio.server.counters()["requests"] == 0


def test_a_provider_that_is_down_is_waited_for(studio, settings):
    settings.GIVE_UP_AFTER_SECONDS = 900
    Endpoint.objects.filter(pk=studio.endpoint.pk).update(base_url="http://127.0.0.1:9/v1", key_source="none")
    row = studio.press()
    for _round in range(7):
        studio.run()
        let_rest_pass()
    row = refreshed(row)
    assert row.status == Status.QUEUED
    assert {kind for _outcome, kind in ledger()} == {"unreachable"}
    assert money()[1] == 0
    Generation.objects.update(first_call_at=timezone.now() - timedelta(minutes=16))
    studio.run()
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, "unreachable")
    assert money() == (0, 0)


def test_a_wrong_request_of_ours_fails_at_once(studio):
    studio.server.script(Fault("invalid_size"))
    row = studio.press()
    studio.run()
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, "request_invalid")
    assert money() == (0, 0)


def test_key_of_another_address_is_never_sent(studio):
    Endpoint.objects.filter(pk=studio.endpoint.pk).update(base_url=studio.server.openai_address + "/other")
    SchoolModel.objects.filter(image_model=studio.cast.image_model).delete()
    row = studio.press()
    studio.run()
    assert refreshed(row).error_kind == "address_forbidden"
    assert studio.server.counters()["requests"] == 0


def test_nothing_but_a_pseudonym_leaves(studio):
    cast = studio.cast
    facts = {"username": "haneul-4-2-17", "email": "bora@example.org", "display_name": "Seo Bora"}
    type(cast.student).objects.filter(pk=cast.student.pk).update(**facts)
    studio.press()
    studio.run()
    wire = b"".join(request.raw for request in studio.server.requests).decode("latin-1")
    for word in (
        *facts.values(),
        str(cast.student.key),
        cast.student.key.hex,
    ):
        assert word not in wire
    assert cast.classroom.name not in wire
    assert cast.school.name not in wire
    assert list(studio.server.counters()["by_pseudonym"]) != [""]


def test_cost_follows_the_tokens(studio):
    ImageModel.objects.filter(pk=studio.model.pk).update(price_text_in_usd=5, price_image_out_usd=30)
    row = studio.press()
    studio.run()
    call = ProviderCall.objects.get()
    usage = call.usage
    wanted = (usage["input_text_tokens"] * 5 + usage["output_tokens"] * 30) / Decimal(1_000_000)
    assert call.cost_usd == wanted.quantize(Decimal("0.000001")) > 0
    assert refreshed(row).cost_usd == call.cost_usd
    assert money() == (0, call.cost_usd)


def test_second_model_of_the_same_limit_shares_its_pace(studio):
    other = make_model(studio.endpoint, studio.limit, "rehearsal-old")
    SchoolModel.objects.create(school=studio.cast.school, image_model=other)
    Limit.objects.filter(pk=studio.limit.pk).update(in_flight=1)
    studio.press()
    row = studio.press(studio.cast.student2)
    Generation.objects.filter(pk=row.pk).update(image_model=other)
    studio.run()
    assert Generation.objects.filter(status=Status.QUEUED).count() == 1

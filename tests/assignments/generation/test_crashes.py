"""Workers that die at any line, and what is found afterwards."""

from __future__ import annotations

import errno
import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.utils import timezone

from assignments.generation import (
    checking,
    endpoints,
    leases,
    ledger,
    pipeline,
    spool,
    storing,
    sweeper,
    tidying,
    transitions,
    turn,
)
from assignments.generation.clock import as_moment, database_now
from assignments.generation.dispatch import dispatch
from assignments.generation.rehearsal import Fault
from assignments.generation.run import load_run
from assignments.models import Generation, ImageModel, Picture, ProviderCall, Spending
from tests.assignments.generation.engine import draw_claimed, let_rest_pass, press, refreshed, run_queue

Status = Generation.Status
Outcome = ProviderCall.Outcome
PRICE = Decimal("0.05")


class WorkerKilled(BaseException):
    """As kill -9 would: no line after it runs."""


def kill_at(monkeypatch, place, name: str) -> None:
    def die(*_arguments, **_facts):
        raise WorkerKilled

    monkeypatch.setattr(place, name, die)


def die_while_drawing(studio, monkeypatch, place, name: str) -> Generation:
    row = studio.press()
    with monkeypatch.context() as patched:
        kill_at(patched, place, name)
        dispatch(studio.limit.pk)
        with pytest.raises(WorkerKilled):
            draw_claimed()
    return refreshed(row)


def let_lease_run_out() -> None:
    Generation.objects.filter(status__in=Generation.WORKING).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1), is_suspect=True
    )


def sweep_and_draw(studio, rounds: int = 2) -> None:
    for _round in range(rounds):
        let_lease_run_out()
        sweeper.sweep()
        let_rest_pass()
        for pk, claim in Generation.objects.filter(status__in=Generation.WORKING).values_list("pk", "claim"):
            pipeline.generate(pk, claim)


def spent() -> Decimal:
    return Spending.objects.values_list("spent_usd", flat=True).get(scope="school")


def test_killed_before_the_call_costs_nothing(studio, monkeypatch):
    row = die_while_drawing(studio, monkeypatch, pipeline, "build_request")
    assert (row.status, row.calls_begun) == (Status.DRAWING, 0)
    sweep_and_draw(studio)
    row = refreshed(row)
    assert (row.status, row.claim) == (Status.HELD, 2)
    assert ProviderCall.objects.count() == studio.server.counters()["calls"] == 1
    assert spent() == PRICE


def test_killed_in_the_call_is_in_doubt_and_drawn_once_more(studio, monkeypatch):
    row = die_while_drawing(studio, monkeypatch, pipeline, "_call")
    sweep_and_draw(studio)
    assert refreshed(row).status == Status.HELD
    outcomes = list(ProviderCall.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == [Outcome.IN_DOUBT, Outcome.DRAWN]
    assert spent() == PRICE * 2


def test_killed_in_two_calls_is_not_drawn_a_third_time(studio, monkeypatch):
    row = die_while_drawing(studio, monkeypatch, pipeline, "_call")
    let_lease_run_out()
    sweeper.sweep()
    with monkeypatch.context() as patched:
        kill_at(patched, pipeline, "_call")
        with pytest.raises(WorkerKilled):
            draw_claimed()
    sweep_and_draw(studio, rounds=3)
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, "timed_out")
    assert ProviderCall.objects.count() == 2
    assert spent() == PRICE * 2


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (ledger, "end_drawn"),
        (pipeline, "verify"),
        (pipeline, "put_originals"),
        (pipeline, "check_and_finish"),
        (checking, "derive"),
        (checking, "_finish"),
    ],
)
def test_bytes_that_were_put_down_are_never_drawn_again(studio, monkeypatch, place, name):
    row = die_while_drawing(studio, monkeypatch, place, name)
    sweep_and_draw(studio)
    row = refreshed(row)
    assert row.status == Status.HELD
    assert row.pictures.count() == 1
    assert studio.server.counters()["calls"] == ProviderCall.objects.count() == 1
    assert ProviderCall.objects.get().outcome == Outcome.DRAWN
    assert spent() == PRICE
    assert storing.get(row.pictures.get().original).startswith(b"\x89PNG")


def test_checking_goes_on_from_the_storage_on_another_machine(studio, monkeypatch, settings, tmp_path):
    row = die_while_drawing(studio, monkeypatch, checking, "derive")
    assert row.status == Status.CHECKING
    settings.SPOOL_DIR = tmp_path
    sweep_and_draw(studio)
    assert refreshed(row).status == Status.HELD
    assert studio.server.counters()["calls"] == 1


def test_worker_that_wakes_up_late_can_not_finish(studio):
    """Declared dead during the call; its row was drawn again by another."""
    row = studio.press()
    dispatch(studio.limit.pk)
    late = load_run(row.pk, 1)
    late_turn = turn.take_turn(late)
    let_lease_run_out()
    sweeper.sweep()
    draw_claimed()
    assert refreshed(row).status == Status.HELD
    picture = row.pictures.get()
    request = pipeline.build_request(late)
    result = endpoints.provider_of(late.endpoint).generate(request)
    images = spool.images_of(result)
    ledger.end_drawn(late_turn.call.pk, result, PRICE)
    pipeline.accept(late, images)
    assert list(row.pictures.all()) == [picture]
    assert refreshed(row).claim == 2
    assert set(ProviderCall.objects.values_list("outcome", flat=True)) == {Outcome.DRAWN}
    assert spent() == PRICE * 2


def test_late_bytes_are_used_when_nobody_has_drawn_again(studio, monkeypatch):
    row = die_while_drawing(studio, monkeypatch, ledger, "end_drawn")
    Generation.objects.filter(pk=row.pk).update(status=Status.QUEUED, lease_expires_at=None)
    studio.run()
    assert refreshed(row).status == Status.HELD
    assert studio.server.counters()["calls"] == 1


def test_spooled_bytes_of_another_life_of_the_database_are_not_taken(cast):
    row = press(cast.student, cast.assignment)
    stranger = Generation(pk=row.pk, claim=1, student_id=row.student_id, idempotency_key="other")
    spool.write(stranger, (spool.SpooledImage(b"not yours", _sha(b"not yours")),))
    dispatch(cast.limit.pk)
    assert spool.find(refreshed(row)) == (0, ())
    assert spool.find(stranger)[1][0].data == b"not yours"


def test_damaged_spool_is_not_trusted(cast):
    row = press(cast.student, cast.assignment)
    row.claim = 1
    spool.write(row, (spool.SpooledImage(b"whole", _sha(b"whole")),))
    assert spool.read(row, 1)[0].data == b"whole"
    folder = next(
        path for path, pk, _age in spool.entries() if pk == row.pk and path.name.endswith(spool.identity(row))
    )
    (folder / "0").write_bytes(b"half")
    assert spool.read(row, 1) == ()


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_full_storage_is_waited_for(studio, monkeypatch):
    def full(*_arguments, **_facts):
        raise OSError(errno.ENOSPC, "No space left on device")

    row = studio.press()
    with monkeypatch.context() as patched:
        patched.setattr(default_storage._wrapped.__class__, "save", full)
        studio.run()
        assert refreshed(row).status == Status.CHECKING
        sweep_and_draw(studio)
        assert refreshed(row).status == Status.CHECKING
    sweep_and_draw(studio)
    assert refreshed(row).status == Status.HELD
    assert studio.server.counters()["calls"] == 1


def test_storage_that_stays_full_is_given_up(studio, monkeypatch):
    def full(*_arguments, **_facts):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage._wrapped.__class__, "save", full)
    row = studio.press()
    studio.run()
    Generation.objects.update(first_call_at=timezone.now() - timedelta(minutes=16))
    sweep_and_draw(studio)
    row = refreshed(row)
    assert (row.status, row.error_kind) == (Status.FAILED, "storage_failed")
    assert spent() == PRICE


def test_full_spool_leaves_the_storage(studio, monkeypatch):
    def full(*_arguments, **_facts):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool, "write", full)
    row = studio.press()
    studio.run()
    assert refreshed(row).status == Status.HELD


def test_suspicion_needs_a_second_look(studio):
    """A clock that jumps ahead makes every lease look old; the living renew theirs."""
    row = studio.press()
    dispatch(studio.limit.pk)
    Generation.objects.update(lease_expires_at=timezone.now() - timedelta(hours=1))
    sweeper.sweep()
    row = refreshed(row)
    assert (row.status, row.claim, row.is_suspect) == (Status.DRAWING, 1, True)
    assert leases.renew([(row.pk, 1)]) == 1
    sweeper.sweep()
    assert refreshed(row).claim == 1
    assert leases.renew([(row.pk, 99)]) == 0


def test_lease_from_the_future_is_not_believed(studio):
    """A clock that was set back would otherwise keep a dead worker's row for hours."""
    row = studio.press()
    dispatch(studio.limit.pk)
    Generation.objects.update(lease_expires_at=timezone.now() + timedelta(hours=5))
    sweeper.suspect_expired_leases()
    row = refreshed(row)
    assert row.is_suspect
    assert row.lease_expires_at < timezone.now() + timedelta(minutes=1)


def test_sweeper_finds_what_no_wake_up_reached(cast):
    """The broker was down at the press."""
    row = press(cast.student, cast.assignment)
    sweeper.sweep()
    assert refreshed(row).status == Status.DRAWING


def test_two_sweepers_do_the_work_once(studio, monkeypatch):
    row = die_while_drawing(studio, monkeypatch, pipeline, "_call")
    let_lease_run_out()
    first, second = refreshed(row), refreshed(row)
    assert sweeper.take_over(first)
    assert not sweeper.take_over(second)
    assert spent() == PRICE


def test_stale_message_does_nothing(studio):
    row = studio.press()
    dispatch(studio.limit.pk)
    pipeline.generate(row.pk, 0)
    pipeline.generate(row.pk, 2)
    assert refreshed(row).status == Status.DRAWING
    draw_claimed()
    pipeline.generate(row.pk, 1)
    assert studio.server.counters()["calls"] == 1


def test_cancel_loses_against_a_claim(cast):
    row = press(cast.student, cast.assignment)
    stale = refreshed(row)
    dispatch(cast.limit.pk)
    assert not transitions.cancel(stale)
    run_queue(cast.limit)
    assert refreshed(row).status == Status.READY


def test_calls_without_an_end_are_closed_as_doubtful(studio, monkeypatch):
    row = die_while_drawing(studio, monkeypatch, pipeline, "_call")
    Generation.objects.filter(pk=row.pk).update(status=Status.FAILED)
    long_ago = as_moment(database_now() - django_settings.CALL_DEADLINE_SECONDS - 100)
    ProviderCall.objects.update(begun_at=long_ago)
    assert sweeper.close_lost_calls() == 1
    assert ProviderCall.objects.get().outcome == Outcome.IN_DOUBT
    assert spent() == PRICE


def test_tidying_removes_orphans_and_keeps_pictures(studio, monkeypatch):
    row = studio.press()
    studio.run()
    lost = die_while_drawing_as(studio, monkeypatch)
    orphan = storing.put(
        f"{storing.folder_of(storing.picture_key(row, 9, 0), row.created_at)}/original.png", b"x"
    )
    removed = tidying.clear_orphans(older_than_seconds=-1)
    assert removed >= 1
    assert not default_storage.exists(orphan)
    assert default_storage.exists(Picture.objects.get().original)
    assert all(default_storage.exists(each["name"]) for each in refreshed(lost).stored)
    tidying.clear_spool(older_than_seconds=-1)
    assert spool.find(refreshed(row)) == (0, ())
    assert spool.find(refreshed(lost))[1]


def test_masks_of_presses_that_were_not_taken_are_removed(cast):
    name = storing.put_mask(b"mask")
    kept = storing.put_mask(b"kept")
    row = press(cast.student, cast.assignment)
    Generation.objects.filter(pk=row.pk).update(mask=kept)
    assert tidying.clear_masks() == 0
    assert tidying.clear_masks(older_than_seconds=-1) >= 1
    assert not default_storage.exists(name)
    assert default_storage.exists(kept)


def die_while_drawing_as(studio, monkeypatch) -> Generation:
    """Another student's row that waits in CHECKING."""
    row = studio.press(studio.cast.student2)
    with monkeypatch.context() as patched:
        kill_at(patched, checking, "derive")
        dispatch(studio.limit.pk)
        with pytest.raises(WorkerKilled):
            draw_claimed()
    return row


def test_shutdown_dates_are_read_where_they_are_told(studio):
    ImageModel.objects.filter(pk=studio.model.pk).update(name="rehearsal-old")
    assert tidying.refresh_shutdown_dates() == 1
    studio.model.refresh_from_db()
    assert str(studio.model.shutdown_at) == "2026-12-01"
    assert tidying.refresh_shutdown_dates() == 0


def test_a_broken_line_of_ours_is_met_by_the_sweeper(studio, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(pipeline, "build_request", lambda run: 1 / 0)
        row = studio.press()
        studio.run()
    assert refreshed(row).is_suspect
    sweep_and_draw(studio)
    assert refreshed(row).status == Status.HELD


def test_429_from_a_fault_script_is_one_call_in_the_ledger(studio):
    studio.server.script(Fault("rate_limited"))
    studio.press()
    studio.run()
    assert ProviderCall.objects.count() == studio.server.counters()["calls"]

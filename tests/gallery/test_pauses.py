"""Five refusals in ten minutes: a pause, a word to the teacher wherever the teacher looks, and a way to go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assignments.models import RefusalPause
from edu4all.accounts.models import AuditEvent, Membership
from gallery.services.lesson_table import freshness, lesson_table
from tests.assignments.rows import press
from tests.cast import Cast

from .works import costs_the_same, make_students

pytestmark = pytest.mark.django_db

BLOODY = "피를 흘리는 기사"


@pytest.fixture
def paused(cast: Cast, client: Client) -> RefusalPause:
    client.force_login(cast.student)
    for number in range(5):
        press(client, cast.assignment, BLOODY, key=f"key-{number}")
    return RefusalPause.objects.get()


def member(cast: Cast) -> Membership:
    return Membership.objects.get(user=cast.student, classroom=cast.classroom)


def lift(client: Client, cast: Cast, **data: Any) -> Any:
    return client.post(reverse("assignments:lift_pause", args=[cast.classroom.pk, member(cast).pk]), data)


def refused_page(client: Client, cast: Cast, query: str = "") -> str:
    return client.get(reverse("assignments:refused", args=[cast.classroom.pk]) + query).content.decode()


def test_the_desk_says_so_first(cast: Cast, client: Client, paused: RefusalPause) -> None:
    client.force_login(cast.teacher)
    page = client.get(reverse("gallery:desk"))
    assert page.context["desk"].pause_count == 1
    assert reverse("assignments:refused", args=[cast.classroom.pk]) in page.content.decode()
    client.force_login(cast.teacher2)
    assert client.get(reverse("gallery:desk")).context["desk"].pause_count == 0


def test_the_lesson_shows_who_rests_and_becomes_fresh_by_it(cast: Cast, client: Client) -> None:
    before = freshness(cast.assignment)
    ends_at = timezone.now() + timedelta(minutes=5)
    Membership.objects.filter(pk=member(cast).pk).update(paused_until=ends_at)
    bora, haru = lesson_table(cast.assignment).rows
    assert (bora.rests_until, bora.needs_you) == (ends_at, True)
    assert haru.rests_until is None
    assert freshness(cast.assignment) != before
    Membership.objects.filter(pk=member(cast).pk).update(paused_until=timezone.now())
    assert lesson_table(cast.assignment).rows[0].rests_until is None
    assert freshness(cast.assignment) == before


def test_the_desk_has_the_way_to_go_on_also_once_it_was_seen(
    cast: Cast, client: Client, paused: RefusalPause
) -> None:
    RefusalPause.objects.update(seen_at=timezone.now())
    client.force_login(cast.teacher)
    desk = reverse("gallery:desk")
    way = reverse("assignments:lift_pause", args=[cast.classroom.pk, member(cast).pk])
    assert way in client.get(desk).content.decode()
    assert lift(client, cast, back=desk).url == desk
    assert way not in client.get(desk).content.decode()
    Membership.objects.update(paused_until=timezone.now() + timedelta(minutes=1))
    client.force_login(cast.teacher2)
    assert way not in client.get(desk).content.decode()


def test_it_is_told_until_it_is_seen(cast: Cast, client: Client, paused: RefusalPause) -> None:
    client.force_login(cast.teacher)
    assert "5 refusals" in refused_page(client, cast)
    seen = reverse("assignments:pauses_seen", args=[cast.classroom.pk])
    client.post(seen, {"pause": ["not a number"]})
    paused.refresh_from_db()
    assert paused.seen_at is None
    client.post(seen, {"pause": [paused.pk]})
    paused.refresh_from_db()
    assert paused.seen_by == cast.teacher
    assert client.get(reverse("gallery:desk")).context["desk"].pause_count == 0
    # Who still rests stays on the page, with the way to go on.
    assert "Let go on now" in refused_page(client, cast)


def test_a_teacher_lets_a_student_go_on(cast: Cast, client: Client, paused: RefusalPause) -> None:
    client.force_login(cast.teacher)
    lesson = reverse("assignments:lesson", args=[cast.classroom.pk])
    assert lift(client, cast, back=lesson).url == lesson
    assert member(cast).paused_until is None
    lifted = AuditEvent.objects.get(verb="pause.lifted")
    assert (lifted.actor, lifted.subject, lifted.classroom) == (cast.teacher, cast.student, cast.classroom)
    paused.refresh_from_db()
    assert paused.seen_by == cast.teacher
    assert "Let go on now" not in refused_page(client, cast)
    assert lift(client, cast, back="https://elsewhere.example/").url.startswith("/classes/")
    assert AuditEvent.objects.filter(verb="pause.lifted").count() == 1
    client.force_login(cast.student)
    assert press(client, cast.assignment, key="afterwards").status_code == 302


def test_one_students_refused_prompts_alone(cast: Cast, client: Client, paused: RefusalPause) -> None:
    client.force_login(cast.student2)
    press(client, cast.assignment, "칼을 든 장군")
    client.force_login(cast.teacher)
    words = refused_page(client, cast, f"?student={cast.student2.pk}")
    assert "장군" in words
    assert "기사" not in words
    nobody = reverse("assignments:refused", args=[cast.classroom.pk]) + f"?student={cast.stranger.pk}"
    assert client.get(nobody).status_code == 404


def test_many_pauses_cost_no_more_queries(cast: Cast, client: Client, paused: RefusalPause) -> None:
    client.force_login(cast.teacher)

    def grow() -> None:
        for student in make_students(cast, 8):
            theirs = Membership.objects.get(user=student, classroom=cast.classroom)
            RefusalPause.objects.create(membership=theirs, refusals=5, ends_at=timezone.now())

    costs_the_same(client, reverse("assignments:refused", args=[cast.classroom.pk]), grow)

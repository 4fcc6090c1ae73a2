"""The studio: writing, drawing, waiting, being refused, finding everything again."""

import html
import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from kombu import Connection, pools

from assignments.models import Appeal, Assignment, Generation
from assignments.views.studio_page import poll_seconds_at
from edu4all.celery import app
from tests.assignments.rows import WORDS, make_generation, make_picture, press, studio_url
from tests.cast import Cast


class TestSheet:
    def test_shows_brief_tries_and_a_fresh_key(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        first, second = (client.get(studio_url(cast.assignment)) for _ in range(2))
        text = first.content.decode()
        assert cast.assignment.brief in text
        assert "10 tries of 10 left" in text
        keys = {page.context["page"].form.initial["key"] for page in (first, second)}
        assert len(keys) == 2
        assert all(len(key) == 32 for key in keys)

    def test_listed_monuments_are_choices(self, cast: Cast, visit: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(
            monuments_mode="listed", monuments=["첨성대", "Big Ben"]
        )
        text = visit(cast.student).get(studio_url(cast.assignment)).content.decode()
        assert 'data-fill="prompt">첨성대</button>' in text

    def test_earlier_words_come_back_by_link(self, cast: Cast, visit: Callable) -> None:
        earlier = make_generation(cast, prompt="A tower on the moon")
        page = visit(cast.student).get(studio_url(cast.assignment), {"again": earlier.pk})
        assert page.context["page"].form.initial["prompt"] == "A tower on the moon"
        assert ">A tower on the moon</textarea>" in page.content.decode()

    def test_nobody_elses_words_come_back(self, cast: Cast, visit: Callable) -> None:
        theirs = make_generation(cast, student=cast.student2, prompt="Haru's secret idea")
        page = visit(cast.student).get(studio_url(cast.assignment), {"again": theirs.pk})
        assert "secret idea" not in page.content.decode()

    def test_strangers_find_nothing_and_teachers_a_preview(self, cast: Cast, visit: Callable) -> None:
        make_generation(cast, prompt="Bora's own words")
        url = studio_url(cast.assignment)
        for person in (cast.stranger, cast.student3, cast.teacher2, cast.operator):
            assert visit(person).get(url).status_code == 404
        for person in (cast.teacher, cast.admin):
            page = visit(person).get(url)
            assert page.context["page"].is_preview
            assert "Bora" not in page.content.decode()
            assert press(visit(person), cast.assignment).status_code == 403
        assert Client().get(url).status_code == 302

    def test_queries_stay_the_same_for_many_presses(self, cast: Cast, visit: Callable) -> None:
        def count() -> int:
            client = visit(cast.student)
            client.get(studio_url(cast.assignment))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(studio_url(cast.assignment)).status_code == 200
            return len(queries)

        def add() -> None:
            make_picture(make_generation(cast), has_files=False)
            Appeal.objects.create(generation=make_generation(cast, status="refused", refusal_stage="policy"))

        add()
        make_generation(
            cast, status="queued", created_at=timezone.now() + timedelta(hours=1)
        )  # stays the newest
        few = count()
        for _ in range(45):
            add()
        assert count() == few


class TestPress:
    def test_one_press_one_row_and_back_to_the_studio(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        answers = [press(client, cast.assignment) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [302, 302, 302]
        assert answers[0].headers["Location"] == studio_url(cast.assignment)
        row = Generation.objects.get()
        assert (row.prompt, row.status, row.student) == (WORDS, "queued", cast.student)
        text = client.get(studio_url(cast.assignment)).content.decode()
        assert "You are next." in text
        assert f"generations/{row.pk}/?seen=queued-1" in text

    def test_htmx_gets_the_parts_that_changed_with_a_new_key(self, cast: Cast, visit: Callable) -> None:
        answer = press(visit(cast.student, htmx=True), cast.assignment)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "<html" not in text
        assert 'id="studio-strip"' in text
        assert 'id="studio-wall" hx-swap-oob' in text
        assert f">{WORDS}</textarea>" in text
        assert answer.context["page"].form.initial["key"] != "a-key"
        assert "HX-Request" in answer.headers["Vary"]

    def test_decomposed_korean_is_counted_and_kept_composed(self, cast: Cast, visit: Callable) -> None:
        press(visit(cast.student), cast.assignment, unicodedata.normalize("NFD", "에펠탑 옆의 개"))
        assert Generation.objects.get().prompt == "에펠탑 옆의 개"

    @pytest.mark.parametrize("words", ["", "   \n ", "가" * 1001])
    def test_empty_and_endless_words_stay_on_the_desk(self, cast: Cast, visit: Callable, words: str) -> None:
        answer = press(visit(cast.student), cast.assignment, words)
        assert answer.status_code == 422
        assert answer.context["page"].mistakes
        assert words.strip() in answer.content.decode()
        assert not Generation.objects.exists()

    def test_a_thousand_letters_with_line_ends_are_taken(self, cast: Cast, visit: Callable) -> None:
        words = "\r\n".join(["tower by the sea"] * 58)
        assert len(words.replace("\r\n", "\n")) <= 1000 < len(words)
        assert press(visit(cast.student), cast.assignment, words).status_code == 302

    def test_the_address_of_the_press_leads_back(self, cast: Cast, visit: Callable) -> None:
        answer = visit(cast.student).get(reverse("assignments:draw", args=[cast.assignment.pk]))
        assert answer.headers["Location"] == studio_url(cast.assignment)

    def test_strangers_can_not_press(self, cast: Cast, visit: Callable) -> None:
        assert press(visit(cast.stranger), cast.assignment).status_code == 404
        assert press(visit(cast.student3), cast.assignment).status_code == 404

    def test_a_broker_that_is_down_changes_nothing(
        self,
        cast: Cast,
        visit: Callable,
        caplog: Any,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Callable,
    ) -> None:
        # A pool of its own: closing the process's one would leave every later test without a broker.
        nowhere = Connection("redis://127.0.0.1:1/0", transport_options={"socket_connect_timeout": 0.2})
        monkeypatch.setattr(app.amqp, "_producer_pool", pools.producers[nowhere])
        with django_capture_on_commit_callbacks(execute=True):
            answer = press(visit(cast.student), cast.assignment)
        assert "was not published" in caplog.text
        assert "Connection refused" in caplog.text
        assert answer.status_code == 302
        assert Generation.objects.get().status == "queued"


class TestLook:
    def look(self, client: Client, row: Generation, **query: str) -> Any:
        return client.get(reverse("assignments:generation", args=[row.pk]), query)

    def test_the_same_state_is_204_and_cheap(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="queued")
        client = visit(cast.student, htmx=True)
        first = self.look(client, row)
        assert 'hx-trigger="every 2s"' in first.content.decode()
        with CaptureQueriesContext(connection) as queries:
            second = self.look(client, row, seen=first.context["strip"].token)
        assert second.status_code == 204
        assert len(queries) <= 10

    def test_a_finished_picture_arrives_without_a_poll(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="drawing")
        client = visit(cast.student, htmx=True)
        token = self.look(client, row).context["strip"].token
        Generation.objects.filter(pk=row.pk).update(status="ready")
        picture = make_picture(row, has_files=False)
        answer = self.look(client, row, seen=token)
        text = answer.content.decode()
        assert f'hx-get="{reverse("assignments:generation", args=[row.pk])}' not in text
        assert reverse("assignments:picture", args=[picture.pk]) in text
        assert 'id="studio-foot"' in text
        assert "Your picture is here!" in text
        assert "A dog beside a tall tower" in text
        assert "HX-Request" in answer.headers["Vary"]
        assert answer.headers["HX-Trigger"] == '{"pictures-changed": {}}'

    def test_a_held_picture_stays_hidden(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="held")
        picture = make_picture(row, has_files=False, moderation="waiting")
        text = visit(cast.student).get(studio_url(cast.assignment)).content.decode()
        assert "Your teacher looks at this one first" in text
        assert reverse("assignments:picture", args=[picture.pk]) not in text

    def test_a_page_of_its_own_without_javascript(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="drawing")
        text = self.look(visit(cast.student), row).content.decode()
        assert '<noscript><meta http-equiv="refresh"' in text
        assert row.prompt in text
        Generation.objects.filter(pk=row.pk).update(status="ready")
        assert "http-equiv" not in self.look(visit(cast.student), row).content.decode()

    def test_who_may_look(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast)
        for person in (cast.student2, cast.stranger, cast.teacher2, cast.stranger_admin):
            assert self.look(visit(person), row).status_code == 404
        for person in (cast.student, cast.teacher, cast.admin):
            assert self.look(visit(person), row).status_code == 200

    def test_words_of_someone_in_need_are_not_for_every_teacher(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="refused", refusal_stage="policy", verdict_kind="self_harm")
        assert self.look(visit(cast.teacher), row).status_code == 404
        assert self.look(visit(cast.student), row).status_code == 200

    def test_who_waits_long_asks_seldom(self) -> None:
        assert [poll_seconds_at(place) for place in (1, 2, 3, 10, 11, 31, 500)] == [2, 2, 4, 4, 7, 10, 10]


class TestCancel:
    def cancel(self, client: Client, row: Generation) -> Any:
        return client.post(reverse("assignments:cancel", args=[row.pk]), follow=True)

    def test_gives_the_try_back(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student)
        press(client, cast.assignment)
        row = Generation.objects.get()
        answer = self.cancel(client, row)
        assert "The try is yours again" in answer.content.decode()
        assert answer.context["page"].left == 10
        row.refresh_from_db()
        assert row.status == "cancelled"

    def test_what_is_being_drawn_goes_on(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="drawing")
        assert "drawn already" in self.cancel(visit(cast.student), row).content.decode()
        row.refresh_from_db()
        assert row.status == "drawing"

    def test_is_the_students_own(self, cast: Cast, visit: Callable) -> None:
        row = make_generation(cast, status="queued")
        assert self.cancel(visit(cast.student2), row).status_code == 404
        assert self.cancel(visit(cast.teacher), row).status_code == 403
        row.refresh_from_db()
        assert row.status == "queued"


class TestFromAPicture:
    def test_change_something_starts_from_ones_own_picture(self, cast: Cast, visit: Callable) -> None:
        picture = make_picture(make_generation(cast), has_files=False)
        client = visit(cast.student)
        page = client.get(studio_url(cast.assignment), {"from": picture.pk})
        assert "You start from this picture." in page.content.decode()
        sheet = page.context["page"].form.initial
        answer = press(
            client,
            cast.assignment,
            "Make it night",
            sheet["key"],
            operation=sheet["operation"],
            source=picture.pk,
        )
        assert answer.status_code == 302
        row = Generation.objects.get(prompt="Make it night")
        assert (row.operation, row.source) == ("refine", picture)

    def test_another_one_like_it(self, cast: Cast, visit: Callable) -> None:
        picture = make_picture(make_generation(cast), has_files=False)
        client = visit(cast.student)
        page = client.get(reverse("assignments:picture", args=[picture.pk]))
        assert "Another one like it" in page.content.decode()
        press(client, cast.assignment, key=page.context["key"], operation="vary", source=picture.pk)
        assert Generation.objects.filter(operation="vary", source=picture).count() == 1

    def test_not_offered_where_the_model_can_not(self, cast: Cast, visit: Callable) -> None:
        type(cast.image_model).objects.update(can_edit=False)
        picture = make_picture(make_generation(cast), has_files=False)
        client = visit(cast.student)
        assert (
            "Another one like it"
            not in client.get(reverse("assignments:picture", args=[picture.pk])).content.decode()
        )
        assert "Change something" not in client.get(studio_url(cast.assignment)).content.decode()

    def test_what_was_changed_is_what_one_goes_on_from(self, cast: Cast, visit: Callable) -> None:
        first = make_picture(make_generation(cast), has_files=False)
        client = visit(cast.student, htmx=True)
        answer = press(
            client,
            cast.assignment,
            "Add the moon",
            operation="refine",
            source=first.pk,
            cells="",
            places=["4"],
        )
        row = Generation.objects.get(prompt="Add the moon")
        address = reverse("assignments:generation", args=[row.pk])
        asked = re.search(rf'hx-get="({address}[^"]+)"', answer.content.decode())
        assert asked is not None
        Generation.objects.filter(pk=row.pk).update(status="ready")
        second = make_picture(row, has_files=False)
        news = client.get(html.unescape(asked[1]))
        text = news.content.decode()
        assert "You go on from your new picture." in text
        assert f'name="source" value="{second.pk}"' in text
        assert " checked" not in text  # the paint was for the picture before
        assert 'data-clear="prompt" data-words="Add the moon"' in text
        assert news.headers["HX-Replace-Url"] == f"{studio_url(cast.assignment)}?from={second.pk}"
        back = f"{studio_url(cast.assignment)}?from={first.pk}#studio-desk"
        assert f'href="{back}">Go back to the picture before' in text
        older = visit(cast.student).get(back).content.decode()
        assert "You start from this picture." in older
        assert f'?from={second.pk}#studio-desk">Go on from the newer picture' in older

    def test_a_desk_with_another_picture_on_it_is_left_alone(self, cast: Cast, visit: Callable) -> None:
        first, other = (make_picture(make_generation(cast), has_files=False) for _ in range(2))
        row = make_generation(cast, operation="refine", source=first)
        make_picture(row, has_files=False)
        client = visit(cast.student, htmx=True)
        for start in ({}, {"from": other.pk}):
            news = client.get(
                reverse("assignments:generation", args=[row.pk]), {"seen": "drawing-0-0"} | start
            )
            assert 'id="studio-start"' not in news.content.decode()
            assert "HX-Replace-Url" not in news.headers

    def test_nobody_starts_from_anothers_picture(self, cast: Cast, visit: Callable) -> None:
        theirs = make_picture(
            make_generation(cast, student=cast.student2), has_files=False, moderation="approved"
        )
        client = visit(cast.student)
        assert client.get(studio_url(cast.assignment), {"from": theirs.pk}).status_code == 404
        assert press(client, cast.assignment, operation="vary", source=theirs.pk).status_code == 422
        assert not Generation.objects.filter(student=cast.student).exists()


class TestIdeas:
    def test_another_hand_of_cards(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.student, htmx=True)
        url = reverse("assignments:ideas", args=[cast.assignment.pk])
        hands = [client.get(url, {"deal": deal}).context["hand"] for deal in range(5)]
        assert len({hand.words for hand in hands}) > 1
        assert all(hand.monument and hand.fact for hand in hands)

    def test_listed_monuments_leave_no_other_in_the_hand(self, cast: Cast, visit: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(monuments_mode="listed", monuments=["첨성대"])
        assert not visit(cast.student).get(studio_url(cast.assignment)).context["page"].hand.monument

    def test_a_kind_question_to_the_words(self, cast: Cast, visit: Callable) -> None:
        url = reverse("assignments:hints", args=[cast.assignment.pk])
        answer = visit(cast.student, htmx=True).post(url, {"prompt": "a dog"})
        assert answer.status_code == 200
        assert "?" in answer.content.decode()
        assert not Generation.objects.exists()

    def test_strangers_get_none(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.stranger)
        assert client.get(reverse("assignments:ideas", args=[cast.assignment.pk])).status_code == 404
        assert client.post(reverse("assignments:hints", args=[cast.assignment.pk])).status_code == 404

"""A person decides: approve, return, take off; once, whatever the presses."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from assignments.models import Generation, HiddenPicture, Picture
from edu4all.web.problems import Invalid, NotAllowed
from gallery.models import Review
from gallery.services.reviews import approve_pictures, review_picture
from tests.assignments.rows import make_generation
from tests.cast import Cast

from .works import costs_the_same, make_students, make_work

pytestmark = pytest.mark.django_db


def moderation_of(picture: Picture) -> str:
    return Picture.objects.values_list("moderation", flat=True).get(pk=picture.pk)


def url_of(picture: Picture) -> str:
    return reverse("gallery:review", args=[picture.pk])


class TestService:
    def test_an_approved_picture_hangs_and_its_press_is_ready(self, cast: Cast) -> None:
        picture = make_work(cast, moderation="waiting")
        review = review_picture(picture=picture, reviewer=cast.teacher, decision="approve")
        assert moderation_of(picture) == "approved"
        assert Generation.objects.get(pk=picture.generation_id).status == "ready"
        assert (review.decision, review.reviewer, review.is_takedown) == ("approve", cast.teacher, False)

    def test_a_returned_picture_tells_its_student_why(self, cast: Cast) -> None:
        picture = make_work(cast, moderation="waiting")
        review_picture(
            picture=picture, reviewer=cast.teacher, decision="reject", reason="  Draw it\nwithout blood. "
        )
        press = Generation.objects.get(pk=picture.generation_id)
        assert (press.status, press.refusal_stage) == ("refused", "review")
        assert press.refusal_reason == "Draw it without blood."
        assert moderation_of(picture) == "rejected"

    def test_the_same_decision_twice_is_one(self, cast: Cast, work: Picture) -> None:
        first = review_picture(picture=work, reviewer=cast.teacher, decision="approve")
        second = review_picture(picture=work, reviewer=cast.admin, decision="approve")
        assert first == second
        assert Review.objects.count() == 1

    def test_taking_off_the_wall_is_logged_as_that_and_can_be_undone(self, cast: Cast, work: Picture) -> None:
        review_picture(picture=work, reviewer=cast.teacher, decision="approve")
        down = review_picture(picture=work, reviewer=cast.teacher, decision="reject")
        assert down.is_takedown
        review_picture(picture=work, reviewer=cast.teacher, decision="approve")
        assert moderation_of(work) == "approved"
        assert Generation.objects.get(pk=work.generation_id).status == "ready"
        assert list(Review.objects.values_list("decision", flat=True)) == ["approve", "reject", "approve"]

    def test_a_decision_answers_those_who_hid_it(self, cast: Cast, work: Picture) -> None:
        review_picture(picture=work, reviewer=cast.teacher, decision="approve")
        report = HiddenPicture.objects.create(picture=work, person=cast.student2)
        review_picture(picture=work, reviewer=cast.teacher, decision="approve")
        report.refresh_from_db()
        assert report.answered_by == cast.teacher
        assert report.answered_at is not None
        assert Review.objects.count() == 2

    @pytest.mark.parametrize(
        "name", ["student", "student2", "teacher2", "stranger_teacher", "stranger_admin"]
    )
    def test_only_whoever_runs_the_class_decides(self, cast: Cast, work: Picture, name: str) -> None:
        with pytest.raises(NotAllowed):
            review_picture(picture=work, reviewer=getattr(cast, name), decision="approve")
        assert moderation_of(work) == "shown"

    def test_an_unknown_decision_or_an_endless_reason_changes_nothing(
        self, cast: Cast, work: Picture
    ) -> None:
        for facts in ({"decision": "burn"}, {"decision": "reject", "reason": "x" * 301}):
            with pytest.raises(Invalid):
                review_picture(picture=work, reviewer=cast.teacher, **facts)
        assert not Review.objects.exists()

    def test_many_at_once_leave_alone_what_was_decided_meanwhile(self, cast: Cast) -> None:
        waiting, returned = make_work(cast), make_work(cast, moderation="rejected")
        assert approve_pictures(pictures=[waiting, returned], reviewer=cast.teacher) == 1
        assert moderation_of(returned) == "rejected"


class TestDesk:
    def test_the_oldest_comes_first_with_its_facts(self, cast: Cast, visit: Callable) -> None:
        first = make_work(cast, prompt="A cat on a bridge", sent_prompt="For children: a cat on a bridge")
        make_work(cast, student=cast.student2)
        page = visit(cast.teacher).get(reverse("gallery:reviews"))
        assert page.context["turn"].picture == first
        text = page.content.decode()
        assert "2 pictures to review" in text
        assert "A cat on a bridge" in text
        assert "For children: a cat on a bridge" in text
        assert f'action="{url_of(first)}"' in text

    def test_a_decision_goes_on_to_the_next(self, cast: Cast, visit: Callable) -> None:
        first, second, third = (make_work(cast) for _number in range(3))
        client = visit(cast.teacher)
        page = client.get(reverse("gallery:reviews"), {"picture": second.pk})
        back = page.context["back"]
        answer = client.post(url_of(second), {"decision": "approve", "back": back}, follow=True)
        assert answer.context["turn"].picture == third
        assert moderation_of(second) == "approved"
        assert moderation_of(first) == "shown"

    def test_a_fragment_carries_the_next_picture_and_the_message(self, cast: Cast, visit: Callable) -> None:
        first, second = make_work(cast), make_work(cast)
        client = visit(cast.teacher, htmx=True)
        back = client.get(reverse("gallery:reviews")).context["back"]
        answer = client.post(
            url_of(first), {"decision": "reject", "quick": "Try again.", "back": back}, follow=True
        )
        text = answer.content.decode()
        assert "<html" not in text
        assert 'hx-swap-oob="true"' in text
        assert "Given back to Bora." in text
        assert answer.context["turn"].picture == second
        assert "HX-Request" in answer.headers["Vary"]
        assert Review.objects.get().reason == "Try again."

    def test_own_words_win_over_a_quick_reason(self, cast: Cast, work: Picture, visit: Callable) -> None:
        data = {"decision": "reject", "quick": "Try again.", "reason": "Make the dog bigger."}
        visit(cast.teacher).post(url_of(work), data)
        assert Review.objects.get().reason == "Make the dog bigger."

    def test_no_way_back_leads_out(self, cast: Cast, work: Picture, visit: Callable) -> None:
        data = {"decision": "approve", "back": "https://example.org/"}
        answer = visit(cast.teacher).post(url_of(work), data)
        assert answer.headers["Location"] == url_of(work)

    def test_only_ones_own_classes_are_on_the_desk(self, cast: Cast, work: Picture, visit: Callable) -> None:
        assert visit(cast.teacher2).get(reverse("gallery:reviews")).context["turn"] is None
        assert visit(cast.admin).get(reverse("gallery:reviews")).context["turn"].picture == work
        assert visit(cast.stranger_admin).get(reverse("gallery:reviews")).context["turn"] is None

    def test_who_gets_in(self, cast: Cast, work: Picture, visit: Callable) -> None:
        expected = {
            "teacher": 200,
            "admin": 200,
            "student": 403,
            "student2": 404,
            "teacher2": 404,
            "stranger": 404,
        }
        for name, status in expected.items():
            client = visit(getattr(cast, name))
            assert client.get(url_of(work)).status_code == status, name
            if status != 200:
                assert client.post(url_of(work), {"decision": "approve"}).status_code == status, name
        assert visit(cast.student).get(reverse("gallery:reviews")).status_code == 403
        assert moderation_of(work) == "shown"

    def test_hidden_and_told_pictures_have_a_place(self, cast: Cast, work: Picture, visit: Callable) -> None:
        review_picture(picture=work, reviewer=cast.teacher, decision="approve")
        HiddenPicture.objects.create(picture=work, person=cast.student2)
        client = visit(cast.teacher)
        page = client.get(reverse("gallery:reviews"), {"told": "1"})
        assert page.context["turn"].picture == work
        assert "Haru hid this picture and told you." in page.content.decode()
        client.post(url_of(work), {"decision": "approve", "back": page.context["back"]})
        assert client.get(reverse("gallery:reviews"), {"told": "1"}).context["turn"] is None

    def test_at_a_glance_approves_what_is_ticked_and_no_more(self, cast: Cast, visit: Callable) -> None:
        chosen, other = make_work(cast), make_work(cast)
        foreign = make_work(cast, student=cast.student3, assignment=cast.assignment2)
        client = visit(cast.teacher)
        page = client.get(reverse("gallery:reviews"), {"view": "all"})
        assert [picture.pk for picture in page.context["pictures"]] == [chosen.pk, other.pk]
        pks = [chosen.pk, foreign.pk, "x", "²", "9" * 30]
        client.post(reverse("gallery:approve_many"), {"pictures": pks})
        assert [moderation_of(picture) for picture in (chosen, other, foreign)] == [
            "approved",
            "shown",
            "shown",
        ]

    def test_words_of_distress_are_not_among_the_tries(
        self, cast: Cast, work: Picture, visit: Callable
    ) -> None:
        sad = {
            "status": "refused",
            "refusal_stage": "policy",
            "verdict_kind": "self_harm",
            "prompt": "so very sad",
        }
        make_generation(cast, **sad)
        make_generation(cast, prompt="A cat")
        text = visit(cast.teacher).get(reverse("gallery:reviews")).content.decode()
        assert "A cat" in text
        assert "so very sad" not in text

    def test_queries_do_not_grow_with_the_queue(self, cast: Cast, visit: Callable) -> None:
        client = visit(cast.teacher)

        def grow(count: int = 40, start: int = 100) -> None:
            for student in make_students(cast, count, start):
                HiddenPicture.objects.create(picture=make_work(cast, student=student), person=cast.student)

        grow(3, 0)
        costs_the_same(client, reverse("gallery:reviews"), grow)
        costs_the_same(client, reverse("gallery:reviews") + "?view=all", lambda: grow(20, 200))
        costs_the_same(client, reverse("gallery:reviews") + "?told=1", lambda: grow(20, 300))


class TestTwoTeachersAtOnce:
    """Who decides from an older page is asked to look again before overruling a colleague."""

    @pytest.fixture
    def returned(self, cast: Cast) -> Picture:
        picture = make_work(cast, moderation="waiting")
        review_picture(picture=picture, reviewer=cast.admin, decision="reject", reason="A real person.")
        return picture

    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_an_older_approval_leads_to_what_was_decided(
        self, cast: Cast, client: Client, returned: Picture, headers: dict[str, str]
    ) -> None:
        client.force_login(cast.teacher)
        own_page = reverse("gallery:review", args=[returned.pk])
        answer = client.post(own_page, {"decision": "approve", "seen": "waiting"}, headers=headers)
        assert answer.headers["HX-Redirect" if headers else "Location"] == own_page
        returned.refresh_from_db()
        assert returned.moderation == "rejected"
        assert "A colleague has decided" in client.get(own_page).content.decode()

    def test_the_same_decision_and_a_second_look_go_through(
        self, cast: Cast, client: Client, returned: Picture
    ) -> None:
        client.force_login(cast.teacher)
        own_page = reverse("gallery:review", args=[returned.pk])
        client.post(own_page, {"decision": "reject", "seen": "waiting"})
        assert "A colleague" not in client.get(own_page).content.decode()
        client.post(own_page, {"decision": "approve", "seen": "rejected"})
        returned.refresh_from_db()
        assert returned.moderation == "approved"

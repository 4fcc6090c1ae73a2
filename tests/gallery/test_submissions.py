"""Handing in, taking back, getting it returned; late work is marked, not lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments.models import Assignment, Picture
from edu4all.accounts.models import Membership
from edu4all.web.problems import Conflict, Invalid, NotAllowed
from gallery.models import Grade, Submission, SubmissionEvent
from gallery.services.grades import grade_submission, release_grades
from gallery.services.reviews import review_picture
from gallery.services.submissions import hand_in, return_submission, withdraw
from tests.cast import Cast, make_assignment

from .works import costs_the_same, due, hand_in_work, make_work

pytestmark = pytest.mark.django_db


def full_marks(assignment: Assignment) -> dict:
    return {criterion.pk: criterion.points for criterion in assignment.criteria.all()}


def verbs(submission: Submission) -> list[str]:
    return list(
        SubmissionEvent.objects.filter(submission=submission).order_by("pk").values_list("verb", flat=True)
    )


class TestHandIn:
    def test_keeps_what_was_chosen_and_said(self, cast: Cast, work: Picture) -> None:
        submission = hand_in_work(cast, work, title="  Dog \n in\u0000 Paris ", monument="Eiffel Tower")
        assert (submission.title, submission.monument) == ("Dog in Paris", "Eiffel Tower")
        assert (submission.status, submission.is_late) == ("handed_in", False)
        assert list(submission.pictures.all()) == [work]
        event = SubmissionEvent.objects.get()
        assert event.snapshot["pictures"] == [work.pk]
        assert event.actor == cast.student

    def test_twice_is_once_and_something_else_has_to_wait(self, cast: Cast, work: Picture) -> None:
        first = hand_in_work(cast, work)
        assert hand_in_work(cast, work) == first
        assert Submission.objects.count() == SubmissionEvent.objects.count() == 1
        with pytest.raises(Conflict) as caught:
            hand_in_work(cast, work, title="Another title")
        assert caught.value.code == "already_handed_in"

    def test_late_work_is_marked_and_kept(self, cast: Cast, work: Picture) -> None:
        due(cast.assignment, due_at=timezone.now() - timedelta(minutes=1))
        work.generation.assignment.refresh_from_db()
        assert hand_in_work(cast, work).is_late

    @pytest.mark.parametrize(
        "changes", [{"closed_at": timezone.now()}, {"closes_at": timezone.now()}, {"published_at": None}]
    )
    def test_a_closed_assignment_takes_nothing(self, cast: Cast, work: Picture, changes: dict) -> None:
        assignment = due(cast.assignment, **changes)
        with pytest.raises(Conflict) as caught:
            hand_in(student=cast.student, assignment=assignment, pictures=[work], title="Walk", reflection="")
        assert caught.value.code == "closed"

    @pytest.mark.parametrize("moderation", ["waiting", "rejected"])
    def test_what_its_student_may_not_see_cant_be_handed_in(self, cast: Cast, moderation: str) -> None:
        with pytest.raises(Invalid) as caught:
            hand_in_work(cast, make_work(cast, moderation=moderation))
        assert caught.value.code == "pictures"

    def test_neither_can_somebody_elses_picture(self, cast: Cast) -> None:
        theirs = make_work(cast, student=cast.student2, moderation="approved")
        facts = {"assignment": cast.assignment, "pictures": [theirs], "title": "Mine", "reflection": ""}
        with pytest.raises(Invalid):
            hand_in(student=cast.student, **facts)

    def test_no_picture_or_no_title_is_told(self, cast: Cast, work: Picture) -> None:
        facts = {"student": cast.student, "assignment": cast.assignment, "reflection": ""}
        for wrong, code in (
            ({"pictures": [], "title": "A"}, "pictures"),
            ({"pictures": [work], "title": " "}, "title"),
        ):
            with pytest.raises(Invalid) as caught:
                hand_in(**facts, **wrong)
            assert caught.value.code == code

    @pytest.mark.parametrize("title", ["피를 흘리는 기사", "a bloody knife"])
    def test_a_title_has_to_pass_the_list_of_the_class(self, cast: Cast, work: Picture, title: str) -> None:
        with pytest.raises(Invalid) as caught:
            hand_in_work(cast, work, title=title)
        assert caught.value.code == "words"
        assert hand_in_work(cast, work, title="피사의 사탑").title == "피사의 사탑"

    def test_a_listed_monument_comes_from_the_list(self, cast: Cast, work: Picture) -> None:
        due(cast.assignment, monuments_mode="listed", monuments=["첨성대", "Big Ben"])
        work.generation.assignment.refresh_from_db()
        with pytest.raises(Invalid):
            hand_in_work(cast, work, monument="Eiffel Tower")
        assert hand_in_work(cast, work, monument="첨성대").monument == "첨성대"

    def test_only_students_of_the_class(self, cast: Cast, work: Picture) -> None:
        facts = {"assignment": cast.assignment, "pictures": [work], "title": "Walk", "reflection": ""}
        for person in (cast.student3, cast.stranger, cast.teacher):
            with pytest.raises(NotAllowed):
                hand_in(student=person, **facts)
        Membership.objects.filter(user=cast.student).update(left_at=timezone.now())
        with pytest.raises(NotAllowed):
            hand_in(student=cast.student, **facts)


class TestTakingBackAndReturning:
    def test_back_before_the_day_and_in_again(
        self, cast: Cast, work: Picture, submission: Submission
    ) -> None:
        assert withdraw(submission=submission, student=cast.student).status == "withdrawn"
        assert withdraw(submission=submission, student=cast.student).status == "withdrawn"
        again = hand_in_work(cast, work, title="Evening walk")
        assert (again.pk, again.status, again.title) == (submission.pk, "handed_in", "Evening walk")
        assert verbs(submission) == ["handed_in", "withdrawn", "handed_in"]

    def test_not_after_the_day(self, cast: Cast, submission: Submission) -> None:
        due(cast.assignment, due_at=timezone.now() - timedelta(seconds=1))
        with pytest.raises(Conflict) as caught:
            withdraw(submission=submission, student=cast.student)
        assert caught.value.code == "too_late"

    def test_not_somebody_elses_and_not_when_graded(self, cast: Cast, submission: Submission) -> None:
        with pytest.raises(NotAllowed):
            withdraw(submission=submission, student=cast.student2)
        grade_submission(submission=submission, grader=cast.teacher, scores=full_marks(cast.assignment))
        release_grades(assignment=cast.assignment, actor=cast.teacher)
        with pytest.raises(Conflict) as caught:
            withdraw(submission=submission, student=cast.student)
        assert caught.value.code == "graded"

    def test_returned_work_comes_in_again_and_stays_on_time(
        self, cast: Cast, work: Picture, submission: Submission
    ) -> None:
        returned = return_submission(
            submission=submission, teacher=cast.teacher, reason="Make the dog bigger."
        )
        assert (returned.status, returned.return_reason) == ("returned", "Make the dog bigger.")
        due(cast.assignment, due_at=timezone.now() - timedelta(hours=1), closes_at=timezone.now())
        work.generation.assignment.refresh_from_db()
        again = hand_in_work(cast, work, reflection="Bigger now.")
        assert (again.status, again.is_late, again.return_reason) == ("handed_in", False, "")

    def test_returning_hides_a_grade_that_was_shown(
        self, cast: Cast, submission: Submission, visit: Callable
    ) -> None:
        grade_submission(
            submission=submission, grader=cast.teacher, scores=full_marks(cast.assignment), comment="Fine."
        )
        release_grades(assignment=cast.assignment, actor=cast.teacher)
        return_submission(submission=submission, teacher=cast.teacher, reason="One more go.")
        assert Grade.objects.get().released_at is None
        page = visit(cast.student).get(reverse("gallery:submission", args=[submission.pk])).content.decode()
        assert "One more go." in page
        assert "Fine." not in page

    def test_a_return_says_why_and_comes_once(self, cast: Cast, submission: Submission) -> None:
        with pytest.raises(Invalid):
            return_submission(submission=submission, teacher=cast.teacher, reason=" \n")
        for reason in ("Try again.", "Pressed twice."):
            return_submission(submission=submission, teacher=cast.teacher, reason=reason)
        submission.refresh_from_db()
        assert submission.return_reason == "Try again."
        with pytest.raises(NotAllowed):
            return_submission(submission=submission, teacher=cast.teacher2, reason="No.")

    def test_what_was_taken_back_cant_be_returned(self, cast: Cast, submission: Submission) -> None:
        withdraw(submission=submission, student=cast.student)
        with pytest.raises(Conflict) as caught:
            return_submission(submission=submission, teacher=cast.teacher, reason="Late.")
        assert caught.value.code == "withdrawn"


class TestGivenBackAfterHandingIn:
    def give_back(self, cast: Cast, picture: Picture, reason: str = "A face can be seen.") -> None:
        review_picture(picture=picture, reviewer=cast.teacher, decision="reject", reason=reason)

    def test_the_work_goes_back_with_its_picture_and_comes_in_with_another(
        self, cast: Cast, work: Picture, submission: Submission, visit: Callable
    ) -> None:
        due(cast.assignment, due_at=timezone.now() - timedelta(hours=1))
        self.give_back(cast, work)
        submission.refresh_from_db()
        assert (submission.status, submission.return_reason) == ("returned", "A face can be seen.")
        client = visit(cast.student, htmx=True)
        box = client.get(reverse("gallery:submission_box", args=[cast.assignment.pk])).content.decode()
        assert "A face can be seen." in box
        assert "data-is-handed-in" not in box
        new = make_work(cast)
        data = {"picture": new.pk, "title": "Better", "reflection": ""}
        answer = visit(cast.student).post(reverse("gallery:hand_in", args=[cast.assignment.pk]), data)
        assert answer.status_code == 302
        submission.refresh_from_db()
        assert (submission.status, submission.is_late) == ("handed_in", False)
        assert list(submission.pictures.all()) == [new]

    def test_a_picture_that_is_not_handed_in_leaves_the_work_alone(
        self, cast: Cast, work: Picture, submission: Submission
    ) -> None:
        self.give_back(cast, make_work(cast))
        submission.refresh_from_db()
        assert submission.status == "handed_in"

    def test_without_a_reason_the_student_is_told_to_ask(
        self, cast: Cast, work: Picture, submission: Submission, visit: Callable
    ) -> None:
        self.give_back(cast, work, "")
        page = visit(cast.student).get(reverse("gallery:hand_in", args=[cast.assignment.pk]))
        assert "Ask why, and draw another one." in page.content.decode()

    def test_a_grade_goes_back_only_while_it_is_not_told(
        self, cast: Cast, work: Picture, submission: Submission
    ) -> None:
        grade_submission(submission=submission, grader=cast.teacher, scores=full_marks(cast.assignment))
        self.give_back(cast, work)
        submission.refresh_from_db()
        assert submission.status == "returned"

    def test_work_whose_grade_is_told_keeps_it(
        self, cast: Cast, work: Picture, submission: Submission
    ) -> None:
        grade_submission(submission=submission, grader=cast.teacher, scores=full_marks(cast.assignment))
        release_grades(assignment=cast.assignment, actor=cast.teacher)
        self.give_back(cast, work)
        submission.refresh_from_db()
        assert submission.status == "graded"
        assert Grade.objects.get().released_at is not None


class TestPages:
    def test_a_student_hands_in_and_takes_back(self, cast: Cast, work: Picture, visit: Callable) -> None:
        hidden = make_work(cast, moderation="waiting")
        client = visit(cast.student)
        url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        page = client.get(url, {"picture": work.pk})
        assert f'value="{work.pk}" required checked' in page.content.decode()
        assert f'value="{hidden.pk}"' not in page.content.decode()
        data = {"picture": work.pk, "title": "Morning walk", "reflection": "I tried."}
        assert [client.post(url, data).status_code for _press in range(2)] == [302, 302]
        submission = Submission.objects.get()
        answer = client.get(reverse("gallery:submission", args=[submission.pk]))
        assert "Take it back" in answer.content.decode()
        assert answer.content.decode().count("Handed in. Your teacher can see it now.") == 1
        assert client.get(url).status_code == 302  # nothing to choose while it is handed in
        client.post(reverse("gallery:withdraw", args=[submission.pk]))
        again = client.get(url).content.decode()
        assert 'value="Morning walk"' in again
        assert Submission.objects.get().status == "withdrawn"

    def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
        self, cast: Cast, work: Picture, visit: Callable
    ) -> None:
        url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        data = {"picture": work.pk, "title": "칼을 든 기사", "reflection": "Long thoughts."}
        answer = visit(cast.student).post(url, data)
        assert answer.status_code == 422
        assert "“칼”" in answer.context["form"].errors["title"][0]  # the word that is meant
        assert "Long thoughts." in answer.content.decode()
        assert not Submission.objects.exists()

    def test_a_refused_monument_stands_at_its_own_field(
        self, cast: Cast, work: Picture, visit: Callable
    ) -> None:
        url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        data = {"picture": work.pk, "title": "Walk", "reflection": "", "monument": "칼 박물관"}
        assert list(visit(cast.student).post(url, data).context["form"].errors) == ["monument"]

    def test_sent_from_within_the_page_it_leads_on_and_lets_the_draft_go(
        self, cast: Cast, work: Picture, visit: Callable
    ) -> None:
        url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        data = {"picture": work.pk, "title": "Walk", "reflection": ""}
        answer = visit(cast.student, htmx=True).post(url, data)
        submission = Submission.objects.get()
        assert answer.headers["HX-Redirect"] == reverse("gallery:submission", args=[submission.pk])
        assert answer.headers["HX-Trigger"] == '{"draft-saved": {}}'

    def test_the_chosen_picture_comes_first(self, cast: Cast, work: Picture, visit: Callable) -> None:
        make_work(cast)
        url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        page = visit(cast.student).get(url, {"picture": work.pk})
        assert page.context["pictures"][0] == work

    def test_a_picture_taken_down_since_shows_its_reason_not_itself(
        self, cast: Cast, work: Picture, submission: Submission, visit: Callable
    ) -> None:
        review_picture(picture=work, reviewer=cast.teacher, decision="reject", reason="A face can be seen.")
        page = visit(cast.student).get(reverse("gallery:submission", args=[submission.pk])).content.decode()
        assert "A face can be seen." in page
        assert reverse("assignments:picture_file", args=[work.pk, "large"]) not in page

    def test_who_gets_in(self, cast: Cast, submission: Submission, visit: Callable) -> None:
        page = reverse("gallery:submission", args=[submission.pk])
        hand_in_url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        take_back = reverse("gallery:withdraw", args=[submission.pk])
        give_back = reverse("gallery:return", args=[submission.pk])
        grade = reverse("gallery:grade", args=[submission.pk])
        expected = {
            # person: (page, hand in, take back, give back, grade)
            "student2": (404, 200, 404, 404, 404),
            "student3": (404, 404, 404, 404, 404),
            "teacher2": (404, 404, 404, 404, 404),
            "stranger": (404, 404, 404, 404, 404),
            "stranger_admin": (404, 404, 404, 404, 404),
            "operator": (404, 404, 404, 404, 404),
            "teacher": (200, 403, 403, 302, 422),
        }
        for name, statuses in expected.items():
            client = visit(getattr(cast, name))
            answers = [client.get(page), client.get(hand_in_url)]
            answers += [client.post(url) for url in (take_back, give_back, grade)]
            assert tuple(answer.status_code for answer in answers) == statuses, name
        own = visit(cast.student)
        assert own.get(page).status_code == 200
        assert [own.post(url).status_code for url in (page, give_back, grade)] == [403, 403, 403]
        submission.refresh_from_db()
        assert submission.status == "handed_in"

    def test_the_box_of_the_studio_tells_the_state(self, cast: Cast, work: Picture, visit: Callable) -> None:
        client = visit(cast.student, htmx=True)
        url = reverse("gallery:submission_box", args=[cast.assignment.pk])
        assert reverse("gallery:hand_in", args=[cast.assignment.pk]) in client.get(url).content.decode()
        submission = hand_in_work(cast, work)
        assert "Handed in" in client.get(url).content.decode()
        grade_submission(submission=submission, grader=cast.teacher, scores=full_marks(cast.assignment))
        assert "Graded" not in client.get(url).content.decode()
        release_grades(assignment=cast.assignment, actor=cast.teacher)
        assert "Graded" in client.get(url, {"compact": "1"}).content.decode()
        assert "0 hand-ins to grade" in visit(cast.teacher).get(url).content.decode()
        assert visit(cast.stranger).get(url).status_code == 404

    def test_queries_do_not_grow_with_the_pictures(self, cast: Cast, work: Picture, visit: Callable) -> None:
        url = reverse("gallery:hand_in", args=[cast.assignment.pk])
        costs_the_same(visit(cast.student), url, lambda: [make_work(cast) for _number in range(30)])


class TestOwnList:
    def test_states_stand_beside_every_task_for_one_request(
        self, cast: Cast, submission: Submission, visit: Callable
    ) -> None:
        url = reverse("gallery:own_submissions")
        grade_submission(submission=submission, grader=cast.teacher, scores=full_marks(cast.assignment))
        fragment = visit(cast.student, htmx=True).get(url)
        text = fragment.content.decode()
        assert f'id="task-state-{cast.assignment.pk}" hx-swap-oob="true"' in text
        assert "Handed in" in text
        assert "Graded" not in text
        assert "You have handed in everything." in text
        assert "HX-Request" in fragment.headers["Vary"]
        assert submission.title in visit(cast.student).get(url).content.decode()
        assert submission.title not in visit(cast.student2).get(url).content.decode()
        assert visit(cast.teacher).get(url).status_code == 403

    def test_what_is_left_to_do_does_not_count_what_is_handed_in(
        self, cast: Cast, work: Picture, submission: Submission, visit: Callable
    ) -> None:
        make_assignment(cast.classroom, "A bridge")
        make_assignment(cast.classroom, "Long ago", closed_at=timezone.now())
        client = visit(cast.student, htmx=True)
        url = reverse("gallery:own_submissions")
        assert "1 task is waiting for you." in " ".join(client.get(url).content.decode().split())
        return_submission(submission=submission, teacher=cast.teacher, reason="One more go.")
        assert "2 tasks are waiting for you." in " ".join(client.get(url).content.decode().split())

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from assignments.models import Picture
from gallery.models import Grade, Submission
from tests.cast import Cast
from tests.gallery.works import due, hand_in_work, make_work

SUBMISSIONS = "/api/v1/submissions/"


@pytest.fixture
def work(cast: Cast) -> Picture:
    return make_work(cast)


@pytest.fixture
def submission(cast: Cast, work: Picture) -> Submission:
    return hand_in_work(cast, work)


def hand_in(client, picture: Picture, **more: object):
    body = {
        "assignment": picture.generation.assignment_id,
        "pictures": [picture.pk],
        "title": "Morning walk",
        "reflection": "I wrote “beside”.",
    }
    return client.post(SUBMISSIONS, body | more)


def scores_for(submission: Submission, *points: object) -> list[dict[str, object]]:
    criteria = submission.assignment.criteria.all()
    return [{"criterion": each.pk, "points": point} for each, point in zip(criteria, points, strict=False)]


def grade(client, submission: Submission, scores: object, comment: str = "Bright idea."):
    return client.post(f"{SUBMISSIONS}{submission.pk}/grades/", {"scores": scores, "comment": comment})


def shown(client, submission: Submission) -> dict:
    answer = client.get(f"{SUBMISSIONS}{submission.pk}/")
    assert answer.status_code == 200
    return answer.json()


class TestHandIn:
    def test_is_found_again(self, cast: Cast, program: Callable, work: Picture) -> None:
        client = program(cast.student)
        answer = hand_in(client, work)
        assert answer.status_code == 201
        body = answer.json()
        assert body["id"] == Submission.objects.get().pk
        assert (body["status"], body["title"], body["is_late"]) == ("handed_in", "Morning walk", False)
        assert [picture["id"] for picture in body["pictures"]] == [work.pk]
        assert [(each["title"], each["points"]) for each in body["criteria"]] == [("Idea", 5), ("Words", 5)]
        assert body["grade"] is None
        assert client.get(f"{SUBMISSIONS}{body['id']}/").json() == body
        listed = client.get(SUBMISSIONS, {"assignment": cast.assignment.pk}).json()
        assert listed["results"] == [body]

    def test_the_same_twice_is_one(self, cast: Cast, program: Callable, work: Picture) -> None:
        client = program(cast.student)
        first, second = hand_in(client, work), hand_in(client, work)
        assert second.status_code == 201
        assert first.json() == second.json()
        changed = hand_in(client, work, title="Evening walk")
        assert (changed.status_code, changed.json()["code"]) == (409, "already_handed_in")

    def test_late_work_is_marked(self, cast: Cast, program: Callable, work: Picture) -> None:
        due(cast.assignment, due_at=timezone.now() - timedelta(hours=1))
        assert hand_in(program(cast.student), work).json()["is_late"] is True

    def test_nothing_after_the_close(self, cast: Cast, program: Callable, work: Picture) -> None:
        due(cast.assignment, closed_at=timezone.now())
        answer = hand_in(program(cast.student), work)
        assert (answer.status_code, answer.json()["code"]) == (409, "closed")

    @pytest.mark.parametrize(
        ("more", "code"),
        [
            ({"title": ""}, "title"),
            ({"title": "피를 흘리는 기사"}, "words"),
            ({"pictures": []}, "pictures"),
            ({"pictures": [999_999]}, "pictures"),
            ({"pictures": [10**30]}, "invalid"),
            ({"pictures": "1"}, "invalid"),
            ({"assignment": None}, "invalid"),
            ({"title": "a" * 81}, "invalid"),
        ],
    )
    def test_what_is_wrong_with_it_is_400(
        self, cast: Cast, program: Callable, work: Picture, more: dict, code: str
    ) -> None:
        answer = hand_in(program(cast.student), work, **more)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
        assert not Submission.objects.exists()

    def test_only_ones_own_shown_pictures(self, cast: Cast, program: Callable) -> None:
        for picture in (make_work(cast, student=cast.student2), make_work(cast, moderation="waiting")):
            answer = hand_in(program(cast.student), picture)
            assert (answer.status_code, answer.json()["code"]) == (400, "pictures")

    def test_only_students_of_the_class(self, cast: Cast, program: Callable, work: Picture) -> None:
        assert hand_in(program(cast.teacher), work).status_code == 403
        for name in ("student3", "stranger", "teacher2"):
            assert hand_in(program(getattr(cast, name)), work).status_code == 404

    def test_can_be_taken_back_and_handed_in_again(
        self, cast: Cast, program: Callable, work: Picture
    ) -> None:
        client = program(cast.student)
        pk = hand_in(client, work).json()["id"]
        back = client.post(f"{SUBMISSIONS}{pk}/withdraw/")
        assert (back.status_code, back.json()["status"]) == (200, "withdrawn")
        again = hand_in(client, work, title="Evening walk")
        assert (again.status_code, again.json()["id"], again.json()["title"]) == (201, pk, "Evening walk")
        assert program(cast.teacher).post(f"{SUBMISSIONS}{pk}/withdraw/").status_code == 403

    def test_a_teacher_returns_it_with_a_reason(
        self, cast: Cast, program: Callable, submission: Submission
    ) -> None:
        address = f"{SUBMISSIONS}{submission.pk}/return/"
        assert program(cast.student).post(address, {"reason": "x"}).status_code == 403
        teacher = program(cast.teacher)
        assert teacher.post(address, {"reason": ""}).json()["code"] == "reason"
        answer = teacher.post(address, {"reason": "Try another light."})
        assert (answer.status_code, answer.json()["status"]) == (200, "returned")
        assert shown(program(cast.student), submission)["return_reason"] == "Try another light."


class TestGrade:
    def test_is_hidden_until_the_release(self, cast: Cast, program: Callable, submission: Submission) -> None:
        student, teacher = program(cast.student), program(cast.teacher)
        answer = grade(teacher, submission, scores_for(submission, 4, 3.5))
        assert answer.status_code == 201
        assert (answer.json()["points"], answer.json()["is_released"]) == (7.5, False)
        assert shown(teacher, submission)["grade"]["comment"] == "Bright idea."
        before = shown(student, submission)
        assert (before["status"], before["grade"]) == ("handed_in", None)

        release = f"/api/v1/assignments/{cast.assignment.pk}/release/"
        assert student.post(release).status_code == 403
        released = teacher.post(release)
        assert (released.status_code, released.json()) == (200, {"released": 1})
        after = shown(student, submission)
        assert after["status"] == "graded"
        assert after["grade"]["scores"] == scores_for(submission, 4.0, 3.5)
        assert after["grade"]["comment"] == "Bright idea."
        assert after["grade"]["is_released"] is True
        assert teacher.post(release).json() == {"released": 0}

    def test_can_be_changed(self, cast: Cast, program: Callable, submission: Submission) -> None:
        client = program(cast.teacher)
        grade(client, submission, scores_for(submission, 4, 3))
        answer = grade(client, submission, scores_for(submission, "5.0", 3))
        assert (answer.status_code, answer.json()["points"]) == (201, 8.0)
        assert Grade.objects.count() == 1

    @pytest.mark.parametrize(
        "points", [(), (4,), (4, 6), (4, -1), (4, 3.25), (4, 0.3), (4, None), (4, "many"), (4, "NaN")]
    )
    def test_every_criterion_gets_points_in_range(
        self, cast: Cast, program: Callable, submission: Submission, points: tuple
    ) -> None:
        answer = grade(program(cast.teacher), submission, scores_for(submission, *points))
        assert answer.status_code == 400
        assert answer.json()["code"] in ("scores", "invalid")
        assert not Grade.objects.exists()

    def test_no_criterion_twice_and_none_of_elsewhere(
        self, cast: Cast, program: Callable, submission: Submission
    ) -> None:
        client = program(cast.teacher)
        twice = scores_for(submission, 4, 3) + scores_for(submission, 5)
        foreign = [
            *scores_for(submission, 4, 3),
            {"criterion": cast.assignment2.criteria.first().pk, "points": 1},
        ]
        for scores in (twice, foreign):
            assert grade(client, submission, scores).status_code == 400
        assert not Grade.objects.exists()

    def test_work_that_was_taken_back_is_not_graded(
        self, cast: Cast, program: Callable, submission: Submission
    ) -> None:
        program(cast.student).post(f"{SUBMISSIONS}{submission.pk}/withdraw/")
        answer = grade(program(cast.teacher), submission, scores_for(submission, 4, 3))
        assert (answer.status_code, answer.json()["code"]) == (409, "not_handed_in")

    def test_is_for_those_who_run_the_class(
        self, cast: Cast, program: Callable, submission: Submission
    ) -> None:
        scores = scores_for(submission, 4, 3)
        assert grade(program(cast.student), submission, scores).status_code == 403
        for name in ("student2", "teacher2", "stranger", "stranger_teacher", "stranger_admin"):
            client = program(getattr(cast, name))
            assert grade(client, submission, scores).status_code == 404
            assert client.get(f"{SUBMISSIONS}{submission.pk}/").status_code == 404
        release = f"/api/v1/assignments/{cast.assignment.pk}/release/"
        for name in ("teacher2", "stranger", "stranger_admin"):
            assert program(getattr(cast, name)).post(release).status_code == 404
        assert grade(program(cast.admin), submission, scores).status_code == 201


def test_a_picture_taken_down_since_is_gone_for_its_student(
    cast: Cast, program: Callable, submission: Submission, work: Picture
) -> None:
    Picture.objects.filter(pk=work.pk).update(moderation="rejected")
    assert shown(program(cast.student), submission)["pictures"] == []
    assert len(shown(program(cast.teacher), submission)["pictures"]) == 1

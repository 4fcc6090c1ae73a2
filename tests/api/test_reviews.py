from collections.abc import Callable

import pytest

from assignments.models import Picture
from gallery.models import Review
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast
from tests.gallery.works import make_work

QUEUE = "/api/v1/reviews/queue/"


def review(client, picture: Picture, **body: object):
    return client.post(f"/api/v1/pictures/{picture.pk}/reviews/", body)


class TestQueue:
    def test_holds_what_no_person_has_decided_on(self, cast: Cast, program: Callable) -> None:
        first = make_work(cast, moderation="waiting")
        second = make_work(cast, student=cast.student2, moderation="shown")
        for decided in ("approved", "rejected"):
            make_work(cast, moderation=decided)
        body = program(cast.teacher).get(QUEUE).json()
        assert [row["picture"]["id"] for row in body["results"]] == [first.pk, second.pk]
        row = body["results"][0]
        assert row["generation"] == first.generation_id
        assert set(row["picture"]) == {"id", "width", "height", "file", "alt"}
        assert row["student"] == {"id": cast.student.pk, "name": "Bora"}
        assert row["prompt"] == first.generation.prompt
        assert (row["assignment"], row["classroom"]) == (cast.assignment.pk, cast.classroom.pk)

    def test_is_of_the_persons_own_classes(self, cast: Cast, program: Callable) -> None:
        mine = make_work(cast)
        elsewhere = make_picture(
            make_generation(cast, student=cast.student3, assignment=cast.assignment2), has_files=False
        )
        seen = {
            name: {row["picture"]["id"] for row in program(getattr(cast, name)).get(QUEUE).json()["results"]}
            for name in ("teacher", "teacher2", "admin", "stranger_teacher", "stranger_admin")
        }
        assert seen == {
            "teacher": {mine.pk},
            "teacher2": {elsewhere.pk},
            "admin": {mine.pk, elsewhere.pk},
            "stranger_teacher": set(),
            "stranger_admin": set(),
        }

    def test_is_not_for_students(self, cast: Cast, program: Callable) -> None:
        answer = program(cast.student).get(QUEUE)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


class TestReview:
    def test_an_approved_picture_is_seen(self, cast: Cast, program: Callable) -> None:
        picture = make_work(cast, moderation="waiting")
        client = program(cast.teacher)
        answer = review(client, picture, decision="approve")
        assert answer.status_code == 201
        body = answer.json()
        assert (body["picture"], body["decision"], body["reason"]) == (picture.pk, "approve", "")
        assert Review.objects.get().pk == body["id"]
        student = program(cast.student)
        found = student.get(f"/api/v1/generations/{picture.generation_id}/").json()
        assert (found["status"], len(found["pictures"])) == ("ready", 1)
        assert client.get(QUEUE).json()["count"] == 0

    def test_a_returned_picture_is_gone_with_its_reason(self, cast: Cast, program: Callable) -> None:
        picture = make_work(cast, moderation="waiting")
        answer = review(program(cast.teacher), picture, decision="reject", reason="Too dark to see.")
        assert (answer.status_code, answer.json()["reason"]) == (201, "Too dark to see.")
        found = program(cast.student).get(f"/api/v1/generations/{picture.generation_id}/").json()
        assert (found["status"], found["pictures"]) == ("refused", [])
        assert found["refusal"] == {"stage": "review", "reason": "Too dark to see.", "matches": []}

    def test_the_newest_decision_counts(self, cast: Cast, program: Callable) -> None:
        picture, client = make_work(cast), program(cast.teacher)
        for decision in ("approve", "reject", "approve"):
            assert review(client, picture, decision=decision).status_code == 201
        picture.refresh_from_db()
        assert picture.moderation == "approved"
        assert Review.objects.count() == 3

    @pytest.mark.parametrize("moderation", ["waiting", "shown", "approved"])
    def test_is_not_for_the_student(self, cast: Cast, program: Callable, moderation: str) -> None:
        picture = make_work(cast, moderation=moderation)
        assert review(program(cast.student), picture, decision="approve").status_code == 403
        expected = 403 if moderation == "approved" else 404
        assert review(program(cast.student2), picture, decision="approve").status_code == expected
        assert not Review.objects.exists()

    def test_others_do_not_know_of_it(self, cast: Cast, program: Callable) -> None:
        picture = make_work(cast, moderation="approved")
        for name in ("teacher2", "student3", "stranger", "stranger_teacher", "stranger_admin"):
            assert review(program(getattr(cast, name)), picture, decision="reject").status_code == 404
        assert not Review.objects.exists()

    @pytest.mark.parametrize(
        "body",
        [{}, {"decision": "perhaps"}, {"decision": None}, {"decision": "reject", "reason": "a" * 301}],
    )
    def test_half_a_decision_is_400(self, cast: Cast, program: Callable, body: dict) -> None:
        answer = review(program(cast.teacher), make_work(cast), **body)
        assert answer.status_code == 400
        assert not Review.objects.exists()

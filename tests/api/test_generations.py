"""Pressing the button through the API."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from assignments.models import Assignment, Generation, ImageModel, Lesson, Picture, SafetyNotice, SchoolModel
from assignments.services.marks import cells_of_places
from assignments.services.policies import EntryInput, class_list, save_term_list
from edu4all.accounts.models import Membership
from tests.assignments.generation.engine import allow_external, run_queue
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast
from tests.gallery.works import make_work

WORDS = "아침 햇살에 에펠탑 옆에 있는 개"
BLOODY = "피를 흘리는 기사"
FIELDS = {
    "id",
    "assignment",
    "status",
    "operation",
    "prompt",
    "sent_prompt",
    "place",
    "eta_seconds",
    "refusal",
    "pictures",
    "created_at",
}


def press(client, assignment: Assignment, prompt: Any = WORDS, key: str | None = "a-key", **more: Any):
    headers = {} if key is None else {"idempotency-key": key}
    address = f"/api/v1/assignments/{assignment.pk}/generations/"
    return client.post(address, {"prompt": prompt} | more, headers=headers)


def code_of(answer) -> tuple[int, str]:
    body = answer.json()
    assert body["detail"]
    return answer.status_code, body["code"]


class TestPress:
    def test_is_saved_and_waits(self, cast: Cast, program: Callable) -> None:
        answer = press(program(cast.student), cast.assignment)
        assert answer.status_code == 201
        body = answer.json()
        assert set(body) == FIELDS
        row = Generation.objects.get()
        assert body["id"] == row.pk
        assert (body["assignment"], body["status"]) == (cast.assignment.pk, "queued")
        assert (body["operation"], body["prompt"]) == ("draw", WORDS)
        assert body["place"] == 1
        assert isinstance(body["eta_seconds"], int)
        assert (body["sent_prompt"], body["refusal"], body["pictures"]) == (None, None, [])

    def test_repeated_is_the_same_generation(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        first, second = press(client, cast.assignment), press(client, cast.assignment)
        assert (first.status_code, second.status_code) == (201, 200)
        assert first.json()["id"] == second.json()["id"]
        assert Generation.objects.count() == 1

    def test_repeated_after_the_assignment_closed_is_still_found(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        press(client, cast.assignment)
        Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
        assert press(client, cast.assignment).status_code == 200

    def test_a_key_belongs_to_one_student(self, cast: Cast, program: Callable) -> None:
        first = press(program(cast.student), cast.assignment)
        second = press(program(cast.student2), cast.assignment)
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.json()["id"] != second.json()["id"]

    @pytest.mark.parametrize("key", [None, "", "   "])
    def test_without_a_key_is_400(self, cast: Cast, program: Callable, key: str | None) -> None:
        answer = press(program(cast.student), cast.assignment, key=key)
        assert code_of(answer) == (400, "idempotency_key_required")
        assert not Generation.objects.exists()

    def test_a_key_that_is_too_long_is_400(self, cast: Cast, program: Callable) -> None:
        assert code_of(press(program(cast.student), cast.assignment, key="k" * 201)) == (400, "key")

    @pytest.mark.parametrize(
        ("prompt", "code"),
        [("", "empty"), (" \n ", "empty"), ("a" * 1001, "too_long"), (None, "invalid"), (["a"], "invalid")],
    )
    def test_words_that_are_none_are_400(
        self, cast: Cast, program: Callable, prompt: object, code: str
    ) -> None:
        assert code_of(press(program(cast.student), cast.assignment, prompt)) == (400, code)
        assert not Generation.objects.exists()

    def test_no_words_at_all_are_400(self, cast: Cast, program: Callable) -> None:
        address = f"/api/v1/assignments/{cast.assignment.pk}/generations/"
        answer = program(cast.student).post(address, {}, headers={"idempotency-key": "k"})
        assert code_of(answer) == (400, "invalid")

    def test_is_not_for_those_who_may_not(self, cast: Cast, program: Callable) -> None:
        for name in ("teacher", "admin"):
            assert press(program(getattr(cast, name)), cast.assignment).status_code == 403
        for name in ("student3", "stranger", "teacher2", "stranger_admin", "operator"):
            assert code_of(press(program(getattr(cast, name)), cast.assignment)) == (404, "not_found")
        assert not Generation.objects.exists()

    def test_a_variation_starts_from_an_own_picture(self, cast: Cast, program: Callable) -> None:
        own, others = make_work(cast), make_work(cast, student=cast.student2)
        client = program(cast.student)
        made = press(client, cast.assignment, operation="vary", source=own.pk)
        assert (made.status_code, made.json()["operation"]) == (201, "vary")
        row = Generation.objects.get(pk=made.json()["id"])
        assert row.source_id == own.pk
        for wrong in (others.pk, 999_999, None):
            answer = press(client, cast.assignment, key=f"wrong-{wrong}", operation="vary", source=wrong)
            assert code_of(answer) == (400, "source")

    def test_a_marked_place_is_an_edit_where_a_model_can(self, cast: Cast, program: Callable) -> None:
        picture = make_picture(make_generation(cast), has_files=False)
        client = program(cast.student)
        marks: dict[str, Any] = {"operation": "refine", "source": picture.pk, "cells": cells_of_places([0])}
        answer = press(client, cast.assignment, "고양이 한 마리", **marks)
        assert (answer.status_code, answer.json()["operation"]) == (201, "edit")
        assert Generation.objects.get(prompt="고양이 한 마리").mask
        again = press(client, cast.assignment, "고양이 한 마리", **marks)
        assert (again.status_code, again.json()["id"]) == (200, answer.json()["id"])

        Generation.objects.filter(operation="edit").update(status="ready")
        ImageModel.objects.update(can_mask=False)
        answer = press(client, cast.assignment, "고양이 두 마리", "b-key", **marks)
        assert code_of(answer) == (400, "cells")
        assert (
            press(client, cast.assignment, "고양이", "c-key", **(marks | {"cells": "01"})).status_code == 400
        )

    def test_repeated_after_its_source_was_taken_down_is_the_same(
        self, cast: Cast, program: Callable
    ) -> None:
        own, client = make_work(cast), program(cast.student)
        press(client, cast.assignment, operation="vary", source=own.pk)
        Picture.objects.filter(pk=own.pk).update(moderation="rejected")
        assert press(client, cast.assignment, operation="vary", source=own.pk).status_code == 200


class TestConflict:
    def test_already_unfinished(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        press(client, cast.assignment)
        assert code_of(press(client, cast.assignment, key="other")) == (409, "already_unfinished")

    def test_key_reused(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        press(client, cast.assignment)
        assert code_of(press(client, cast.assignment, "Other words")) == (409, "key_reused")

    def test_no_tries(self, cast: Cast, program: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(tries=1)
        make_generation(cast)
        assert code_of(press(program(cast.student), cast.assignment)) == (409, "no_tries")

    def test_closed(self, cast: Cast, program: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
        assert code_of(press(program(cast.student), cast.assignment)) == (409, "closed")

    def test_paused_by_the_teacher(self, cast: Cast, program: Callable) -> None:
        Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment, paused_at=timezone.now())
        assert code_of(press(program(cast.student), cast.assignment)) == (409, "paused")

    def test_paused_after_refusals(self, cast: Cast, program: Callable) -> None:
        Membership.objects.filter(user=cast.student).update(
            paused_until=timezone.now() + timedelta(minutes=3)
        )
        assert code_of(press(program(cast.student), cast.assignment)) == (409, "paused")

    def test_budget(self, cast: Cast, program: Callable) -> None:
        allow_external(cast.school, cap="0.01")
        ImageModel.objects.update(price_per_picture_usd=Decimal("0.05"))
        SchoolModel.objects.filter(school=cast.school).update(is_default=True)
        assert code_of(press(program(cast.student), cast.assignment)) == (409, "budget")

    def test_speaks_korean(self, cast: Cast, program: Callable) -> None:
        Assignment.objects.filter(pk=cast.assignment.pk).update(closed_at=timezone.now())
        body = press(program(cast.student, language="ko"), cast.assignment).json()
        assert any("가" <= letter <= "힣" for letter in body["detail"])


class TestRefused:
    def test_says_where_and_why(self, cast: Cast, program: Callable) -> None:
        answer = press(program(cast.student), cast.assignment, BLOODY)
        assert answer.status_code == 422
        body = answer.json()
        assert set(body) == {"detail", "code", "id", "refusal"}
        assert body["code"] == "refused"
        refusal = body["refusal"]
        assert set(refusal) == {"stage", "reason", "matches"}
        assert refusal["stage"] == "policy"
        assert "Blood" in refusal["reason"]
        match = refusal["matches"][0]
        assert set(match) == {"term", "start", "end", "text", "rule"}
        assert match["term"] == "피"
        assert BLOODY[match["start"] : match["end"]] == match["text"]

    def test_repeated_is_the_same_refusal(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        first, second = (press(client, cast.assignment, BLOODY) for _each in range(2))
        assert second.status_code == 422
        assert first.json() == second.json()
        assert Generation.objects.count() == 1

    def test_costs_no_try_and_is_found_again(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        body = press(client, cast.assignment, BLOODY).json()
        found = client.get(f"/api/v1/generations/{body['id']}/").json()
        assert set(found) == FIELDS
        assert (found["status"], found["refusal"]) == ("refused", body["refusal"])
        assert (found["place"], found["eta_seconds"]) == (None, None)
        left = client.get(f"/api/v1/assignments/{cast.assignment.pk}/").json()["tries_left"]
        assert left == 10

    def test_reads_korean(self, cast: Cast, program: Callable) -> None:
        body = press(program(cast.student, language="ko"), cast.assignment, BLOODY).json()
        assert "피" in body["refusal"]["matches"][0]["text"]
        for text in (body["detail"], body["refusal"]["reason"]):
            assert any("가" <= letter <= "힣" for letter in text)

    def test_a_personal_term_is_not_told(self, cast: Cast, program: Callable) -> None:
        save_term_list(
            term_list=class_list(cast.classroom),
            author=cast.teacher,
            entries=[EntryInput("뽀삐", is_personal=True)],
            base_version=0,
        )
        body = press(program(cast.student), cast.assignment, "뽀삐가 뛰는 공원").json()
        assert body["refusal"]["matches"][0]["term"] is None
        row = Generation.objects.get()
        for person in (cast.student, cast.teacher):
            told = program(person).get(f"/api/v1/generations/{row.pk}/").json()["refusal"]["matches"]
            assert [match["term"] for match in told] == [None]

    @pytest.mark.parametrize("stage", ["prompt", "picture", "review"])
    def test_at_a_later_stage_a_repeated_press_is_200(
        self, cast: Cast, program: Callable, stage: str
    ) -> None:
        client = program(cast.student)
        pk = press(client, cast.assignment).json()["id"]
        Generation.objects.filter(pk=pk).update(
            status="refused", refusal_stage=stage, refusal_reason="Try a lighter sky."
        )
        answer = press(client, cast.assignment)
        assert answer.status_code == 200
        refusal = answer.json()["refusal"]
        assert (refusal["stage"], refusal["matches"]) == (stage, [])
        assert refusal["reason"]
        assert (refusal["reason"] == "Try a lighter sky.") == (stage == "review")

    def test_words_of_despair_get_a_gentle_answer(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        answer = press(client, cast.assignment, "자살하고 싶어요")
        assert answer.status_code == 422
        body = answer.json()
        assert "Are you all right?" in body["refusal"]["reason"]
        assert "109" in body["refusal"]["reason"]
        assert "1388" in body["refusal"]["reason"]
        assert body["refusal"]["matches"] == []
        assert SafetyNotice.objects.filter(words__generation_id=body["id"]).exists()
        teacher = program(cast.teacher)
        assert teacher.get(f"/api/v1/generations/{body['id']}/").status_code == 404
        listed = teacher.get(f"/api/v1/assignments/{cast.assignment.pk}/generations/").json()
        assert listed["count"] == 0


class TestPicture:
    def test_from_the_press_to_the_picture(self, cast: Cast, program: Callable) -> None:
        client = program(cast.student)
        pk = press(client, cast.assignment).json()["id"]
        run_queue(cast.limit)
        body = client.get(f"/api/v1/generations/{pk}/").json()
        assert (body["status"], body["place"], body["eta_seconds"]) == ("ready", None, None)
        assert body["sent_prompt"] is None
        (picture,) = body["pictures"]
        assert set(picture) == {"id", "width", "height", "file", "alt"}
        assert picture["width"] * 9 == picture["height"] * 16
        assert picture["alt"]
        file = client.get(picture["file"])
        assert file.status_code == 200
        assert file["Content-Type"] in ("image/webp", "image/png")

    def test_only_teachers_read_what_was_sent(self, cast: Cast, program: Callable) -> None:
        pk = press(program(cast.student), cast.assignment).json()["id"]
        sent = program(cast.teacher).get(f"/api/v1/generations/{pk}/").json()["sent_prompt"]
        assert WORDS in sent
        assert len(sent) > len(WORDS)

    def test_a_held_picture_is_the_teachers_alone(self, cast: Cast, program: Callable) -> None:
        held = make_work(cast, moderation="waiting").generation
        address = f"/api/v1/generations/{held.pk}/"
        mine, theirs = (program(person).get(address).json() for person in (cast.student, cast.teacher))
        assert (mine["status"], mine["pictures"]) == ("held", [])
        assert len(theirs["pictures"]) == 1

    def test_a_generation_is_seen_by_its_student_and_those_who_run_the_class(
        self, cast: Cast, program: Callable
    ) -> None:
        address = f"/api/v1/generations/{make_generation(cast).pk}/"
        seen = {
            name: program(getattr(cast, name)).get(address).status_code
            for name in ("student", "teacher", "admin", "student2", "teacher2", "stranger", "stranger_admin")
        }
        assert seen == {
            "student": 200,
            "teacher": 200,
            "admin": 200,
            "student2": 404,
            "teacher2": 404,
            "stranger": 404,
            "stranger_admin": 404,
        }


class TestList:
    def test_own_for_students_and_all_for_teachers(self, cast: Cast, program: Callable) -> None:
        mine, theirs = make_generation(cast), make_generation(cast, student=cast.student2)
        make_picture(mine, has_files=False)
        address = f"/api/v1/assignments/{cast.assignment.pk}/generations/"
        of_student = program(cast.student).get(address).json()["results"]
        assert [row["id"] for row in of_student] == [mine.pk]
        assert set(of_student[0]) == FIELDS
        of_teacher = program(cast.teacher).get(address).json()["results"]
        assert {row["id"] for row in of_teacher} == {mine.pk, theirs.pk}
        assert program(cast.stranger).get(address).status_code == 404

    def test_by_status_and_assignment(self, cast: Cast, program: Callable) -> None:
        ready = make_generation(cast)
        make_generation(cast, status="failed")
        client = program(cast.student)
        for address in (f"/api/v1/assignments/{cast.assignment.pk}/generations/", "/api/v1/generations/"):
            found = client.get(address, {"status": "ready"}).json()["results"]
            assert [row["id"] for row in found] == [ready.pk]
            assert code_of(client.get(address, {"status": "lost"})) == (400, "status")
        assert client.get("/api/v1/generations/", {"assignment": cast.assignment.pk}).json()["count"] == 2
        assert client.get("/api/v1/generations/", {"assignment": 10**18}).json()["count"] == 0
        assert code_of(client.get("/api/v1/generations/", {"assignment": "x"})) == (400, "assignment")

    def test_places_are_told_for_what_waits(self, cast: Cast, program: Callable) -> None:
        press(program(cast.student), cast.assignment)
        press(program(cast.student2), cast.assignment)
        rows = program(cast.teacher).get("/api/v1/generations/").json()["results"]
        assert sorted(row["place"] for row in rows) == [1, 2]


class TestCancel:
    @pytest.mark.parametrize("method", ["post", "delete"])
    def test_gives_the_try_back(self, cast: Cast, program: Callable, method: str) -> None:
        client = program(cast.student)
        pk = press(client, cast.assignment).json()["id"]
        answer = getattr(client, method)(f"/api/v1/generations/{pk}/cancel/")
        assert answer.status_code == 200
        assert (answer.json()["status"], answer.json()["place"]) == ("cancelled", None)
        assert press(client, cast.assignment, key="again").status_code == 201

    def test_what_waits_no_more_is_409(self, cast: Cast, program: Callable) -> None:
        address = f"/api/v1/generations/{make_generation(cast, status='drawing').pk}/cancel/"
        assert code_of(program(cast.student).post(address)) == (409, "not_waiting")

    def test_is_for_its_student_and_the_teachers(self, cast: Cast, program: Callable) -> None:
        pk = press(program(cast.student), cast.assignment).json()["id"]
        address = f"/api/v1/generations/{pk}/cancel/"
        for name in ("student2", "stranger", "teacher2"):
            assert program(getattr(cast, name)).post(address).status_code == 404
        assert program(cast.teacher).post(address).json()["status"] == "cancelled"

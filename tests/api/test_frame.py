"""What holds for the whole API: who is let in, how errors look, both languages, its own description."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from edu4all.accounts.models import Classroom, Membership
from edu4all.web.api import MOST_BYTES
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast, make_assignment
from tests.gallery.works import hand_in_work, make_students

OPEN = {"schema", "docs", "token"}


def addresses() -> dict[str, str]:
    """Every address of the API by name, with 1 for each number."""
    found: dict[str, str] = {}

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
            elif pattern.name:
                found[pattern.name] = "/" + route.replace("<int:pk>", "1")

    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) == "api/v1/":
            walk(pattern.url_patterns, "api/v1/")
    return found


def test_anonymous_gets_401_everywhere_and_never_a_redirect(cast: Cast, program: Callable) -> None:
    checked = 0
    for name, address in addresses().items():
        if name in OPEN:
            continue
        for method in ("get", "post", "put", "patch", "delete"):
            answer = getattr(program(), method)(address)
            assert answer.status_code == 401, f"{method} {address}: {answer.status_code}"
            assert set(answer.json()) == {"detail", "code"}
            checked += 1
    assert checked > 80


@pytest.mark.parametrize("accept", ["text/html", "image/webp", "application/xml", "nonsense"])
def test_whatever_is_accepted_the_answer_is_json(cast: Cast, program: Callable, accept: str) -> None:
    assert program().get("/api/v1/assignments/", headers={"accept": accept}).status_code == 401
    answer = program(cast.student).get("/api/v1/assignments/", headers={"accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "address",
    [
        "assignments/999999/",
        "assignments/abc/",
        "assignments/-1/",
        "assignments/99999999999999999999999999/",
        "assignments",
        "generations/1/nothing/",
        "pictures/999999/file/",
        "submissions/999999/",
        "nothing/",
        "",
    ],
)
def test_an_unknown_address_is_404_as_json(cast: Cast, program: Callable, address: str) -> None:
    answer = program(cast.teacher).get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found.", "code": "not_found"}


def test_a_wrong_method_is_405(cast: Cast, program: Callable) -> None:
    answer = program(cast.student).delete("/api/v1/assignments/")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method_not_allowed"
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("text", ["{", "", "nonsense", '{"prompt": NaN}', "[" * 100_000, "\ufeff{"])
def test_broken_json_is_400(cast: Cast, program: Callable, text: str) -> None:
    answer = program(cast.student).post(
        "/api/v1/submissions/", data=text.encode(), content_type="application/json"
    )
    assert answer.status_code == 400
    assert {"detail", "code"} <= set(answer.json())


@pytest.mark.parametrize("body", [[], "words", 7, None, {"assignment": [], "pictures": {}, "title": {}}])
def test_json_of_another_shape_is_400(cast: Cast, program: Callable, body: object) -> None:
    answer = program(cast.student).post("/api/v1/submissions/", body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"


def test_what_is_no_json_is_415(cast: Cast, program: Callable) -> None:
    answer = program(cast.student).post("/api/v1/submissions/", {"assignment": 1}, format="multipart")
    assert answer.status_code == 415
    assert answer.json()["code"] == "unsupported_media_type"


def test_too_much_json_is_413(cast: Cast, program: Callable) -> None:
    answer = program(cast.student).post("/api/v1/submissions/", {"title": "a" * MOST_BYTES})
    assert answer.status_code == 413
    assert answer.json()["code"] == "too_large"


def test_a_session_needs_its_csrf_token_and_a_program_none(cast: Cast, program: Callable) -> None:
    browser = program(enforce_csrf_checks=True)
    browser.force_login(cast.student)
    assert browser.get("/api/v1/assignments/").status_code == 200
    assert browser.post("/api/v1/token/end/").status_code == 403
    by_token = program(cast.student, enforce_csrf_checks=True)
    assert by_token.post("/api/v1/token/end/").status_code == 204


def test_errors_speak_the_readers_language(cast: Cast, program: Callable) -> None:
    english = program(cast.student).get("/api/v1/nothing/").json()
    korean = program(cast.student, language="ko").get("/api/v1/nothing/").json()
    assert english["code"] == korean["code"]
    assert english["detail"] == "Not found."
    assert any("가" <= letter <= "힣" for letter in korean["detail"])


def test_a_person_is_throttled_and_nobody_else(cast: Cast, program: Callable, monkeypatch) -> None:
    monkeypatch.setattr("edu4all.web.api.PersonThrottle.rate", "3/min", raising=False)
    cache.clear()
    client = program(cast.student)
    statuses = [client.get("/api/v1/assignments/").status_code for _each in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    assert program(cast.student2).get("/api/v1/assignments/").status_code == 200


def test_lists_are_paged(cast: Cast, program: Callable) -> None:
    for number in range(3):
        make_generation(cast, prompt=f"Tower {number}")
    client = program(cast.student)
    first = client.get("/api/v1/generations/", {"page_size": 2}).json()
    assert set(first) == {"count", "next", "results"}
    assert (first["count"], len(first["results"])) == (3, 2)
    second = client.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (1, None)
    assert client.get("/api/v1/generations/", {"page": 99}).status_code == 404


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("student", "assignments/"),
        ("teacher", "assignments/"),
        ("student", "generations/"),
        ("teacher", "generations/"),
        ("teacher", "assignments/{assignment}/generations/"),
        ("teacher", "reviews/queue/"),
        ("student", "submissions/"),
        ("teacher", "submissions/"),
        ("admin", "classrooms/"),
    ],
)
def test_a_list_costs_the_same_for_many_rows(cast: Cast, program: Callable, role: str, path: str) -> None:
    def grow(students) -> None:
        for student in students:
            picture = make_picture(make_generation(cast, student=student), has_files=False)
            hand_in_work(cast, picture)
            make_generation(cast, student=student, status="queued")
        assignment = make_assignment(cast.classroom, "One more")
        mine = make_generation(cast, assignment=assignment)
        hand_in_work(cast, make_picture(mine, has_files=False))
        room = Classroom.objects.create(school=cast.school, name="One more")
        Membership.objects.create(classroom=room, user=cast.student)

    client = program(getattr(cast, role))
    address = "/api/v1/" + path.format(assignment=cast.assignment.pk)
    grow([cast.student])
    counts = []
    for more in ([], make_students(cast, 6)):
        if more:
            grow(more)
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.json()["count"] >= 1
        counts.append(len(seen))
    assert counts[0] == counts[1]

from collections.abc import Callable

import pytest

from assignments.models import TermEntry, TermListChange
from assignments.services.policies import EntryInput, base_list, check_prompt, class_list, save_term_list
from tests.cast import Cast


def address(cast: Cast) -> str:
    return f"/api/v1/classrooms/{cast.classroom.pk}/terms/"


def test_a_list_is_read_and_saved(cast: Cast, program: Callable) -> None:
    client = program(cast.teacher)
    assert client.get(address(cast)).json() == {"terms": [], "version": 0}
    terms = [{"text": "거미", "matching": "word"}, {"text": "scary clown", "matching": "phrase"}]
    saved = client.put(address(cast), {"terms": terms, "version": 0})
    assert saved.status_code == 200
    assert sorted(saved.json()["terms"], key=str) == sorted(terms, key=str)
    assert saved.json()["version"] == 1
    assert client.get(address(cast)).json() == saved.json()
    assert not check_prompt(classroom=cast.classroom, prompt="거미가 있는 성").is_allowed
    assert TermListChange.objects.get(term_list__classroom=cast.classroom).author == cast.teacher


def test_matching_may_be_left_to_the_text(cast: Cast, program: Callable) -> None:
    body = {"terms": [{"text": "거미"}, {"text": "scary  clown"}], "version": 0}
    terms = program(cast.admin).put(address(cast), body).json()["terms"]
    assert {term["text"]: term["matching"] for term in terms} == {"거미": "word", "scary clown": "phrase"}


def test_an_old_version_is_409_and_changes_nothing(cast: Cast, program: Callable) -> None:
    teacher, admin = program(cast.teacher), program(cast.admin)
    first = teacher.put(address(cast), {"terms": [{"text": "거미"}], "version": 0}).json()
    answer = admin.put(address(cast), {"terms": [{"text": "뱀"}], "version": 0})
    assert (answer.status_code, answer.json()["code"], answer.json()["version"]) == (409, "version", 1)
    ahead = admin.put(address(cast), {"terms": [], "version": 7})
    assert (ahead.status_code, ahead.json()["code"]) == (409, "version")
    assert teacher.get(address(cast)).json() == first


def test_what_the_api_does_not_speak_of_is_kept(cast: Cast, program: Callable) -> None:
    save_term_list(
        term_list=class_list(cast.classroom),
        author=cast.teacher,
        entries=[
            EntryInput("거미", "anywhere", note="Minho is afraid of them", is_personal=True),
            EntryInput("거미줄", kind=TermEntry.Kind.EXCEPTION),
        ],
        base_version=0,
    )
    client = program(cast.teacher)
    known = client.get(address(cast)).json()
    assert known["terms"] == [{"text": "거미", "matching": "anywhere"}]
    saved = client.put(address(cast), {"terms": [*known["terms"], {"text": "뱀"}], "version": 1}).json()
    assert saved["version"] == 2
    entries = {row.text: row for row in class_list(cast.classroom).entries.current()}
    assert set(entries) == {"거미", "거미줄", "뱀"}
    assert entries["거미"].note == "Minho is afraid of them"
    assert entries["거미"].is_personal
    assert entries["거미"].added_version == 1
    assert entries["거미줄"].kind == TermEntry.Kind.EXCEPTION


def test_the_school_s_base_list_stays_untouched(cast: Cast, program: Callable) -> None:
    before = base_list(cast.school).version
    program(cast.admin).put(address(cast), {"terms": [], "version": 0})
    assert base_list(cast.school).version == before
    assert not check_prompt(classroom=cast.classroom, prompt="피를 흘리는 기사").is_allowed


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"terms": []},
        {"version": 0},
        {"terms": "거미", "version": 0},
        {"terms": [{"text": ""}], "version": 0},
        {"terms": [{"text": "a" * 101}], "version": 0},
        {"terms": [{"text": "거미", "matching": "perhaps"}], "version": 0},
        {"terms": [], "version": -1},
        {"terms": [], "version": "new"},
    ],
)
def test_a_list_that_is_none_is_400(cast: Cast, program: Callable, body: dict) -> None:
    answer = program(cast.teacher).put(address(cast), body)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert not class_list(cast.classroom).entries.exists()


def test_is_for_those_who_run_the_class(cast: Cast, program: Callable) -> None:
    for method in ("get", "put"):
        statuses = {
            name: getattr(program(getattr(cast, name)), method)(
                address(cast), {"terms": [], "version": 0} if method == "put" else None
            ).status_code
            for name in ("teacher", "admin", "student", "teacher2", "student3", "stranger", "stranger_admin")
        }
        assert statuses == {
            "teacher": 200,
            "admin": 200,
            "student": 403,
            "teacher2": 404,
            "student3": 404,
            "stranger": 404,
            "stranger_admin": 404,
        }

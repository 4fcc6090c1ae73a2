"""The school's lists of living artists and real people."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from assignments import policy
from assignments.models import NamedPerson
from assignments.services.named_people import refused_names
from assignments.services.policies import check_prompt
from edu4all.accounts.models import AuditEvent, Classroom, School
from tests.cast import Cast

PAGE = "assignments:named_people"


@pytest.mark.parametrize(
    ("person", "status"), [("admin", 200), ("teacher", 403), ("student", 403), ("operator", 403)]
)
def test_only_the_admin(cast: Cast, visit: Callable, person: str, status: int) -> None:
    client = visit(getattr(cast, person))
    assert client.get(reverse(PAGE)).status_code == status
    written = client.post(reverse(PAGE), {"kind": "person", "names": "Sam Sample"}).status_code
    assert written == (302 if status == 200 else 403)
    assert NamedPerson.objects.exists() == (status == 200)


def test_names_count_from_the_next_press_and_are_logged(cast: Cast, visit: Callable) -> None:
    client = visit(cast.admin)
    client.post(reverse(PAGE), {"kind": "artist", "names": "Mina Muster\n\n  미나   무스터 \nMina Muster"})
    assert {row.name for row in NamedPerson.objects.filter(school=cast.school)} == {
        "Mina Muster",
        "미나 무스터",
    }
    verdict = check_prompt(classroom=cast.classroom, prompt="a bridge in the style of Mina Muster")
    assert [match.rule for match in verdict.matches] == ["artist"]
    assert check_prompt(
        classroom=cast.strangers_classroom, prompt="a bridge in the style of Mina Muster"
    ).is_allowed
    assert AuditEvent.objects.get(verb="named_people.added").after == {
        "artist": ["Mina Muster", "미나 무스터"]
    }


def test_the_shipped_names_hold_from_the_first_day(cast: Cast) -> None:
    """Also in a school that the operator made by hand: nobody had to add them."""
    classroom = Classroom.objects.create(school=School.objects.create(name="New School"), name="Class 1")
    style = check_prompt(classroom=classroom, prompt="미야자키 하야오 그림처럼 그린 남대문")
    assert [match.rule for match in style.matches] == ["artist"]
    assert [match.rule for match in check_prompt(classroom=classroom, prompt="손흥민과 에펠탑").matches] == [
        "person"
    ]


def test_a_shipped_name_is_taken_out_and_put_back(cast: Cast, visit: Callable) -> None:
    client = visit(cast.admin)
    prompt = "손흥민과 에펠탑"
    client.post(reverse("assignments:named_people_remove"), {"kind": "person", "only": "손흥민"})
    assert check_prompt(classroom=cast.classroom, prompt=prompt).is_allowed
    assert not check_prompt(classroom=cast.strangers_classroom, prompt=prompt).is_allowed
    assert "Taken out of the shipped list" in client.get(reverse(PAGE)).content.decode()

    client.post(reverse("assignments:named_people_put_back"), {"kind": "person", "name": "somebody else"})
    assert check_prompt(classroom=cast.classroom, prompt=prompt).is_allowed
    client.post(reverse("assignments:named_people_put_back"), {"kind": "person", "name": "손흥민"})
    assert not check_prompt(classroom=cast.classroom, prompt=prompt).is_allowed
    assert not NamedPerson.objects.exists()


def test_all_are_taken_out_and_put_back(cast: Cast, visit: Callable) -> None:
    client = visit(cast.admin)
    every = list(policy.shipped.people())
    client.post(reverse("assignments:named_people_remove"), {"kind": "person", "person": every})
    assert not [name for kind, name in refused_names(cast.school.pk) if kind == "person"]
    client.post(reverse("assignments:named_people_put_back"), {"kind": "person"})
    assert set(every) <= {name for _kind, name in refused_names(cast.school.pk)}
    client.post(reverse("assignments:named_people_put_back"), {"kind": "nonsense"})
    assert not NamedPerson.objects.exists()


def test_taking_out_stays_in_the_school(cast: Cast, visit: Callable) -> None:
    for school in (cast.school, cast.other_school):
        NamedPerson.objects.create(school=school, kind="person", name="Sam Sample")
    client = visit(cast.admin)
    client.post(reverse("assignments:named_people_remove"), {"kind": "artist", "person": ["Sam Sample"]})
    assert NamedPerson.objects.count() == 2
    client.post(reverse("assignments:named_people_remove"), {"kind": "person", "person": ["Sam Sample"]})
    assert NamedPerson.objects.get().school == cast.other_school
    assert AuditEvent.objects.filter(verb="named_people.removed").count() == 1


def test_a_name_too_long_is_told(cast: Cast, visit: Callable) -> None:
    answer = visit(cast.admin).post(reverse(PAGE), {"kind": "person", "names": "x" * 81})
    assert answer.status_code == 422
    assert "at most 80 characters" in answer.content.decode()

"""The school's lists of living artists and real people."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from assignments import policy
from assignments.models import NamedPerson
from assignments.services.policies import check_prompt
from edu4all.accounts.models import AuditEvent
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


def test_the_shipped_lists_add_what_is_missing(cast: Cast, visit: Callable) -> None:
    client = visit(cast.admin)
    shipped = policy.shipped.people()
    NamedPerson.objects.create(school=cast.school, kind="person", name=shipped[0])
    client.post(reverse("assignments:named_people_shipped"), {"kind": "person"})
    assert NamedPerson.objects.filter(school=cast.school, kind="person").count() == len(set(shipped))
    client.post(reverse("assignments:named_people_shipped"), {"kind": "nonsense"})
    assert not NamedPerson.objects.exclude(kind="person").exists()


def test_taking_out_stays_in_the_school(cast: Cast, visit: Callable) -> None:
    mine = NamedPerson.objects.create(school=cast.school, kind="person", name="A")
    ticked = NamedPerson.objects.create(school=cast.school, kind="artist", name="B")
    theirs = NamedPerson.objects.create(school=cast.other_school, kind="person", name="C")
    client = visit(cast.admin)
    client.post(reverse("assignments:named_people_remove"), {"person": [ticked.pk, theirs.pk]})
    client.post(reverse("assignments:named_people_remove"), {"only": mine.pk})
    assert list(NamedPerson.objects.all()) == [theirs]
    assert AuditEvent.objects.filter(verb="named_people.removed").count() == 2


def test_a_name_too_long_is_told(cast: Cast, visit: Callable) -> None:
    answer = visit(cast.admin).post(reverse(PAGE), {"kind": "person", "names": "x" * 81})
    assert answer.status_code == 422
    assert "at most 80 characters" in answer.content.decode()

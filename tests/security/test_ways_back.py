"""Ways back lead to a page of ours that opens: those a form names, those after signing in or another language."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from assignments.models import HiddenPicture
from tests.access.asking import PEOPLE, Row, read_table
from tests.access.things import make_data, make_things
from tests.cast import Cast
from tests.gallery.works import make_work

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "odd", ["1", "%00%0d", "home", "javascript:alert(1)", "//evil.example/", "a\r\nb: c"]
)
def test_an_odd_way_back_leads_to_a_page_of_ours(cast: Cast, client, odd: str) -> None:
    picture = make_work(cast)
    HiddenPicture.objects.create(picture=picture, person=cast.student)
    member = cast.classroom.memberships.get(user=cast.student)
    lift = reverse("assignments:lift_pause", args=[cast.classroom.pk, member.pk])
    asked = [
        (cast.student, reverse("assignments:unhide", args=[picture.pk]), "next"),
        (cast.student, reverse("accounts:set_language"), "next"),
        (cast.teacher, lift, "back"),
        (cast.teacher, reverse("gallery:review", args=[picture.pk]), "back"),
    ]
    for person, address, field in asked:
        client.force_login(person)
        answer = client.post(address, {field: odd, "decision": "approve", "language": "en"})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith("//")


BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ROWS = [row for section, rows in read_table() if section != "api" for row in rows]
OPENED = {row.name for row in ROWS if row.method == "GET"}
ONLY_PRESSED = [row for row in ROWS if row.method == "POST" and row.name not in OPENED]
SERVED = {"200", "302", "409", "422"}


def _presses_behind_the_door() -> Iterator[tuple[Row, str]]:
    """Each address that only takes presses, with the first of the cast whom it serves."""
    for row in ONLY_PRESSED:
        people = [person for person, answer in zip(PEOPLE, row.expected, strict=True) if answer in SERVED]
        if row.expected[0] == "sign-in" and people:
            yield row, people[0]


def test_no_address_that_only_takes_presses_is_a_dead_end_after_signing_in(cast: Cast, client) -> None:
    things = make_things(cast)
    data = make_data(cast, things)
    for row, person in _presses_behind_the_door():
        client.logout()
        address = reverse(row.name, kwargs=dict(things[row.about]) or None)
        sign_in = client.post(address, data.get(row.name, {})).headers["Location"]
        way_back = parse_qs(urlsplit(sign_in).query)["next"][0]
        client.force_login(getattr(cast, person))
        page = client.get(way_back, headers=BROWSER, follow=True)
        # Without a referer the page above may be one that only the operator opens; it still leads on.
        assert page.status_code in (200, 403), f"{row.name}: {way_back} leads to {page.redirect_chain}"
        assert 'class="site-head"' in page.content.decode(), row.name


def test_one_comes_back_to_the_page_with_the_button(cast: Cast, client) -> None:
    press = reverse("gallery:grade", args=[1])
    for referer, expected in [
        ("http://testserver/submissions/?state=graded", "/submissions/?state=graded"),
        ("https://evil.example/submissions/", press),
        ("http://testserver//evil.example/", press),
        ("", press),
    ]:
        sign_in = client.post(press, headers={"referer": referer}).headers["Location"]
        assert parse_qs(urlsplit(sign_in).query)["next"] == [expected]


def test_the_language_changed_on_an_answer_leads_to_the_page_with_the_button(cast: Cast, client) -> None:
    things = make_things(cast)
    client.force_login(cast.teacher)
    press = reverse("assignments:appeal_answer", kwargs=dict(things["question"]))
    questions = reverse("assignments:appeals")
    for stood_on in (questions, press):
        answer = client.post(
            press, {"action": "explain"}, headers=BROWSER | {"referer": f"http://testserver{stood_on}"}
        )
        assert answer.status_code == 422
        assert f'name="next" value="{stood_on}"' in answer.content.decode()
    page = client.post(
        reverse("accounts:set_language"), {"language": "en", "next": press}, headers=BROWSER, follow=True
    )
    assert (page.status_code, page.redirect_chain[-1][0]) == (200, questions)


def test_a_program_that_asks_for_no_page_is_told_that_the_method_is_wrong(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    assert client.get(reverse("assignments:appeal_answer", args=[1])).status_code == 405

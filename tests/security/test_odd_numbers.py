"""Numbers that no database can hold are answered like any other that leads nowhere."""

import pytest
from django.urls import reverse

from gallery.services.exhibitions import create_exhibition
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ODD = [str(2**63), "9" * 25, "9" * 5000, "-1", "１２", "1e5", "\x00", ""]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_number_of_a_colleague_is_nobody(cast: Cast, client, odd: str) -> None:
    client.force_login(cast.teacher)
    url = reverse("accounts:add_class_teacher", args=[cast.classroom.pk])
    assert client.post(url, {"teacher": odd}).status_code == 404


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_number_of_a_picture_hangs_nothing(cast: Cast, client, odd: str) -> None:
    client.force_login(cast.teacher)
    exhibition = create_exhibition(classroom=cast.classroom, creator=cast.teacher, title="Bridges")
    assert client.post(reverse("gallery:hang", args=[exhibition.pk]), {"pictures": odd}).status_code == 302
    assert not exhibition.exhibits.exists()


def places(cast: Cast) -> dict[str, tuple[str, str, str, int]]:
    """Each place where a page takes a number in text: method, address, field, what an odd one is answered."""
    of_class = [cast.classroom.pk]
    return {
        "lesson": ("get", reverse("assignments:lesson", args=of_class), "task", 404),
        "start": ("post", reverse("assignments:lesson_start", args=of_class), "assignment", 404),
        "notices": ("get", reverse("assignments:model_notices"), "class", 404),
        "student": ("get", reverse("assignments:refused", args=of_class), "student", 200),
        "pauses": ("post", reverse("assignments:pauses_seen", args=of_class), "pause", 302),
        "entries": ("post", reverse("assignments:class_terms_remove", args=of_class), "entry", 302),
        "approve": ("post", reverse("gallery:approve_many"), "pictures", 302),
        "page": ("get", reverse("gallery:wall", args=of_class), "page", 200),
        "task": ("get", reverse("gallery:wall", args=of_class), "assignment", 200),
        "generations": ("get", "/api/v1/generations/", "assignment", 400),
        "submissions": ("get", "/api/v1/submissions/", "assignment", 400),
    }


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd], ids=range(len(ODD) - 1))
def test_no_page_breaks_on_an_odd_number(cast: Cast, client, odd: str) -> None:
    client.force_login(cast.teacher)
    client.raise_request_exception = False
    answers = {}
    for name, (method, url, field, _status) in places(cast).items():
        answers[name] = getattr(client, method)(url, {field: odd}).status_code
    assert answers == {name: status for name, (*_place, status) in places(cast).items()}


def test_a_body_of_an_odd_length_is_not_read(client) -> None:
    answer = client.generic("POST", reverse("accounts:sign_in"), b"x", CONTENT_LENGTH="9" * 5000)
    assert answer.status_code == 413


def test_a_number_in_an_address_that_no_column_holds_leads_nowhere(cast: Cast, client) -> None:
    client.force_login(cast.student)
    assert client.post(f"/pictures/{'9' * 25}/unhide/").status_code == 404

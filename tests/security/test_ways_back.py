"""A form names the page to go back to: only an address of ours is followed, and nothing else breaks a page."""

import pytest
from django.urls import reverse

from assignments.models import HiddenPicture
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

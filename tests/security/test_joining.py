"""The class code lets in those whom the teacher told it, and tells nobody else anything."""

import pytest
from django.urls import reverse

from edu4all.accounts.models import Membership, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db

NEWCOMER = {"display_name": "Nari", "password": "clouds-over-the-bay"}
TAKEN = "This user name is taken"


def test_who_has_an_account_is_not_told_without_a_code(cast: Cast, client) -> None:
    url = reverse("accounts:join")
    pages = [
        client.post(url, {**NEWCOMER, "code": "ZZZZZZZ", "username": name}) for name in ("teacher", "nobody")
    ]
    assert [page.status_code for page in pages] == [422, 422]
    assert [page.context["form"].errors.keys() for page in pages] == [{"code"}, {"code"}]
    assert all(TAKEN not in page.content.decode() for page in pages)


def test_with_the_code_a_taken_name_is_told(cast: Cast, client) -> None:
    page = client.post(
        reverse("accounts:join"), {**NEWCOMER, "code": cast.classroom.code, "username": "Teacher"}
    )
    assert page.status_code == 422
    assert TAKEN in page.content.decode()


def test_a_role_in_the_form_is_not_taken(cast: Cast, client) -> None:
    more = {"role": "admin", "is_superuser": "on", "is_staff": "on", "school": cast.other_school.pk}
    client.post(
        reverse("accounts:join"), {**NEWCOMER, **more, "code": cast.classroom.code, "username": "nari"}
    )
    made = User.objects.get(username="nari")
    assert (made.role, made.school_id, made.is_staff, made.is_superuser) == (
        "student",
        cast.school.pk,
        False,
        False,
    )


def test_whoever_was_taken_out_does_not_come_back_with_the_code_they_know(cast: Cast, client) -> None:
    known = cast.classroom.code
    member = cast.classroom.memberships.get(user=cast.student)
    client.force_login(cast.teacher)
    client.post(reverse("accounts:remove_member", args=[cast.classroom.pk, member.pk]))
    client.force_login(cast.student)
    url = reverse("accounts:join")
    assert client.post(url, {"code": known}).status_code == 422
    assert not Membership.objects.current().filter(pk=member.pk).exists()
    cast.classroom.refresh_from_db()
    assert client.post(url, {"code": cast.classroom.code}).status_code == 302
    assert Membership.objects.current().filter(pk=member.pk).exists()

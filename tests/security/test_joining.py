"""The class code lets in those whom the teacher told it, and tells nobody else anything."""

import pytest
from django.urls import reverse

from edu4all.accounts.models import Membership, User
from edu4all.accounts.models.classroom import CODE_ALPHABET, CODE_LENGTH
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


def test_the_roster_tells_who_came_in_with_the_code(cast: Cast, client) -> None:
    data = {**NEWCOMER, "display_name": "경복궁에", "code": cast.classroom.code, "username": "nari"}
    client.post(reverse("accounts:join"), data)
    client.force_login(cast.teacher)
    url = reverse("accounts:roster", args=[cast.classroom.pk])
    page = client.get(url).content.decode()
    assert page.count("With the class code ·") == 1
    assert page.index("경복궁에") < page.index("With the class code ·")
    assert "One student came in with the class code" in page

    client.post(
        reverse(
            "accounts:remove_member", args=[cast.classroom.pk, Membership.objects.get(is_by_code=True).pk]
        )
    )
    assert "With the class code ·" not in client.get(url).content.decode()
    cast.classroom.refresh_from_db()
    client.force_login(cast.student3)
    client.post(reverse("accounts:join"), {"code": cast.classroom.code})
    assert Membership.objects.get(user=cast.student3, classroom=cast.classroom).is_by_code


def test_a_code_is_too_long_to_be_found_by_trying_and_read_in_groups(cast: Cast, client) -> None:
    """Unthrottled on purpose: at 1,000 tries a second, 3,000 open classes hide for a month at the least."""
    assert len(CODE_ALPHABET) ** CODE_LENGTH / 3000 / 1000 > 30 * 24 * 3600
    spoken = cast.classroom.spoken_code
    assert [len(group) for group in spoken.split("-")] == [3, 3, 3]
    client.force_login(cast.teacher)
    assert spoken in client.get(reverse("accounts:roster", args=[cast.classroom.pk])).content.decode()
    client.force_login(cast.student3)
    assert (
        client.post(reverse("accounts:join"), {"code": spoken.replace("-", " ").lower()}).status_code == 302
    )

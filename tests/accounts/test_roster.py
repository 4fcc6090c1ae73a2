import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from edu4all.accounts import slips
from edu4all.accounts.models import AuditEvent, Membership, User
from edu4all.accounts.services import people
from edu4all.accounts.services.people import split_names
from edu4all.web.problems import Invalid
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("김민준\n이서윤\n", ["김민준", "이서윤"]),
        ("1\t김민준\n2\t이서윤", ["김민준", "이서윤"]),
        ("1. 김민준\r\n2) 이서윤", ["김민준", "이서윤"]),
        ("- Ada Byron\n• Alan T.\n\n", ["Ada Byron", "Alan T."]),
        ("3,박하준,남\n", ["박하준"]),
        ("번호\t이름\t성별\n1\t김민준\t남\n", ["김민준"]),
        ("5번 정예준\n 6 최 지우\n(7) 오하루", ["정예준", "최 지우", "오하루"]),
        ("1\t010-1234-5678\t남궁민수", ["남궁민수"]),
        (
            "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab",
            ["김민준"],
        ),  # from a Mac, in single letters
        ("  \n\t\n", []),
    ],
)
def test_names_are_read_from_what_teachers_paste(pasted: str, names: list[str]) -> None:
    assert split_names(pasted) == names


def test_pasted_names_become_accounts_with_slips(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    url = reverse("accounts:add_students", args=[cast.classroom.pk])
    page = client.post(url, {"names": "1\t김민준\n2\t이서윤"}, follow=True)
    printed = page.context["slips"]
    assert [slip.user.display_name for slip in printed] == ["김민준", "이서윤"]
    assert page.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    for slip in printed:
        assert slip.password in page.content.decode()
        assert Membership.objects.filter(classroom=cast.classroom, user=slip.user, role="student").exists()
    client.logout()
    first = {"username": printed[0].user.username, "password": printed[0].password}
    assert client.post(reverse("accounts:sign_in"), first).headers["Location"] == "/"


def test_no_names_make_no_accounts_and_say_so(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    before = User.objects.count()
    page = client.post(reverse("accounts:add_students", args=[cast.classroom.pk]), {"names": " \n"})
    assert page.status_code == 422
    assert User.objects.count() == before


def test_a_list_pasted_twice_makes_nobody_twice(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    url = reverse("accounts:add_students", args=[cast.classroom.pk])
    pasted = "Bora\n김민준\n김민준\n이서윤"
    before = User.objects.count()
    page = client.post(url, {"names": pasted})
    assert page.status_code == 422
    assert page.context["form"].repeats == ["Bora", "김민준"]
    assert pasted in page.content.decode()
    assert User.objects.count() == before
    page = client.post(url, {"names": pasted, "repeated": "leave_out"}, follow=True)
    assert [slip.user.display_name for slip in page.context["slips"]] == ["김민준", "이서윤"]
    again = client.post(url, {"names": pasted, "repeated": "leave_out"})
    assert again.status_code == 422
    assert "in the class already" in again.content.decode()
    page = client.post(url, {"names": "김민준", "repeated": "make"}, follow=True)
    assert len(page.context["slips"]) == 1


def test_too_many_names_make_none(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    before = User.objects.count()
    names = "\n".join(f"Student {number}" for number in range(201))
    page = client.post(reverse("accounts:add_students", args=[cast.classroom.pk]), {"names": names})
    assert page.status_code == 422
    assert "200" in page.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("teacher", 200),
        ("admin", 200),
        ("student", 403),
        ("teacher2", 404),
        ("stranger_teacher", 404),
        ("stranger_admin", 404),
        ("stranger", 404),
    ],
)
def test_who_may_see_a_roster(cast: Cast, client, person: str, status: int) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(reverse("accounts:roster", args=[cast.classroom.pk])).status_code == status


def test_nobody_resets_a_password_through_another_class(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    member = cast.classroom2.memberships.get(user=cast.student3)
    url = reverse("accounts:reset_password", args=[cast.classroom.pk, member.pk])
    assert client.post(url).status_code == 404
    cast.student3.refresh_from_db()
    assert cast.student3.check_password(PASSWORD)


def test_a_teachers_password_is_not_reset_from_the_roster(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    member = cast.classroom.memberships.get(user=cast.teacher)
    url = reverse("accounts:reset_password", args=[cast.classroom.pk, member.pk])
    assert client.post(url).status_code == 404


def test_who_leaves_a_class_no_longer_sees_it(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    member = cast.classroom.memberships.get(user=cast.student)
    client.post(reverse("accounts:remove_member", args=[cast.classroom.pk, member.pk]))
    assert not type(cast.classroom).objects.visible_to(cast.student).exists()
    assert AuditEvent.objects.filter(verb="member.removed", target="Bora").count() == 1


def test_a_colleague_can_be_let_in_but_not_a_student_or_a_stranger(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    url = reverse("accounts:add_class_teacher", args=[cast.classroom.pk])
    assert client.post(url, {"teacher": cast.teacher2.pk}).status_code == 302
    assert cast.classroom.can_be_managed_by(cast.teacher2)
    for person in (cast.student3, cast.stranger_teacher):
        assert client.post(url, {"teacher": person.pk}).status_code == 404
    assert client.post(url, {"teacher": "x"}).status_code == 404


def test_a_new_code_ends_the_old_one(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    old = cast.classroom.code
    client.post(reverse("accounts:change_code", args=[cast.classroom.pk]), {"action": "new"})
    cast.classroom.refresh_from_db()
    assert cast.classroom.code != old


def test_the_rosters_queries_do_not_grow(cast: Cast, client, django_assert_max_num_queries) -> None:
    client.force_login(cast.teacher)
    url = reverse("accounts:roster", args=[cast.classroom.pk])
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    people = [
        User(username=f"many{number}", school=cast.school, display_name=f"Many {number}", password="!")
        for number in range(60)
    ]
    Membership.objects.bulk_create(
        Membership(classroom=cast.classroom, user=person) for person in User.objects.bulk_create(people)
    )
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_slips_carry_the_address_that_the_school_knows(cast: Cast, client, settings) -> None:
    settings.SITE_URL = "https://pictures.school.example"
    client.force_login(cast.teacher)
    url = reverse("accounts:add_students", args=[cast.classroom.pk])
    page = client.post(url, {"names": "Gaon"}, follow=True)
    assert "https://pictures.school.example/" in page.content.decode()


def test_a_long_list_keeps_no_lock_while_it_hashes(cast: Cast, monkeypatch) -> None:
    """Passwords of a whole class take seconds to hash; presses of other classes must not wait for that."""
    is_locked = []
    hashed = User.set_password

    def watched(self: User, password: str | None) -> None:
        is_locked.append(connection.in_atomic_block and len(connection.savepoint_ids) > before)
        hashed(self, password)

    before = len(connection.savepoint_ids)
    monkeypatch.setattr(User, "set_password", watched)
    people.add_students(classroom=cast.classroom, actor=cast.teacher, names=["가온", "나래"])
    people.add_staff(
        school=cast.school, actor=cast.admin, display_name="정", username="jeong", role="teacher"
    )
    assert is_locked == [False, False, False]


def test_names_carry_no_signs_that_turn_a_page_around() -> None:
    assert people.split_names("1. 민\u202e서\u200b\u0007\n\u200b\n\u3164\u2800\n\u0378\n\u2028") == ["민서"]


def test_a_class_is_full_some_time(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr(people, "MOST_MEMBERS", cast.classroom.memberships.count())
    with pytest.raises(Invalid, match="full"):
        people.join_class(user=cast.student3, code=cast.classroom.code)


def test_a_teacher_hands_no_password_to_somebody_made_an_adult_since(cast: Cast, client) -> None:
    member = cast.classroom.memberships.get(user=cast.student)
    User.objects.filter(pk=cast.student.pk).update(role=User.Role.ADMIN)
    client.force_login(cast.teacher)
    answer = client.post(reverse("accounts:reset_password", args=[cast.classroom.pk, member.pk]))
    assert answer.status_code == 404


def slips_page(cast: Cast, client, names: str = "가온\n나래") -> str:
    """The address of the slips of a press by the teacher."""
    url = reverse("accounts:add_students", args=[cast.classroom.pk])
    return client.post(url, {"names": names, "repeated": "make"}).headers["Location"]


def test_loading_the_slips_again_makes_nobody_again(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    address = slips_page(cast, client)
    before = list(User.objects.order_by("pk").values_list("pk", "password"))
    first, again = (client.get(address) for _time in range(2))
    assert [slip.password for slip in first.context["slips"]] == [
        slip.password for slip in again.context["slips"]
    ]
    assert "no-store" in again.headers["Cache-Control"]
    assert list(User.objects.order_by("pk").values_list("pk", "password")) == before


def test_loading_a_new_password_again_changes_it_no_more(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    member = cast.classroom.memberships.get(user=cast.student)
    answer = client.post(reverse("accounts:reset_password", args=[cast.classroom.pk, member.pk]))
    for _time in range(2):
        (slip,) = client.get(answer.headers["Location"]).context["slips"]
        cast.student.refresh_from_db()
        assert cast.student.check_password(slip.password)
    assert AuditEvent.objects.filter(verb="password.reset").count() == 1


def test_slips_are_gone_after_minutes_when_done_and_in_any_other_browser(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        address, done = slips_page(cast, client), slips_page(cast, client)
        client.post(done)
        assert client.get(done).status_code == 302
        clock.shift(slips.KEPT_SECONDS)
        assert client.get(address).status_code == 200
        clock.shift(1)
        assert client.get(address).status_code == 302
        address = slips_page(cast, client)
    for person in (cast.teacher, cast.admin):
        other = Client()
        other.force_login(person)
        assert other.get(address).status_code == 302
    client.logout()
    client.force_login(cast.teacher)
    assert client.get(address).status_code == 302


def test_what_is_kept_for_the_printer_tells_no_password(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    page = client.get(slips_page(cast, client))
    kept = json.dumps(dict(client.session))
    assert page.context["slips"]
    assert not [slip for slip in page.context["slips"] if slip.password in kept]


def test_a_slip_whose_password_has_changed_since_is_not_printed(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    address = slips_page(cast, client)
    gaon = User.objects.get(display_name="가온")
    people.reset_password(person=gaon, actor=cast.teacher)
    assert [slip.user.display_name for slip in client.get(address).context["slips"]] == ["나래"]

import re

import pytest
from django.urls import reverse
from knox.models import AuthToken

from edu4all.accounts.models import AuditEvent, Membership, User
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def test_everybody_lands_on_their_first_page(cast: Cast, client) -> None:
    for person, place in [
        (cast.student, reverse("assignments:list")),
        (cast.teacher, reverse("gallery:desk")),
        (cast.admin, reverse("gallery:desk")),
        (cast.operator, reverse("admin:index")),
    ]:
        client.force_login(person)
        assert client.get("/").headers["Location"] == place


def test_signing_in_leads_to_the_page_one_wanted(cast: Cast, client) -> None:
    response = client.post(
        reverse("accounts:sign_in"), {"username": "student", "password": PASSWORD, "next": "/assignments/"}
    )
    assert response.status_code == 302
    assert response.headers["Location"] == "/assignments/"


def test_a_capital_that_the_tablet_wrote_keeps_nobody_out(cast: Cast, client) -> None:
    typed = {"username": cast.student.username.capitalize(), "password": PASSWORD}
    assert client.post(reverse("accounts:sign_in"), typed).status_code == 302
    assert client.session["_auth_user_id"] == str(cast.student.pk)


def test_wrong_password_says_so_kindly(cast: Cast, client) -> None:
    response = client.post(reverse("accounts:sign_in"), {"username": "student", "password": "no"})
    assert "don&#x27;t belong together" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_switched_off_accounts_stay_out(cast: Cast, client) -> None:
    User.objects.filter(pk=cast.teacher.pk).update(is_active=False)
    client.post(reverse("accounts:sign_in"), {"username": "teacher", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_sign_in_page_never_leads_to_another_host(cast: Cast, client) -> None:
    response = client.post(
        reverse("accounts:sign_in"),
        {"username": "student", "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize(("language", "words"), [("ko", "로그인"), ("en", "Sign in")])
def test_the_browsers_language_is_the_default(client, db, language: str, words: str) -> None:
    page = client.get(reverse("accounts:sign_in"), headers={"accept-language": language})
    assert f'lang="{language}"' in page.content.decode()
    assert words in page.content.decode()


def test_the_language_switch_is_remembered_with_the_person(cast: Cast, client) -> None:
    client.force_login(cast.student)
    response = client.post(reverse("accounts:set_language"), {"language": "ko", "next": "/me/"})
    assert response.headers["Location"] == "/me/"
    cast.student.refresh_from_db()
    assert cast.student.language == "ko"
    assert 'lang="ko"' in client.get("/me/", headers={"accept-language": "en"}).content.decode()


def test_the_language_switch_stays_on_this_host(cast: Cast, client) -> None:
    response = client.post(reverse("accounts:set_language"), {"language": "en", "next": "//evil.example/"})
    assert response.headers["Location"] == "/"


def test_a_student_joins_with_the_class_code(cast: Cast, client) -> None:
    client.force_login(cast.student3)
    code = cast.classroom.code
    response = client.post(reverse("accounts:join"), {"code": f" {code[:3].lower()} {code[3:]} "})
    assert response.status_code == 302
    assert Membership.objects.current().filter(user=cast.student3, classroom=cast.classroom).exists()


def test_a_child_without_account_makes_one_with_the_code(cast: Cast, client) -> None:
    data = {
        "code": cast.classroom.code,
        "display_name": "민서",
        "username": "minseo7",
        "password": "bandal-2718",
    }
    response = client.post(reverse("accounts:join"), data)
    assert response.status_code == 302
    made = User.objects.get(username="minseo7")
    assert (made.school, made.role, made.display_name) == (cast.school, "student", "민서")
    assert made.memberships.get().classroom == cast.classroom


@pytest.mark.parametrize(
    ("password", "fault"),
    [("12345678", "easy to guess"), ("minseo7", "too short"), ("minseo77", "easy to guess")],
)
def test_a_weak_password_is_told_what_to_take_instead(cast: Cast, client, password: str, fault: str) -> None:
    data = {"code": cast.classroom.code, "display_name": "민서", "username": "minseo7"}
    answers = [client.post(reverse("accounts:join"), data | {"password": password}) for _number in range(2)]
    told = [answer.context["form"].errors["password"] for answer in answers]
    assert [len(errors) for errors in told] == [1, 1]
    assert fault in told[0][0]
    assert told[0][0] != told[1][0]  # an example that everybody reads is nobody's secret
    example = re.search(r"[a-z]+-[a-z]+-\d{4}", told[0][0])
    assert example is not None
    assert client.post(reverse("accounts:join"), data | {"password": example[0]}).status_code == 302


@pytest.mark.parametrize("code", ["", "ZZZZZZZ"])
def test_a_wrong_code_makes_no_account(cast: Cast, client, code: str) -> None:
    data = {"code": code, "display_name": "민서", "username": "minseo7", "password": "bandal-2718"}
    response = client.post(reverse("accounts:join"), data)
    assert response.status_code == 422
    assert not User.objects.filter(username="minseo7").exists()


def test_a_closed_code_and_another_schools_code_let_nobody_in(cast: Cast, client) -> None:
    client.force_login(cast.stranger)
    assert client.post(reverse("accounts:join"), {"code": cast.classroom.code}).status_code == 422
    cast.classroom.is_code_open = False
    cast.classroom.save(update_fields=["is_code_open"])
    client.force_login(cast.student3)
    assert client.post(reverse("accounts:join"), {"code": cast.classroom.code}).status_code == 422
    assert cast.classroom.memberships.students().count() == 2


def test_a_new_password_needs_the_old_one_and_ends_tokens(cast: Cast, client) -> None:
    AuthToken.objects.create(user=cast.student)
    client.force_login(cast.student)
    refused = client.post(reverse("accounts:me"), {"old": "wrong", "new": "bandal-2718"})
    assert refused.status_code == 422
    taken = client.post(reverse("accounts:me"), {"old": PASSWORD, "new": "bandal-2718"})
    assert taken.status_code == 302
    cast.student.refresh_from_db()
    assert cast.student.check_password("bandal-2718")
    assert not AuthToken.objects.filter(user=cast.student).exists()
    assert client.get(reverse("accounts:me")).status_code == 200


def test_health_needs_no_account(client, db) -> None:
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {"database": True, "broker": True, "storage": True, "policy": True}


def test_audit_is_written_when_a_password_is_reset(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    member = cast.classroom.memberships.get(user=cast.student)
    url = reverse("accounts:reset_password", args=[cast.classroom.pk, member.pk])
    page = client.post(url, follow=True)
    password = page.context["slips"][0].password
    assert password in page.content.decode()
    cast.student.refresh_from_db()
    assert cast.student.check_password(password)
    event = AuditEvent.objects.get(verb="password.reset")
    assert (event.actor, event.target) == (cast.teacher, "Bora")

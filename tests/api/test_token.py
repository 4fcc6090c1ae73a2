from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken
from knox.settings import knox_settings

from edu4all.accounts.services.people import reset_password
from edu4all.accounts.services.tokens import issue_token
from tests.cast import PASSWORD, Cast

TOKEN = "/api/v1/token/"
HOME = "/api/v1/assignments/"


def sign_in(client, username: str = "student", password: str = PASSWORD, **more):
    return client.post(TOKEN, {"username": username, "password": password}, **more)


def test_a_token_opens_the_door_until_it_is_ended(cast: Cast, program: Callable) -> None:
    client = program()
    answer = sign_in(client)
    assert answer.status_code == 200
    assert set(answer.json()) == {"token"}
    header = {"authorization": f"Token {answer.json()['token']}"}
    assert client.get(HOME, headers=header).status_code == 200
    assert client.post("/api/v1/token/end/", headers=header).status_code == 204
    assert client.get(HOME, headers=header).status_code == 401


def test_only_a_hash_of_the_token_is_kept(cast: Cast) -> None:
    token = issue_token(user=cast.student)
    kept = AuthToken.objects.get(user=cast.student)
    assert token not in (kept.digest, kept.token_key)
    assert len(kept.token_key) < len(token) / 3


@pytest.mark.parametrize("header", ["Token nonsense", "Bearer nonsense", "Token", ""])
def test_a_wrong_token_is_401(cast: Cast, program: Callable, header: str) -> None:
    answer = program().get(HOME, headers={"authorization": header})
    assert answer.status_code == 401
    assert set(answer.json()) == {"detail", "code"}
    assert answer["WWW-Authenticate"] == "Token"


def test_a_token_that_ran_out_is_401(cast: Cast, program: Callable) -> None:
    client = program(cast.student)
    AuthToken.objects.update(expiry=timezone.now() - timedelta(minutes=1))
    assert client.get(HOME).status_code == 401


def test_a_new_password_ends_the_old_tokens(cast: Cast, program: Callable) -> None:
    client = program(cast.student)
    reset_password(person=cast.student, actor=cast.teacher)
    assert client.get(HOME).status_code == 401


def test_somebody_who_may_not_sign_in_any_more_is_401(cast: Cast, program: Callable) -> None:
    client = program(cast.student)
    cast.student.is_active = False
    cast.student.save(update_fields=["is_active"])
    assert client.get(HOME).status_code == 401
    assert sign_in(program()).status_code == 401


def test_beyond_the_limit_the_oldest_token_ends(cast: Cast, program: Callable) -> None:
    first, second = program(cast.student), program(cast.student)
    for _each in range(knox_settings.TOKEN_LIMIT_PER_USER - 1):
        issue_token(user=cast.student)
    assert AuthToken.objects.filter(user=cast.student).count() == knox_settings.TOKEN_LIMIT_PER_USER
    assert first.get(HOME).status_code == 401
    assert second.get(HOME).status_code == 200


@pytest.mark.parametrize("body", [{}, {"username": "student"}, {"username": "student", "password": ""}, []])
def test_half_a_sign_in_is_400(cast: Cast, program: Callable, body: object) -> None:
    answer = program().post(TOKEN, body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"


def test_after_failures_the_account_rests_from_wherever_they_came(
    cast: Cast, program: Callable, settings
) -> None:
    client = program()
    for number in range(settings.SIGN_IN_FAILURE_LIMIT - 1):
        answer = sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.2.{number}")
        assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")
    assert sign_in(client, password="wrong").status_code == 429
    answer = sign_in(client, REMOTE_ADDR="192.0.2.99")
    assert answer.status_code == 429
    assert answer.json() == {
        "detail": "Too many wrong tries. Wait a while, or ask your teacher for a new password.",
        "code": "locked",
    }
    assert answer["Content-Type"] == "application/json"
    assert 0 < int(answer["Retry-After"]) <= 10
    # A school is one address: nobody else is kept out.
    assert sign_in(client, "student2").status_code == 200


def test_a_first_password_opens_no_token(cast: Cast, program: Callable) -> None:
    made = reset_password(person=cast.teacher, actor=cast.admin)
    answer = sign_in(program(), "teacher", made.password)
    assert (answer.status_code, answer.json()["code"]) == (403, "password_change_required")


def test_signing_in_rightly_is_never_throttled(cast: Cast, program: Callable) -> None:
    client = program()
    assert {sign_in(client).status_code for _each in range(25)} == {200}


def test_a_good_sign_in_forgives_earlier_failures(cast: Cast, program: Callable, settings) -> None:
    client = program()
    for _round in range(2):
        for _each in range(settings.SIGN_IN_FAILURE_LIMIT - 1):
            sign_in(client, password="wrong")
        assert sign_in(client).status_code == 200

"""Wrong passwords slow an account down for seconds; first passwords of adults open nothing but their change."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from edu4all.accounts.models import FailedSignIns, User
from edu4all.accounts.services import sign_in
from edu4all.accounts.services.people import reset_password
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
PAGE = "/sign-in/"


def come_in(client, username: str = "student", password: str = PASSWORD):
    return client.post(PAGE, {"username": username, "password": password})


def fail(client, times: int, username: str = "student"):
    return [come_in(client, username, "no") for _try in range(times)][-1]


def let_time_pass(seconds: float) -> None:
    """As if the last wrong password had been typed that much earlier."""
    row = FailedSignIns.objects.get()
    row.last_at -= timedelta(seconds=seconds)
    if row.rests_until is not None:
        row.rests_until -= timedelta(seconds=seconds)
    row.save(update_fields=["last_at", "rests_until"])


def test_after_some_wrong_passwords_the_name_rests_and_not_the_class(cast: Cast, client, settings) -> None:
    assert fail(client, settings.SIGN_IN_FAILURE_LIMIT - 1).status_code == 200
    resting = fail(client, 1)
    assert resting.status_code == 429
    assert 0 < int(resting["Retry-After"]) <= 10
    assert "Too many wrong tries. Wait" in resting.content.decode()
    assert come_in(client, " Student ").status_code == 429
    assert come_in(client, "student2").status_code == 302


def test_the_right_password_goes_in_after_a_short_pause(cast: Cast, client, settings) -> None:
    """However long somebody has been typing wrong ones, a classmate waits a minute at most."""
    for _try in range(settings.SIGN_IN_FAILURE_LIMIT + 10):
        fail(client, 1)
        let_time_pass(60)
    fail(client, 1)
    assert come_in(client).status_code == 429
    let_time_pass(61)
    assert come_in(client).status_code == 302
    assert not FailedSignIns.objects.exists()


def test_the_pauses_grow(cast: Cast, settings) -> None:
    pauses = []
    for _try in range(settings.SIGN_IN_FAILURE_LIMIT + 5):
        assert sign_in.take_try("student") == 0
        pauses.append(sign_in.rest_seconds("student"))
        let_time_pass(pauses[-1])
    assert pauses[settings.SIGN_IN_FAILURE_LIMIT - 2 :] == [0, 10, 20, 40, 60, 60, 60]


def test_a_browser_that_knew_the_password_is_not_kept_out_by_others(cast: Cast, client, settings) -> None:
    """A script that types wrong passwords all lesson long stops neither the teacher nor a classmate."""
    assert come_in(client, "teacher").status_code == 302
    client.post("/sign-out/")
    stranger = Client()
    assert fail(stranger, settings.SIGN_IN_FAILURE_LIMIT, "teacher").status_code == 429
    assert come_in(stranger, "teacher").status_code == 429
    assert come_in(client, "teacher").status_code == 302

    client.post("/sign-out/")
    assert fail(client, settings.SIGN_IN_FAILURE_LIMIT, "teacher").status_code == 429
    assert come_in(client, "teacher").status_code == 429
    # The cookie of one account says nothing about another's, and nobody seals one of their own.
    assert fail(client, settings.SIGN_IN_FAILURE_LIMIT, "student").status_code == 429
    forged = Client()
    forged.cookies["known_browser"] = client.cookies["known_browser"].value.replace(":", "x:", 1)
    assert come_in(forged, "student").status_code == 429


def test_a_program_in_a_known_browser_is_told_of_that_browsers_pause(cast: Cast, client, settings) -> None:
    come_in(client, "teacher")
    client.post("/sign-out/")
    body = {"username": "teacher", "password": "wrong"}
    for _each in range(settings.SIGN_IN_FAILURE_LIMIT):
        answer = client.post("/api/v1/token/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (429, "locked")
    assert 0 < int(answer["Retry-After"]) <= 10


def test_tries_during_a_pause_make_it_no_longer(cast: Cast, client, settings) -> None:
    fail(client, settings.SIGN_IN_FAILURE_LIMIT)
    until = FailedSignIns.objects.get().rests_until
    fail(client, 5)
    assert FailedSignIns.objects.get().rests_until == until


def test_old_failures_are_forgotten(cast: Cast, client, settings) -> None:
    fail(client, settings.SIGN_IN_FAILURE_LIMIT - 1)
    let_time_pass(15 * 60)
    fail(client, 1)
    assert FailedSignIns.objects.get().failures == 1
    assert sign_in.forget_old_failures(timezone.now() + timedelta(days=2)) == 1


def test_a_new_password_from_the_teacher_ends_the_pause(cast: Cast, client, settings) -> None:
    fail(client, settings.SIGN_IN_FAILURE_LIMIT)
    made = reset_password(person=cast.student, actor=cast.teacher)
    assert come_in(client, password=made.password).status_code == 302


def test_names_that_nobody_has_rest_too_and_are_kept_as_hashes(cast: Cast, client, settings) -> None:
    assert fail(client, settings.SIGN_IN_FAILURE_LIMIT, "my-secret-typed-here").status_code == 429
    assert "secret" not in FailedSignIns.objects.get().account


def test_the_door_of_djangos_admin_has_the_same_pauses(cast: Cast, client, settings) -> None:
    page = reverse("admin:login")
    for _try in range(settings.SIGN_IN_FAILURE_LIMIT):
        client.post(page, {"username": "operator", "password": "no"})
    answer = client.post(page, {"username": "operator", "password": PASSWORD})
    assert "Too many wrong tries" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_old_password_can_not_be_guessed_from_inside(cast: Cast, client, settings) -> None:
    client.force_login(cast.student)
    page = reverse("accounts:me")
    for _try in range(settings.SIGN_IN_FAILURE_LIMIT):
        client.post(page, {"old": "no", "new": "bandal-2718"})
    resting = client.post(page, {"old": PASSWORD, "new": "bandal-2718"})
    assert (resting.status_code, 0 < int(resting["Retry-After"]) <= 10) == (429, True)
    assert "Too many wrong tries. Wait" in resting.content.decode()


def test_nobody_outside_keeps_a_person_from_changing_the_password(cast: Cast, client, settings) -> None:
    come_in(client, "teacher")
    assert fail(Client(), settings.SIGN_IN_FAILURE_LIMIT, "teacher").status_code == 429
    User.objects.filter(username="teacher").update(must_change_password=True)
    page = reverse("accounts:me")
    assert client.post(page, {"old": PASSWORD, "new": "bandal-2718"}).status_code == 302
    assert client.get("/desk/").status_code == 200


def test_whoever_joined_in_this_browser_is_not_kept_out_by_others(cast: Cast, client, settings) -> None:
    new = {"code": cast.classroom.code, "display_name": "Nari", "username": "nari", "password": PASSWORD}
    assert client.post(reverse("accounts:join"), new).status_code == 302
    client.post("/sign-out/")
    assert fail(Client(), settings.SIGN_IN_FAILURE_LIMIT, "nari").status_code == 429
    assert come_in(client, "nari").status_code == 302


@pytest.mark.parametrize("person", ["teacher", "admin"])
def test_an_adult_with_a_first_password_can_do_nothing_but_replace_it(
    cast: Cast, client, person: str
) -> None:
    User.objects.filter(username=person).update(must_change_password=True)
    me = reverse("accounts:me")
    come_in(client, person)
    assert client.get("/desk/").headers["Location"] == me
    assert client.post(reverse("assignments:classes"), {"name": "New"}).headers["Location"] == me
    assert client.get("/desk/", headers={"hx-request": "true"}).headers["HX-Redirect"] == me
    program = client.get("/api/v1/assignments/")
    assert (program.status_code, program.json()["code"]) == (403, "password_change_required")
    assert "Choose a password of your own" in client.get(me).content.decode()
    assert client.get("/healthz").status_code == 200

    client.post(me, {"old": PASSWORD, "new": "bandal-2718"})
    assert client.get("/desk/").status_code == 200


def test_a_students_slip_stays_the_password(cast: Cast, client) -> None:
    made = reset_password(person=cast.student, actor=cast.teacher)
    come_in(client, password=made.password)
    assert client.get(reverse("assignments:list")).status_code == 200

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from edu4all.accounts.models import AuditEvent, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGES = ["school", "school_settings", "consent", "staff"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("person", "status"), [("admin", 200), ("teacher", 403), ("student", 403)])
def test_the_schools_pages_are_the_admins(cast: Cast, client, name: str, person: str, status: int) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(reverse(f"accounts:{name}")).status_code == status


def test_an_admin_adds_a_teacher_who_can_sign_in(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    data = {"display_name": "정선생", "username": "jeong", "role": "teacher"}
    address = client.post(reverse("accounts:staff"), data).headers["Location"]
    page, again = client.get(address), client.get(address)
    made = page.context["made"]
    assert made.password in page.content.decode()
    assert again.context["made"].password == made.password
    assert User.objects.filter(username="jeong").count() == 1
    client.logout()
    signed_in = client.post(reverse("accounts:sign_in"), {"username": "jeong", "password": made.password})
    assert signed_in.headers["Location"] == reverse("accounts:me")
    assert AuditEvent.objects.get(verb="teacher.added").target == "정선생"


def test_a_taken_user_name_is_said_kindly(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    data = {"display_name": "Twin", "username": "Teacher", "role": "teacher"}
    page = client.post(reverse("accounts:staff"), data)
    assert page.status_code == 422
    assert "taken" in page.content.decode()


def test_an_admin_of_another_school_reaches_nobody_here(cast: Cast, client) -> None:
    client.force_login(cast.stranger_admin)
    assert client.post(reverse("accounts:staff_password", args=[cast.teacher.pk])).status_code == 404
    assert client.post(reverse("accounts:staff_active", args=[cast.teacher.pk])).status_code == 404


def test_a_colleagues_new_password_is_made_once_and_ones_own_is_not_made_here(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    answer = client.post(reverse("accounts:staff_password", args=[cast.teacher.pk]))
    passwords = {client.get(answer.headers["Location"]).context["made"].password for _time in range(2)}
    cast.teacher.refresh_from_db()
    assert [cast.teacher.check_password(password) for password in passwords] == [True]
    assert client.post(reverse("accounts:staff_password", args=[cast.admin.pk])).status_code == 404


def test_students_are_not_staff(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    assert client.post(reverse("accounts:staff_password", args=[cast.student.pk])).status_code == 404
    data = {"display_name": "X", "username": "new-one", "role": "student"}
    assert client.post(reverse("accounts:staff"), data).status_code == 422
    assert not User.objects.filter(username="new-one").exists()


def test_nobody_switches_themselves_off(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    client.post(reverse("accounts:staff_active", args=[cast.admin.pk]), {"active": "0"})
    client.post(reverse("accounts:staff_active", args=[cast.teacher.pk]), {"active": "0"})
    assert User.objects.get(pk=cast.admin.pk).is_active
    assert not User.objects.get(pk=cast.teacher.pk).is_active


def test_whoever_was_stopped_and_let_in_again_has_to_sign_in(cast: Cast, client) -> None:
    colleague = Client()
    colleague.force_login(cast.teacher)
    client.force_login(cast.admin)
    page = reverse("accounts:staff_active", args=[cast.teacher.pk])
    for active in ("0", "1"):
        client.post(page, {"active": active})
    assert colleague.get("/desk/").status_code == 302
    cast.teacher.refresh_from_db()
    colleague.force_login(cast.teacher)
    assert colleague.get("/desk/").status_code == 200


def test_a_change_of_the_school_is_in_the_history_with_before_and_after(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    data = {
        "name": "Haneul School",
        "helplines": "청소년 상담전화 | Youth counselling line | 1388",
        "safety_contact": cast.teacher2.pk,
        "retention_days": 200,
    }
    assert client.post(reverse("accounts:school_settings"), data).status_code == 302
    event = AuditEvent.objects.get(verb="school.edited")
    assert event.before["retention_days"] == 400
    assert event.after["retention_days"] == 200
    assert event.after["safety_contact"] == "Lee Teacher"
    assert "name" not in event.after
    assert "200" in client.get(reverse("assignments:audit")).content.decode()


def test_a_malformed_helpline_is_refused_with_its_line(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    data = {"name": "Haneul School", "helplines": "just a number 109", "retention_days": 400}
    page = client.post(reverse("accounts:school_settings"), data)
    assert page.status_code == 422
    assert "just a number 109" in page.content.decode()


def test_a_student_can_not_be_the_safety_contact(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    data = {
        "name": "Haneul School",
        "helplines": "a | b | 109",
        "safety_contact": cast.student.pk,
        "retention_days": 400,
    }
    assert client.post(reverse("accounts:school_settings"), data).status_code == 422


def test_external_providers_need_review_consent_and_a_cap(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    school = cast.school
    assert not school.is_external_allowed
    url = reverse("accounts:consent")
    only_when = {"council_reviewed_at": "2026-03-02", "has_under_14": "on"}
    assert client.post(url, only_when).status_code == 422
    data = {"council_reviewed_at": "2026-03-02", "council_reviewed_by": "Han", "has_under_14": "on"}
    assert client.post(url, data).status_code == 302
    school.refresh_from_db()
    assert school.council_reviewed_at == date(2026, 3, 2)
    assert not school.is_external_allowed
    client.post(url, data | {"guardians_consented_at": "2026-03-05", "guardians_consented_by": "Han"})
    school.refresh_from_db()
    assert not school.is_external_allowed
    school.daily_cap_usd = 1
    assert school.is_external_allowed


def test_a_consent_that_has_not_been_given_yet_opens_nothing(cast: Cast, client) -> None:
    client.force_login(cast.admin)
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = {"council_reviewed_at": tomorrow.isoformat(), "council_reviewed_by": "Han"}
    assert client.post(reverse("accounts:consent"), data).status_code == 422
    cast.school.refresh_from_db()
    assert cast.school.council_reviewed_at is None

"""The admin's page of money, and what tells everybody that drawing has stopped."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.models import ImageModel, ProviderCall, SchoolModel, Spending
from assignments.services.money import read_account
from assignments.services.notices import drawing_notices
from assignments.templatetags.money import usd
from edu4all.accounts.models import AuditEvent, School
from tests.assignments.rows import make_generation
from tests.cast import Cast

NOTICES = "/school/models/notices/"


def spend(school: School, scope: str, spent: str, *, reserved: str = "0", days_ago: int = 0) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    Spending.objects.create(school=school, day=day, scope=scope, spent_usd=spent, reserved_usd=reserved)


@pytest.fixture
def paid(cast: Cast) -> SchoolModel:
    """The school's default costs ten cents a picture at most, and a dollar a day is allowed."""
    ImageModel.objects.filter(pk=cast.image_model.pk).update(price_per_picture_usd=Decimal("0.1"))
    School.objects.filter(pk=cast.school.pk).update(
        daily_cap_usd=Decimal(1), class_daily_cap_usd=Decimal("0.5")
    )
    cast.school.refresh_from_db()
    return SchoolModel.objects.get(school=cast.school)


@pytest.mark.parametrize(
    ("person", "status"), [("student", 403), ("teacher", 403), ("operator", 403), (None, 302)]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_money_is_the_admins(cast, client, person, status, method) -> None:
    if person:
        client.force_login(getattr(cast, person))
    answer = getattr(client, method)(reverse("assignments:money"), {"daily_cap_usd": "9"})
    assert answer.status_code == status
    cast.school.refresh_from_db()
    assert cast.school.daily_cap_usd is None


def test_an_account_counts_days_and_classes_of_its_own_school(cast) -> None:
    spend(cast.school, "school", "0.30", reserved="0.10")
    spend(cast.school, "school", "0.60", days_ago=3)
    spend(cast.school, "school", "7", days_ago=30)
    spend(cast.school, f"class:{cast.classroom.pk}", "0.30")
    spend(cast.school, f"class:{cast.classroom2.pk}", "0.60", days_ago=3)
    spend(cast.school, f"student:{cast.student.pk}", "0.30")
    spend(cast.school, "class:999999", "0.01", days_ago=1)
    spend(cast.other_school, "school", "50")
    account = read_account(cast.school)
    assert (account.counted_today, account.total) == (Decimal("0.4"), Decimal("0.9"))
    assert [round(day.share) for day in account.days[:4]] == [50, 0, 0, 100]
    assert len(account.days) == 30
    assert [(row.name, row.today, row.month) for row in account.classes] == [
        ("Class 5-1", Decimal(0), Decimal("0.6")),
        ("Class 4-2", Decimal("0.3"), Decimal("0.3")),
        ("", Decimal(0), Decimal("0.01")),
    ]


def test_the_page_shows_caps_spending_and_calls(cast, paid, client) -> None:
    client.force_login(cast.admin)
    spend(cast.school, "school", "0.25", reserved="0.10")
    generation = make_generation(cast)
    ProviderCall.objects.create(
        generation=generation,
        claim=1,
        school=cast.school,
        image_model=cast.image_model,
        outcome="in_doubt",
        error_kind="timed_out",
        cost_usd=Decimal("0.1"),
    )
    ProviderCall.objects.create(
        generation=None,
        claim=1,
        school=cast.school,
        image_model=cast.image_model,
        outcome="drawn",
        cost_usd=Decimal("0.003"),
        pictures=1,
    )
    page = client.get(reverse("assignments:money")).content.decode()
    assert "US$0.25" in page
    assert "US$0.65" in page  # left of the cap
    assert "US$0.003" in page
    assert "timed_out" in page
    assert "Calls in doubt" in page
    assert 'value="0.350000"' in page


def test_a_new_cap_is_in_the_history(cast, client) -> None:
    client.force_login(cast.admin)
    answer = client.post(reverse("assignments:money"), {"daily_cap_usd": "3", "class_daily_cap_usd": "1"})
    assert answer.status_code == 302
    cast.school.refresh_from_db()
    assert cast.school.daily_cap_usd == 3
    event = AuditEvent.objects.get(verb="school.edited")
    assert (event.before["daily_cap_usd"], event.after["daily_cap_usd"]) == (None, "3")


@pytest.mark.parametrize(
    "data",
    [
        {"daily_cap_usd": "-1"},
        {"daily_cap_usd": "2", "class_daily_cap_usd": "3"},
        {"daily_cap_usd": "2", "student_daily_cap_usd": "3"},
        {"daily_cap_usd": "2", "class_daily_cap_usd": "1", "student_daily_cap_usd": "1.5"},
        {"daily_cap_usd": "two"},
        {"student_daily_cap_usd": "-1"},
    ],
)
def test_a_cap_that_makes_no_sense_is_refused(cast, client, data) -> None:
    client.force_login(cast.admin)
    assert client.post(reverse("assignments:money"), data).status_code == 422
    cast.school.refresh_from_db()
    assert cast.school.daily_cap_usd is None


def test_the_pages_queries_do_not_grow(cast, client, django_assert_num_queries) -> None:
    client.force_login(cast.admin)
    url = reverse("assignments:money")

    def more(first: int, number: int) -> None:
        for place in range(first, first + number):
            spend(cast.school, "school", "0.1", days_ago=place)
            spend(cast.school, f"class:{cast.classroom.pk}", "0.1", days_ago=place)
            generation = make_generation(cast)
            ProviderCall.objects.create(
                generation=generation, claim=1, school=cast.school, image_model=cast.image_model
            )

    more(0, 2)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    more(2, 15)
    with django_assert_num_queries(len(few)):
        client.get(url)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (None, "–"),
        (Decimal(0), "US$0.00"),
        (Decimal("0.006"), "US$0.006"),
        (Decimal("1234.5"), "US$1,234.50"),
    ],
)
def test_money_reads_as_money(amount, text) -> None:
    assert usd(amount) == text


# Notices


def test_all_is_well_and_nothing_is_said_with_one_query(cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert drawing_notices(cast.school, classroom=cast.classroom, with_warnings=True) == []


def test_a_stopped_model_is_told_with_what_draws_instead(cast, paid) -> None:
    other = ImageModel.objects.create(endpoint=cast.endpoint, limit=cast.limit, name="other")
    offered = SchoolModel.objects.create(school=cast.school, image_model=other)
    ImageModel.objects.filter(pk=paid.image_model_id).update(
        stopped_at=timezone.now(), stop_reason="account_blocked"
    )
    (notice,) = drawing_notices(cast.school)
    assert not notice.is_grave
    assert "“other” draws instead" in notice.text
    offered.delete()
    (notice,) = drawing_notices(cast.school)
    assert notice.is_grave
    assert "has blocked the account" in notice.text


def test_no_model_at_all_is_told(cast) -> None:
    SchoolModel.objects.filter(school=cast.school).delete()
    assert [notice.is_grave for notice in drawing_notices(cast.school)] == [True]


def test_a_cap_with_no_room_for_one_more_picture_is_told(cast, paid) -> None:
    spend(cast.school, "school", "0.80", reserved="0.10")
    assert drawing_notices(cast.school) == []
    (warning,) = drawing_notices(cast.school, with_warnings=True)
    assert not warning.is_grave
    Spending.objects.filter(scope="school").update(spent_usd=Decimal("0.81"))
    (notice,) = drawing_notices(cast.school)
    assert notice.is_grave
    assert "the school's money for today" in notice.text


def test_yesterdays_money_counts_no_more(cast, paid) -> None:
    spend(cast.school, "school", "1", days_ago=1)
    assert drawing_notices(cast.school) == []


def test_a_classs_own_cap_is_told_to_that_class_only(cast, paid, client) -> None:
    spend(cast.school, f"class:{cast.classroom.pk}", "0.45")
    client.force_login(cast.teacher)
    page = client.get(NOTICES, {"class": cast.classroom.pk}).content.decode()
    assert "this class&#x27;s money" in page
    assert "Please tell your school" in page
    assert "/school/models/" not in page
    client.force_login(cast.teacher2)
    assert client.get(NOTICES, {"class": cast.classroom2.pk}).content.decode().strip() == ""


@pytest.mark.parametrize(
    ("person", "status"),
    [("admin", 200), ("teacher", 200), ("teacher2", 404), ("student", 403), ("stranger_admin", 404)],
)
def test_who_may_ask_for_a_classs_notices(cast, client, person, status) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(NOTICES, {"class": cast.classroom.pk}).status_code == status


def test_a_class_that_is_no_number_is_not_found(cast, client) -> None:
    client.force_login(cast.teacher)
    assert client.get(NOTICES, {"class": "x"}).status_code == 404


@pytest.mark.parametrize("page", ["accounts:school", "gallery:desk"])
def test_admins_pages_ask_for_the_notices(cast, client, page) -> None:
    client.force_login(cast.admin)
    assert reverse("assignments:model_notices") in client.get(reverse(page)).content.decode()


def test_the_lesson_asks_for_its_classs_notices(cast, client) -> None:
    client.force_login(cast.teacher)
    page = client.get(reverse("assignments:lesson", args=[cast.classroom.pk])).content.decode()
    assert f"{NOTICES}?class={cast.classroom.pk}" in page

"""The admin's page of image models: who may, what is shown, what a change does."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.generation.choice import usable_models
from assignments.models import Endpoint, ImageModel, Limit, ProviderCall, SchoolModel
from assignments.services import school_models
from assignments.services.model_sheets import OTHER_STOP, model_sheets, stop_words
from assignments.services.notices import drawing_notices
from edu4all.accounts.models import AuditEvent, School
from edu4all.web.problems import NotAllowed
from tests.assignments.rows import make_generation
from tests.cast import Cast


@pytest.fixture
def outside(cast: Cast) -> SchoolModel:
    """A model outside the school that only this school is offered; everything is on record."""
    endpoint = Endpoint.objects.create(
        name="Outside", kind="openai", base_url="https://images.example.org/v1"
    )
    limit = Limit.objects.create(endpoint=endpoint, name="Images", per_minute=5)
    model = ImageModel.objects.create(
        endpoint=endpoint,
        limit=limit,
        name="painter-2",
        qualities=["low", "high"],
        quality="low",
        price_per_picture_usd=Decimal("0.25"),
    )
    today = timezone.localdate()
    School.objects.filter(pk=cast.school.pk).update(
        council_reviewed_at=today, guardians_consented_at=today, daily_cap_usd=Decimal(2)
    )
    cast.school.refresh_from_db()
    return SchoolModel.objects.create(school=cast.school, image_model=model)


def make_call(cast: Cast, model: ImageModel, **facts) -> ProviderCall:
    generation = make_generation(cast)
    defaults = {"claim": 1, "outcome": "drawn", "pictures": 1, "cost_usd": Decimal("0.05")}
    return ProviderCall.objects.create(
        generation=generation, school=cast.school, image_model=model, **(defaults | facts)
    )


def own(cast: Cast) -> SchoolModel:
    return SchoolModel.objects.get(school=cast.school, image_model=cast.image_model)


def form_data(**changes) -> dict[str, str]:
    data = {
        "label": "Painter",
        "size": "1280x720",
        "quality": "high",
        "price_per_picture_usd": "0.3",
        "price_text_in_usd": "5",
        "price_image_in_usd": "8",
        "price_image_out_usd": "30",
        "limit-per_minute": "12",
        "limit-unit": "requests",
        "limit-burst": "2",
        "limit-in_flight": "6",
    }
    return data | changes


PLACES = ["models", "model_edit", "model_use", "model_default", "model_again", "model_refresh"]


@pytest.mark.parametrize("name", PLACES)
@pytest.mark.parametrize(
    ("person", "status"),
    [("student", 403), ("teacher", 403), ("stranger_admin", 404), ("operator", 403), (None, 302)],
)
def test_only_the_schools_admin_reaches_its_models(cast, outside, client, name, person, status) -> None:
    if person:
        client.force_login(getattr(cast, person))
    url = reverse(f"assignments:{name}", args=[] if name == "models" else [outside.pk])
    if name == "models" and person == "stranger_admin":
        page = client.get(url)
        assert page.status_code == 200
        assert "painter-2" not in page.content.decode()
        return
    answer = client.get(url) if name in ("models", "model_edit") else client.post(url, {"used": "0"})
    assert answer.status_code == status
    outside.refresh_from_db()
    assert (outside.is_used, outside.is_default) == (True, False)


def test_the_page_shows_the_week_of_each_model(cast, outside, client) -> None:
    client.force_login(cast.admin)
    make_call(cast, outside.image_model, pictures=3)
    make_call(cast, outside.image_model, outcome="refused", pictures=0)
    make_call(cast, outside.image_model, begun_at=timezone.now() - timedelta(days=8), pictures=40)
    page = client.get(reverse("assignments:models")).content.decode()
    assert "painter-2" in page
    assert "(Drawn 1, Refused 1)" in page
    assert [sheet.pictures for sheet in model_sheets(cast.school)] == [0, 3]


def test_a_model_outside_is_off_without_consent(cast, outside, client) -> None:
    client.force_login(cast.admin)
    School.objects.filter(pk=cast.school.pk).update(guardians_consented_at=None)
    page = client.get(reverse("assignments:models")).content.decode()
    assert "Off until" in page
    assert reverse("accounts:consent") in page


def test_a_stopped_model_says_why_and_can_try_again(cast, outside, client) -> None:
    client.force_login(cast.admin)
    ImageModel.objects.filter(pk=outside.image_model_id).update(
        stopped_at=timezone.now(), stop_reason="quota_exhausted"
    )
    page = client.get(reverse("assignments:models")).content.decode()
    assert "The account at the drawing service is used up." in page
    assert "Add money" in page
    client.post(reverse("assignments:model_again", args=[outside.pk]))
    model = ImageModel.objects.get(pk=outside.image_model_id)
    assert (model.stopped_at, model.stop_reason) == (None, "")
    assert AuditEvent.objects.get(verb="image_model.tried_again").before == {"reason": "quota_exhausted"}


def test_a_stopped_model_that_other_schools_use_too_waits_for_the_operator(cast, outside, client) -> None:
    SchoolModel.objects.create(school=cast.other_school, image_model=outside.image_model)
    ImageModel.objects.filter(pk=outside.image_model_id).update(
        stopped_at=timezone.now(), stop_reason="account_blocked"
    )
    client.force_login(cast.admin)
    again = reverse("assignments:model_again", args=[outside.pk])
    page = client.get(reverse("assignments:models")).content.decode()
    assert "The drawing service has blocked the account." in page
    assert again not in page
    assert client.post(again).status_code == 403
    assert ImageModel.objects.get(pk=outside.image_model_id).stopped_at is not None
    assert not AuditEvent.objects.filter(verb="image_model.tried_again").exists()


@pytest.mark.parametrize("reason", ImageModel.StopReason.values)
def test_every_reason_has_words_of_its_own(reason: str) -> None:
    assert stop_words(reason) != OTHER_STOP


@pytest.mark.parametrize(("days", "is_warned"), [(61, False), (60, True), (0, True), (-3, True)])
def test_a_shutdown_date_is_warned_of_60_days_before(cast, outside, client, days, is_warned) -> None:
    client.force_login(cast.admin)
    ImageModel.objects.filter(pk=outside.image_model_id).update(
        shutdown_at=timezone.localdate() + timedelta(days=days)
    )
    page = client.get(reverse("assignments:models")).content.decode()
    assert ("Choose another default in time." in page) is is_warned
    assert bool(drawing_notices(cast.school, with_warnings=True)) is is_warned
    assert not drawing_notices(cast.school)


def test_another_model_becomes_the_default_and_draws_first(cast, outside, client) -> None:
    client.force_login(cast.admin)
    assert usable_models(cast.school)[0] == cast.image_model
    client.post(reverse("assignments:model_default", args=[outside.pk]))
    assert usable_models(cast.school)[0] == outside.image_model
    assert SchoolModel.objects.filter(school=cast.school, is_default=True).count() == 1
    assert SchoolModel.objects.get(school=cast.other_school).is_default
    event = AuditEvent.objects.get(verb="image_model.made_default")
    assert (event.before, event.after) == ({"default": "Sample"}, {"default": "painter-2"})


def test_an_unused_model_draws_no_more_and_the_default_is_always_used(cast, outside, client) -> None:
    client.force_login(cast.admin)
    client.post(reverse("assignments:model_use", args=[outside.pk]), {"used": "0"})
    assert outside.image_model not in usable_models(cast.school)
    answer = client.post(reverse("assignments:model_use", args=[own(cast).pk]), {"used": "0"}, follow=True)
    assert "Make another model the default first." in answer.content.decode()
    assert own(cast).is_used
    client.post(reverse("assignments:model_use", args=[outside.pk]), {"used": "1"})
    assert outside.image_model in usable_models(cast.school)


def test_size_price_and_speed_are_saved_with_before_and_after(cast, outside, client) -> None:
    client.force_login(cast.admin)
    url = reverse("assignments:model_edit", args=[outside.pk])
    assert "1536 × 864 (16:9)" in client.get(url).content.decode()
    answer = client.post(url, form_data())
    assert answer.status_code == 302
    model = ImageModel.objects.get(pk=outside.image_model_id)
    assert (model.width, model.height, model.quality, model.label) == (1280, 720, "high", "Painter")
    assert model.limit.per_minute == 12
    assert (model.limit.unit, model.limit.burst, model.limit.in_flight) == ("requests", 2, 6)
    event = AuditEvent.objects.get(verb="image_model.edited")
    assert event.before["price_per_picture_usd"] == "0.250000"
    assert event.after["price_per_picture_usd"] == "0.3"
    assert AuditEvent.objects.get(verb="limit.edited").after["per_minute"] == 12


@pytest.mark.parametrize(
    "wrong",
    [
        {"size": "4000x3000"},
        {"quality": "golden"},
        {"price_per_picture_usd": "-1"},
        {"price_per_picture_usd": "0"},
        {"price_image_out_usd": "1000"},
        {"limit-per_minute": "0"},
        {"limit-per_minute": "inf"},
        {"limit-burst": "0"},
        {"limit-in_flight": "500"},
    ],
)
def test_a_wrong_number_is_said_at_its_field_and_nothing_is_saved(cast, outside, client, wrong) -> None:
    client.force_login(cast.admin)
    answer = client.post(reverse("assignments:model_edit", args=[outside.pk]), form_data(**wrong))
    assert answer.status_code == 422
    field = next(iter(wrong))
    assert f'aria-describedby="id_{field}' in answer.content.decode()
    model = ImageModel.objects.get(pk=outside.image_model_id)
    assert (model.label, model.limit.per_minute) == ("", 5)


def test_what_two_schools_use_is_the_operators(cast, client) -> None:
    client.force_login(cast.admin)
    offered = own(cast)
    assert "Other schools use it too" in client.get(reverse("assignments:models")).content.decode()
    url = reverse("assignments:model_edit", args=[offered.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, form_data()).status_code == 403
    with pytest.raises(NotAllowed):
        school_models.edit_limit(offered=offered, actor=cast.admin, changes={"per_minute": 1.0})
    cast.limit.refresh_from_db()
    assert cast.limit.per_minute == 6000


def test_the_endpoint_that_can_not_be_asked_is_said_kindly(cast, outside, client) -> None:
    client.force_login(cast.admin)
    answer = client.post(reverse("assignments:model_refresh", args=[outside.pk]), follow=True)
    assert "The endpoint did not answer." in answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_number_of_queries_stays(cast, outside, client, django_assert_num_queries, language) -> None:
    client.force_login(cast.admin)
    client.cookies["django_language"] = language
    url = reverse("assignments:models")
    client.get(url)

    def more(number: int) -> None:
        for place in range(number):
            model = ImageModel.objects.create(
                endpoint=outside.image_model.endpoint,
                limit=outside.image_model.limit,
                name=f"{number}-{place}",
            )
            SchoolModel.objects.create(school=cast.school, image_model=model)
            make_call(cast, model)

    more(2)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    more(20)
    with django_assert_num_queries(len(few)):
        assert client.get(url).status_code == 200

"""The operator's admin: every page opens, keys never come out, logs can't be changed."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from knox.models import AuthToken

from assignments.generation.endpoints import address_of
from assignments.models import Endpoint, ImageModel, Limit, ProviderCall, SchoolModel
from edu4all.accounts.models import User
from edu4all.accounts.services.tokens import issue_token
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast

KEY = "sk-a-very-secret-key"
LOGS = [
    "accounts.auditevent",
    "assignments.generation",
    "assignments.picture",
    "assignments.providercall",
    "assignments.spending",
    "assignments.termlistchange",
    "gallery.gradechange",
    "gallery.review",
    "gallery.submissionevent",
]


@pytest.fixture
def operator(cast: Cast, client):
    client.force_login(cast.operator)
    return client


def pages() -> list[str]:
    return sorted(model._meta.label_lower for model in admin.site._registry)


def url(label: str, page: str, *args) -> str:
    return reverse(f"admin:{label.replace('.', '_')}_{page}", args=args)


@pytest.mark.parametrize("label", pages())
def test_every_list_opens_and_its_search_works(cast, operator, label) -> None:
    make_picture(make_generation(cast), has_files=False)
    answer = operator.get(url(label, "changelist"))
    assert answer.status_code == 200
    model_admin = next(a for m, a in admin.site._registry.items() if m._meta.label_lower == label)
    if model_admin.search_fields:
        assert operator.get(url(label, "changelist"), {"q": "a"}).status_code == 200


def test_a_switch_of_the_operator_ends_sessions_for_good(cast, operator) -> None:
    person = Client()
    person.force_login(cast.teacher)
    page = url("accounts.user", "change", cast.teacher.pk)
    for active in ("", "on"):
        form = operator.get(page).context["adminform"].form
        facts = {name: value for name, value in form.initial.items() if value is not None}
        dates = {"last_login", "date_joined", "password"}
        data = {name: value for name, value in facts.items() if name not in dates and value is not False}
        data.pop("is_active", None)
        assert operator.post(page, data | ({"is_active": active} if active else {})).status_code == 302
    assert User.objects.get(pk=cast.teacher.pk).is_active
    assert person.get("/desk/").status_code == 302


@pytest.mark.parametrize("label", LOGS)
def test_logs_are_to_look_at_only(cast, operator, label) -> None:
    model = next(model for model in admin.site._registry if model._meta.label_lower == label)
    generation = make_generation(cast)
    if model is ProviderCall:
        ProviderCall.objects.create(
            generation=generation, claim=1, school=cast.school, image_model=cast.image_model
        )
    assert operator.get(url(label, "add")).status_code == 403
    row = model.objects.first()
    if row is not None:
        assert operator.get(url(label, "change", row.pk)).status_code == 200
        assert operator.post(url(label, "change", row.pk), {}).status_code == 403
        assert operator.post(url(label, "delete", row.pk), {"post": "yes"}).status_code == 403
        assert model.objects.filter(pk=row.pk).exists()


def test_a_students_words_are_not_shown_to_the_operator(cast, operator) -> None:
    generation = make_generation(cast, prompt="a castle made of rain")
    page = operator.get(url("assignments.generation", "change", generation.pk)).content.decode()
    assert "made of rain" not in page


@pytest.mark.parametrize("person", ["admin", "teacher", "student"])
def test_nobody_of_a_school_gets_in(cast, client, person) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.get(url("assignments.endpoint", "changelist")).status_code == 302


def endpoint_data(**changes) -> dict[str, str]:
    data = {
        "name": "Painters",
        "kind": "openai",
        "base_url": "https://localhost/v1",
        "key_source": "stored",
        "new_key": KEY,
        "is_enabled": "on",
        "limits-TOTAL_FORMS": "1",
        "limits-INITIAL_FORMS": "0",
        "limits-0-name": "Images",
        "limits-0-unit": "pictures",
        "limits-0-per_minute": "5",
        "limits-0-burst": "1",
        "limits-0-in_flight": "4",
    }
    return data | changes


def test_a_key_goes_in_encrypted_and_never_comes_out(operator, settings) -> None:
    settings.ALLOWED_PRIVATE_HOSTS = ["localhost"]
    answer = operator.post(url("assignments.endpoint", "add"), endpoint_data())
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    endpoint = Endpoint.objects.get(name="Painters")
    assert KEY.encode() not in bytes(endpoint.key_encrypted)
    assert address_of(endpoint).key == KEY
    assert Limit.objects.get(endpoint=endpoint).per_minute == 5
    page = operator.get(url("assignments.endpoint", "change", endpoint.pk)).content.decode()
    assert KEY not in page


def test_a_stored_key_stays_unless_it_is_entered_or_taken_away(operator, settings) -> None:
    settings.ALLOWED_PRIVATE_HOSTS = ["localhost", "127.0.0.1"]
    operator.post(url("assignments.endpoint", "add"), endpoint_data())
    endpoint = Endpoint.objects.get(name="Painters")
    change = url("assignments.endpoint", "change", endpoint.pk)
    same = endpoint_data(new_key="", **{"limits-TOTAL_FORMS": "0"})
    assert operator.post(change, same).status_code == 302
    endpoint.refresh_from_db()
    assert address_of(endpoint).key == KEY
    moved = operator.post(change, same | {"base_url": "https://127.0.0.1/v1"})
    assert "new_key" in moved.context["adminform"].form.errors
    gone = operator.post(change, same | {"key_source": "none", "is_key_removed": "on"})
    assert gone.status_code == 302
    endpoint.refresh_from_db()
    assert (bytes(endpoint.key_encrypted), endpoint.key_source) == (b"", "none")


@pytest.mark.parametrize(
    "address",
    [
        "http://images.example.org/v1",
        "https://127.0.0.1/v1",
        "https://169.254.169.254/",
        "https://a:b@c.example/",
    ],
)
def test_a_forbidden_address_is_not_saved(operator, address) -> None:
    answer = operator.post(url("assignments.endpoint", "add"), endpoint_data(base_url=address))
    assert "base_url" in answer.context["adminform"].form.errors
    assert not Endpoint.objects.filter(name="Painters").exists()


def test_a_stored_key_must_be_there(operator, settings) -> None:
    settings.ALLOWED_PRIVATE_HOSTS = ["localhost"]
    answer = operator.post(url("assignments.endpoint", "add"), endpoint_data(new_key=""))
    assert "new_key" in answer.context["adminform"].form.errors


def test_a_stopped_model_is_let_draw(cast, operator) -> None:
    ImageModel.objects.update(stopped_at="2026-01-01T00:00Z", stop_reason="key_rejected")
    data = {"action": "let_draw", "_selected_action": [cast.image_model.pk]}
    operator.post(url("assignments.imagemodel", "changelist"), data)
    cast.image_model.refresh_from_db()
    assert (cast.image_model.stopped_at, cast.image_model.stop_reason) == (None, "")


def test_reading_models_says_when_nobody_answers(cast, operator) -> None:
    endpoint = Endpoint.objects.create(name="Far", kind="openai", base_url="https://images.invalid/v1")
    data = {"action": "read_models", "_selected_action": [endpoint.pk, cast.endpoint.pk]}
    page = operator.post(url("assignments.endpoint", "changelist"), data, follow=True).content.decode()
    assert "Far: The endpoint did not answer." in page


def test_a_person_is_added_with_a_school(cast, operator) -> None:
    data = {
        "username": "newone",
        "school": cast.school.pk,
        "role": "admin",
        "display_name": "New One",
        "usable_password": "true",
        "password1": "a-quiet-river-in-may",
        "password2": "a-quiet-river-in-may",
    }
    answer = operator.post(url("accounts.user", "add"), data)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert User.objects.get(username="newone").is_school_admin
    refused = operator.post(url("accounts.user", "add"), data | {"username": "other", "school": ""})
    assert refused.status_code == 200
    assert not User.objects.filter(username="other").exists()


def test_a_school_is_offered_a_model(cast, operator) -> None:
    model = ImageModel.objects.create(endpoint=cast.endpoint, limit=cast.limit, name="second")
    data = {"school": cast.school.pk, "image_model": model.pk, "is_used": "on"}
    assert operator.post(url("assignments.schoolmodel", "add"), data).status_code == 302
    assert SchoolModel.objects.filter(school=cast.school).count() == 2


def model_data(model: ImageModel, **changes) -> dict[str, object]:
    data = {
        "endpoint": model.endpoint_id,
        "limit": model.limit_id,
        "name": model.name,
        "sizes": "[]",
        "qualities": "[]",
        "width": "1536",
        "height": "864",
        "max_count": "1",
        "price_per_picture_usd": "0",
        "price_text_in_usd": "0",
        "price_image_in_usd": "0",
        "price_image_out_usd": "0",
        "is_enabled": "on",
        "school_models-TOTAL_FORMS": "0",
        "school_models-INITIAL_FORMS": "0",
    }
    return data | changes


@pytest.mark.parametrize(
    ("host", "prices", "is_saved"),
    [
        ("images.example.org", {}, False),
        ("images.example.org", {"price_image_out_usd": "30"}, False),
        ("images.example.org", {"price_per_picture_usd": "-1"}, False),
        ("images.example.org", {"price_per_picture_usd": "0.05", "price_image_out_usd": "30"}, True),
        ("painter.school.lan", {"price_image_out_usd": "30"}, False),
        ("painter.school.lan", {}, True),
    ],
)
def test_a_paid_model_has_a_price_that_the_cap_can_stop(operator, settings, host, prices, is_saved) -> None:
    settings.ALLOWED_PRIVATE_HOSTS = ["painter.school.lan"]
    endpoint = Endpoint.objects.create(name="Far", kind="openai", base_url=f"https://{host}/v1")
    limit = Limit.objects.create(endpoint=endpoint, name="Images")
    model = ImageModel.objects.create(endpoint=endpoint, limit=limit, name="before", price_per_picture_usd=1)
    change = url("assignments.imagemodel", "change", model.pk)
    answer = operator.post(change, model_data(model, name="after", **prices))
    assert (answer.status_code == 302) is is_saved
    model.refresh_from_db()
    assert (model.name == "after") is is_saved


def test_a_free_machine_does_not_move_outside_with_its_price_of_nothing(operator, settings) -> None:
    settings.ALLOWED_PRIVATE_HOSTS = ["localhost"]
    operator.post(url("assignments.endpoint", "add"), endpoint_data())
    endpoint = Endpoint.objects.get(name="Painters")
    ImageModel.objects.create(endpoint=endpoint, limit=endpoint.limits.get(), name="own")
    settings.ALLOWED_PRIVATE_HOSTS = []
    moved = endpoint_data(base_url="https://images.example.org/v1", **{"limits-TOTAL_FORMS": "0"})
    answer = operator.post(url("assignments.endpoint", "change", endpoint.pk), moved)
    assert "base_url" in answer.context["adminform"].form.errors


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Mars/Olympus"},
        {"helplines": '[{"number": "109"}]'},
        {"helplines": "[]"},
        {"class_daily_cap_usd": "-1"},
        {"safety_contact": "student"},
        {"safety_contact": "stranger_teacher"},
    ],
)
def test_a_school_keeps_what_children_rely_on(cast, operator, wrong) -> None:
    data = {
        "name": "Haneul",
        "time_zone": "Asia/Seoul",
        "helplines": '[{"name_ko": "가", "name_en": "A", "number": "109"}]',
        "retention_days": "400",
    }
    change = url("accounts.school", "change", cast.school.pk)
    if "safety_contact" in wrong:
        wrong = {"safety_contact": getattr(cast, wrong["safety_contact"]).pk}
    assert operator.post(change, data | wrong).status_code == 200
    assert operator.post(change, data | {"safety_contact": cast.teacher.pk}).status_code == 302


def test_a_password_that_the_operator_sets_ends_tokens(cast, operator) -> None:
    issue_token(user=cast.teacher)
    page = reverse("admin:auth_user_password_change", args=[cast.teacher.pk])
    new = "a-quiet-river-in-may"
    answer = operator.post(page, {"password1": new, "password2": new, "usable_password": "true"})
    assert answer.status_code == 302
    assert not AuthToken.objects.filter(user=cast.teacher).exists()

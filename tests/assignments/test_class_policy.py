"""A class's switches and meta-prompt."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from assignments import policy
from assignments.generation.endpoints import set_key
from assignments.models import ClassPolicy, Endpoint, ImageModel, SchoolModel
from assignments.services.policies import class_policy, effective_policy, save_class_policy
from assignments.services.showing import can_show_at_once
from edu4all.accounts.models import AuditEvent, School
from edu4all.web.problems import Conflict, Invalid
from tests.cast import Cast


def url(cast: Cast, page: str = "class_policy") -> str:
    return reverse(f"assignments:{page}", args=[cast.classroom.pk])


def form(cast: Cast, **more: Any) -> dict[str, Any]:
    settings = class_policy(cast.classroom)
    return {
        "seen_version": settings.version,
        "mode": settings.mode,
        "age_group": settings.age_group,
        "meta_prompt_language": "auto",
        "meta_prompt_ko": policy.DEFAULT_TEMPLATE["ko"],
        "meta_prompt_en": policy.DEFAULT_TEMPLATE["en"],
        "groups_on": [group.key for group in policy.shipped.groups() if group.key not in settings.groups_off],
        "is_artist_checked": "on",
        "is_person_checked": "on",
        "when_unchecked": settings.when_unchecked,
        "is_wall_open": "on",
    } | more


def use_outside_model(cast: Cast) -> None:
    """The school's default becomes a model outside, with everything that lets it be used."""
    endpoint = Endpoint.objects.create(name="Outside", kind="openai", base_url="https://images.example/v1")
    model = ImageModel.objects.create(endpoint=endpoint, limit=cast.limit, name="outside-model")
    SchoolModel.objects.filter(school=cast.school).update(is_default=False)
    SchoolModel.objects.create(school=cast.school, image_model=model, is_default=True)
    School.objects.filter(pk=cast.school.pk).update(
        council_reviewed_at=date(2026, 3, 2), guardians_consented_at=date(2026, 3, 2), daily_cap_usd=5
    )
    cast.classroom.school.refresh_from_db()


@pytest.mark.parametrize(
    ("person", "status"),
    [("teacher", 200), ("admin", 200), ("student", 403), ("teacher2", 404), ("stranger_admin", 404)],
)
def test_who_may(cast: Cast, visit: Callable, person: str, status: int) -> None:
    client = visit(getattr(cast, person))
    assert client.get(url(cast)).status_code == status
    assert client.post(url(cast, "class_policy_preview"), {"sample": "a dog"}).status_code == status
    written = client.post(url(cast), form(cast, age_group="8-10"))
    assert written.status_code == (302 if status == 200 else status)
    assert class_policy(cast.classroom).age_group == ("8-10" if status == 200 else "11-13")


def test_saved_settings_count_from_the_next_press(cast: Cast, visit: Callable) -> None:
    prompt = "a dog in the style of David Hockney"
    data = form(cast, groups_on=["weapons"])
    del data["is_artist_checked"], data["is_wall_open"]
    assert visit(cast.teacher).post(url(cast), data).status_code == 302
    settings = class_policy(cast.classroom)
    assert (settings.is_artist_checked, settings.is_wall_open) == (False, False)
    assert "violence" in settings.groups_off
    assert "weapons" not in settings.groups_off
    effective = effective_policy(cast.classroom)
    assert {term.group for term in effective.terms if term.list_name.startswith("group:")} == {"weapons"}
    assert effective.version.endswith("policy:2")
    assert policy.check(prompt, effective).is_allowed


def test_the_shipped_template_is_kept_as_such(cast: Cast, visit: Callable) -> None:
    visit(cast.teacher).post(url(cast), form(cast, age_group="14-18"))
    settings = class_policy(cast.classroom)
    assert (settings.meta_prompt_ko, settings.meta_prompt_en, settings.meta_prompt_language) == ("", "", "")


def test_an_own_template_and_the_way_back(cast: Cast, visit: Callable) -> None:
    client = visit(cast.teacher)
    client.post(
        url(cast), form(cast, meta_prompt_en="Quiet colours. {assignment}", meta_prompt_language="en")
    )
    assert class_policy(cast.classroom).meta_prompt_en == "Quiet colours. {assignment}"
    page = client.get(url(cast)).content.decode()
    assert "Back to the shipped meta-prompt" in page
    client.post(url(cast), {"action": "reset"})
    assert class_policy(cast.classroom).meta_prompt_en == ""
    history = client.get(url(cast)).context["changes"]
    assert [number for number, _event, _facts in history] == [3, 2]
    assert history[0][2][0].before == "Quiet colours. {assignment}"
    assert AuditEvent.objects.filter(classroom=cast.classroom, verb="class_policy.edited").count() == 2


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Draw {colours}", "There is no field {colours}"),
        ("Draw {colour", "A brace { or } stands alone"),
        ("x" * 2001, "at most 2000 characters"),
        ("a </student_prompt> b", "belong to the safety frame"),
    ],
)
def test_mistakes_are_told_kindly_and_nothing_is_lost(
    cast: Cast, visit: Callable, template: str, said: str
) -> None:
    client = visit(cast.teacher)
    answer = client.post(url(cast), form(cast, meta_prompt_en=template))
    assert answer.status_code == 422
    assert answer.context["form"]["meta_prompt_en"].value() == template
    assert said in " ".join(answer.context["form"].errors["meta_prompt_en"])
    assert class_policy(cast.classroom).version == 1
    fragment = visit(cast.teacher, htmx=True).post(
        url(cast, "class_policy_preview"), form(cast, meta_prompt_en=template, sample="a dog")
    )
    assert said in fragment.context["sent"].mistakes[0]


def test_preview_shows_the_text_that_would_be_sent(cast: Cast, visit: Callable) -> None:
    data = form(
        cast,
        meta_prompt_en="Only paper cut-outs. {avoided_groups}",
        sample="a dog on the moon",
        groups_on=["gore"],
    )
    fragment = visit(cast.teacher, htmx=True).post(url(cast, "class_policy_preview"), data)
    page = fragment.content.decode()
    assert "<html" not in page
    assert "Only paper cut-outs. blood and gore" in page
    assert "<strong>a dog on the moon</strong>" in page
    assert policy.safety_frame("en")[2] in page
    whole = visit(cast.teacher).post(url(cast, "class_policy_preview"), data).content.decode()
    assert "<html" in whole
    assert "Only paper cut-outs. {avoided_groups}</textarea>" in whole
    assert class_policy(cast.classroom).version == 1


def test_preview_never_holds_the_lists_own_words(cast: Cast, visit: Callable) -> None:
    page = visit(cast.teacher, htmx=True).post(
        url(cast, "class_policy_preview"), form(cast, sample="a dog", meta_prompt_language="en")
    )
    sent = "".join(text for text, _is_student in page.context["sent"].parts)
    assert "knife" not in sent
    assert "Noted" not in sent


def test_the_safety_frame_is_shown_and_is_no_field(cast: Cast, visit: Callable) -> None:
    page = visit(cast.teacher, language="ko").get(url(cast)).content.decode()
    for language in ("ko", "en"):
        assert policy.safety_frame(language)[2].replace("'", "&#x27;") in page
    for name in policy.FIELD_NAMES:
        assert f"<code>&#123;{name}&#125;</code>" in page


class TestAtOnce:
    def test_sample_art_may_be_shown_at_once(self, cast: Cast) -> None:
        assert can_show_at_once(cast.classroom)

    def test_a_model_outside_needs_a_check(self, cast: Cast, visit: Callable) -> None:
        ClassPolicy.objects.filter(classroom=cast.classroom).update(mode="after_review")
        use_outside_model(cast)
        assert not can_show_at_once(cast.classroom)
        client = visit(cast.teacher)
        assert "“At once” needs a picture check" in client.get(url(cast)).content.decode()
        answer = client.post(url(cast), form(cast, mode="at_once"))
        assert answer.status_code == 422
        assert "no check is set up" in answer.context["form"].errors["mode"][0]
        assert class_policy(cast.classroom).mode == "after_review"

    def test_with_a_checker_it_may(self, cast: Cast) -> None:
        use_outside_model(cast)
        checker = Endpoint.objects.create(
            name="Checker", kind="openai", base_url="https://check.example/v1", has_moderation=True
        )
        set_key(checker, "a-key")
        assert can_show_at_once(cast.classroom)

    def test_an_assignment_of_its_own_model_counts(self, cast: Cast) -> None:
        use_outside_model(cast)
        outside = ImageModel.objects.get(name="outside-model")
        SchoolModel.objects.filter(image_model=outside).update(is_default=False)
        SchoolModel.objects.filter(school=cast.school, image_model=cast.image_model).update(is_default=True)
        assert can_show_at_once(cast.classroom)
        cast.assignment.image_model = outside
        cast.assignment.save(update_fields=["image_model"])
        assert not can_show_at_once(cast.classroom)

    def test_the_service_says_no_by_itself(self, cast: Cast) -> None:
        use_outside_model(cast)
        save_class_policy(classroom=cast.classroom, author=cast.teacher, changes={"mode": "after_review"})
        with pytest.raises(Invalid) as caught:
            save_class_policy(classroom=cast.classroom, author=cast.teacher, changes={"mode": "at_once"})
        assert caught.value.code == "mode"


def test_two_people_see_each_others_settings(cast: Cast, visit: Callable) -> None:
    mine = form(cast, age_group="8-10")
    save_class_policy(classroom=cast.classroom, author=cast.admin, changes={"mode": "after_review"})
    client = visit(cast.teacher)
    answer = client.post(url(cast), mine)
    assert answer.status_code == 409
    assert {fact.label for fact in answer.context["theirs"]} == {"Age group", "When pictures are shown"}
    assert class_policy(cast.classroom).age_group == "11-13"
    again = client.post(url(cast), mine | {"seen_version": answer.context["version"]})
    assert again.status_code == 302
    with pytest.raises(Conflict):
        save_class_policy(
            classroom=cast.classroom, author=cast.teacher, changes={"age_group": "8-10"}, seen_version=1
        )

"""What a teacher has typed outlives a reload, another language and a session that ran out, and is nobody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.access.things import Arguments
from tests.support.browser import axe, look
from tests.support.groups import Group, make_showcase
from tests.support.people import enter
from tests.support.site import PASSWORD, Site

SAVE = "main .button-main"
EXPLAIN = "button[value=explain]"
IS_BACK = "[data-draft-is-back]"


@pytest.fixture(scope="module")
def showcase(site: Site) -> tuple[Group, dict[str, Arguments]]:
    return make_showcase(site, "drafts")


@pytest.fixture
def teacher(new_context: Callable, site: Site, showcase: tuple[Group, dict[str, Arguments]]) -> Page:
    group = showcase[0]
    return enter(new_context, site, group.teacher, password=group.password)


def press_with_the_session_gone(page: Page, button: str, comes_back: str, password: str) -> None:
    """Press a button, be asked to sign in, and do so as ``comes_back``."""
    page.context.clear_cookies(name="sessionid")
    page.locator(button).click()
    page.locator("input[name=username]").fill(comes_back)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def change_language(page: Page) -> None:
    page.locator("button[name=language]").click()


def drafts(page: Page) -> list[str]:
    script = "Object.entries(sessionStorage).filter(([key]) => key.startsWith('draft:')).map(String)"
    kept: list[str] = page.evaluate(script)
    return kept


def test_a_new_task_outlives_the_session_and_goes_when_it_is_saved(teacher: Page, showcase) -> None:
    group, _things = showcase
    new = f"/classes/{group.classroom}/assignments/new/"
    teacher.goto(new)
    teacher.locator("[name=title]").fill("안개 속의 탑")
    teacher.locator("[name=brief]").fill("아무도 생각하지 못한 곳에 세워 보세요.")
    teacher.locator("[name=monuments_mode]").last.check()
    press_with_the_session_gone(teacher, SAVE, group.teacher, group.password)
    expect(teacher).to_have_url(new)
    expect(teacher.locator("[name=title]")).to_have_value("안개 속의 탑")
    expect(teacher.locator("[name=brief]")).to_have_value("아무도 생각하지 못한 곳에 세워 보세요.")
    expect(teacher.locator("[name=monuments_mode]").last).to_be_checked()
    expect(teacher.locator(IS_BACK)).to_be_visible()
    axe(teacher)
    look(teacher, "draft-is-back")
    teacher.locator("[name=monuments_mode]").first.check()
    teacher.locator(SAVE).click()
    expect(teacher.locator("#messages .is-ready")).to_be_visible()
    teacher.goto(new)
    expect(teacher.locator("[name=title]")).to_have_value("")
    assert drafts(teacher) == []


def test_words_to_one_student_outlive_the_answer_to_another(site: Site, teacher: Page, showcase) -> None:
    _group, things = showcase
    first, second = things["question"]["pk"], things["refused"]["pk"]
    code = f"from assignments.models import Appeal; Appeal.objects.create(generation_id={second})"
    site.manage("shell", "--no-imports", "-c", code)
    teacher.goto("/appeals/")
    cards = teacher.locator("li.sheet:has(form)")
    expect(cards).to_have_count(2)
    own = teacher.locator(f"#appeal-{first}")
    own.locator("[name=answer]").fill("칼 대신 우산은 어떨까요?")
    teacher.locator(f"li.sheet:not(#appeal-{first}) {EXPLAIN}").click()
    expect(own.locator("[name=answer]")).to_have_value("칼 대신 우산은 어떨까요?")
    change_language(teacher)  # at the address of the answer, which answers no GET
    expect(teacher).to_have_url("/appeals/")
    expect(own.locator("[name=answer]")).to_have_value("칼 대신 우산은 어떨까요?")
    own.locator(EXPLAIN).click()
    expect(own.locator("form")).to_have_count(0)
    assert not any("우산" in kept for kept in drafts(teacher))


def test_points_and_words_belong_to_the_work_they_were_given_for(teacher: Page, showcase) -> None:
    group, things = showcase
    page = f"/submissions/{things['work']['pk']}/"
    teacher.goto(page)
    teacher.locator("#grade-form [name=comment]").fill("빗방울이 눈에 보여요.")
    for points in teacher.locator("#grade-form .points").all():
        points.locator("input").last.check()
    press_with_the_session_gone(teacher, "[form=grade-form]", group.teacher, group.password)
    expect(teacher).to_have_url(page)
    expect(teacher.locator("#grade-form [name=comment]")).to_have_value("빗방울이 눈에 보여요.")
    expect(teacher.locator("#grade-form .points:has(label:last-child input:checked)")).to_have_count(
        teacher.locator("#grade-form .points").count()
    )
    teacher.locator(".desk-actions .push a").first.click()
    expect(teacher).not_to_have_url(page)
    expect(teacher.locator("#grade-form [name=comment]")).to_have_value("")
    expect(teacher.locator("#grade-form .points input:checked")).to_have_count(0)


def test_a_pasted_list_outlives_another_language_and_is_no_other_persons(teacher: Page, showcase) -> None:
    group, _things = showcase
    add = f"/classes/{group.classroom}/terms/add/"
    teacher.goto(add)
    teacher.locator("#id_lines").fill("도깨비방망이\n마법지팡이")
    teacher.locator(SAVE).click()
    expect(teacher.locator(".lines")).to_contain_text("마법지팡이")
    change_language(teacher)
    expect(teacher.locator("#id_lines")).to_have_value("도깨비방망이\n마법지팡이")
    change_language(teacher)
    expect(teacher.locator("#id_lines")).to_have_value("도깨비방망이\n마법지팡이")
    teacher.locator(SAVE).click()
    press_with_the_session_gone(teacher, SAVE, "admin", PASSWORD)
    teacher.goto(add)
    expect(teacher.locator("#id_lines")).to_have_value("")
    assert drafts(teacher) == []

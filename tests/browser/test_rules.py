"""Who makes the rules: an admin's base list, a class's list and meta-prompt, and a student who asks about a refusal."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import sign_in
from tests.support.groups import Group, make_group
from tests.support.people import button, enter, say


@pytest.fixture
def group(site) -> Group:
    return make_group(site, "rules", students=1)


def add_words(page: Page, address: str, words: str, language: str) -> None:
    """Type, look at what each word will catch, save."""
    page.goto(address)
    page.locator("#id_lines").fill(words)
    button(page, "Look at it first", language).click()
    expect(page.locator("ul.lines strong").first).to_have_text(words)
    button(page, "Save", language).click()
    expect(page.locator("table")).to_contain_text(words)


def verdict(page: Page, address: str, prompt: str) -> str:
    page.goto(address)
    page.locator("#try").press_sequentially(prompt)
    expect(page.locator("#trial .chip")).to_be_visible()
    return page.locator("#trial .chip").inner_text()


@pytest.mark.parametrize(("language", "word"), [("ko", "뿅망치"), ("en", "blunderbuss")])
def test_an_admin_widens_the_base_list_and_takes_it_back(new_context, site, group, language, word):
    page = enter(new_context, site, "admin", language=language)
    add_words(page, "/school/terms/", word, language)
    page.goto("/school/terms/history/")
    expect(page.locator("main")).to_contain_text(word)
    terms = f"/classes/{group.classroom}/terms/"
    refused, drawn = say("Would be refused", language), say("Would be drawn", language)
    assert verdict(page, terms, f"{word} 옆의 고양이") == refused
    page.goto(f"/school/terms/?q={word}")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(word)).click()
    assert verdict(page, terms, f"{word} 옆의 고양이") == drawn


def test_a_teacher_writes_a_list_and_a_meta_prompt_of_the_class(new_context, site, group):
    page = enter(new_context, site, group.teacher, password=group.password)
    add_words(page, f"/classes/{group.classroom}/terms/", "좀비", "ko")
    assert verdict(page, f"/classes/{group.classroom}/terms/", "좀비와 춤추는 강아지") == say(
        "Would be refused"
    )

    page.goto(f"/classes/{group.classroom}/meta-prompt/")
    page.locator("#sample").fill("연못의 오리")
    expect(page.locator("#sent strong")).to_have_text("연못의 오리")
    meta = page.locator("[name=meta_prompt_ko]")
    meta.fill(f"{meta.input_value()}\n부드러운 수채화로 그려 주세요.")
    button(page, "Save").first.click()
    expect(page.locator("#history")).to_contain_text("부드러운 수채화")


def test_a_student_asks_about_a_refusal_and_reads_the_answer(new_context, site, group):
    student = enter(new_context, site, group.students[0], password=group.password)
    student.goto(f"/assignments/{group.assignment}/")
    student.locator("#prompt").fill("칼을 든 요리사가 있는 부엌")
    button(student, "Draw").click()
    button(student, "This refusal looks wrong").click()
    expect(student.locator("main")).to_contain_text(
        say("You told your teacher that this looks wrong. The answer will stand here.")
    )
    teacher = enter(new_context, site, group.teacher, password=group.password)
    teacher.goto("/desk/")
    teacher.locator(".waits a").click()
    teacher.locator("[name=answer]").fill("요리사의 칼이구나. 이번에는 그려도 좋아.")
    button(teacher, "Allow these words once").click()
    expect(teacher.locator("main")).to_contain_text(say("Every question is answered."))
    student.goto(f"/assignments/{group.assignment}/")
    expect(student.locator("#studio-strip")).to_contain_text("이번에는 그려도 좋아.")
    button(student, "Put the words back on the desk").click()
    expect(student.locator("#prompt")).to_have_value("칼을 든 요리사가 있는 부엌")
    button(student, "Draw").click()
    expect(student.locator("#studio-wall figure.picture")).to_have_count(1, timeout=60_000)


def test_an_admin_makes_a_teacher_who_chooses_a_password(new_context, site, group):
    page = enter(new_context, site, "admin")
    page.goto("/school/staff/")
    username = f"new{group.classroom}"
    page.locator("[name=display_name]").fill("윤슬 선생님")
    page.locator("[name=username]").fill(username)
    button(page, "Make the account").click()
    expect(page.locator(".slip code")).to_have_count(2)
    told, password = page.locator(".slip code").all_inner_texts()
    assert told == username
    teacher = new_context().new_page()
    sign_in(teacher, site, username, password)
    teacher.locator("[name=old]").fill(password)
    teacher.locator("[name=new]").fill("gureum-wiui-namu-9")
    with teacher.expect_navigation():
        teacher.locator("main form button").last.click()
    teacher.goto("/classes/")
    expect(teacher.locator("[name=name]")).to_be_visible()


def test_an_admin_sets_the_days_money(new_context, site):
    page = enter(new_context, site, "admin")
    page.goto("/school/models/")
    expect(page.locator("main")).to_contain_text("Sample")
    page.goto("/school/money/")
    page.locator("[name=daily_cap_usd]").fill("3.50")
    button(page, "Save").click()
    expect(page.locator("[name=daily_cap_usd]")).to_have_value(re.compile(r"3\.50?"))
    expect(page.locator("meter")).to_be_visible()
    page.locator("[name=daily_cap_usd]").fill("")
    button(page, "Save").click()
    expect(page.locator("meter")).to_have_count(0)

"""A student's afternoon, from the sign-in to the picture taken back and handed in again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import sign_in
from tests.support.groups import Group, make_group
from tests.support.people import button, enter, link, say
from tests.support.programs import held

DOG = "아침 햇살에 에펠탑 옆에 있는 개"
DRAWN_WITHIN = 60_000


@pytest.fixture(scope="module")
def group(site) -> Group:
    return make_group(site, "student", students=5)


def studio_of(page: Page, group: Group) -> Page:
    page.goto(f"/assignments/{group.assignment}/")
    return page


def press_draw(page: Page, words: str, language: str = "ko") -> None:
    page.locator("#prompt").fill(words)
    button(page, "Draw", language).click()


def pictures(page: Page) -> Locator:
    return page.locator("#studio-wall figure.picture img")


def tries_left(page: Page) -> str:
    return page.locator("#studio-foot .tries > span:last-child").inner_text()


def see_drawn(page: Page, number: int = 1) -> None:
    expect(pictures(page)).to_have_count(number, timeout=DRAWN_WITHIN)
    expect(page.locator("#studio-foot button")).to_be_enabled()
    pictures(page).first.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('#studio-wall figure.picture img').naturalWidth > 0")


@pytest.mark.parametrize(("language", "number"), [("ko", 0), ("en", 1)])
def test_from_the_first_words_to_handing_in_again(new_context, site, group, language, number):
    page = new_context(locale={"ko": "ko-KR", "en": "en-GB"}[language]).new_page()
    sign_in(page, site, group.students[number], group.password)
    page.locator(".task h2 a").click()
    expect(page.locator("h1")).to_have_text("낯선 곳의 기념물")

    press_draw(page, DOG, language)
    expect(page.locator("#studio-strip")).to_be_visible()
    see_drawn(page)
    told = page.locator(".studio-glimpse img").get_attribute("alt")
    expect(pictures(page).first).to_have_attribute("alt", told or "")

    button(page, "Hide and tell my teacher", language).click()
    expect(pictures(page)).to_have_count(0)
    button(page, "Show it again", language).click()
    expect(pictures(page)).to_have_count(1)

    link(page.locator("#studio-wall figure"), "Hand this in", language).click()
    page.locator("[name=title]").fill("에펠탑의 아침")
    page.locator("[name=reflection]").fill("‘옆에’라고 썼어요.")
    page.reload()
    expect(page.locator("[name=title]")).to_have_value("에펠탑의 아침")
    expect(page.locator("[name=reflection]")).to_have_value("‘옆에’라고 썼어요.")
    page.locator("[name=title]").fill("칼을 든 탑")
    button(page, "Hand in", language).click()
    expect(page.locator("[name=title]")).to_be_focused()
    page.go_back()
    page.go_forward()
    expect(page.locator("[name=title]")).to_have_value("칼을 든 탑")  # nothing is sent again by going back
    page.locator("[name=title]").fill("에펠탑의 아침")
    button(page, "Hand in", language).click()
    expect(page.locator("h1")).to_have_text("에펠탑의 아침")
    expect(page.locator("main")).to_contain_text(say("Handed in", language))

    button(page, "Take it back", language).click()
    page.locator("dialog[open]").get_by_role("button", name=say("Yes, take it back", language)).click()
    expect(page.locator("main")).to_contain_text(
        say("You have taken it back. Your teacher doesn't grade it until you hand it in again.", language)
    )
    link(page, "Hand in again", language).click()
    expect(page.locator("[name=title]")).to_have_value("에펠탑의 아침")
    button(page, "Hand in", language).click()
    expect(page.locator("main")).to_contain_text(say("Handed in", language))


def test_a_press_is_saved_at_once_and_waits_in_line_through_reloads_and_tabs(new_context, site, group):
    page = studio_of(enter(new_context, site, group.students[2], password=group.password), group)
    mate = studio_of(enter(new_context, site, group.students[3], password=group.password), group)
    with held(site, "worker"):
        page.locator("#prompt").fill("눈 내리는 경복궁의 아침")
        button(page, "Draw").dblclick()
        strip = page.locator("#studio-strip .strip")
        expect(strip).to_contain_text(say("You are next."), timeout=3_000)
        expect(page.locator("#studio-foot button")).to_be_disabled()
        press_draw(mate, "별이 쏟아지는 첨성대")
        expect(mate.locator("#studio-strip .strip")).to_contain_text(
            say("You are number %(place)s in line.", place=2), timeout=3_000
        )
        expect(mate.locator("#studio-strip [data-countdown]")).to_be_visible()

        page.reload()
        expect(strip).to_contain_text(say("You are next."))
        second = studio_of(page.context.new_page(), group)
        expect(second.locator("#studio-strip .strip")).to_contain_text(say("You are next."))
        expect(second.locator("#studio-foot button")).to_be_disabled()

        button(mate, "Call it off").click()
        expect(mate.locator("#studio-foot button")).to_be_enabled()
    for tab in (page, second):
        see_drawn(tab)
    page.locator("#studio-wall details.fold summary").click()
    expect(page.locator("#studio-wall details.fold li")).to_have_count(1)


def test_a_refusal_marks_the_word_and_costs_no_try(new_context, site, group):
    page = studio_of(enter(new_context, site, group.students[4], password=group.password), group)
    before = tries_left(page)
    press_draw(page, "피를 흘리는 기사")
    refusal = page.locator("#studio-strip .notice.is-refused")
    expect(refusal.locator("mark").first).to_contain_text("피")
    expect(page.locator("#studio-strip")).to_be_focused()
    expect(page.locator("#prompt")).to_have_value("피를 흘리는 기사")
    assert tries_left(page) == before

    press_draw(page, "피사의 사탑을 든 아이")
    see_drawn(page)
    assert tries_left(page) != before

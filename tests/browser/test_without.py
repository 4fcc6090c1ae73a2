"""The same studio without a mouse, without JavaScript, and without the worker or the broker."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import fits
from tests.support.groups import Group, make_group
from tests.support.people import button, enter, say
from tests.support.programs import kill, processes

DRAWN_WITHIN = 60_000
PICTURES = "#studio-wall figure.picture img"


@pytest.fixture(scope="module")
def group(site) -> Group:
    return make_group(site, "without", students=4)


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the element with this accessible text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        told = page.evaluate(
            "document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || ''"
        )
        if name in told:
            return
    pytest.fail(f"Tab never reaches {name!r} on {page.url}")


def test_a_student_draws_and_hands_in_with_the_keyboard_alone(new_context, site, group):
    page = enter(new_context, site, group.students[0], password=group.password)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "낯선 곳의 기념물")
    page.keyboard.press("Enter")
    expect(page.locator("#prompt")).to_be_visible()
    while not page.locator("#prompt").evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("beach with a lighthouse at sunset")
    tab_to(page, say("Draw"))
    page.keyboard.press("Enter")
    expect(page.locator(PICTURES)).to_have_count(1, timeout=DRAWN_WITHIN)
    tab_to(page, say("Hand this in"))
    page.keyboard.press("Enter")
    expect(page.locator("[name=title]")).to_be_visible()
    while not page.locator("[name=title]").evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("저녁 바다")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("저녁 바다")


def test_a_student_draws_reads_and_hands_in_without_javascript(new_context, site, group):
    page = enter(new_context, site, group.students[1], password=group.password, java_script_enabled=False)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"/assignments/{group.assignment}/")
    page.locator("#prompt").fill("피를 흘리는 기사")
    button(page, "Draw").click()
    expect(page.locator(".notice.is-refused mark").first).to_contain_text("피")
    page.locator("#prompt").fill("숲속의 석가탑과 토끼")
    button(page, "Draw").click()
    page.get_by_role("link", name=say("Watch it being drawn")).or_(page.locator(PICTURES)).first.wait_for()
    for _ in range(30):
        page.goto(f"/assignments/{group.assignment}/")
        if page.locator(PICTURES).count():
            break
        page.wait_for_timeout(1_000)
    page.get_by_role("link", name=say("Hand this in")).click()
    page.locator("[name=title]").fill("숲속의 탑")
    button(page, "Hand in").click()
    expect(page.locator("h1")).to_have_text("숲속의 탑")
    button(page, "Take it back").click()
    expect(page.locator("main")).to_contain_text(say("Hand in again"))


def press(page: Page, group: Group, words: str) -> None:
    page.goto(f"/assignments/{group.assignment}/")
    page.locator("#prompt").fill(words)
    button(page, "Draw").click()
    expect(page.locator("#studio-strip")).to_be_visible()


def test_a_press_outlives_a_worker_that_dies(new_context, site, group):
    page = enter(new_context, site, group.students[2], password=group.password)
    before = processes(site, "worker")
    kill(site, "worker")
    press(page, group, "달밤의 다보탑")
    expect(page.locator(PICTURES)).to_have_count(1, timeout=90_000)
    assert not set(before) & set(processes(site, "worker"))


def test_a_press_outlives_a_broker_that_is_gone(new_context, site, group):
    """Where the broker's folder was stands a file: nothing can be sent, and the press is saved all the same."""
    page = enter(new_context, site, group.students[3], password=group.password)
    broker, aside = site.folder / "broker", site.folder / "broker-aside"
    broker.rename(aside)
    broker.write_text("not a folder")
    try:
        press(page, group, "무지개 아래 수원화성")
        expect(page.locator("#studio-strip .strip")).to_be_visible()
        page.reload()
        expect(page.locator("#studio-strip")).to_contain_text("수원화성")
    finally:
        broker.unlink()
        shutil.move(aside, broker)
    expect(page.locator(PICTURES)).to_have_count(1, timeout=120_000)


@pytest.mark.parametrize("width", [360, 820, 1920])
def test_the_studio_fits_every_window(new_context, site, group, width):
    page = enter(new_context, site, group.students[0], password=group.password, color_scheme="dark")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/assignments/{group.assignment}/")
    fits(page)
    smallest = page.locator("#studio-foot button").bounding_box()
    assert smallest is not None
    assert smallest["height"] >= 44

"""The studio as a child meets it: writing, pressing, waiting, being refused, coming back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import axe, fits, look, sign_in
from tests.support.site import Site

DRAW = ".writing-foot button"
PICTURES = "#studio-wall figure img"
PATIENCE = 30_000


def open_studio(page: Page, site: Site, username: str) -> None:
    """Sign in and open the first open task."""
    sign_in(page, site, username)
    page.goto(f"{site.url}/assignments/")
    page.locator(".task h2 a").first.click()
    page.wait_for_load_state()
    expect(page.locator("#prompt")).to_be_visible()


def presses(page: Page) -> int:
    """How many presses the page lists."""
    listed = page.locator("#studio-wall details summary .soft")
    return int(listed.inner_text()) if listed.count() else 0


def wait_for_news(page: Page) -> None:
    """A picture or the word that a teacher looks at it first; then Draw is there again."""
    expect(page.locator("#studio-strip[hx-get]")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator(DRAW)).to_be_enabled()


def test_a_picture_comes_without_reloading_and_two_presses_are_one(page: Page, site: Site) -> None:
    open_studio(page, site, "student")
    before, pictures = presses(page), page.locator(PICTURES).count()
    page.locator("#prompt").fill("아침 햇살에 에펠탑 옆에 있는 개")
    page.evaluate("window.isSamePage = true")
    page.locator(DRAW).dblclick()
    expect(page.locator("#studio-strip .strip")).to_be_visible()
    expect(page.locator("#prompt")).to_have_value("아침 햇살에 에펠탑 옆에 있는 개")
    wait_for_news(page)
    expect(page.locator(PICTURES)).to_have_count(pictures + 1)
    expect(page.locator("#studio-said")).not_to_be_empty()
    assert page.evaluate("window.isSamePage")
    assert presses(page) == before + 1
    axe(page)
    look(page, "studio-ready")


def test_a_reload_while_waiting_loses_nothing(page: Page, site: Site) -> None:
    open_studio(page, site, "student2")
    pictures = page.locator(PICTURES).count()
    page.locator("#prompt").fill("달 위의 에펠탑")
    with page.expect_response(re.compile(r"/draw/$")):
        page.locator(DRAW).click()
    page.reload()
    wait_for_news(page)
    expect(page.locator(PICTURES)).to_have_count(pictures + 1)


def test_refused_words_are_marked_and_a_press_puts_others_in_their_place(page: Page, site: Site) -> None:
    open_studio(page, site, "student")
    page.locator("#prompt").fill("칼을 든 기사가 성 앞에 있다")
    page.locator(DRAW).click()
    expect(page.locator("mark.marked").first).to_contain_text("칼")
    expect(page.locator("#prompt")).to_have_value("칼을 든 기사가 성 앞에 있다")
    axe(page)
    look(page, "studio-refused")
    rewording = page.locator("#studio-strip .ideas button").first
    words = rewording.inner_text()
    rewording.click()
    expect(page.locator("#prompt")).to_have_value(words)


def test_what_was_written_survives_a_reload_but_not_a_sign_out(page: Page, site: Site) -> None:
    open_studio(page, site, "student")
    page.locator("#prompt").fill("구름 위의 첨성대")
    page.reload()
    expect(page.locator("#prompt")).to_have_value("구름 위의 첨성대")
    page.locator("details.menu summary").click()
    page.locator("form[data-forget-drafts] button").click()
    open_studio(page, site, "student")
    expect(page.locator("#prompt")).to_have_value("")


def test_an_idea_card_lands_on_the_desk(page: Page, site: Site) -> None:
    open_studio(page, site, "student")
    card = page.locator("#studio-ideas button[data-fill]").last
    words = card.inner_text()
    card.click()
    expect(page.locator("#prompt")).to_have_value(words)
    expect(page.locator("#studio-hints p")).to_be_visible()
    page.locator("#studio-ideas .idea-more").click()
    expect(page.locator("#studio-ideas button[data-fill]").last).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_drawing_needs_no_javascript(page: Page, site: Site) -> None:
    open_studio(page, site, "student")
    page.locator("#prompt").fill("피라미드 위의 눈")
    page.locator(DRAW).click()
    expect(page.locator("#studio-strip")).to_be_visible()
    page.goto(site.url + str(page.locator("noscript a[href^='/generations/']").first.get_attribute("href")))
    expect(page.locator("figure.picture img, .strip .lucide-eye")).to_have_count(1, timeout=PATIENCE)


def test_hiding_a_picture_and_taking_it_back(page: Page, site: Site) -> None:
    open_studio(page, site, "student")
    pictures = page.locator(PICTURES).count()
    page.locator("#studio-wall figure form button").first.click()
    expect(page.locator(PICTURES)).to_have_count(pictures - 1)
    page.locator("#studio-wall form[action$='/unhide/'] button").click()
    expect(page.locator(PICTURES)).to_have_count(pictures)


@pytest.mark.parametrize("width", [360, 820, 1920])
def test_fits_every_width(page: Page, site: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_studio(page, site, "student")
    fits(page)
    page.goto(f"{site.url}/assignments/")
    fits(page)
    axe(page)

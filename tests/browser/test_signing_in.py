import pytest
from playwright.sync_api import expect

from tests.support.browser import axe, fits, look, sign_in

PEOPLE = ["student", "student2", "teacher", "teacher2", "admin", "stranger"]


@pytest.mark.parametrize("username", PEOPLE)
def test_everybody_of_the_demo_can_sign_in(page, site, username):
    sign_in(page, site, username)
    expect(page.locator("main")).to_be_visible()
    axe(page)
    for width in (360, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)


def test_the_sign_in_page_is_korean_for_a_korean_browser(page, site):
    page.goto(site.url)
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    axe(page)
    look(page, "sign-in")


@pytest.mark.browser_context_args(locale="en-GB")
def test_the_sign_in_page_is_english_for_an_english_browser(page, site):
    page.goto(site.url)
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_signing_in_needs_no_javascript(page, site):
    sign_in(page, site, "student")

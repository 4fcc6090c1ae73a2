"""The admin's pages of models, money and students' data, on a phone, a tablet and a desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import WIDTHS, axe, fits, look, sign_in
from tests.support.site import Site

PAGES = {"models": "/school/models/", "money": "/school/money/", "people": "/school/people/"}


@pytest.fixture
def admin(page: Page, site: Site) -> Page:
    sign_in(page, site, "admin")
    return page


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_pages_fit_and_are_accessible(admin: Page, site: Site, name: str, language: str) -> None:
    admin.context.add_cookies([{"name": "django_language", "value": language, "url": site.url}])
    admin.goto(f"{site.url}{PAGES[name]}")
    expect(admin.locator("html")).to_have_attribute("lang", language)
    for width, height in WIDTHS.items():
        admin.set_viewport_size({"width": width, "height": height})
        fits(admin)
    axe(admin)
    look(admin, f"school-{name}-{language}")


def test_a_cap_is_set_with_the_keyboard_alone(admin: Page, site: Site) -> None:
    admin.goto(f"{site.url}{PAGES['money']}")
    admin.get_by_role("spinbutton").first.focus()
    admin.keyboard.press("Control+A")
    admin.keyboard.type("3.5")
    admin.keyboard.press("Enter")
    expect(admin.locator("#messages .is-ready")).to_be_visible()
    expect(admin.get_by_role("spinbutton").first).to_have_value("3.5")


def test_a_students_page_is_found_and_correcting_it_is_told(admin: Page, site: Site) -> None:
    admin.goto(f"{site.url}{PAGES['people']}")
    admin.locator("#q").fill("student2")
    admin.keyboard.press("Enter")
    admin.locator("tbody a").first.click()
    expect(admin.locator("main code")).to_have_text("student2")
    fits(admin)
    axe(admin)
    admin.locator("main form[data-submit-once] button").click()
    expect(admin.locator("#messages .is-ready")).to_be_visible()

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser import axe, fits
from tests.web.styleguide.samples import PAGES

ADDRESSES = [
    "/",
    *[f"/page/{name}/" for name in PAGES],
    *[f"/page/studio/?state={state}" for state in ("queued", "drawing", "held", "refused", "empty")],
    *[f"/trouble/{name}/" for name in ("400", "403", "403_csrf", "404", "500", "throttled")],
]
WIDTHS = (360, 820, 1440, 1920)


@pytest.mark.parametrize("address", ADDRESSES)
def test_fits_every_width_and_keeps_the_content_security_policy(
    new_context: Callable[..., BrowserContext], address: str
) -> None:
    page = new_context().new_page()
    page.goto(address)

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    expect(page.locator("main")).to_have_count(1)


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_grave_by_day_and_night(
    browser: Browser, browser_context_args: dict[str, Any], address: str
) -> None:
    # axe reads the stylesheets again in ways the policy forbids, so its complaints are not the page's.
    # Without motion no colour is caught half-way between day and night.
    context = browser.new_context(**browser_context_args, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address)

    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)
    context.close()


SMALL_TARGETS = """() => {
  const wanted = "button, summary, .button, .nav a, input:not([type=hidden]), select, textarea"
  return [...document.querySelectorAll(wanted)]
    .filter((element) => element.offsetParent && !element.closest(".visually-hidden"))
    .map((element) => [element, (element.closest("label") ?? element).getBoundingClientRect()])
    .filter(([_, box]) => box.height < 43.5 || box.width < 43.5)
    .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.width} x ${box.height}`)
}"""


@pytest.mark.parametrize("name", PAGES)
def test_what_can_be_pressed_is_large_enough(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/page/{name}/")
    page.locator("details.menu").evaluate_all("menus => menus.forEach((menu) => { menu.open = true })")

    assert page.evaluate(SMALL_TARGETS) == []


def test_the_page_reads_on_paper_without_its_controls(page: Page) -> None:
    page.goto("/page/wall/")

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator(".site-head")).to_be_hidden()
    expect(page.locator(".wall .picture").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_motion_stops_for_those_who_asked(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/page/studio/?state=drawing")

    seconds = page.evaluate("getComputedStyle(document.querySelector('.is-drawing > div')).animationDuration")

    assert float(seconds.removesuffix("s")) < 0.001

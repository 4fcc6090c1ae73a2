"""Pictures of the running demo for the README: ``python -m tests.browser.portraits`` writes ``docs/images/``."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.support.browser import CHROMIUM_FLAGS
from tests.support.site import PASSWORD, ROOT, Site, running_site

IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 860}
PROMPT = "아침 햇살에 에펠탑 옆에 있는 개"


def come_in(context: BrowserContext, username: str) -> Page:
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)
    return page


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    data = page.screenshot(animations="disabled")
    IMAGES.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(data)).save(IMAGES / f"{name}.webp", quality=82, method=6)


def student(page: Page) -> None:
    page.locator(".task h2 a").first.click()
    page.locator("#prompt").fill(PROMPT)
    page.locator("#studio-foot button").click()
    expect(page.locator("#studio-strip .strip")).to_be_visible()
    expect(page.locator("#studio-strip .strip")).to_have_count(0, timeout=60_000)
    page.set_viewport_size({"width": SIZE["width"], "height": 1160})
    page.evaluate("scrollTo(0, 0)")
    keep(page, "studio")


def teacher(page: Page) -> None:
    page.goto("/reviews/")
    keep(page, "review")
    page.goto("/wall/")
    page.wait_for_load_state()
    keep(page, "wall")


def make(site: Site, path: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        for username, visit in (("student", student), ("teacher", teacher)):
            context = browser.new_context(
                base_url=site.url,
                locale="ko-KR",
                timezone_id="Asia/Seoul",
                viewport=SIZE,  # type: ignore[arg-type]
                color_scheme="light",
            )
            visit(come_in(context, username))
            context.close()
        browser.close()


if __name__ == "__main__":
    import shutil

    with running_site() as running:
        make(running, shutil.which("chromium") or "chromium")

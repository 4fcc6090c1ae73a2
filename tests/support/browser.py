"""Fixtures and helpers of the browser journeys: real Chromium against a real site."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.support.site import PASSWORD, ROOT, Site, running_site

RESULTS = ROOT / "test-results"
WIDTHS = {390: 844, 820: 1180, 1440: 900}
GRAVE = ("serious", "critical")
# A machine that runs everything at once is slow, and a page that is merely slow is no failure.
expect.set_options(timeout=30_000)
# The browser speaks of its own updates and tips to the outside unless it is told not to.
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("Chromium is not installed; `make test` as root on Debian installs it.", pytrace=False)
    return {"executable_path": found, "args": CHROMIUM_FLAGS, "headless": True}


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """One seeded site a test process; journeys share it, so each works on rows of its own making."""
    with running_site() as running:
        yield running


@pytest.fixture(scope="session")
def browser_context_args(site: Site) -> dict[str, Any]:
    """Korean by default; ``@pytest.mark.browser_context_args(locale="en-GB")`` asks for something else."""
    return {
        "base_url": site.url,
        "locale": "ko-KR",
        "timezone_id": "Asia/Seoul",
        "viewport": {"width": 1440, "height": WIDTHS[1440]},
    }


class Watch:
    """What a page must never do: ask another host, raise in a script, break the content security policy."""

    def __init__(self) -> None:
        self.complaints: list[str] = []

    def attend(self, context: BrowserContext) -> None:
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname not in ("127.0.0.1", "localhost"):
            self.complaints.append(f"request to another host: {request.url}")

    def _on_console(self, message: ConsoleMessage) -> None:
        # A refused prompt answers 422 and the browser reports that as an error of loading; that is no fault.
        # What axe and Playwright do to a page from outside has no address and is no fault of the page's either.
        # A request that was under way when the person went on is cut off, and htmx says so.
        is_of_the_page = bool(message.location["url"])
        is_of_the_line = message.text.startswith(
            ("Failed to load resource", "htmx:sendError", "htmx:sendAbort", "htmx:afterRequest")
        )
        if message.type == "error" and is_of_the_page and not is_of_the_line:
            self.complaints.append(f"console: {message.text}")


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Callable[..., BrowserContext]]:
    """Contexts of one test, a person each; all are watched, and complaints fail the test at its end.

    Options given here win over the usual ones, which the plugin's own maker of contexts does not allow.
    """
    watch = Watch()
    own: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        if options:
            context = browser.new_context(**(browser_context_args | options))
            own.append(context)
        else:
            context = new_context()
        context.set_default_timeout(30_000)
        watch.attend(context)
        return context

    yield make
    for context in own:
        context.close()
    assert not watch.complaints, "\n".join(watch.complaints)


def sign_in(page: Page, site: Site, username: str, password: str = PASSWORD) -> None:
    """Go through the sign-in page as a person does."""
    page.goto(f"{site.url}/sign-in/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password]")).to_have_count(0)


def look(page: Page, name: str) -> list[Path]:
    """Save what the page looks like on a phone, a tablet and a desk in ``test-results/``."""
    RESULTS.mkdir(exist_ok=True)
    before = page.viewport_size
    taken = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        path = RESULTS / f"{name}-{width}.png"
        page.screenshot(path=path, full_page=True, animations="disabled")
        taken.append(path)
    if before is not None:
        page.set_viewport_size(before)
    return taken


def axe(page: Page) -> None:
    """Fail on anything serious or critical that axe-core finds on the page as it stands."""
    found = Axe().run(page).response["violations"]
    grave = [violation for violation in found if violation["impact"] in GRAVE]
    told = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in violation["nodes"][:5])
        for violation in grave
    ]
    assert not grave, f"axe on {page.url}:\n" + "\n".join(told)


def fits(page: Page) -> None:
    """Fail when the page scrolls sideways at its present width."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 1, f"{page.url} is {wide} px wider than its window of {page.viewport_size}"

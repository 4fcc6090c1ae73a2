import re

from playwright.sync_api import expect

from tests.support.browser import fits, look


def test_the_docs_of_the_api_are_readable_under_the_strict_policy(page, site):
    page.goto(f"{site.url}/api/v1/docs/")
    press = page.locator(".opblock-post", has_text=re.compile(r"assignments/\W?\{id\}/generations/")).first
    expect(press).to_be_visible()
    press.locator("button.opblock-summary-control").click()
    expect(press.locator(".opblock-body")).to_contain_text("Idempotency-Key")
    look(page, "api-docs")
    page.set_viewport_size({"width": 360, "height": 800})
    fits(page)

"""Lists and meta-prompt in a real browser: what answers while somebody types, and how the pages fit."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import axe, fits, sign_in
from tests.support.site import Site


def class_page(page: Page, site: Site, name: str) -> None:
    """Open a page of the teacher's first class by the link that the class's own page shows."""
    page.goto(f"{site.url}/classes/")
    page.locator(".task h2 a").first.click()
    page.locator(f"main a[href$='/{name}/']").first.click()
    page.wait_for_url(f"**/{name}/", wait_until="load")  # the page's scripts listen from here on


def test_the_list_answers_while_a_teacher_types(page: Page, site: Site) -> None:
    sign_in(page, site, "teacher")
    class_page(page, site, "terms")
    page.locator("#try").fill("칼국수와 피라미드")
    expect(page.locator("#trial")).to_contain_text("그릴 수 있음")
    page.locator("#try").fill("칼국수와 큰 칼")
    expect(page.locator("#trial mark")).to_contain_text("칼")
    page.locator("#try").fill("해바라기 들판")
    expect(page.locator("#trial")).to_contain_text("그릴 수 있음")
    page.locator("#id_lines").fill("해바라기")
    page.locator("#id_lines").press("End")
    expect(page.locator("#trial")).to_contain_text("아직 저장하지 않음")


def test_half_a_syllable_asks_nothing(page: Page, site: Site) -> None:
    sign_in(page, site, "teacher")
    class_page(page, site, "terms")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/try/") else None)
    page.locator("#try").evaluate(
        """field => {
          field.value = "ㅋ"
          field.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }))
        }"""
    )
    page.wait_for_timeout(700)
    assert asked == []
    page.locator("#try").evaluate(
        """field => {
          field.value = "칼"
          field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }))
        }"""
    )
    expect(page.locator("#trial mark")).to_contain_text("칼")


def test_the_text_to_send_follows_the_meta_prompt(page: Page, site: Site) -> None:
    sign_in(page, site, "teacher")
    class_page(page, site, "meta-prompt")
    page.locator("#id_meta_prompt_ko").fill("종이를 오려 붙인 그림. {assignment}")
    expect(page.locator("#sent")).to_contain_text("종이를 오려 붙인 그림.")
    page.locator("#id_meta_prompt_ko").fill("그림 {mood}")
    expect(page.locator("#sent")).to_contain_text("{mood} 항목은 없습니다")


@pytest.mark.browser_context_args(java_script_enabled=False, locale="en-GB")
def test_without_javascript_a_word_is_tried_added_and_taken_back(page: Page, site: Site) -> None:
    sign_in(page, site, "teacher")
    class_page(page, site, "terms")
    page.locator("#try").fill("a castle with a marshmallow roof")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#trial")).to_contain_text("Would be drawn")
    page.locator("#id_lines").fill("marshmallow")
    page.get_by_role("button", name="Look at it first").click()
    expect(page.locator("main")).to_contain_text("marshmallows")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("tbody th", has_text="marshmallow")).to_have_count(1)
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Take back").first.click()
    page.goto(page.url.replace("history/", ""))
    expect(page.locator("main")).not_to_contain_text("marshmallow")


@pytest.mark.parametrize("language", ["ko-KR", "en-GB"])
def test_pages_fit_and_axe_finds_nothing(new_context, site: Site, language: str) -> None:
    # axe reads the stylesheets again in ways the policy forbids, so it looks in a context of its own.
    context = new_context(locale=language, reduced_motion="reduce", bypass_csp=True)
    page = context.new_page()
    sign_in(page, site, "admin")
    addresses = ["/school/terms/", "/school/terms/groups/", "/school/terms/history/", "/school/named-people/"]
    for address in [*addresses, "/school/terms/add/?lines=피", "/appeals/", "/safety/"]:
        page.goto(f"{site.url}{address}")
        axe(page)
        for width in (360, 820, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            fits(page)

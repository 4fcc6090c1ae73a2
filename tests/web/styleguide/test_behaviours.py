from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect


@pytest.fixture
def keyboard(page: Page) -> CDPSession:
    """What an input method does to a page, which no key press can imitate."""
    return page.context.new_cdp_session(page)


def compose(keyboard: CDPSession, text: str) -> None:
    keyboard.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


def test_characters_are_counted_as_the_server_counts_them(page: Page) -> None:
    page.goto("/page/studio/")

    page.locator("#prompt").fill("개 🐕")

    expect(page.locator("#prompt-count")).to_have_text("3 / 1000")


def test_an_idea_card_puts_its_words_on_the_desk(page: Page) -> None:
    page.goto("/page/studio/")
    page.locator("#prompt").fill("에펠탑이")

    page.get_by_role("button", name="바닷속에 있는").click()

    expect(page.locator("#prompt")).to_have_value("에펠탑이 바닷속에 있는")
    expect(page.locator("#prompt")).to_be_focused()


def test_a_draft_outlives_a_reload_and_not_a_sign_out(page: Page) -> None:
    page.goto("/page/studio/")
    page.locator("#prompt").fill("달 위의 에펠탑")

    page.reload()
    expect(page.locator("#prompt")).to_have_value("달 위의 에펠탑")

    page.locator("details.menu > summary").click()
    page.get_by_role("button", name="Sign out").or_(page.get_by_role("button", name="나가기")).click()
    page.goto("/page/studio/")
    expect(page.locator("#prompt")).to_have_value("")


def test_a_draft_that_the_server_holds_is_not_kept(page: Page) -> None:
    page.goto("/page/studio/")
    page.locator("#prompt").fill("달 위의 에펠탑")

    page.goto("/page/studio/?state=saved")
    expect(page.locator("#prompt")).to_have_value("")
    page.goto("/page/studio/")
    expect(page.locator("#prompt")).to_have_value("")


def test_two_presses_are_one(page: Page) -> None:
    sent: list[str] = []
    page.goto("/page/studio/")
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator("#prompt").fill("달 위의 에펠탑")

    page.locator("form:has(#prompt) .button-large").dblclick()
    page.wait_for_load_state("networkidle")

    assert len(sent) == 1


def test_a_question_is_asked_before_something_is_removed(page: Page) -> None:
    page.goto("/")
    remove = page.locator("#sure button")

    remove.click()
    page.locator("#ask button[value=cancel]").click()
    assert "confirmed" not in page.url

    remove.click()
    page.locator("#ask button[value=confirm]").click()
    page.wait_for_url("**state=confirmed")


def test_keys_press_the_buttons_of_the_desk(page: Page, keyboard: CDPSession) -> None:
    page.goto("/page/desk/")
    page.evaluate(
        "addEventListener('click', (e) => window.pressed = e.target.closest('[data-key]')?.dataset.key)"
    )

    page.keyboard.press("a")
    assert page.evaluate("window.pressed") == "a"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.pressed") == "ArrowRight j"

    # The key R with the keyboard set to Korean gives ㄱ; its place is still R's.
    keyboard.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": "ㄱ", "code": "KeyR", "text": "ㄱ"})
    assert page.evaluate("window.pressed") == "r"


def test_keys_are_letters_again_in_a_field(page: Page) -> None:
    page.goto("/page/grade/")
    page.evaluate(
        "addEventListener('click', (e) => window.pressed = e.target.closest('[data-key]')?.dataset.key)"
    )

    page.keyboard.press("c")
    expect(page.locator("#comment")).to_be_focused()
    page.keyboard.type("nice rabbit")

    expect(page.locator("#comment")).to_have_value("nice rabbit")
    assert page.evaluate("window.pressed") is None


def test_a_half_made_syllable_is_not_yet_told(page: Page, keyboard: CDPSession) -> None:
    page.goto("/page/terms/")
    page.evaluate(
        "addEventListener('settled', (e) => { document.body.dataset.told = `<${e.target.value}>` })"
    )
    told = page.locator("body")
    page.locator("#try").fill("")
    expect(told).to_have_attribute("data-told", "<>")

    page.locator("#try").focus()
    compose(keyboard, "ㅋ")
    compose(keyboard, "카")
    page.wait_for_timeout(500)
    expect(told).to_have_attribute("data-told", "<>")

    keyboard.send("Input.insertText", {"text": "칼"})
    expect(told).to_have_attribute("data-told", "<칼>")


def test_enter_that_ends_a_syllable_sends_nothing(page: Page, keyboard: CDPSession) -> None:
    page.goto("/page/sign_in/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator("#password").fill("x")
    page.locator("#username").focus()
    compose(keyboard, "가")

    # What Safari sends: the composition is over, and only the key code tells that this Enter belonged to it.
    page.evaluate(
        """document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", keyCode: 229, bubbles: true, cancelable: true}))"""
    )
    prevented = page.evaluate(
        """!document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true, cancelable: true}))"""
    )

    assert prevented
    assert sent == []


def test_the_chosen_colours_come_from_the_server(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/")

    page.locator("main [data-theme-value=dark]").click()
    night = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    # A cookie is written beside the page's own work; reading it waits until it is there.
    assert "theme=dark" in page.evaluate("document.cookie")
    answer = page.reload()

    assert answer is not None
    assert 'data-theme="dark"' in answer.text()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == night
    page.locator("main [data-theme-value='']").click()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") != night


def test_the_clock_counts_down_and_never_below_any_moment(page: Page) -> None:
    page.clock.install()
    page.goto("/trouble/throttled/")
    clock = page.locator("[data-countdown]")
    first = clock.inner_text()

    page.clock.run_for(20_000)
    later = clock.inner_text()
    page.clock.run_for(60_000)

    assert "40" in first
    assert "20" in later
    assert clock.inner_text() == clock.get_attribute("data-text-soon")


def test_a_code_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/")

    page.locator("[data-copy]").click()

    expect(page.locator("[data-copy-words]")).to_have_text("✓")
    assert page.evaluate("navigator.clipboard.readText()") == "WX7-K2M"


def test_the_menu_opens_without_a_script_and_closes_on_escape(page: Page) -> None:
    page.goto("/")
    menu = page.locator("details.menu")

    menu.locator("summary").click()
    expect(menu.locator(".menu-body")).to_be_visible()
    page.keyboard.press("Escape")

    expect(menu.locator(".menu-body")).to_be_hidden()


def test_a_lost_connection_is_told_and_the_words_stay(
    browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    # A context that nobody watches: htmx writes a lost request to the console, as it should.
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    page.goto("/page/studio/")
    page.locator("#prompt").fill("달 위의 에펠탑")
    page.route("**/gone", lambda route: route.abort())

    page.evaluate("htmx.ajax('GET', '/gone', {target: '#main'}).catch(() => {})")

    expect(page.locator("#messages [data-trouble=connection-lost]")).to_be_visible()
    expect(page.locator("#prompt")).to_have_value("달 위의 에펠탑")
    context.close()

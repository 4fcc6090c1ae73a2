"""The desk's pages with much on them: lists to look at, names to copy, tries with and without a picture."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.support.browser import fits
from tests.support.groups import make_group
from tests.support.people import button, enter, say
from tests.support.site import Site

MOST_PIXELS_A_WORD = 130  # with its warnings; what it would catch is folded away


def test_twenty_words_are_looked_at_in_a_few_screens(new_context: Callable, site: Site) -> None:
    group = make_group(site, "looking", students=1)
    page = enter(new_context, site, group.teacher, password=group.password)
    page.goto(f"/classes/{group.classroom}/terms/")
    words = [
        *"눈배피탑술사밤말굴칼",
        "담배",
        "좀비",
        "귀신",
        "다리",
        "바보",
        "도박",
        "blood",
        "ghost",
        "hell",
        "zombie",
    ]
    page.locator("#id_lines").fill("\n".join(words))
    button(page, "Look at it first", "ko").click()
    expect(page.locator(".looked > li")).to_have_count(len(words))
    looked = page.locator(".looked").bounding_box()
    assert looked is not None
    assert looked["height"] < MOST_PIXELS_A_WORD * len(words)
    expect(button(page, "Save", "ko")).to_be_in_viewport()
    page.locator(".looked summary").first.click()
    expect(page.locator(".looked dl").first).to_be_visible()
    for width in (390, 720):
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)


def test_a_user_name_stands_in_one_piece(new_context: Callable, site: Site) -> None:
    group = make_group(site, "copied", students=5)
    page = enter(new_context, site, group.teacher, password=group.password)
    page.goto(f"/classes/{group.classroom}/roster/")
    page.locator("[name=names]").fill("Princess Consuela Wolfeschlegelsteinhausenbergerdorff")
    button(page, "Make accounts and print the slips", "ko").click()
    expect(page.locator(".slip")).to_have_count(1)
    for width in (390, 720, 820):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"/classes/{group.classroom}/roster/")
        pieces = page.locator("tbody code").evaluate_all(
            """codes => codes.map((code) => {
              const text = document.createRange()
              text.selectNodeContents(code)
              return text.getClientRects().length
            })"""
        )
        assert pieces == [1] * 6
        fits(page)


def test_a_try_without_a_picture_keeps_its_state_off_the_words(new_context: Callable, site: Site) -> None:
    group = make_group(site, "tries", mode="after_review", students=1)
    pupil = enter(new_context, site, group.students[0], password=group.password)
    for words in ("칼을 든 기사", "비 오는 날의 남산타워"):
        pupil.goto(f"/assignments/{group.assignment}/")
        pupil.locator("#prompt").fill(words)
        button(pupil, "Draw", "ko").click()
        expect(pupil.locator("#studio-strip")).to_be_visible()
    expect(pupil.locator("#studio-strip")).to_contain_text(
        say("Your picture is drawn.", "ko"), timeout=60_000
    )
    page = enter(new_context, site, group.teacher, password=group.password)
    page.goto(f"/reviews/?class={group.classroom}")
    page.locator("details:has(.attempts) summary").click()
    for width in (390, 720):
        page.set_viewport_size({"width": width, "height": 900})
        row = page.locator(".attempts li", has_text="칼을 든 기사")
        chip, words = row.locator(".chip").bounding_box(), row.locator("p").bounding_box()
        assert chip is not None
        assert words is not None
        assert chip["x"] + chip["width"] + 8 <= words["x"]
        fits(page)

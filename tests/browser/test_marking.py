"""Changing a picture in one place: painted with a finger or a mouse, or chosen with the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browser import axe, fits
from tests.support.groups import Group, make_group
from tests.support.people import button, enter, link, say
from tests.support.site import Site

DRAWN_WITHIN = 60_000
COLUMNS, ROWS = 48, 27


@pytest.fixture(scope="module")
def group(site: Site) -> Group:
    return make_group(site, "marking", students=2)


def draw_and_change(page: Page, group: Group, width: int) -> None:
    """Draw a first picture and go on from it."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/assignments/{group.assignment}/")
    page.locator("#prompt").fill("beach with a lighthouse at sunset")
    button(page, "Draw").click()
    expect(page.locator("#studio-wall figure.picture")).to_have_count(1, timeout=DRAWN_WITHIN)
    expect(page.locator("#studio-strip .notice.is-ready")).to_be_visible()
    link(page, "Change something").click()
    expect(page.locator(".marking-picture img")).to_be_visible()
    page.wait_for_load_state()  # until then the browser still moves the focus to the desk
    # The words of the first picture are not what should be different.
    expect(page.locator("#prompt")).to_have_value("")


def marked(page: Page) -> set[tuple[int, int]]:
    """Row and column of each painted cell as the page would send it."""
    cells = page.locator("[name=cells]").input_value()
    assert re.fullmatch(rf"([01]{{{COLUMNS * ROWS}}})?", cells)
    return {divmod(number, COLUMNS) for number, cell in enumerate(cells) if cell == "1"}


def test_a_painted_place_is_sent_and_the_picture_comes(new_context, site: Site, group: Group) -> None:
    page = enter(new_context, site, group.students[0], password=group.password)
    draw_and_change(page, group, 390)
    canvas = page.locator(".marking-picture canvas")
    canvas.scroll_into_view_if_needed()
    frame = canvas.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + frame["width"] * 0.1, frame["y"] + frame["height"] * 0.8)
    page.mouse.down()
    page.mouse.move(frame["x"] + frame["width"] * 0.4, frame["y"] + frame["height"] * 0.8)
    page.mouse.up()
    painted = marked(page)
    # One quick stroke leaves no gap between its two points, and nothing far from it.
    assert {(int(ROWS * 0.8), column) for column in range(5, 19)} <= painted
    assert all(row > ROWS * 0.6 and column < COLUMNS * 0.5 for row, column in painted)
    button(page, "Wipe the paint off").click()
    assert not marked(page)
    canvas.click(position={"x": frame["width"] * 0.75, "y": frame["height"] * 0.25})
    painted = marked(page)
    assert painted
    fits(page)
    axe(page)

    page.locator("#prompt").fill("a red kite in the sky")
    cells, first = page.locator("[name=cells]").input_value(), page.locator("[name=source]").input_value()
    with page.expect_response(re.compile(r"/draw/$")) as answered:
        button(page, "Draw").click()
    assert f'value="{cells}"' in answered.value.text()  # kept, should the words have been refused
    expect(page.locator("#studio-wall figure.picture")).to_have_count(2, timeout=DRAWN_WITHIN)
    # The new picture lies on the desk, without paint and without the words that it shows already.
    expect(page.locator("[name=source]")).not_to_have_value(first)
    expect(page.locator("#prompt")).to_have_value("")
    assert not marked(page)
    page.locator("#prompt").fill("a boat as well")
    page.reload()
    expect(page.locator("[name=source]")).not_to_have_value(first)
    expect(page.locator("#prompt")).to_have_value("a boat as well")
    link(page, "Go back to the picture before").click()
    expect(page.locator("[name=source]")).to_have_value(first)


def test_squares_paint_for_the_keyboard(new_context, site: Site, group: Group) -> None:
    page = enter(new_context, site, group.students[1], password=group.password)
    draw_and_change(page, group, 1280)
    summary = page.locator(".marking summary")
    summary.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("checkbox", name=say("top left"), exact=True)
    expect(box).to_be_visible()
    page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    assert marked(page) == {(row, column) for row in range(ROWS // 3) for column in range(COLUMNS // 3)}
    page.keyboard.press("Space")
    assert not marked(page)


def test_words_typed_before_the_scripts_came_are_heard_and_kept(
    new_context, site: Site, group: Group
) -> None:
    """A slow network: the page can be written on before what listens to the writing has arrived."""
    page = enter(new_context, site, group.students[1], password=group.password)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/js/app*.js", hold)
    page.goto(f"/assignments/{group.assignment}/", wait_until="commit")
    page.locator("#prompt").press_sequentially("낯선 곳의 다리")
    while not held:
        page.wait_for_timeout(50)
    for route in held:
        route.continue_()
    expect(page.locator("#studio-hints")).not_to_be_empty()
    page.unroute("**/js/app*.js")
    page.reload()
    expect(page.locator("#prompt")).to_have_value("낯선 곳의 다리")

"""A teacher's first day: a class, its slips, a task, a lesson, reviewing, grading and the release."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browser import axe, sign_in
from tests.support.groups import make_group
from tests.support.people import button, enter, link, say
from tests.support.site import Site

DRAWN_WITHIN = 60_000


@dataclass
class Pupil:
    page: Page
    username: str
    password: str


def draw(page: Page, assignment: int, words: str, language: str) -> None:
    page.goto(f"/assignments/{assignment}/")
    page.locator("#prompt").fill(words)
    button(page, "Draw", language).click()
    expect(page.locator("#studio-strip")).to_be_visible()


def make_class(page: Page, name: str, language: str) -> int:
    page.goto("/classes/")
    page.locator("[name=name]").fill(name)
    button(page, "Make the class", language).click()
    # The next thing that a new class needs is its people.
    expect(page.locator("[name=names]")).to_be_visible()
    found = re.search(r"/classes/(\d+)/", page.url)
    assert found is not None
    return int(found[1])


def paste_names(page: Page, names: str, language: str) -> list[tuple[str, str]]:
    """The user names and passwords on the printed slips."""
    page.locator("[name=names]").fill(names)
    button(page, "Make accounts and print the slips", language).click()
    slips = page.locator(".slip")
    expect(slips).to_have_count(len(names.splitlines()))
    page.emulate_media(media="print")
    expect(page.locator(".site-head")).to_be_hidden()
    expect(slips.first).to_be_visible()
    page.emulate_media(media="screen")
    codes = page.locator(".slip code").all_inner_texts()
    return list(zip(codes[::2], codes[1::2], strict=True))


def write_task(page: Page, classroom: int, title: str, language: str) -> int:
    page.goto(f"/classes/{classroom}/assignments/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=brief]").fill("아무도 생각하지 못한 곳에 세워 보세요.")
    lines = page.locator(".rubric-line")
    for number, (criterion, points) in enumerate([("생각", "5"), ("낱말", "3")]):
        lines.nth(number).locator("[name$=title]").fill(criterion)
        lines.nth(number).locator("[name$=points]").fill(points)
    # The sheet comes with lines of its own; an empty one is taken out.
    for number in range(2, lines.count()):
        lines.nth(number).locator("[name$=title]").fill("")
    button(page, "Save the task", language).click()
    page.get_by_role("link", name=title).first.click()
    found = re.search(r"/assignments/(\d+)/", page.url)
    assert found is not None
    return int(found[1])


@pytest.fixture
def pupil(new_context, site: Site) -> Callable[..., Pupil]:
    def come(username: str, password: str, language: str) -> Pupil:
        return Pupil(
            enter(new_context, site, username, password=password, language=language), username, password
        )

    return come


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_class_from_its_first_name_to_released_grades(new_context, site, pupil, language):
    own = make_group(site, "first-day", students=0)
    page = enter(new_context, site, own.teacher, password=own.password, language=language)
    classroom = make_class(page, "4학년 3반", language)
    slips = paste_names(page, "1. 강하늘\n2. 남바다", language)
    assignment = write_task(page, classroom, "다리 위의 탑", language)
    one, other = (pupil(username, password, language) for username, password in slips)

    page.goto(f"/classes/{classroom}/lesson/")
    button(page, "Start the lesson", language).click()
    rows = page.locator("#lesson-table tbody tr")
    expect(rows).to_have_count(2)
    axe(page)
    button(page, "Pause", language).click()
    expect(button(page, "Go on", language)).to_be_visible()
    one.page.goto(f"/assignments/{assignment}/")
    expect(one.page.locator("#studio-foot button")).to_be_disabled()
    button(page, "Go on", language).click()
    expect(button(page, "Pause", language)).to_be_visible()
    expect(one.page.locator("#studio-foot button")).to_be_enabled()  # it wakes up by itself
    # A new class looks before it shows: the table tells so by itself, without a reload.
    held = rows.get_by_text(say("With the teacher", language))
    for count, (who, words) in enumerate(
        [(one, "비 오는 날의 남산타워"), (other, "바닷가의 첨성대와 고양이")], start=1
    ):
        draw(who.page, assignment, words, language)
        expect(held).to_have_count(count, timeout=DRAWN_WITHIN)
    expect(one.page.locator("#studio-strip")).to_contain_text(
        say("Your picture is drawn.", language), timeout=DRAWN_WITHIN
    )
    expect(one.page.locator("#studio-wall figure.picture")).to_have_count(0)
    button(page, "End the lesson", language).click()
    page.locator("dialog[open] button[value=confirm]").click()
    expect(button(page, "Start the lesson", language)).to_be_visible()

    review(page, language)
    hand_in(one.page, assignment, "빗속의 탑", language)
    grade_and_release(page, assignment, language)
    one.page.reload()
    expect(one.page.locator(".scores li")).to_have_count(2)
    expect(one.page.locator(".grade-sum strong")).to_have_text("7")

    take_off_the_wall(page, classroom, language)
    one.page.goto(f"/assignments/{assignment}/")
    expect(one.page.locator("#studio-wall figure.picture")).to_have_count(0)


def review(page: Page, language: str) -> None:
    """Look at two pictures by keys alone: on, back, approve the first, give the second back with a reason."""
    page.goto("/desk/")
    page.locator(".waits a.is-first").click()
    page.wait_for_load_state()  # keys are heard once the scripts are there
    expect(page.locator(".desk-side")).to_contain_text("남산타워")
    axe(page)
    press_while_the_next_is_on_its_way(page)
    for key, words in (("j", "첨성대"), ("k", "남산타워"), ("a", "첨성대")):
        page.keyboard.press(key)
        expect(page.locator(".desk-side")).to_contain_text(words)
    page.keyboard.press("r")
    first = page.locator(".give-back-form [name=quick]").first
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")  # among the reasons, and not to another picture
    expect(first).to_be_checked()
    page.keyboard.press("Escape")
    expect(page.locator(".give-back-form")).to_be_hidden()
    expect(page.locator(".give-back > summary")).to_be_focused()
    page.keyboard.press("r")
    expect(first).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("g")
    expect(page.locator("#review")).to_contain_text(say("Everything is looked at", language))


def press_while_the_next_is_on_its_way(page: Page) -> None:
    """The way on waits its turn; a decision doesn't, because its picture is not to be seen yet."""
    way, held = "**/reviews/?picture=*", list[Route]()
    page.route(way, lambda route: route.continue_() if held else held.append(route))
    with page.expect_request(way):
        page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.press("k")
    with page.expect_response(way):
        held[0].continue_()
    expect(page.locator(".desk-side")).to_contain_text("남산타워")
    expect(page.locator(".film li")).to_have_count(2)
    page.unroute(way)


def hand_in(page: Page, assignment: int, title: str, language: str) -> None:
    expect(page.locator("#studio-wall figure.picture")).to_have_count(1, timeout=DRAWN_WITHIN)
    page.goto(f"/assignments/{assignment}/hand-in/")
    page.locator("[name=title]").fill(title)
    button(page, "Hand in", language).click()
    expect(page.locator("h1")).to_have_text(title)


def grade_and_release(page: Page, assignment: int, language: str) -> None:
    page.goto(f"/assignments/{assignment}/submissions/")
    link(page, "Start grading", language).click()
    for legend, point in (("생각", "4"), ("낱말", "3")):
        page.locator("fieldset.criterion", has_text=legend).get_by_label(point, exact=True).check()
    page.locator("#grade-form [name=comment]").fill("빗방울이 눈에 보이는 것 같아요.")
    axe(page)
    with page.expect_navigation():
        page.locator("button[form=grade-form]").click()
    page.goto(f"/assignments/{assignment}/release/")
    with page.expect_navigation():
        button(page, "Release now", language).click()
    page.goto(f"/assignments/{assignment}/submissions/?state=graded")
    expect(page.locator("tbody tr")).to_contain_text("7 / 8")


def take_off_the_wall(page: Page, classroom: int, language: str) -> None:
    page.goto(f"/classes/{classroom}/wall/")
    expect(page.locator(".wall figure.picture")).to_have_count(1)
    button(page, "Take off the wall", language).click()
    expect(page.locator(".wall figure.picture")).to_have_count(0)
    expect(button(page, "Hang it back", language)).to_be_visible()


def test_a_forgotten_password_is_two_presses(new_context, site):
    group = make_group(site, "forgotten", students=1)
    page = enter(new_context, site, group.teacher, password=group.password)
    page.goto(f"/classes/{group.classroom}/roster/")
    button(page, "New password").click()
    page.locator("dialog[open] button[value=confirm]").click()
    expect(page.locator(".slip code")).to_have_count(2)
    username, password = page.locator(".slip code").all_inner_texts()
    assert username == group.students[0]
    student = new_context().new_page()
    sign_in(student, site, username, password)
    expect(student.locator("main")).to_be_visible()


def test_a_child_without_an_account_joins_with_the_code_on_the_board(new_context, site):
    group = make_group(site, "code", students=0)
    page = enter(new_context, site, group.teacher, password=group.password)
    page.goto(f"/classes/{group.classroom}/roster/")
    code = page.locator(".class-code").inner_text()
    child = new_context().new_page()
    child.goto("/join/")
    for name, words in (
        ("code", code.lower()),
        ("display_name", "새봄"),
        ("username", f"saebom{group.classroom}"),
        ("password", "gureum-haneul-7"),
    ):
        child.locator(f"[name={name}]").fill(words)
    button(child, "Join").click()
    expect(child.locator(".task h2 a")).to_have_count(1)

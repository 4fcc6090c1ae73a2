"""Classmates' pictures for the demo: drawn by the sample provider through the real engine, then reviewed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from assignments.generation.dispatch import dispatch
from assignments.generation.pipeline import generate
from assignments.models import Assignment, Generation, Picture
from assignments.services.generations import request_generation
from assignments.services.providers import wanted_kind
from edu4all.accounts.models import User
from edu4all.web.problems import Problem
from gallery.services.reviews import review_picture
from gallery.services.submissions import hand_in

if TYPE_CHECKING:
    from .school import Demo

# Who, what they wrote, the title, the monument, and whether it hangs already.
WORKS = (
    ("classmate1", "눈 내리는 밤 사막에 서 있는 첨성대와 낙타", "별을 세는 낙타", "첨성대", True),
    ("classmate2", "바닷속 에펠탑 옆을 헤엄치는 고래", "바다로 간 에펠탑", "에펠탑", True),
    ("classmate3", "달 위의 피라미드와 우주 비행사", "달의 피라미드", "피라미드", True),
    ("classmate4", "해 질 녘 꽃밭에 있는 타지마할과 코끼리", "꽃밭의 집", "타지마할", True),
    (
        "classmate5",
        "a penguin with a red umbrella beside Big Ben in the snow",
        "Waiting for the bus",
        "Big Ben",
        True,
    ),
    ("classmate6", "숲속 모아이 옆에서 책을 읽는 여우", "조용한 도서관", "모아이", True),
    ("classmate7", "비 오는 날 경복궁 앞의 고양이와 노란 우산", "비 오는 날", "경복궁", False),
    ("classmate8", "구름 위 자유의 여신상과 열기구", "구름 위의 횃불", "자유의 여신상", False),
)
HANDED_IN = ("classmate1", "classmate2", "classmate5")
PATIENCE_SECONDS = 60.0


def draw_works(demo: Demo) -> int:
    """Draw what is missing and return how many were drawn; nothing when a provider outside would be paid."""
    if wanted_kind() not in ("", "sample"):
        return 0
    asked = [_ask(demo.assignment, *work[:2]) for work in WORKS]
    new = [row for row in asked if row is not None]
    if not new:
        return 0
    _draw_now(new)
    for username, _prompt, title, monument, is_on_wall in WORKS:
        picture = Picture.objects.filter(generation__in=new, generation__student__username=username).first()
        if picture is None:
            continue
        if is_on_wall:
            review_picture(picture=picture, reviewer=demo.teacher, decision="approve")
        if username in HANDED_IN:
            _hand_in(demo.assignment, picture, title, monument)
    return Picture.objects.filter(generation__in=new).count()


def _ask(assignment: Assignment, username: str, prompt: str) -> Generation | None:
    student = User.objects.get(username=username)
    key = f"demo-{username}"
    if Generation.objects.filter(student=student, idempotency_key=key).exists():
        return None
    try:
        asked = request_generation(student=student, assignment=assignment, prompt=prompt, idempotency_key=key)
    except Problem:  # whoever tries the demo has closed the task, or deleted the child and its pictures
        return None
    return asked.generation


def _draw_now(rows: list[Generation]) -> None:
    """Be dispatcher and worker for these rows: no worker runs yet while the demo is made."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    limits = {row.limit_id for row in rows if row.limit_id is not None}
    mine = Generation.objects.filter(pk__in=[row.pk for row in rows])
    while mine.unfinished().exists() and time.monotonic() < deadline:
        for limit in limits:
            dispatch(limit)
        for pk, claim in mine.filter(status=Generation.Status.DRAWING).values_list("pk", "claim"):
            generate(pk, claim)
        time.sleep(0.05)


def _hand_in(assignment: Assignment, picture: Picture, title: str, monument: str) -> None:
    hand_in(
        student=picture.generation.student,
        assignment=assignment,
        pictures=[picture],
        title=title,
        reflection="여러 번 고쳐 쓰면서 무엇이 보이는지 더 또렷하게 써 보았어요.",
        monument=monument,
    )

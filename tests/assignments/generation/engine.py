"""Ways to drive the engine in a test: press, dispatch, draw, one step at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assignments.generation import endpoints, pipeline
from assignments.generation.dispatch import dispatch
from assignments.generation.rehearsal import RehearsalServer
from assignments.models import Endpoint, Generation, ImageModel, Limit, SchoolModel
from assignments.services.generations import request_generation
from edu4all.accounts.models import School, User
from tests.cast import Cast

PROMPT = "아침 햇살에 에펠탑 옆에 있는 개"
_numbers = itertools.count(1)


def press(student: User, assignment: Any, prompt: str = PROMPT, **facts: Any) -> Generation:
    key = facts.pop("key", f"press-{next(_numbers)}")
    return request_generation(
        student=student, assignment=assignment, prompt=prompt, idempotency_key=key, **facts
    ).generation


def draw_claimed() -> None:
    """What workers do: take each claimed row once."""
    rows = Generation.objects.filter(status=Generation.Status.DRAWING).order_by("slot_at", "pk")
    for pk, claim in list(rows.values_list("pk", "claim")):
        pipeline.generate(pk, claim)


def run_queue(limit: Limit, rounds: int = 1) -> None:
    for _round in range(rounds):
        dispatch(limit.pk)
        draw_claimed()


def let_rest_pass() -> None:
    """Bring back what rests, as the time would."""
    Generation.objects.update(resume_at=None)
    Limit.objects.update(not_before=0)


def allow_external(school: School, cap: str = "10", **caps: Any) -> None:
    School.objects.filter(pk=school.pk).update(
        council_reviewed_at="2026-03-02",
        guardians_consented_at="2026-03-02",
        daily_cap_usd=Decimal(cap),
        **caps,
    )
    school.refresh_from_db()


@dataclass
class Studio:
    """A real HTTP provider, with its endpoint, limit and model as the school's default."""

    server: RehearsalServer
    endpoint: Endpoint
    limit: Limit
    model: ImageModel
    cast: Cast
    others: list[ImageModel] = field(default_factory=list)

    def press(self, student: User | None = None, prompt: str = PROMPT, **facts: Any) -> Generation:
        return press(
            student or self.cast.student, facts.pop("assignment", self.cast.assignment), prompt, **facts
        )

    def run(self, rounds: int = 1) -> None:
        run_queue(self.limit, rounds)


def open_studio(cast: Cast, server: RehearsalServer, **facts: Any) -> Studio:
    allow_external(cast.school)
    endpoint = Endpoint.objects.create(name="Rehearsal", kind="openai", base_url=server.openai_address)
    endpoints.set_key(endpoint, server.config.key)
    limit = Limit.objects.create(endpoint=endpoint, name="Rehearsal", per_minute=6000, burst=10, in_flight=8)
    model = make_model(endpoint, limit, "rehearsal-1", **facts)
    SchoolModel.objects.update(is_default=False)
    SchoolModel.objects.create(school=cast.school, image_model=model, is_default=True)
    return Studio(server, endpoint, limit, model, cast)


def make_model(endpoint: Endpoint, limit: Limit, name: str, **facts: Any) -> ImageModel:
    defaults = {"can_edit": True, "max_count": 4, "price_per_picture_usd": Decimal("0.05")}
    return ImageModel.objects.create(endpoint=endpoint, limit=limit, name=name, **(defaults | facts))


def refreshed(row: Generation) -> Generation:
    return Generation.objects.get(pk=row.pk)


def serve() -> Iterator[RehearsalServer]:
    with RehearsalServer() as server:
        yield server

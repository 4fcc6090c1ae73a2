"""Playing a lesson: people are made, everyone presses in the same moment and again when a picture is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from assignments.generation import endpoints
from assignments.models import (
    Assignment,
    ClassPolicy,
    Endpoint,
    Generation,
    ImageModel,
    Limit,
    ProviderCall,
    SchoolModel,
)
from assignments.services.generations import request_generation, waiting_for
from edu4all.accounts.models import Classroom, Membership, School, User

from .measures import Drawn
from .plan import Plan

WARM_UP_PRESSES = 4
LOOK_SECONDS = 0.05
KEY = "rehearsal-key"
MODEL = "rehearsal-1"
PROMPTS = (
    "아침 햇살에 에펠탑 옆에 있는 개",
    "a dog beside the Eiffel Tower in morning sunlight",
    "달 위의 피라미드와 노란 우산을 쓴 소년",
    "a lighthouse in a field of daffodils, with a rabbit on a horse",
)


@dataclass(slots=True)
class Lesson:
    """The people of a lesson, and what has happened so far."""

    plan: Plan
    say: Callable[[str], None]
    students: dict[tuple[int, int], User] = field(default_factory=dict)
    assignments: dict[int, Assignment] = field(default_factory=dict)
    turns: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    press_cpu_seconds: dict[int, float] = field(default_factory=dict)
    told_seconds: dict[int, int] = field(default_factory=dict)

    def prepare(self, address: str) -> None:
        """A school with its classes, and the provider as its only model."""
        today = timezone.now().date()
        school = School.objects.create(
            name="Rehearsal",
            council_reviewed_at=today,
            guardians_consented_at=today,
            daily_cap_usd=Decimal(1000),
        )
        model = self._make_model(address)
        SchoolModel.objects.create(school=school, image_model=model, is_default=True)
        for number, size in enumerate((*self.plan.students, 1)):
            self._make_class(school, number, size)

    def warm_up(self) -> None:
        """One pupil of another class draws first, so that the time of a drawing is known, as on any other day."""
        classroom = len(self.plan.students)
        for turn in range(WARM_UP_PRESSES):
            self._press(classroom, 0, turn)
            self._wait_for_rest(set())
            self.say(f"warming up: {turn + 1} of {WARM_UP_PRESSES}")
        self.turns.clear()
        time.sleep(2 * 60 / self.plan.limit + 1)

    def play(self) -> list[Drawn]:
        for classroom, number in self.plan.order_of_arrival():
            self._press(classroom, number, 0)
        self._wait_for_rest(set())
        return self._read_back()

    def _wait_for_rest(self, settled: set[int]) -> None:
        """Look at all presses; whoever has a picture presses again, until everyone had theirs."""
        shown = 0
        while len(settled) < len(self.turns):
            rows = Generation.objects.filter(
                pk__in=self.turns.keys() - settled, status__in=Generation.SETTLED
            )
            for pk, status in rows.values_list("pk", "status"):
                if status not in (Generation.Status.READY, Generation.Status.HELD):
                    raise RuntimeError(f"A press ended as {status}.")
                settled.add(pk)
                classroom, number, turn = self.turns[pk]
                if classroom < len(self.plan.students) and turn + 1 < self.plan.presses:
                    self._press(classroom, number, turn + 1)
            if len(settled) - shown >= 10:
                shown = len(settled)
                self.say(f"{shown} of {self.plan.pictures} pictures are there")
            time.sleep(LOOK_SECONDS)

    def _press(self, classroom: int, number: int, turn: int) -> None:
        begun_at = time.thread_time()
        row = request_generation(
            student=self.students[classroom, number],
            assignment=self.assignments[classroom],
            prompt=PROMPTS[(number + turn) % len(PROMPTS)],
            idempotency_key=f"{classroom}-{number}-{turn}",
        ).generation
        self.press_cpu_seconds[row.pk] = time.thread_time() - begun_at
        self.turns[row.pk] = (classroom, number, turn)
        # What the page shows in the next moment.
        self.told_seconds[row.pk] = waiting_for([row])[row.pk].eta_seconds or 0

    def _read_back(self) -> list[Drawn]:
        rows = Generation.objects.in_bulk(self.turns.keys())
        calls = {
            call.generation_id: call
            for call in ProviderCall.objects.filter(generation__in=rows, outcome=ProviderCall.Outcome.DRAWN)
        }
        return [
            Drawn(
                *self.turns[pk],
                pressed_at=row.created_at.timestamp(),
                begun_at=calls[pk].begun_at.timestamp(),
                ended_at=row.settled_at.timestamp() if row.settled_at else 0.0,
                told_seconds=self.told_seconds[pk],
                press_cpu_seconds=self.press_cpu_seconds[pk],
                engine_cpu_seconds=calls[pk].engine_cpu_seconds,
                engine_seconds=calls[pk].engine_seconds,
            )
            for pk, row in rows.items()
        ]

    def _make_model(self, address: str) -> ImageModel:
        endpoint = Endpoint.objects.create(name="Rehearsal", kind="openai", base_url=f"{address}/v1")
        endpoints.set_key(endpoint, KEY)
        limit = Limit.objects.create(
            endpoint=endpoint,
            name="Rehearsal",
            per_minute=self.plan.limit,
            burst=self.plan.burst,
            in_flight=self.plan.in_flight,
        )
        return ImageModel.objects.create(
            endpoint=endpoint, limit=limit, name=MODEL, price_per_picture_usd=Decimal("0.013")
        )

    def _make_class(self, school: School, number: int, size: int) -> None:
        classroom = Classroom.objects.create(school=school, name=f"Class {number}")
        ClassPolicy.objects.create(classroom=classroom)
        for student in range(size):
            person = User(
                username=f"student-{number}-{student}", school=school, display_name=f"S{number}-{student}"
            )
            person.set_unusable_password()
            person.save()
            Membership.objects.create(classroom=classroom, user=person)
            self.students[number, student] = person
        self.assignments[number] = Assignment.objects.create(
            classroom=classroom,
            title="A monument in another place",
            brief="Draw a monument where nobody expects it.",
            published_at=timezone.now(),
            tries=100,
        )

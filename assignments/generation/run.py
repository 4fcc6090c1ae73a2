"""One worker's hold on one claimed row, and where its time goes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

from assignments.models import Assignment, Endpoint, Generation, ImageModel
from edu4all.accounts.models import School


@dataclass(slots=True)
class Stopwatch:
    """Time of our own work: everything but what is told to be ``elsewhere``; on the clock and on the processor.

    Belongs to the thread that made it.
    """

    begun_at: float = field(default_factory=time.monotonic)
    cpu_begun_at: float = field(default_factory=time.thread_time)
    elsewhere_seconds: float = 0.0
    elsewhere_cpu_seconds: float = 0.0

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Waiting, the provider, encoding and storage are not the engine's own work."""
        begun_at, cpu_begun_at = time.monotonic(), time.thread_time()
        try:
            yield
        finally:
            self.elsewhere_seconds += time.monotonic() - begun_at
            self.elsewhere_cpu_seconds += time.thread_time() - cpu_begun_at

    @property
    def engine_seconds(self) -> float:
        return time.monotonic() - self.begun_at - self.elsewhere_seconds

    @property
    def engine_cpu_seconds(self) -> float:
        return time.thread_time() - self.cpu_begun_at - self.elsewhere_cpu_seconds


@dataclass(slots=True)
class Run:
    """A claimed generation with everything that drawing it needs."""

    generation: Generation
    watch: Stopwatch = field(default_factory=Stopwatch)

    @property
    def model(self) -> ImageModel:
        model = self.generation.image_model
        assert model is not None
        return model

    @property
    def endpoint(self) -> Endpoint:
        return self.model.endpoint

    @property
    def school(self) -> School:
        return self.generation.classroom.school

    @property
    def assignment(self) -> Assignment:
        return self.generation.assignment


def take_up(pk: int, claim: int) -> Run | None:
    """The row, if this claim still holds it and no worker has taken it up: a broker may deliver a message twice."""
    is_first = Generation.objects.filter(
        pk=pk, claim=claim, taken_claim__lt=claim, status__in=Generation.WORKING
    ).update(taken_claim=claim)
    return load_run(pk, claim) if is_first else None


def load_run(pk: int, claim: int) -> Run | None:
    """The row, if this claim still holds it."""
    generation = (
        Generation.objects.select_related(
            "assignment",
            "classroom__school",
            "classroom__policy",
            "student",
            "source",
            "image_model__endpoint",
            "limit",
        )
        .filter(pk=pk, claim=claim, status__in=Generation.WORKING)
        .first()
    )
    return Run(generation) if generation is not None else None


def release_connection() -> None:
    """Hold no connection while waiting for the outside world. A caller's own transaction keeps its own."""
    if not connection.in_atomic_block:
        connection.close()

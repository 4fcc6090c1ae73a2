"""Celery's entry points: take a number, call one function of the engine."""

from __future__ import annotations

from celery import shared_task

from assignments.generation import dispatch as dispatching
from assignments.generation import pipeline, sweeper, tidying


@shared_task(ignore_result=True)
def dispatch(limit_pk: int) -> None:
    dispatching.dispatch(limit_pk)


@shared_task(ignore_result=True)
def generate(generation_pk: int, claim: int) -> None:
    pipeline.generate(generation_pk, claim)


@shared_task(ignore_result=True)
def sweep() -> None:
    sweeper.sweep()


@shared_task(ignore_result=True)
def tidy() -> None:
    tidying.tidy()

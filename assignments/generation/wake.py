"""Wake-ups over Celery. They carry a number and nothing else; losing one costs seconds.

Tasks are named here rather than imported: the engine stands below the tasks that run it.
"""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

DISPATCH = "assignments.tasks.dispatch"
GENERATE = "assignments.tasks.generate"


def wake(limit_pk: int, delay_seconds: float = 0.0) -> None:
    """Have a limit's queue looked at once the transaction has committed.

    Never raises: with the broker down a saved press stays saved, and the sweeper finds it.
    """
    transaction.on_commit(partial(_publish, DISPATCH, (limit_pk,), delay_seconds), robust=True)


def is_wake_under_way(armed_at: float, now: float) -> bool:
    """Whether the queue will be looked at within the next second anyhow; if that wake-up is lost, beat is there."""
    return now + 0.02 < armed_at < now + 1.0


def hand_over(generation_pk: int, claim: int) -> None:
    """Give a claimed row to a worker once the claim has committed. Never raises."""
    transaction.on_commit(partial(_publish, GENERATE, (generation_pk, claim), 0.0), robust=True)


def _publish(name: str, arguments: tuple[int, ...], delay_seconds: float) -> None:
    try:
        current_app.send_task(
            name, args=arguments, countdown=delay_seconds or None, retry=False, ignore_result=True
        )
    except Exception as error:  # the broker's client raises what its transport raises
        logger.warning("%s%r was not published: %s", name, arguments, error)

"""Wake-ups over Celery. They carry a number and nothing else; losing one costs seconds.

Tasks are named here rather than imported: the engine stands below the tasks that run it.
"""

from __future__ import annotations

import logging
import time
from functools import partial

from celery import current_app
from django.db import transaction

logger = logging.getLogger(__name__)

DISPATCH = "assignments.tasks.dispatch"
GENERATE = "assignments.tasks.generate"
SOONEST_LOOK_SECONDS = 0.03
LATEST_LOOK_SECONDS = 1.0


def wake(limit_pk: int, delay_seconds: float = 0.0) -> None:
    """Have a limit's queue looked at once the transaction has committed.

    Never raises: with the broker down a saved press stays saved, and the sweeper finds it.
    """
    transaction.on_commit(partial(_publish, DISPATCH, (limit_pk,), delay_seconds), robust=True)


def wake_unless_armed(limit_pk: int, armed_in_seconds: float) -> None:
    """As ``wake``, but trust a look at the queue that is due anyhow, a moment after the commit.

    A class that presses at once needs no thirty looks. If that wake-up is lost, beat is there.
    """
    asked_at = time.monotonic()

    def publish() -> None:
        due_seconds = armed_in_seconds - (time.monotonic() - asked_at)
        if not SOONEST_LOOK_SECONDS < due_seconds < LATEST_LOOK_SECONDS:
            _publish(DISPATCH, (limit_pk,), 0.0)

    transaction.on_commit(publish, robust=True)


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

"""Short ways to a policy for the tests of this folder."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assignments.policy import Match, Policy, Term, Verdict, check, matching_for

REGRESSION = Path(__file__).with_name("regression.jsonl")


def listing(*texts: str, exceptions: Iterable[str] = (), **switches: Any) -> Policy:
    return Policy(
        terms=tuple(Term(text, matching_for(text)) for text in texts),
        exceptions=tuple(exceptions),
        **switches,
    )


def judged(prompt: str, *texts: str, **switches: Any) -> Verdict:
    return check(prompt, listing(*texts, **switches))


def only(prompt: str, *texts: str, **switches: Any) -> Match:
    """The single match of a prompt."""
    (match,) = judged(prompt, *texts, **switches).matches
    return match


def regression_rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in REGRESSION.read_text(encoding="utf-8").splitlines()]

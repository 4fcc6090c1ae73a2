from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assignments.policy.terms import Term


@dataclass(frozen=True, slots=True)
class Expansion:
    """What a term catches: `forms` it covers, `catches` sample words it finds, `spares` sample words it leaves."""

    forms: tuple[str, ...] = ()
    catches: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermWarning:
    """Something to know before saving a term.

    `key`: "empty", "one_syllable", "homograph", "redundant", "would_catch", "would_not_catch", "excepted".
    `parameters`: words to fill the sentence with, such as {"with": "칼"} or {"words": "피라미드, 피아노"}.
    """

    key: str
    parameters: dict[str, str] = field(default_factory=dict)


def expand(term: Term) -> Expansion:
    """What a term will catch and will leave alone."""
    return Expansion(forms=(term.text,))


def review_term(term: Term, others: Sequence[Term] = (), exceptions: Iterable[str] = ()) -> tuple[TermWarning, ...]:
    """What an editor should hear before this term joins the others."""
    return (TermWarning("one_syllable"),) if len(term.text.strip()) == 1 else ()

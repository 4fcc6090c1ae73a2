"""Which open tasks a new term stands in: their students are refused for the task's own words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from assignments import policy as engine
from assignments.models import Assignment, TermEntry, TermList
from assignments.services.policies import EntryInput
from assignments.services.trials import as_term

MOST_TITLES = 3
# Up to where a piece of a brief is cut so that it is short enough to be judged.
_PIECE = re.compile(rf"\s*(.{{1,{engine.MAX_LENGTH}}})(?:\s|$)|(.{{1,{engine.MAX_LENGTH}}})", re.DOTALL)


def open_tasks(term_list: TermList) -> list[Assignment]:
    """The open tasks that a list holds for: of its class, or for a school's list of any class; one query."""
    tasks = Assignment.objects.open_at(timezone.now()).select_related("classroom")
    if term_list.classroom_id is not None:
        return list(tasks.filter(classroom_id=term_list.classroom_id))
    return list(tasks.filter(classroom__school_id=term_list.school_id))


def tasks_by_term(
    entries: Iterable[EntryInput], tasks: Sequence[Assignment], exceptions: tuple[str, ...]
) -> dict[str, list[Assignment]]:
    """For each term that an open task's title or brief holds, those tasks; judged as a student's words are."""
    terms = tuple(as_term(entry) for entry in entries if entry.kind == TermEntry.Kind.TERM)
    found: dict[str, list[Assignment]] = defaultdict(list)
    if not terms or not tasks:
        return found
    policy = engine.Policy(
        terms=terms,
        exceptions=exceptions,
        is_personal_data_checked=False,
        is_artist_checked=False,
        is_person_checked=False,
        is_injection_checked=False,
        is_safety_checked=False,
    )
    for task in tasks:
        caught = {match.term for words in _words_of(task) for match in engine.check(words, policy).matches}
        for text in caught - {None}:
            found[str(text)].append(task)
    return found


def titles_of(tasks: Sequence[Assignment], *, with_class: bool) -> str:
    """The first few titles; a school's list says whose they are."""
    titles = [
        f"“{task.title}” ({task.classroom})" if with_class else f"“{task.title}”"
        for task in tasks[:MOST_TITLES]
    ]
    return ", ".join(titles) + (" …" if len(tasks) > MOST_TITLES else "")


def _words_of(task: Assignment) -> Iterator[str]:
    yield task.title
    yield from (whole or cut for whole, cut in _PIECE.findall(task.brief))

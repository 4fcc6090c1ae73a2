"""What somebody should know before new entries are saved to a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from assignments import policy as engine
from assignments.models import TermEntry, TermList
from assignments.services.labels import language_of_page
from assignments.services.policies import EntryInput, clean_entries, effective_policy, school_policy
from assignments.services.term_tasks import open_tasks, tasks_by_term, titles_of
from assignments.services.trials import as_term, in_the_open

# Reading a term's warnings and samples takes some milliseconds each; the rest is saved unread, and says so.
MOST_REVIEWED = 60

WARNING_TEXTS = {
    "in_task": _("Stands in the words of an open task, whose students it would refuse: %(tasks)s."),
    "empty": _("Nothing of this can be searched for: it holds no letter, digit or emoji."),
    "one_syllable": _("One syllable: it can be part of many innocent words. Look at what it leaves alone."),
    "homograph": _("The same letters have several meanings: %(senses)s."),
    "redundant": _("Another term catches this already: %(with)s."),
    "would_catch": _("Would also catch places and monuments: %(words)s. An exception can let them through."),
    "would_not_catch": _("Would not catch these forms, which can mean something else: %(words)s."),
    "excepted": _("An exception lets this through: %(words)s. Remove the exception first."),
    "exception_idle": _("No term reaches into these words, so the exception changes nothing now."),
    "exception_switches_off": _("This is a term of the list itself: the exception would switch it off."),
}


@dataclass(frozen=True, slots=True)
class Warned:
    """A sentence about an entry; ``key`` is one of ``WARNING_TEXTS``."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One entry before it is saved. ``state`` is ``new``, ``same`` (nothing to do) or ``change``."""

    entry: EntryInput
    state: str
    current: TermEntry | None = None
    warnings: tuple[Warned, ...] = ()
    expansion: engine.Expansion = field(default_factory=engine.Expansion)

    @property
    def is_in_task(self) -> bool:
        return any(warning.key == "in_task" for warning in self.warnings)

    @property
    def matching_label(self) -> str:
        return str(TermEntry.Matching(self.entry.matching).label)


@dataclass(frozen=True, slots=True)
class Review:
    """All entries before they are saved; ``counts`` has a number for each state."""

    rows: tuple[Reviewed, ...]
    counts: dict[str, int]
    unread: int = 0

    @property
    def entries(self) -> list[EntryInput]:
        return [row.entry for row in self.rows]

    @property
    def to_read(self) -> list[Reviewed]:
        """What is shown one by one: whatever would change something, warned ones first, before all those that an
        open task speaks of."""
        rows = [row for row in self.rows if row.state != "same"]
        return sorted(rows, key=lambda row: (not row.is_in_task, not row.warnings))[:MOST_REVIEWED]


def list_policy(term_list: TermList) -> engine.Policy:
    """What a list is part of: for a class all that its prompts meet, for a school its base list."""
    if term_list.classroom is not None:
        return effective_policy(term_list.classroom)
    return school_policy(term_list.school)


def review_entries(
    *, term_list: TermList, entries: Sequence[EntryInput], leaving: TermEntry | None = None
) -> Review:
    """Compare entries with the list as it is (less the one that is ``leaving``), and read the first closely.

    Raises:
        Invalid: an entry is too long, or there are too many.
    """
    cleaned = clean_entries(entries)
    current = {
        (row.kind, row.text): row
        for row in term_list.entries.current().filter(kind__in={entry.kind for entry in cleaned})
    }
    wanted = [_filled(entry, None if leaving else current.get((entry.kind, entry.text))) for entry in cleaned]
    policy = in_the_open(list_policy(term_list))
    policy = _without_own(policy, term_list, {entry.text for entry in wanted}, leaving)
    rows: list[Reviewed] = []
    read = 0
    in_tasks = _in_tasks(term_list, wanted, policy)
    for entry in wanted:
        row = current.get((entry.kind, entry.text))
        state = _state(entry, row)
        in_task = in_tasks.get(entry.text, ()) if state != "same" else ()
        if state == "same" or read >= MOST_REVIEWED:
            rows.append(Reviewed(entry, state, row, in_task))
            continue
        read += 1
        close = _read_closely(entry, state, row, policy)
        rows.append(replace(close, warnings=(*in_task, *close.warnings)))
    counts = {"new": 0, "change": 0, "same": 0} | Counter(row.state for row in rows)
    return Review(tuple(rows), counts, unread=counts["new"] + counts["change"] - read)


def _in_tasks(
    term_list: TermList, entries: Sequence[EntryInput], policy: engine.Policy
) -> dict[str, tuple[Warned, ...]]:
    """A warning for each term of which an open task speaks, also for those that nobody reads closely."""
    found = tasks_by_term(entries, open_tasks(term_list), policy.exceptions)
    is_of_school = term_list.classroom_id is None
    return {
        text: (_worded("in_task", {"tasks": titles_of(tasks, with_class=is_of_school)}),)
        for text, tasks in found.items()
    }


def _filled(entry: EntryInput, row: TermEntry | None) -> EntryInput:
    """What a line leaves out stays as the list has it, or else is chosen by the words."""
    if row is None:
        return replace(entry, matching=entry.matching or engine.matching_for(entry.text).value)
    return replace(
        entry,
        matching=entry.matching or row.matching,
        note=entry.note or row.note,
        group=entry.group or row.group,
        is_personal=entry.is_personal or row.is_personal,
    )


def _without_own(
    policy: engine.Policy, term_list: TermList, texts: set[str], leaving: TermEntry | None
) -> engine.Policy:
    """The policy without this list's own lines of the same words: they are what is being written."""
    own = "school" if term_list.classroom_id is None else "class"
    gone = texts | ({leaving.text} if leaving else set())
    if not any(term.list_name == own and term.text in gone for term in policy.terms):
        return policy
    kept = tuple(term for term in policy.terms if term.list_name != own or term.text not in gone)
    return replace(policy, terms=kept)


def _state(entry: EntryInput, row: TermEntry | None) -> str:
    if row is None:
        return "new"
    is_same = (row.matching, row.note, row.is_personal) == (entry.matching, entry.note, entry.is_personal)
    return "same" if is_same else "change"


def _read_closely(entry: EntryInput, state: str, row: TermEntry | None, policy: engine.Policy) -> Reviewed:
    if entry.kind == TermEntry.Kind.EXCEPTION:
        return Reviewed(entry, state, row, tuple(_exception_warnings(entry, policy)))
    term = as_term(entry)
    told = engine.review_term(term, _reaching_into(entry.text, policy), policy.exceptions, language_of_page())
    missed = {
        word for one in told if one.key == "would_not_catch" for word in one.parameters["words"].split(", ")
    }
    expansion = engine.expand(term)
    caught = tuple(form for form in expansion.forms if form not in missed)
    warnings = tuple(_worded(one.key, one.parameters) for one in told)
    return Reviewed(entry, state, row, warnings, replace(expansion, forms=caught))


def _reaching_into(text: str, policy: engine.Policy) -> tuple[engine.Term, ...]:
    """The terms that catch something of these words: found in one pass, however long the list."""
    verdict = engine.check(text, policy)
    caught = {match.term for match in verdict.matches}
    return tuple(term for term in policy.terms if term.text in caught)


def _exception_warnings(entry: EntryInput, policy: engine.Policy) -> list[Warned]:
    if any(term.text == entry.text for term in policy.terms):
        return [_worded("exception_switches_off")]
    without = engine.Policy(
        terms=policy.terms, exceptions=tuple(text for text in policy.exceptions if text != entry.text)
    )
    return [] if engine.check(entry.text, without).matches else [_worded("exception_idle")]


def _worded(key: str, parameters: dict[str, Any] | None = None) -> Warned:
    return Warned(key, str(WARNING_TEXTS[key]) % (parameters or {}))

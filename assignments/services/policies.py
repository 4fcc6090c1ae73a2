"""Lists, switches and meta-prompts of a school and its classes, and the policy that they add up to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import policy as engine
from assignments.generation.prompts import class_policy, compose_for, compose_prompt, template_of
from assignments.models import ClassPolicy, NamedPerson, TermEntry, TermList, TermListChange
from assignments.services.named_people import refused_names
from assignments.services.showing import can_show_at_once
from edu4all.accounts.models import AuditEvent, Classroom, School, User
from edu4all.web.problems import Conflict, Invalid

__all__ = [
    "EntryInput",
    "base_list",
    "change_term_list",
    "check_prompt",
    "class_list",
    "class_policy",
    "clean_entries",
    "compose_for",
    "compose_prompt",
    "effective_policy",
    "save_class_policy",
    "save_term_list",
    "school_policy",
    "template_of",
]

MAX_ENTRIES = 20_000


class ListState(NamedTuple):
    """By what a list's entries are remembered. The time tells a database that was put back from a backup
    from the one whose entries this process has read."""

    pk: int
    version: int
    saved_at: datetime | None


NO_LIST = ListState(0, 0, None)


@dataclass(frozen=True, slots=True)
class Clash:
    """One entry that somebody else changed since it was seen. ``theirs`` is None where they took it out,
    ``mine`` where taking it out was what was asked for."""

    text: str
    theirs: TermEntry | None
    their_name: str
    mine: EntryInput | None


@dataclass(frozen=True, slots=True)
class EntryInput:
    """One line of a list as somebody wants it."""

    text: str
    matching: str = ""  # "" chooses: a term with a space is a phrase, any other one a word
    kind: str = TermEntry.Kind.TERM
    group: str = ""
    note: str = ""
    is_personal: bool = False

    @property
    def facts(self) -> tuple[str, str, str, str, str, bool]:
        matching = self.matching or engine.matching_for(self.text).value
        return (self.kind, self.text, matching, self.group, self.note, self.is_personal)


def base_list(school: School) -> TermList:
    return TermList.objects.get_or_create(school=school, classroom=None)[0]


def class_list(classroom: Classroom) -> TermList:
    return TermList.objects.get_or_create(classroom=classroom, defaults={"school_id": classroom.school_id})[0]


def effective_policy(classroom: Classroom) -> engine.Policy:
    """The school's base list, the class's own terms, the shipped groups that are on, less the exceptions.

    Costs four small queries; the lists' entries are read once per version and process.
    """
    settings = class_policy(classroom)
    lists = TermList.objects.filter(
        Q(classroom=None) | Q(classroom=classroom), school_id=classroom.school_id
    ).values_list("classroom_id", "pk", "version", "updated_at")
    states: dict[int | None, ListState] = {row[0]: ListState(*row[1:]) for row in lists}
    roster = (
        classroom.memberships.filter(left_at=None).values_list("user__display_name", flat=True).order_by()
    )
    return _assemble(
        states.get(None, NO_LIST),
        states.get(classroom.pk, NO_LIST),
        frozenset(settings.groups_off),
        tuple(sorted({name for name in roster if name})),
        refused_names(classroom.school_id),
        settings.is_artist_checked,
        settings.is_person_checked,
        settings.version,
    )


def school_policy(school: School) -> engine.Policy:
    """What holds for every class of a school: its base list and its lists of people; two queries."""
    found = TermList.objects.filter(school=school, classroom=None).values_list("pk", "version", "updated_at")
    base = next((ListState(*state) for state in found), NO_LIST)
    every_group = frozenset(group.key for group in engine.shipped.groups())
    policy = _assemble(base, NO_LIST, every_group, (), refused_names(school.pk), True, True, 0)
    return replace(policy, version=f"school:{base.version}")


@lru_cache(maxsize=256)
def _assemble(
    base: ListState,
    own: ListState,
    groups_off: frozenset[str],
    names: tuple[str, ...],
    named: tuple[tuple[str, str], ...],
    is_artist_checked: bool,
    is_person_checked: bool,
    policy_version: int,
) -> engine.Policy:
    base_terms, base_exceptions = _entries(base, "school")
    own_terms, own_exceptions = _entries(own, "class")
    shipped = (
        term for group in engine.shipped.groups() if group.key not in groups_off for term in group.all_terms
    )
    return engine.Policy(
        terms=(*base_terms, *own_terms, *shipped),
        exceptions=(*base_exceptions, *own_exceptions),
        names=names,
        artists=tuple(name for kind, name in named if kind == NamedPerson.Kind.ARTIST),
        people=tuple(name for kind, name in named if kind == NamedPerson.Kind.PERSON),
        is_artist_checked=is_artist_checked,
        is_person_checked=is_person_checked,
        version=f"school:{base.version} class:{own.version} policy:{policy_version}",
    )


@lru_cache(maxsize=128)
def _entries(state: ListState, list_name: str) -> tuple[tuple[engine.Term, ...], tuple[str, ...]]:
    rows = TermEntry.objects.filter(term_list_id=state.pk).at_version(state.version).order_by("pk")
    terms, exceptions = [], []
    for row in rows:
        if row.kind == TermEntry.Kind.EXCEPTION:
            exceptions.append(row.text)
        else:
            matching = engine.Matching(row.matching)
            terms.append(
                engine.Term(row.text, matching, row.group, list_name, state.version, row.is_personal)
            )
    return tuple(terms), tuple(exceptions)


def check_prompt(*, classroom: Classroom, prompt: str) -> engine.Verdict:
    return engine.check(prompt, effective_policy(classroom))


def clean_entries(entries: Iterable[EntryInput]) -> list[EntryInput]:
    """Trim, leave out blanks and repeats (the first one stands).

    Raises:
        Invalid: too long a text, an unknown matching, or too many entries.
    """
    cleaned: dict[tuple[str, str], EntryInput] = {}
    for entry in entries:
        text = " ".join(entry.text.replace("\x00", "").split())
        if not text:
            continue
        if len(text) > 100:
            raise Invalid(
                _("“%(text)s…” is too long: a term has at most 100 characters.") % {"text": text[:20]}
            )
        if entry.matching and entry.matching not in TermEntry.Matching.values:
            raise Invalid(_("“%(matching)s” is not a way of matching.") % {"matching": entry.matching})
        kept = EntryInput(
            text, entry.matching, entry.kind, entry.group[:30], entry.note[:200], entry.is_personal
        )
        cleaned.setdefault((entry.kind, text), kept)
    if len(cleaned) > MAX_ENTRIES:
        raise Invalid(_("A list has at most %(count)d entries.") % {"count": MAX_ENTRIES})
    return list(cleaned.values())


def save_term_list(
    *, term_list: TermList, author: User, entries: Iterable[EntryInput], base_version: int, note: str = ""
) -> TermList:
    """Make the list hold exactly these entries, as one new version; unchanged entries keep their history.

    Raises:
        Conflict: code ``version``, somebody saved the list since ``base_version``; nothing was changed.
    """
    wanted = {entry.facts: entry for entry in clean_entries(entries)}
    with transaction.atomic():
        version = _take_next_version(term_list, base_version)
        current = {entry.facts: row for row in term_list.entries.current() for entry in [_as_input(row)]}
        gone = [row.pk for facts, row in current.items() if facts not in wanted]
        new = [entry for facts, entry in wanted.items() if facts not in current]
        if not gone and not new:
            transaction.set_rollback(True)
            return term_list
        _write_change(term_list, version, author, note, remove=gone, add=new)
    term_list.refresh_from_db()
    return term_list


def change_term_list(
    *,
    term_list: TermList,
    author: User,
    add: Sequence[EntryInput] = (),
    remove: Iterable[int] = (),
    note: str = "",
    seen_version: int | None = None,
) -> TermList:
    """Add and remove single entries. Two people doing so at once lose nothing: each change stands on its own.

    Raises:
        Conflict: code ``version``, with ``clashes``: somebody changed the same entries since ``seen_version``.
    """
    with transaction.atomic():
        locked = TermList.objects.select_for_update().get(pk=term_list.pk)
        rows = list(locked.entries.current())
        leaving = set(remove)
        arriving = {(entry.kind, entry.text): entry for entry in clean_entries(add)}
        if seen_version is not None and seen_version < locked.version:
            clashes = _clashes(locked, rows, arriving, leaving, seen_version)
            if clashes:
                raise _changed_meanwhile(locked.version, clashes=clashes)
        gone = [
            row.pk
            for row in rows
            if row.pk in leaving
            or (
                (row.kind, row.text) in arriving
                and arriving[(row.kind, row.text)].facts != _as_input(row).facts
            )
        ]
        same = {(row.kind, row.text) for row in rows if row.pk not in gone}
        new = [entry for key, entry in arriving.items() if key not in same]
        if gone or new:
            version = _take_next_version(locked, locked.version)
            _write_change(locked, version, author, note, remove=gone, add=new)
    term_list.refresh_from_db()
    return term_list


def _as_input(row: TermEntry) -> EntryInput:
    return EntryInput(row.text, row.matching, row.kind, row.group, row.note, row.is_personal)


def _clashes(
    term_list: TermList,
    rows: Sequence[TermEntry],
    arriving: Mapping[tuple[str, str], EntryInput],
    leaving: set[int],
    seen_version: int,
) -> list[Clash]:
    """Entries asked for here that were changed, or taken out in favour of other facts, after ``seen_version``."""
    current = {(row.kind, row.text): row for row in rows}
    gone = {
        (row.kind, row.text): row
        for row in term_list.entries.filter(pk__in=leaving).exclude(removed_version=None)
    }
    names = dict(term_list.changes.filter(version__gt=seen_version).values_list("version", "author_name"))
    found: dict[tuple[str, str], Clash] = {}
    for key, entry in arriving.items():
        row = current.get(key)
        if row is not None and row.added_version > seen_version and _as_input(row).facts != entry.facts:
            found[key] = Clash(row.text, row, names.get(row.added_version, ""), entry)
    for key, old in gone.items():
        row = current.get(key)
        if key in found or (row is None and not arriving):
            continue  # told already, or both wanted it out
        mine = arriving.get(key) or next(iter(arriving.values()), None)
        if row is not None and mine is not None and _as_input(row).facts == mine.facts:
            continue
        changed_at = row.added_version if row is not None else old.removed_version
        found[key] = Clash(old.text, row, names.get(changed_at or 0, ""), mine)
    return list(found.values())


def _changed_meanwhile(newest: int, **extra: Any) -> Conflict:
    return Conflict(
        _(
            "Somebody else has saved this list meanwhile. Your changes are still here: compare and save again."
        ),
        code="version",
        version=newest,
        **extra,
    )


def _take_next_version(term_list: TermList, base_version: int) -> int:
    won = TermList.objects.filter(pk=term_list.pk, version=base_version).update(
        version=F("version") + 1, updated_at=timezone.now()
    )
    if not won:
        raise _changed_meanwhile(TermList.objects.values_list("version", flat=True).get(pk=term_list.pk))
    return base_version + 1


def _write_change(
    term_list: TermList,
    version: int,
    author: User,
    note: str,
    *,
    remove: Sequence[int],
    add: Sequence[EntryInput],
) -> None:
    TermListChange.objects.create(
        term_list=term_list, version=version, author=author, author_name=str(author)[:80], note=note[:300]
    )
    for start in range(0, len(remove), 500):
        batch = remove[start : start + 500]
        TermEntry.objects.filter(pk__in=batch, removed_version=None).update(removed_version=version)
    TermEntry.objects.bulk_create(
        (
            TermEntry(
                term_list=term_list,
                kind=entry.kind,
                text=entry.text,
                matching=entry.matching or engine.matching_for(entry.text).value,
                group=entry.group,
                note=entry.note,
                is_personal=entry.is_personal,
                added_version=version,
            )
            for entry in add
        ),
        batch_size=500,
    )


def save_class_policy(
    *, classroom: Classroom, author: User, changes: Mapping[str, Any], seen_version: int | None = None
) -> ClassPolicy:
    """Change a class's switches and meta-prompt; who, when, before and after go to the audit log.

    Raises:
        Invalid: code ``template``, the meta-prompt is no valid template; code ``mode``, pictures can't be
            shown at once because nothing checks them.
        Conflict: code ``version``, somebody saved them since ``seen_version``; nothing was changed.
    """
    for name in ("meta_prompt_ko", "meta_prompt_en"):
        template = changes.get(name) or ""
        if template and engine.validate_template(template):
            raise Invalid(_("The meta-prompt has a mistake: check its fields and braces."), code="template")
    with transaction.atomic():
        settings = ClassPolicy.objects.select_for_update().get(pk=class_policy(classroom).pk)
        if seen_version is not None and seen_version != settings.version:
            raise Conflict(
                _(
                    "Somebody else has changed these settings meanwhile. Yours are still here: compare and save."
                ),
                code="version",
                version=settings.version,
            )
        before = {name: getattr(settings, name) for name in changes}
        changed = {name: value for name, value in changes.items() if before[name] != value}
        if not changed:
            return settings
        if changed.get("mode") == ClassPolicy.Mode.AT_ONCE and not can_show_at_once(classroom):
            raise Invalid(
                _(
                    "Pictures can be shown at once only where a picture check stands behind them. "
                    "This class draws with a model outside and no check is set up."
                ),
                code="mode",
            )
        ClassPolicy.objects.filter(pk=settings.pk).update(
            **changed, version=F("version") + 1, updated_at=timezone.now()
        )
        AuditEvent.objects.create(
            school_id=classroom.school_id,
            actor=author,
            actor_name=str(author)[:80],
            verb="class_policy.edited",
            target=classroom.name,
            classroom=classroom,
            before={name: before[name] for name in changed},
            after=changed,
        )
    settings.refresh_from_db()
    return settings

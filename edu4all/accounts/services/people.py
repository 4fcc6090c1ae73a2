"""Accounts: made by a teacher or admin, or by a student with a class code; passwords are shown once."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from edu4all.accounts.models import AuditEvent, Classroom, Membership, School, User, make_class_code
from edu4all.accounts.names import clean_name, make_password, suggest_username
from edu4all.accounts.services.sign_in import end_access, end_sessions
from edu4all.web.problems import Conflict, Invalid, NotAllowed

MAX_NAMES = 100
MOST_MEMBERS = 300
# A table's first line, as teachers copy it along with the names.
TABLE_HEADS = frozenset(
    (
        "번호",
        "이름",
        "성명",
        "학생",
        "학생 이름",
        "학생이름",
        "학생명",
        "name",
        "names",
        "student",
        "full name",
    )
)
_NUMBER = re.compile(r"^[(\[]?\d+\s*(?:번(?=\s|$))?[.):\]\s-]*")
CHOOSE_A_PASSWORD = gettext_lazy("Choose a password of your own; the first one was only for coming in.")
UNKNOWN_CODE = gettext_lazy("No class has this code. Look at the board again: nine letters and numbers.")


@dataclass(frozen=True, slots=True)
class Credentials:
    """A sign-in to hand over; the password exists in clear only here, until it is printed."""

    user: User
    password: str = field(repr=False)


def school_of(person: User) -> School:
    """The school of somebody who has one; the operator has none and acts through Django's admin only."""
    if person.school is None:
        raise NotAllowed(_("This belongs to a school, and your account doesn't."))
    return person.school


def record(
    *,
    actor: User,
    verb: str,
    target: object = "",
    school: School | None = None,
    subject: User | None = None,
    classroom: Classroom | None = None,
    before: Any = None,
    after: Any = None,
) -> AuditEvent:
    """Write one line of the school's audit log. A person as its target is also its subject."""
    return AuditEvent.objects.create(
        school=school or school_of(actor),
        actor=actor,
        actor_name=str(actor)[:80],
        verb=verb,
        target=str(target)[:200],
        subject=target if isinstance(target, User) else subject,
        classroom=classroom,
        before=before,
        after=after,
    )


def make_account(
    *, school: School, role: str, display_name: str, username: str = "", **facts: Any
) -> Credentials:
    """Make a person with a first password. Without a user name an easy one is found.

    Raises:
        Conflict: code ``taken``, the user name is somebody's already.
    """
    made = _prepare_account(school=school, role=role, display_name=display_name, **facts)
    _save_account(made.user, username)
    return made


def _prepare_account(*, school: School, role: str, display_name: str, **facts: Any) -> Credentials:
    """A person not yet saved. Hashing the password takes a while, so no transaction may be open meanwhile."""
    password = make_password()
    user = User(school=school, role=role, display_name=clean_name(display_name), **facts)
    user.set_password(password)
    return Credentials(user, password)


def _save_account(user: User, username: str = "") -> None:
    for _attempt in range(20):
        user.username = username or suggest_username()
        try:
            with transaction.atomic():
                user.save(force_insert=True)
        except IntegrityError:
            if username:
                break
        else:
            return
    raise Conflict(_("This user name is taken. Choose another one."), code="taken")


def split_names(text: str) -> list[str]:
    """Names pasted from a table or a list: one a line, without its head, leading numbers and bullets."""
    names = []
    for line in unicodedata.normalize("NFC", text).replace("\r", "\n").split("\n"):
        cells = [cell.strip("-*•· \t") for cell in re.split(r"[\t,;]", line)]
        if any(cell.casefold() in TABLE_HEADS for cell in cells):
            continue
        words = (" ".join(_NUMBER.sub("", cell).split()) for cell in cells)
        name = clean_name(next((word for word in words if any(sign.isalpha() for sign in word)), ""))
        if name:
            names.append(name)
    return names


def new_names(names: Sequence[str], *, taken: Collection[str]) -> list[str]:
    """The names that nobody in the class has yet, each once."""
    known = {name.casefold() for name in taken}
    new: dict[str, str] = {}
    for name in names:
        if name.casefold() not in known:
            new.setdefault(name.casefold(), name)
    return list(new.values())


def repeated_names(names: Sequence[str], *, taken: Collection[str]) -> list[str]:
    """Those that are in the class already or stand twice among the names, each once."""
    counts = Counter(name.casefold() for name in [*taken, *names])
    return list({name.casefold(): name for name in names if counts[name.casefold()] > 1}.values())


def add_students(*, classroom: Classroom, actor: User, names: Sequence[str]) -> list[Credentials]:
    """Make an account for each name and put it into the class, all or none."""
    if not names:
        raise Invalid(_("Write at least one name, one on each line."))
    if len(names) > MAX_NAMES:
        raise Invalid(_("At most %(count)d names at once.") % {"count": MAX_NAMES})
    made = [
        _prepare_account(school=classroom.school, role=User.Role.STUDENT, display_name=name) for name in names
    ]
    with transaction.atomic():
        for entry in made:
            _save_account(entry.user)
        Membership.objects.bulk_create(Membership(classroom=classroom, user=entry.user) for entry in made)
        record(
            actor=actor,
            verb="students.added",
            target=classroom,
            classroom=classroom,
            after={"count": len(made)},
        )
    return made


def join_class(*, user: User, code: str) -> Classroom:
    """Put a student into the class of this code; somebody who left comes back.

    Raises:
        Invalid: code ``unknown_code``, no open class of the student's school has it.
    """
    classroom = find_class(code)
    if classroom is None or classroom.school_id != user.school_id or not user.is_student:
        raise Invalid(UNKNOWN_CODE, code="unknown_code")
    _require_room(classroom)
    membership, is_new = Membership.objects.get_or_create(
        classroom=classroom, user=user, defaults={"is_by_code": True}
    )
    if not is_new and membership.left_at is not None:
        again = Membership.objects.filter(pk=membership.pk, left_at__isnull=False)
        again.update(left_at=None, joined_at=timezone.now(), is_by_code=True)
    return classroom


def _require_room(classroom: Classroom) -> None:
    """A code that went round must not fill a school with accounts."""
    if classroom.memberships.current().count() >= MOST_MEMBERS:
        raise Invalid(_("This class is full. Tell your teacher."), code="unknown_code")


def join_as_new_student(
    *, code: str, display_name: str, username: str, password: str
) -> tuple[User, Classroom]:
    """Make a student's account in the school of the class with this code, and join it.

    Raises:
        Invalid: code ``unknown_code``.
        Conflict: code ``taken``, the user name is somebody's already.
    """
    classroom = find_class(code)
    if classroom is None:
        raise Invalid(UNKNOWN_CODE, code="unknown_code")
    _require_room(classroom)
    name = clean_name(display_name)
    user = User(username=username, school=classroom.school, role=User.Role.STUDENT, display_name=name)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
            Membership.objects.create(classroom=classroom, user=user, is_by_code=True)
    except IntegrityError:
        raise Conflict(_("This user name is taken. Choose another one."), code="taken") from None
    return user, classroom


def choose_password(*, user: User, password: str) -> None:
    """A password that somebody chose; tokens made with the old one end."""
    user.set_password(password)
    user.must_change_password = False
    with transaction.atomic():
        user.save(update_fields=["password", "must_change_password"])
        end_access(user=user)


def find_class(code: str) -> Classroom | None:
    wanted = "".join(code.split()).replace("-", "").upper()
    return Classroom.objects.open().filter(code=wanted, is_code_open=True).select_related("school").first()


def add_staff(*, school: School, actor: User, display_name: str, username: str, role: str) -> Credentials:
    """A new teacher or admin, who chooses a password of their own when first coming in."""
    made = _prepare_account(school=school, role=role, display_name=display_name, must_change_password=True)
    with transaction.atomic():
        _save_account(made.user, username)
        record(actor=actor, verb=f"{role}.added", target=made.user, after={"username": username})
    return made


def reset_password(*, person: User, actor: User) -> Credentials:
    """Give somebody a new first password; who did it goes to the audit log, sessions, tokens and pauses end.

    An adult replaces it when coming in. For a student the slip is the password: it opens nothing of
    others', and a class of children that must invent passwords first loses the lesson.
    """
    password = make_password()
    person.set_password(password)
    person.must_change_password = not person.is_student
    with transaction.atomic():
        person.save(update_fields=["password", "must_change_password"])
        end_access(user=person)
        record(actor=actor, verb="password.reset", target=person)
    return Credentials(person, password)


def set_active(*, person: User, actor: User, is_active: bool) -> None:
    """Let somebody in, or keep them out, which ends their sessions for good. Nobody can shut themselves out."""
    if person.pk == actor.pk:
        raise Invalid(_("You can't switch off your own account."))
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_active=is_active)
        if not is_active:
            end_sessions(user=person)
            end_access(user=person)
        record(actor=actor, verb="person.let_in" if is_active else "person.kept_out", target=person)


def correct_person(*, person_pk: int, actor: User, changes: Mapping[str, Any]) -> User:
    """Correct a name or user name; before and after go to the audit log."""
    changes = {
        name: clean_name(value) if name == "display_name" else value for name, value in changes.items()
    }
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=person_pk)
        changed = {name: value for name, value in changes.items() if getattr(person, name) != value}
        if changed:
            before = {name: getattr(person, name) for name in changed}
            for name, value in changed.items():
                setattr(person, name, value)
            person.save(update_fields=list(changed))
            record(actor=actor, verb="person.corrected", target=person, before=before, after=changed)
    return person


def remove_member(*, membership: Membership, actor: User) -> None:
    """Take somebody out of a class; their work stays with the class's teachers.

    The class gets a new code: with the old one a student would be back in a moment.
    """
    with transaction.atomic():
        won = Membership.objects.filter(pk=membership.pk, left_at=None).update(left_at=timezone.now())
        if won:
            Classroom.objects.filter(pk=membership.classroom_id).update(code=make_class_code())
            record(actor=actor, verb="member.removed", target=membership.user, classroom=membership.classroom)


def add_teacher_to_class(*, classroom: Classroom, teacher: User, actor: User) -> Membership:
    """Let a teacher of the school run this class too."""
    if teacher.school_id != classroom.school_id or not teacher.is_teacher:
        raise Invalid(_("Only a teacher of this school can run the class."))
    with transaction.atomic():
        membership, is_new = Membership.objects.get_or_create(
            classroom=classroom, user=teacher, defaults={"role": Membership.Role.TEACHER}
        )
        if not is_new:
            Membership.objects.filter(pk=membership.pk).update(left_at=None, role=Membership.Role.TEACHER)
        record(actor=actor, verb="teacher.added_to_class", target=teacher, classroom=classroom)
    return membership

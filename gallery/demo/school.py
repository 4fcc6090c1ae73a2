from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assignments import policy
from assignments.models import Assignment, ClassPolicy, Criterion, TermEntry
from assignments.services.policies import EntryInput, base_list, save_term_list
from assignments.services.providers import ensure_sample_model, offer_environment_model, offer_model
from edu4all.accounts.models import Classroom, Membership, School, User

PASSWORD = "edu4all-demo"  # noqa: S105 - public on purpose, and refused outside of DEBUG
CLASSMATES = (
    "김도윤",
    "이서연",
    "박하준",
    "최지우",
    "정예은",
    "강시우",
    "조아인",
    "윤지호",
    "임채원",
    "한유나",
)
DEMO_CAP_USD = 2


@dataclass(frozen=True)
class Demo:
    school: School
    teacher: User
    classroom: Classroom
    assignment: Assignment


@transaction.atomic
def seed_school() -> Demo:
    """Make the demo school; what is there already stays as it is."""
    school = _school("하늘초등학교 Haneul School", somebody="admin")
    other = _school("바다초등학교 Bada School", somebody="stranger")
    admin = _person(school, "admin", User.Role.ADMIN, "한지민 관리자")
    teacher = _person(school, "teacher", User.Role.TEACHER, "김하늘 선생님")
    teacher2 = _person(school, "teacher2", User.Role.TEACHER, "이바다 선생님")
    students = [
        _person(school, "student", User.Role.STUDENT, "서보라"),
        _person(school, "student2", User.Role.STUDENT, "오하루"),
        *(
            _person(school, f"classmate{number}", User.Role.STUDENT, name)
            for number, name in enumerate(CLASSMATES, start=1)
        ),
    ]
    stranger = _person(other, "stranger", User.Role.STUDENT, "문소라")
    classroom = _classroom(school, "4학년 2반", "HANEUL742", teacher, students, ClassPolicy.Mode.AT_ONCE)
    _classroom(school, "5학년 1반", "HANEUL751", teacher2, [], ClassPolicy.Mode.AFTER_REVIEW)
    _classroom(other, "1학년 1반", "BADABA711", None, [stranger], ClassPolicy.Mode.AFTER_REVIEW)
    _base_list(school, admin)
    _models(school, other)
    return Demo(school, teacher, classroom, _tasks(classroom, teacher))


def _school(name: str, *, somebody: str) -> School:
    """The school of this person, whatever it is called by now."""
    found = School.objects.filter(users__username=somebody).first()
    return found or School.objects.create(name=name)


def _person(school: School, username: str, role: str, name: str) -> User:
    found = User.objects.filter(username=username).first()
    if found is not None:
        return found
    return User.objects.create_user(username, password=PASSWORD, school=school, role=role, display_name=name)


def _classroom(
    school: School, name: str, code: str, teacher: User | None, students: list[User], mode: str
) -> Classroom:
    # Whoever tries the demo makes classes of the same name, renames them, and gives them new codes.
    like_it = Classroom.objects.filter(Q(name=name) | Q(code=code), school=school)
    found = like_it.order_by("pk").first()
    if found is not None:
        return found
    classroom = Classroom.objects.create(school=school, name=name, code=code)
    ClassPolicy.objects.create(classroom=classroom, mode=mode, age_group="8-10")
    if teacher is not None:
        Membership.objects.create(classroom=classroom, user=teacher, role=Membership.Role.TEACHER)
    Membership.objects.bulk_create(Membership(classroom=classroom, user=student) for student in students)
    return classroom


def _base_list(school: School, admin: User) -> None:
    term_list = base_list(school)
    if term_list.version:
        return
    terms = [*policy.shipped.lesson("ko"), *policy.shipped.lesson("en")]
    entries = [EntryInput(term.text, term.matching.value, TermEntry.Kind.TERM, term.group) for term in terms]
    save_term_list(
        term_list=term_list,
        author=admin,
        entries=entries,
        base_version=0,
        note="수업의 목록 / the lesson's list",
    )


def _models(*schools: School) -> None:
    """The sample provider for both schools; with a key in the environment, its provider for the first."""
    for number, school in enumerate(schools, start=1):
        sample = ensure_sample_model("Sample" if number == 1 else f"Sample {number}")
        offer_model(school=school, image_model=sample, is_default=True)
    external = offer_environment_model(school=schools[0])
    if external is not None:
        today = timezone.localdate()
        School.objects.filter(pk=schools[0].pk, daily_cap_usd=None).update(daily_cap_usd=DEMO_CAP_USD)
        School.objects.filter(pk=schools[0].pk).update(
            council_reviewed_at=today,
            council_reviewed_by="demo",
            guardians_consented_at=today,
            guardians_consented_by="demo",
        )


def _tasks(classroom: Classroom, teacher: User) -> Assignment:
    """The task that the pictures belong to: its title was copied or changed by whoever tries the demo."""
    first = Assignment.objects.filter(classroom=classroom).order_by("pk").first()
    if first is not None:
        return first
    now = timezone.now()
    assignment = Assignment.objects.create(
        classroom=classroom,
        title="낯선 곳의 기념물 / A monument in another place",
        brief=(
            "기념물을 하나 골라 아무도 생각하지 못한 곳에 세워 보세요. 때와 날씨, 곁에 있는 누군가도 써 주세요.\n"
            "Put a monument where nobody expects it. Say what time it is, what the weather is, and who is there."
        ),
        created_by=teacher,
        published_at=now,
        due_at=(now + timedelta(days=7)).replace(minute=0, second=0, microsecond=0),
        tries=20,
        pictures_per_press=1,
    )
    lines = [
        ("생각 / The idea", "아무도 생각하지 못한 곳인가요? / Somewhere nobody expects?"),
        ("낱말 / The words", "눈에 보이듯이 썼나요? / Can one see it from the words?"),
        ("다시 하기 / Trying again", "고쳐 쓰며 나아졌나요? / Did each try teach something?"),
    ]
    Criterion.objects.bulk_create(
        Criterion(assignment=assignment, title=title, description=text, points=5, position=position)
        for position, (title, text) in enumerate(lines)
    )
    _second_task(classroom, teacher)
    return assignment


def _second_task(classroom: Classroom, teacher: User) -> None:
    now = timezone.now()
    bridge = Assignment.objects.create(
        classroom=classroom,
        title="안개 속의 다리 / A bridge in the fog",
        brief=(
            "안개가 낀 날의 다리를 그려 보세요. 누가 건너고 있나요?\n"
            "Draw a bridge on a foggy day. Who is crossing it?"
        ),
        created_by=teacher,
        published_at=now,
        due_at=(now + timedelta(days=14)).replace(minute=0, second=0, microsecond=0),
        tries=10,
    )
    Criterion.objects.create(assignment=bridge, title="분위기 / The mood", points=5)

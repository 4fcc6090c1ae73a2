"""The first page of whoever runs classes: what waits comes first."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments.models import Appeal, HiddenPicture, Lesson, Picture
from edu4all.accounts.models import Membership
from gallery.models import Submission
from gallery.services.desk import desk_of
from gallery.services.grades import grade_submission
from tests.assignments.rows import make_generation, make_notice
from tests.cast import Cast, make_assignment, make_classroom

from .works import costs_the_same, hand_in_work, make_students, make_work

pytestmark = pytest.mark.django_db


def test_counts_each_kind_in_ones_own_classes(cast: Cast, submission: Submission) -> None:
    hung = make_work(cast, moderation="approved")
    HiddenPicture.objects.create(picture=hung, person=cast.student2)
    HiddenPicture.objects.create(picture=hung, person=cast.student3)
    refused = make_generation(cast, status="refused", refusal_stage="policy")
    Appeal.objects.create(generation=refused)
    sad = make_generation(cast, status="refused", refusal_stage="policy", verdict_kind="self_harm")
    make_notice(sad, "self_harm")
    graded = hand_in_work(cast, make_work(cast, student=cast.student2))
    scores = {criterion.pk: Decimal(3) for criterion in cast.assignment.criteria.all()}
    grade_submission(submission=graded, grader=cast.teacher, scores=scores)
    Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment, started_by=cast.teacher)
    desk = desk_of(cast.teacher)
    assert [(row.pk, row.count) for row in desk.to_review] == [(cast.classroom.pk, 2)]
    assert [(row.pk, row.count) for row in desk.to_grade] == [(cast.assignment.pk, 1)]
    assert [(row.pk, row.count) for row in desk.to_release] == [(cast.assignment.pk, 1)]
    assert (desk.told_count, desk.appeal_count, desk.notice_count, len(desk.lessons)) == (1, 1, 1, 1)
    assert [(task.handed_in_count, task.student_count) for task in desk.tasks] == [(2, 2)]
    for stranger in (cast.teacher2, cast.stranger_teacher, cast.stranger_admin):
        other = desk_of(stranger)
        assert other.is_clear
        assert not other.notice_count
        assert not other.lessons


def test_the_page_says_a_number_and_a_verb(cast: Cast, work: Picture, visit: Callable) -> None:
    text = visit(cast.teacher).get(reverse("gallery:desk")).content.decode()
    assert '<span class="number">1</span>' in text
    assert "picture to review" in text
    assert "Nothing waits for you." in visit(cast.teacher2).get(reverse("gallery:desk")).content.decode()


def test_only_those_who_run_classes_have_a_desk(cast: Cast, visit: Callable) -> None:
    expected = {"teacher": 200, "admin": 200, "student": 403, "stranger": 403, "operator": 403}
    for name, status in expected.items():
        assert visit(getattr(cast, name)).get(reverse("gallery:desk")).status_code == status, name


def test_queries_do_not_grow_with_the_school(cast: Cast, visit: Callable) -> None:
    url = reverse("gallery:desk")

    def grow(start: int = 0, count: int = 12) -> None:
        for number, student in enumerate(make_students(cast, count, start), start):
            hand_in_work(cast, make_work(cast, student=student))
            room = make_classroom(
                cast.school, f"Class {number}", teacher=cast.teacher, students=[student], mode="at_once"
            )
            task = make_assignment(room, f"Task {number}")
            hand_in_work(cast, make_work(cast, student=student, assignment=task))
            Lesson.objects.create(classroom=room, assignment=task)
            Membership.objects.filter(user=student).update(paused_until=timezone.now() + timedelta(hours=1))

    grow(0, 2)
    costs_the_same(visit(cast.teacher), url, lambda: grow(100))
    costs_the_same(visit(cast.admin), url, lambda: grow(200))

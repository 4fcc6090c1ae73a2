"""Before the release nothing tells a student that there is a grade."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from edu4all.web.problems import Conflict
from gallery.models import Grade, GradeChange, Submission
from gallery.services.grades import grade_submission, release_grades
from gallery.services.submissions import withdraw
from tests.cast import Cast
from tests.gallery.works import due, hand_in_work, make_work

pytestmark = pytest.mark.django_db


def grade(cast: Cast, submission: Submission, points: int = 4) -> Grade:
    scores = {criterion.pk: Decimal(points) for criterion in cast.assignment.criteria.all()}
    return grade_submission(submission=submission, grader=cast.teacher, scores=scores, comment="Well seen.")


def told(client: Client, submission: Submission) -> tuple[object, ...]:
    """All that the pages and the API tell the student of the hand-in, but for the form's token."""
    page = client.get(reverse("gallery:submission", args=[submission.pk]))
    box = client.get(reverse("gallery:submission_box", args=[submission.assignment_id]))
    own = client.get(reverse("gallery:own_submissions"))
    context = {name: page.context[name] for name in ("status", "can_withdraw", "can_hand_in", "grade")}
    return (
        context,
        "Take it back" in page.content.decode(),
        box.content,
        [status for _row, status in own.context["rows"]],
        client.get(f"/api/v1/submissions/{submission.pk}/").json(),
    )


def test_a_hand_in_looks_the_same_with_a_grade_that_is_kept_back(cast: Cast, client) -> None:
    submission = hand_in_work(cast, make_work(cast))
    client.force_login(cast.student)
    before = told(client, submission)
    grade(cast, submission)
    assert told(client, submission) == before


@pytest.mark.parametrize("is_graded", [False, True])
def test_taking_back_is_answered_the_same(cast: Cast, client, is_graded: bool) -> None:
    submission = hand_in_work(cast, make_work(cast))
    if is_graded:
        grade(cast, submission)
    client.force_login(cast.student)
    due(cast.assignment, due_at=timezone.now() - timedelta(minutes=1))
    late = client.post(f"/api/v1/submissions/{submission.pk}/withdraw/")
    assert (late.status_code, late.json()["code"]) == (409, "too_late")
    due(cast.assignment, due_at=None)
    answer = client.post(f"/api/v1/submissions/{submission.pk}/withdraw/")
    assert (answer.status_code, answer.json()["status"]) == (200, "withdrawn")


def test_a_grade_of_work_that_was_taken_back_waits_with_the_teacher(cast: Cast) -> None:
    picture = make_work(cast)
    submission = hand_in_work(cast, picture)
    grade(cast, submission)
    withdraw(submission=submission, student=cast.student)
    assert release_grades(assignment=cast.assignment, actor=cast.teacher) == 0
    hand_in_work(cast, picture, title="Evening walk")
    assert release_grades(assignment=cast.assignment, actor=cast.teacher) == 0
    kept = grade(cast, submission, points=5)
    assert (kept.version, kept.released_at) == (2, None)
    assert GradeChange.objects.filter(submission=submission).count() == 2


def test_refusals_speak_of_a_grade_only_after_the_release(cast: Cast) -> None:
    picture = make_work(cast)
    submission = hand_in_work(cast, picture)
    grade(cast, submission)
    with pytest.raises(Conflict) as caught:
        hand_in_work(cast, picture, title="Evening walk")
    assert caught.value.code == "already_handed_in"
    assert "graded" not in str(caught.value.detail)
    release_grades(assignment=cast.assignment, actor=cast.teacher)
    with pytest.raises(Conflict) as caught:
        hand_in_work(cast, picture, title="Evening walk")
    assert caught.value.code == "graded"
    with pytest.raises(Conflict) as caught:
        withdraw(submission=submission, student=cast.student)
    assert caught.value.code == "graded"

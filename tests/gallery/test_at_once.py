"""Two people, or one who presses twice, in the same moment: real threads, each with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from assignments.models import Picture
from edu4all.web.problems import Problem
from gallery.models import Grade, GradeChange, Review, Submission, SubmissionEvent
from gallery.services.grades import grade_submission
from gallery.services.reviews import review_picture
from gallery.services.submissions import hand_in, return_submission, withdraw
from tests.cast import Cast

from .works import hand_in_work, make_work

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> list[object]:
    """Every act in a thread of its own, begun at once; what each gave back, or the problem it met."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        barrier.wait(10)
        try:
            return act()
        except Problem as problem:
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_a_hand_in_pressed_four_times_is_one(cast: Cast) -> None:
    picture = make_work(cast)
    facts = {"student": cast.student, "assignment": cast.assignment, "pictures": [picture]}
    results = together(*[lambda: hand_in(title="Walk", reflection="", **facts)] * 4)
    assert len({made.pk for made in results if isinstance(made, Submission)}) == 1
    assert not [problem for problem in results if isinstance(problem, Problem)]
    assert Submission.objects.count() == SubmissionEvent.objects.count() == 1
    assert list(Submission.objects.get().pictures.all()) == [picture]


def test_of_two_graders_who_saw_nothing_one_is_told(cast: Cast) -> None:
    submission = hand_in_work(cast, make_work(cast))
    criteria = [criterion.pk for criterion in cast.assignment.criteria.all()]

    def grade(grader, points: int) -> Callable:
        scores = dict.fromkeys(criteria, Decimal(points))
        return lambda: grade_submission(submission=submission, grader=grader, scores=scores, base_version=0)

    results = together(grade(cast.teacher, 2), grade(cast.admin, 5))
    assert [result.code for result in results if isinstance(result, Problem)] == ["version"]
    kept = Grade.objects.get()
    assert kept.version == GradeChange.objects.count() == 1
    assert len(set(kept.scores.values_list("points", flat=True))) == 1


def test_two_reviewers_leave_one_truth(cast: Cast) -> None:
    picture = make_work(cast, moderation="waiting")
    together(
        lambda: review_picture(picture=picture, reviewer=cast.teacher, decision="approve"),
        lambda: review_picture(picture=picture, reviewer=cast.admin, decision="reject", reason="No."),
        lambda: review_picture(picture=picture, reviewer=cast.admin, decision="reject", reason="No."),
    )
    outcome = {"approve": ("approved", "ready"), "reject": ("rejected", "refused")}
    last = Review.objects.first()
    assert last is not None
    now = Picture.objects.select_related("generation").get(pk=picture.pk)
    assert (now.moderation, now.generation.status) == outcome[last.decision]
    assert Review.objects.filter(decision="approve").count() == 1


def test_taking_back_and_returning_at_once_end_in_one_state(cast: Cast) -> None:
    submission = hand_in_work(cast, make_work(cast))
    results = together(
        lambda: withdraw(submission=submission, student=cast.student),
        lambda: return_submission(submission=submission, teacher=cast.teacher, reason="Again, please."),
    )
    submission.refresh_from_db()
    assert sum(isinstance(result, Problem) for result in results) == 1
    verbs = list(SubmissionEvent.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["handed_in", submission.status]

"""Grading against the rubric, two graders at once, the release."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse

from assignments.models import Criterion, Picture
from edu4all.accounts.models import AuditEvent, Membership
from edu4all.web.problems import Conflict, Invalid, NotAllowed
from gallery.models import Grade, GradeChange, Score, Submission
from gallery.services.grades import grade_submission, release_grades
from gallery.services.submissions import withdraw
from tests.cast import Cast

from .works import costs_the_same, hand_in_work, make_students, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def criteria(cast: Cast) -> list[Criterion]:
    return list(cast.assignment.criteria.all())


def points(criteria: list[Criterion], *values: object) -> dict[int, Decimal]:
    return {criterion.pk: Decimal(str(value)) for criterion, value in zip(criteria, values, strict=True)}


def sheet(criteria: list[Criterion], *values: object, version: int = 0, comment: str = "Well done.") -> dict:
    given = zip(criteria, values, strict=True)
    return {
        "version": version,
        "comment": comment,
        **{f"criterion-{line.pk}": value for line, value in given},
    }


class TestService:
    def test_a_grade_is_kept_with_its_history(
        self, cast: Cast, submission: Submission, criteria: list
    ) -> None:
        grade_submission(
            submission=submission, grader=cast.teacher, scores=points(criteria, 3, "4.5"), comment="Good."
        )
        grade = grade_submission(
            submission=submission, grader=cast.admin, scores=points(criteria, 4, 5), comment="Better."
        )
        assert (grade.version, grade.comment, grade.grader) == (2, "Better.", cast.admin)
        assert sorted(Score.objects.values_list("points", flat=True)) == [Decimal(4), Decimal(5)]
        assert [change.comment for change in GradeChange.objects.all()] == ["Better.", "Good."]
        submission.refresh_from_db()
        assert submission.status == "graded"

    def test_the_same_grade_twice_is_one(self, cast: Cast, submission: Submission, criteria: list) -> None:
        facts = {
            "submission": submission,
            "grader": cast.teacher,
            "scores": points(criteria, 3, 4),
            "base_version": 0,
        }
        assert grade_submission(**facts).version == grade_submission(**facts).version == 1
        assert GradeChange.objects.count() == 1

    def test_the_second_of_two_graders_is_told(
        self, cast: Cast, submission: Submission, criteria: list
    ) -> None:
        facts = {"submission": submission, "base_version": 0}
        grade_submission(grader=cast.teacher, scores=points(criteria, 3, 4), **facts)
        with pytest.raises(Conflict) as caught:
            grade_submission(grader=cast.admin, scores=points(criteria, 5, 5), **facts)
        assert (caught.value.code, caught.value.extra) == ("version", {"version": 1})
        assert Grade.objects.get().grader == cast.teacher

    @pytest.mark.parametrize("value", ["-0.5", "5.5", "2.25", "NaN", "Infinity"])
    def test_points_stay_in_range_and_in_halves(
        self, cast: Cast, submission: Submission, criteria: list, value: str
    ) -> None:
        with pytest.raises(Invalid):
            grade_submission(submission=submission, grader=cast.teacher, scores=points(criteria, 3, value))
        assert not Grade.objects.exists()

    def test_every_criterion_and_no_other(self, cast: Cast, submission: Submission, criteria: list) -> None:
        foreign = cast.assignment2.criteria.first()
        for scores in ({}, points(criteria[:1], 3), points([*criteria, foreign], 3, 3, 3)):
            with pytest.raises(Invalid) as caught:
                grade_submission(submission=submission, grader=cast.teacher, scores=scores)
            assert caught.value.code == "scores"

    def test_only_handed_in_work_by_whoever_runs_the_class(
        self, cast: Cast, submission: Submission, criteria: list
    ) -> None:
        facts = {"submission": submission, "scores": points(criteria, 3, 3)}
        for person in (cast.student, cast.teacher2, cast.stranger_admin):
            with pytest.raises(NotAllowed):
                grade_submission(grader=person, **facts)
        withdraw(submission=submission, student=cast.student)
        with pytest.raises(Conflict) as caught:
            grade_submission(grader=cast.teacher, **facts)
        assert caught.value.code == "not_handed_in"


class TestRelease:
    def test_shows_all_grades_together_and_later_ones_later(
        self, cast: Cast, submission: Submission, criteria: list, visit: Callable
    ) -> None:
        page = reverse("gallery:submission", args=[submission.pk])
        late = hand_in_work(cast, make_work(cast, student=cast.student2))
        grade_submission(
            submission=submission, grader=cast.teacher, scores=points(criteria, 3, "4.5"), comment="Fine dog."
        )
        before = visit(cast.student).get(page).content.decode()
        assert "Fine dog." not in before
        assert "Graded" not in before
        assert release_grades(assignment=cast.assignment, actor=cast.teacher) == 1
        after = visit(cast.student).get(page).content.decode()
        assert "Fine dog." in after
        assert "7.5" in after
        grade_submission(
            submission=late, grader=cast.teacher, scores=points(criteria, 1, 1), comment="Late one."
        )
        assert (
            "Late one."
            not in visit(cast.student2).get(reverse("gallery:submission", args=[late.pk])).content.decode()
        )
        assert release_grades(assignment=cast.assignment, actor=cast.teacher) == 1
        assert release_grades(assignment=cast.assignment, actor=cast.teacher) == 0
        assert AuditEvent.objects.filter(verb="grades.released").count() == 2

    def test_the_page_asks_with_the_numbers(
        self, cast: Cast, submission: Submission, criteria: list, visit: Callable
    ) -> None:
        url = reverse("gallery:release", args=[cast.assignment.pk])
        client = visit(cast.teacher)
        assert "There is nothing to release" in client.get(url).content.decode()
        grade_submission(submission=submission, grader=cast.teacher, scores=points(criteria, 3, 3))
        text = client.get(url).content.decode()
        assert "1 student will see the grade" in text
        assert "1 student has handed in nothing." in text
        assert Grade.objects.get().released_at is None
        client.post(url)
        assert Grade.objects.get().released_at is not None

    def test_only_whoever_runs_the_class(self, cast: Cast, visit: Callable) -> None:
        url = reverse("gallery:release", args=[cast.assignment.pk])
        for name, status in {"student": 403, "teacher2": 404, "stranger_teacher": 404, "admin": 302}.items():
            assert visit(getattr(cast, name)).post(url).status_code == status, name


class TestDesk:
    def test_one_line_a_student(self, cast: Cast, submission: Submission, visit: Callable) -> None:
        Membership.objects.filter(user=cast.student).update(left_at=submission.handed_in_at)
        page = visit(cast.teacher).get(reverse("gallery:submissions", args=[cast.assignment.pk]))
        states = {str(row.student): row.state for row in page.context["rows"]}
        assert states == {"Bora": "handed_in", "Haru": "missing"}
        narrowed = visit(cast.teacher).get(page.wsgi_request.path, {"state": "missing"})
        assert [str(row.student) for row in narrowed.context["rows"]] == ["Haru"]

    def test_the_page_holds_all_that_a_grader_weighs(self, cast: Cast, visit: Callable) -> None:
        make_work(cast, prompt="A dog")
        final = make_work(cast, prompt="A dog beside a tower", sent_prompt="Frame: a dog beside a tower")
        submission = hand_in_work(cast, final, reflection="I added the tower.")
        text = visit(cast.teacher).get(reverse("gallery:submission", args=[submission.pk])).content.decode()
        for words in (
            "A dog beside a tower",
            "Frame: a dog beside a tower",
            "I added the tower.",
            "2 tries at this task",
        ):
            assert words in text

    def test_saving_goes_on_to_the_next_that_waits(
        self, cast: Cast, submission: Submission, criteria: list, visit: Callable
    ) -> None:
        other = hand_in_work(cast, make_work(cast, student=cast.student2))
        client = visit(cast.teacher)
        answer = client.post(reverse("gallery:grade", args=[submission.pk]), sheet(criteria, 4, 5))
        assert answer.headers["Location"] == reverse("gallery:submission", args=[other.pk])
        answer = client.post(reverse("gallery:grade", args=[other.pk]), sheet(criteria, 4, 5))
        assert answer.headers["Location"] == reverse("gallery:submissions", args=[cast.assignment.pk])

    def test_two_at_once_lose_nothing(
        self, cast: Cast, submission: Submission, criteria: list, visit: Callable
    ) -> None:
        url = reverse("gallery:grade", args=[submission.pk])
        visit(cast.admin).post(url, sheet(criteria, 1, 2, comment="From the admin."))
        answer = visit(cast.teacher).post(url, sheet(criteria, 4, 5, comment="From the teacher."))
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "From the admin." in text
        assert "From the teacher." in text
        assert Grade.objects.get().comment == "From the admin."
        assert 'name="version" value="1"' in text
        visit(cast.teacher).post(url, sheet(criteria, 4, 5, version=1, comment="From the teacher."))
        assert Grade.objects.get().comment == "From the teacher."

    def test_a_slip_keeps_what_was_typed(
        self, cast: Cast, submission: Submission, criteria: list, visit: Callable
    ) -> None:
        answer = visit(cast.teacher).post(
            reverse("gallery:grade", args=[submission.pk]), sheet(criteria, 9, 5)
        )
        assert answer.status_code == 422
        assert "Well done." in answer.content.decode()
        assert not Grade.objects.exists()

    def test_queries_do_not_grow_with_the_class(
        self, cast: Cast, submission: Submission, visit: Callable
    ) -> None:
        client = visit(cast.teacher)

        def grow(count: int = 30, start: int = 100) -> None:
            scores = {criterion.pk: Decimal(3) for criterion in cast.assignment.criteria.all()}
            for place, student in enumerate(make_students(cast, count, start)):
                made = hand_in_work(cast, make_work(cast, student=student))
                if place % 2:
                    grade_submission(submission=made, grader=cast.teacher, scores=scores)

        grow(3, 0)
        costs_the_same(client, reverse("gallery:submissions", args=[cast.assignment.pk]), grow)
        costs_the_same(client, reverse("gallery:release", args=[cast.assignment.pk]), lambda: grow(10, 200))
        costs_the_same(client, reverse("gallery:submission", args=[submission.pk]), lambda: grow(10, 300))

    def test_tries_do_not_cost_queries(
        self, cast: Cast, work: Picture, submission: Submission, visit: Callable
    ) -> None:
        make_work(cast)
        url = reverse("gallery:submission", args=[submission.pk])
        costs_the_same(visit(cast.teacher), url, lambda: [make_work(cast) for _number in range(20)])

"""Before the release nothing tells a student that there is a grade."""

from decimal import Decimal

import pytest

from edu4all.web.problems import Conflict
from gallery.services.grades import grade_submission, release_grades
from gallery.services.submissions import withdraw
from tests.cast import Cast
from tests.gallery.works import hand_in_work, make_work

pytestmark = pytest.mark.django_db


def test_refusals_speak_of_a_grade_only_after_the_release(cast: Cast) -> None:
    picture = make_work(cast)
    submission = hand_in_work(cast, picture)
    scores = {criterion.pk: Decimal(4) for criterion in cast.assignment.criteria.all()}
    grade_submission(submission=submission, grader=cast.teacher, scores=scores, comment="Well seen.")
    for is_released, said in ((False, {"already_handed_in", "changed"}), (True, {"graded"})):
        if is_released:
            release_grades(assignment=cast.assignment, actor=cast.teacher)
        problems = []
        with pytest.raises(Conflict) as caught:
            hand_in_work(cast, picture, title="Evening walk")
        problems.append(caught.value)
        with pytest.raises(Conflict) as caught:
            withdraw(submission=submission, student=cast.student)
        problems.append(caught.value)
        assert {problem.code for problem in problems} == said
        assert any("graded" in str(problem.detail) for problem in problems) is is_released

"""The demo is made again at every start, whatever was tried in it."""

import pytest

from assignments.services.assignments import close_assignment, copy_assignment
from edu4all.accounts.models import Classroom, School, User
from gallery.demo import draw_works, seed_school

pytestmark = pytest.mark.django_db


def test_a_second_start_finds_what_the_first_one_made() -> None:
    demo = seed_school()
    School.objects.filter(pk=demo.school.pk).update(name="Another name")
    Classroom.objects.create(school=demo.school, name=demo.classroom.name)
    copy_assignment(assignment=demo.assignment, classroom=demo.classroom, actor=demo.teacher)
    close_assignment(assignment=demo.assignment, actor=demo.teacher)
    User.objects.get(username="classmate1").delete()
    again = seed_school()
    assert (again.school, again.classroom, again.assignment) == (demo.school, demo.classroom, demo.assignment)
    assert School.objects.count() == 2
    assert Classroom.objects.filter(school=demo.school).count() == 3
    assert draw_works(again) == 0

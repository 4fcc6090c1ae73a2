from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments.models import Assignment, Generation
from edu4all.accounts.models import AuditEvent, Classroom
from tests.cast import Cast, make_assignment

pytestmark = pytest.mark.django_db


def task_data(**changes: object) -> dict[str, object]:
    """A whole and valid form of a task with two lines of rubric."""
    data: dict[str, object] = {
        "title": "A bridge in the fog",
        "brief": "Who is crossing it?",
        "monuments_mode": "free",
        "monuments": "",
        "tries": 8,
        "pictures_per_press": 1,
        "variety": "0.5",
        "is_colour_required": "on",
        "is_published": "on",
        "criteria-TOTAL_FORMS": 3,
        "criteria-INITIAL_FORMS": 0,
        "criteria-0-title": "Idea",
        "criteria-0-points": 5,
        "criteria-1-title": "Words",
        "criteria-1-points": 10,
        "criteria-2-title": "",
        "criteria-2-points": 5,
    }
    return data | changes


def test_a_teacher_makes_a_class_and_runs_it(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    response = client.post(reverse("assignments:classes"), {"name": "Art club"})
    made = Classroom.objects.get(name="Art club")
    assert response.headers["Location"] == reverse("accounts:roster", args=[made.pk])
    assert made.can_be_managed_by(cast.teacher)
    assert not made.can_be_managed_by(cast.teacher2)


def test_a_task_is_made_with_its_rubric(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    response = client.post(reverse("assignments:assignment_new", args=[cast.classroom.pk]), task_data())
    assert response.status_code == 302
    task = Assignment.objects.get(title="A bridge in the fog")
    assert (task.tries, task.variety, task.is_open, task.created_by) == (8, 0.5, True, cast.teacher)
    assert list(task.criteria.values_list("title", "points")) == [("Idea", 5), ("Words", 10)]
    assert AuditEvent.objects.filter(verb="assignment.made", target=task.title).exists()


def test_a_draft_is_seen_by_its_teacher_only(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    data = task_data()
    del data["is_published"]
    client.post(reverse("assignments:assignment_new", args=[cast.classroom.pk]), data)
    task = Assignment.objects.get(title="A bridge in the fog")
    assert not Assignment.objects.visible_to(cast.student).filter(pk=task.pk).exists()
    assert Assignment.objects.visible_to(cast.teacher).filter(pk=task.pk).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"tries": 0}, "tries"),
        ({"pictures_per_press": 5}, "pictures_per_press"),
        ({"variety": "1.5"}, "variety"),
        ({"monuments_mode": "listed"}, "monuments"),
        ({"due_at": "2026-05-02T10:00", "closes_at": "2026-05-01T10:00"}, "closes_at"),
    ],
)
def test_a_bad_task_is_not_saved_and_nothing_typed_is_lost(cast: Cast, client, changes, field: str) -> None:
    client.force_login(cast.teacher)
    url = reverse("assignments:assignment_new", args=[cast.classroom.pk])
    page = client.post(url, task_data(**changes))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "Who is crossing it?" in page.content.decode()
    assert not Assignment.objects.filter(brief="Who is crossing it?").exists()


def test_a_criterion_needs_points(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    url = reverse("assignments:assignment_new", args=[cast.classroom.pk])
    assert client.post(url, task_data(**{"criteria-1-points": ""})).status_code == 422
    assert client.post(url, task_data(**{"criteria-1-points": "101"})).status_code == 422


def test_changing_a_task_keeps_the_lines_that_stay(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    idea, words = cast.assignment.criteria.all()
    data = task_data(
        **{
            "criteria-INITIAL_FORMS": 2,
            "criteria-0-pk": idea.pk,
            "criteria-0-title": "A bold idea",
            "criteria-1-pk": words.pk,
            "criteria-1-title": "",
        }
    )
    client.post(reverse("assignments:assignment_edit", args=[cast.assignment.pk]), data)
    assert list(cast.assignment.criteria.values_list("pk", "title")) == [(idea.pk, "A bold idea")]


def test_a_line_of_another_tasks_rubric_can_not_be_taken(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    foreign = cast.assignment2.criteria.first()
    data = task_data(**{"criteria-0-pk": foreign.pk})
    client.post(reverse("assignments:assignment_edit", args=[cast.assignment.pk]), data)
    foreign.refresh_from_db()
    assert (foreign.assignment, foreign.title) == (cast.assignment2, "Idea")


def test_close_open_again_and_copy(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    url = reverse("assignments:assignment_state", args=[cast.assignment.pk])
    client.post(url, {"action": "close"})
    cast.assignment.refresh_from_db()
    assert not cast.assignment.is_open
    Assignment.objects.filter(pk=cast.assignment.pk).update(closes_at=timezone.now() - timedelta(days=1))
    client.post(url, {"action": "reopen"})
    cast.assignment.refresh_from_db()
    assert cast.assignment.is_open
    response = client.post(url, {"action": "copy"})
    copy = Assignment.objects.exclude(pk=cast.assignment.pk).get(classroom=cast.classroom)
    assert response.headers["Location"] == reverse("assignments:assignment_edit", args=[copy.pk])
    assert (copy.published_at, copy.due_at, copy.criteria.count()) == (None, None, 2)


@pytest.mark.parametrize(
    ("person", "status"),
    [("teacher", 200), ("admin", 200), ("student", 403), ("teacher2", 404), ("stranger_teacher", 404)],
)
@pytest.mark.parametrize("name", ["classroom", "assignment_new", "refused", "lesson"])
def test_who_may_see_a_classs_pages(cast: Cast, client, name: str, person: str, status: int) -> None:
    client.force_login(getattr(cast, person))
    assert client.get(reverse(f"assignments:{name}", args=[cast.classroom.pk])).status_code == status


def _refuse(cast: Cast, number: int, **facts: object) -> Generation:
    defaults: dict[str, object] = {
        "assignment": cast.assignment,
        "classroom": cast.classroom,
        "membership": cast.classroom.memberships.get(user=cast.student),
        "student": cast.student,
        "prompt": "a knight with a sword",
        "idempotency_key": f"refused-{number}",
        "body_hash": "x",
        "status": "refused",
        "refusal_stage": "policy",
        "matches": [
            {"term": "swords", "start": 16, "end": 21, "text": "sword", "rule": "word", "list": "school"}
        ],
    }
    return Generation.objects.create(**(defaults | facts))


def test_refused_prompts_are_there_to_read_with_the_word_marked(cast: Cast, client) -> None:
    _refuse(cast, 1)
    client.force_login(cast.teacher)
    page = client.get(reverse("assignments:refused", args=[cast.classroom.pk])).content.decode()
    assert "a knight with a " in page
    assert 'class="marked"' in page
    assert "swords" in page


def test_words_that_sound_like_trouble_are_not_in_the_list(cast: Cast, client) -> None:
    _refuse(cast, 1, verdict_kind="self_harm", prompt="words for the counsellor only")
    client.force_login(cast.teacher)
    page = client.get(reverse("assignments:refused", args=[cast.classroom.pk])).content.decode()
    assert "counsellor" not in page


def test_refused_prompts_by_stage(cast: Cast, client) -> None:
    _refuse(cast, 1)
    _refuse(cast, 2, refusal_stage="prompt", prompt="what the provider refused", matches=[])
    client.force_login(cast.teacher)
    url = reverse("assignments:refused", args=[cast.classroom.pk])
    page = client.get(url, {"stage": "prompt"}).content.decode()
    assert "what the provider refused" in page
    assert "a knight with" not in page


@pytest.mark.parametrize("name", ["classes", "classroom", "refused"])
def test_queries_do_not_grow(cast: Cast, client, django_assert_max_num_queries, name: str) -> None:
    client.force_login(cast.teacher)
    url = reverse(f"assignments:{name}", args=[] if name == "classes" else [cast.classroom.pk])
    _refuse(cast, 0)
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    for number in range(1, 40):
        _refuse(cast, number)
        make_assignment(cast.classroom, f"Task {number}")
    for number in range(15):
        made = Classroom.objects.create(school=cast.school, name=f"Club {number}")
        made.memberships.create(user=cast.teacher, role="teacher")
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_a_class_is_renamed_and_the_history_says_so(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    address = reverse("assignments:classroom_edit", args=[cast.classroom.pk])
    assert client.post(address, {"name": " "}).status_code == 422
    before = cast.classroom.name
    assert client.post(address, {"name": "Class 5-1"}).status_code == 302
    event = AuditEvent.objects.get(verb="class.renamed")
    assert (event.before, event.after) == ({"name": before}, {"name": "Class 5-1"})
    client.force_login(cast.admin)
    assert "Class 5-1" in client.get(reverse("assignments:audit")).content.decode()


def test_a_class_is_put_away_whole_and_comes_back(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    state = reverse("assignments:classroom_state", args=[cast.classroom.pk])
    lesson = reverse("assignments:lesson_start", args=[cast.classroom.pk])
    client.post(lesson, {"assignment": cast.assignment.pk})
    client.post(state, {"action": "archive"})
    assert not cast.classroom.lessons.filter(ended_at=None).exists()
    client.post(lesson, {"assignment": cast.assignment.pk})
    assert not cast.classroom.lessons.filter(ended_at=None).exists()
    classes = client.get(reverse("assignments:classes")).context
    assert cast.classroom in classes["archived"]
    assert cast.classroom not in classes["classrooms"]

    client.force_login(cast.student)
    assert client.get(reverse("assignments:studio", args=[cast.assignment.pk])).status_code == 404
    client.force_login(cast.teacher)
    client.post(state, {"action": "bring_back"})
    client.force_login(cast.student)
    assert client.get(reverse("assignments:studio", args=[cast.assignment.pk])).status_code == 200
    verbs = AuditEvent.objects.filter(verb__startswith="class.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["class.archived", "class.brought_back"]


def test_a_colleague_is_taken_out_of_a_class_but_nobody_takes_out_oneself(cast: Cast, client) -> None:
    client.force_login(cast.teacher)
    client.post(
        reverse("accounts:add_class_teacher", args=[cast.classroom.pk]), {"teacher": cast.teacher2.pk}
    )
    page = client.get(reverse("accounts:roster", args=[cast.classroom.pk])).content.decode()
    theirs, own = (
        reverse(
            "accounts:remove_member",
            args=[cast.classroom.pk, cast.classroom.memberships.current().get(user=person).pk],
        )
        for person in (cast.teacher2, cast.teacher)
    )
    assert theirs in page
    assert own not in page
    client.post(theirs)
    client.post(own)
    assert not cast.classroom.can_be_managed_by(cast.teacher2)
    assert cast.classroom.can_be_managed_by(cast.teacher)

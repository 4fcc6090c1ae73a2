"""The school's history: every change in words that an admin can read to a parent, in both languages."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from assignments.models import Appeal, Generation
from assignments.services.facts import facts_of_event
from assignments.templatetags.audit import VERBS
from edu4all.accounts.models import AuditEvent, User
from tests.assignments.rows import make_generation
from tests.cast import Cast
from tests.gallery.works import queries_of

pytestmark = pytest.mark.django_db

NOW = "2026-03-02T09:30:00+09:00"


def event(verb: str, before: Any = None, after: Any = None) -> AuditEvent:
    return AuditEvent(verb=verb, before=before, after=after)


def told(verb: str, before: Any = None, after: Any = None) -> list[tuple[str, str | None, str]]:
    return [(fact.label, fact.before, fact.after) for fact in facts_of_event(event(verb, before, after))]


@pytest.mark.parametrize(
    ("verb", "before", "after", "words"),
    [
        (
            "class_policy.edited",
            {"mode": "after_review", "groups_off": []},
            {"mode": "at_once", "groups_off": ["weapons"]},
            [
                ("Shipped groups that are off", "–", "weapons"),
                (
                    "When pictures are shown",
                    "After review: nothing is shown before a teacher decided",
                    "At once when the automatic check passed",
                ),
            ],
        ),
        (
            "class_policy.edited",
            {"meta_prompt_ko": "", "is_wall_open": True},
            {"meta_prompt_ko": "Draw {colour}", "is_wall_open": False},
            [
                ("The class sees its wall", "yes", "no"),
                ("Meta-prompt (Korean)", "the shipped one", "Draw {colour}"),
            ],
        ),
        (
            "school.edited",
            {"council_reviewed_at": None},
            {"council_reviewed_at": "2026-03-02"},
            [("Reviewed by the school council on", "–", "2 March 2026")],
        ),
        (
            "school.edited",
            {"helplines": []},
            {"helplines": [{"name_ko": "상담", "name_en": "Line", "number": "1388"}]},
            [("Helplines", "–", "Line 1388")],
        ),
        (
            "assignment.edited",
            {"due_at": None, "tries": 5},
            {"due_at": NOW, "tries": 8},
            [("Due", "–", "2 Mar 2026, 9:30 a.m."), ("Tries", "5", "8")],
        ),
        (
            "image_model.stopped",
            None,
            {"reason": "key_rejected"},
            [("Reason", None, "The key is not accepted")],
        ),
        ("named_people.added", None, {"artist": ["A", "B"]}, [("Living artist", None, "A, B")]),
        ("grades.released", None, {"assignment": 7, "grades": 3}, [("Grades", None, "3")]),
    ],
)
def test_facts_are_words(verb: str, before: Any, after: Any, words: list[Any]) -> None:
    with translation.override("en"):
        assert sorted(told(verb, before, after), key=str) == sorted(words, key=str)


def test_a_time_reads_as_one_says_it_in_both_languages() -> None:
    moment = timezone.make_aware(datetime(2026, 11, 21, 17, 4))
    page = Template('{{ moment|date:"DATETIME_FORMAT" }}/{{ moment|date:"SHORT_DATETIME_FORMAT" }}')
    expected = {
        "ko": "2026년 11월 21일 오후 5:04/2026. 11. 21. 오후 5:04",
        "en": "21 November 2026, 5:04 p.m./21 Nov 2026, 5:04 p.m.",
    }
    for language, words in expected.items():
        with translation.override(language):
            assert page.render(Context({"moment": moment})) == words


def test_what_one_signs_in_with_has_one_name(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    client.cookies["django_language"] = "ko"
    with translation.override("ko"):
        (corrected,) = told("person.corrected", {"username": "a"}, {"username": "b"})
    assert corrected[0] == "아이디"
    for address in (reverse("accounts:staff"), reverse("gallery:person", args=[cast.student.pk])):
        assert "사용자 이름" not in client.get(address).content.decode()


def sheet_data(client: Client, address: str) -> dict[str, Any]:
    """The form of a task as the page shows it, ready to be sent back."""
    page = client.get(address).context
    fields = [
        field
        for form in (page["form"], page["rubric"].management_form, *page["rubric"].forms)
        for field in form
    ]
    data = {field.html_name: field.value() for field in fields if field.value() is not None}
    return data | {"seen": page["seen"]}


def test_a_change_of_a_task_says_what_it_was_and_became(cast: Cast, client: Client) -> None:
    client.force_login(cast.teacher)
    address = reverse("assignments:assignment_edit", args=[cast.assignment.pk])
    data = sheet_data(client, address)
    assert client.post(address, data | {"tries": 3}).status_code == 302
    changed = AuditEvent.objects.get(verb="assignment.edited")
    assert (changed.before, changed.after) == ({"tries": cast.assignment.tries}, {"tries": 3})
    client.post(address, sheet_data(client, address))
    assert AuditEvent.objects.filter(verb="assignment.edited").count() == 1


def test_two_teachers_at_one_task_lose_nothing(cast: Cast, client: Client) -> None:
    address = reverse("assignments:assignment_edit", args=[cast.assignment.pk])
    client.force_login(cast.teacher)
    data = sheet_data(client, address)
    client.force_login(cast.admin)
    assert client.post(address, sheet_data(client, address) | {"title": "Theirs"}).status_code == 302
    client.force_login(cast.teacher)
    page = client.post(address, data | {"title": "Mine"})
    assert page.status_code == 409
    cast.assignment.refresh_from_db()
    assert cast.assignment.title == "Theirs"
    assert [(fact.label, fact.before, fact.after) for fact in page.context["theirs"]] == [
        ("Title", "Theirs", "Mine")
    ]
    assert client.post(address, data | {"title": "Mine", "seen": page.context["seen"]}).status_code == 302
    cast.assignment.refresh_from_db()
    assert cast.assignment.title == "Mine"


def test_an_answered_question_tells_whose_words_as_long_as_they_are_kept(cast: Cast, client: Client) -> None:
    client.force_login(cast.admin)
    address = reverse("assignments:audit")

    def answered(prompt: str, student: User) -> Generation:
        refused = make_generation(
            cast, prompt=prompt, student=student, status="refused", refusal_stage="policy"
        )
        appeal = Appeal.objects.create(generation=refused)
        answer = {"action": "except", "exceptions": prompt, "answer": f"For {student}."}
        client.post(reverse("assignments:appeal_answer", args=[appeal.pk]), answer)
        return refused

    refused = answered("장난감 칼", cast.student)
    ((_event, facts),) = client.get(address).context["rows"]
    assert [fact.after for fact in facts] == ["Bora", "장난감 칼", "For Bora.", "장난감 칼"]
    few = queries_of(client, address)
    answered("종이 칼", cast.student2)
    assert queries_of(client, address) == few
    refused.delete()
    (_newer, (_event, facts)) = client.get(address).context["rows"]
    assert [fact.label for fact in facts] == ["Exceptions for the class"]
    assert "For Bora." not in str(AuditEvent.objects.values_list("after", "before"))


def test_every_verb_of_the_programs_has_words() -> None:
    root = Path(__file__).parents[2]
    sources = [
        path.read_text()
        for folder in ("edu4all", "assignments", "gallery")
        for path in (root / folder).rglob("*.py")
        if "templatetags" not in path.parts
    ]
    written = {verb for text in sources for verb in re.findall(r'"([a-z_]+\.[a-z_]+)"', text)}
    nouns = {verb.partition(".")[0] for verb in VERBS}
    recorded = {verb for verb in written if verb.partition(".")[0] in nouns and " " not in verb}
    assert recorded - set(VERBS) == set()


def test_the_page_is_readable_in_both_languages(cast: Cast, client: Client) -> None:
    AuditEvent.objects.create(
        school=cast.school,
        actor=cast.teacher,
        actor_name="Kim",
        verb="class_policy.edited",
        target=cast.classroom.name,
        classroom=cast.classroom,
        before={"mode": "after_review"},
        after={"mode": "at_once"},
    )
    client.force_login(cast.admin)
    for language in ("ko", "en"):
        client.cookies["django_language"] = language
        page = client.get(reverse("assignments:audit")).content.decode()
        assert "after_review" not in page
        assert "<code>mode</code>" not in page

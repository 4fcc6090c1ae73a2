"""Whatever people write is text on every page: no page takes it for markup."""

from datetime import timedelta

import pytest
from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from assignments.models import Appeal, Assignment, Criterion, Generation, Lesson
from assignments.services.policies import EntryInput, base_list, class_list, save_class_policy, save_term_list
from edu4all.accounts.models import Classroom, User
from gallery.models import Submission
from gallery.services import exhibitions
from tests.assignments.rows import make_generation
from tests.cast import Cast
from tests.gallery.works import hand_in_work, make_work

pytestmark = pytest.mark.django_db

MARKUP = "<img src=x onerror=boo>"


def test_a_fields_help_is_text() -> None:
    class Form(forms.Form):
        points = forms.IntegerField(help_text=MARKUP)

    html = render_to_string("components/field.html", {"field": Form()["points"]})
    assert MARKUP not in html
    assert "&lt;img" in html


@pytest.fixture
def written_everywhere(cast: Cast) -> dict[str, int | str]:
    """The same markup wherever somebody of the school can write something; the numbers for the addresses."""
    User.objects.filter(school=cast.school).update(display_name=MARKUP)
    Classroom.objects.filter(pk=cast.classroom.pk).update(name=MARKUP)
    Assignment.objects.filter(pk=cast.assignment.pk).update(title=MARKUP, brief=MARKUP, monuments=[MARKUP])
    Criterion.objects.filter(assignment=cast.assignment).update(title=MARKUP, description=MARKUP)
    cast.assignment.refresh_from_db()
    term = EntryInput(MARKUP, "phrase", note=MARKUP)
    for term_list, author in (
        (class_list(cast.classroom), cast.teacher),
        (base_list(cast.school), cast.admin),
    ):
        save_term_list(term_list=term_list, author=author, entries=[term], base_version=term_list.version)
    changes = {"meta_prompt_en": f"Bright. {MARKUP}", "meta_prompt_ko": f"밝게. {MARKUP}"}
    save_class_policy(classroom=cast.classroom, author=cast.teacher, changes=changes)
    picture = make_work(cast, moderation="approved", has_files=True, prompt=MARKUP, student=cast.student)
    type(picture).objects.filter(pk=picture.pk).update(alt_en=MARKUP, alt_ko=MARKUP, revised_prompt=MARKUP)
    waiting = make_work(cast, moderation="waiting", has_files=True, prompt=MARKUP, student=cast.student2)
    submission = hand_in_work(cast, picture)
    Submission.objects.filter(pk=submission.pk).update(title=MARKUP, reflection=MARKUP, monument=MARKUP)
    refused = make_generation(
        cast, student=cast.student, status="refused", refusal_stage="policy", prompt=MARKUP, hint="listed"
    )
    match = {"term": MARKUP, "start": 0, "end": 4, "text": MARKUP[:4], "rule": "phrase", "list": "class"}
    facts = {"version": 1, "group": MARKUP, "hint": "", "is_secret": False}
    Generation.objects.filter(pk=refused.pk).update(matches=[match | facts])
    Appeal.objects.create(generation=refused)
    Lesson.objects.create(classroom=cast.classroom, assignment=cast.assignment, started_by=cast.teacher)
    show = exhibitions.create_exhibition(
        classroom=cast.classroom, creator=cast.teacher, title=MARKUP, text=MARKUP
    )
    exhibitions.hang_pictures(exhibition=show, actor=cast.teacher, pictures=[picture])
    exhibit = show.exhibits.get()
    exhibitions.label_exhibit(exhibit=exhibit, actor=cast.teacher, title=MARKUP, artist_label=MARKUP)
    today = timezone.localdate() - timedelta(days=1)
    exhibitions.record_consent(exhibit=exhibit, actor=cast.teacher, consented_by=MARKUP, consented_at=today)
    exhibitions.open_exhibition(exhibition=show, actor=cast.teacher)
    return {
        "classroom": cast.classroom.pk,
        "assignment": cast.assignment.pk,
        "picture": picture.pk,
        "waiting": waiting.pk,
        "generation": refused.pk,
        "submission": submission.pk,
        "exhibition": show.pk,
        "key": show.key,
    }


PAGES = {
    "student": [
        ("assignments:list", None),
        ("assignments:studio", "assignment"),
        ("assignments:generation", "generation"),
        ("assignments:picture", "picture"),
        ("gallery:wall", "classroom"),
        ("gallery:own_submissions", None),
        ("gallery:submission", "submission"),
        ("gallery:submission_box", "assignment"),
    ],
    "student2": [
        ("assignments:picture", "picture"),
        ("gallery:wall", "classroom"),
        ("gallery:hand_in", "assignment"),
    ],
    "teacher": [
        ("gallery:desk", None),
        ("gallery:reviews", None),
        ("gallery:review", "waiting"),
        ("gallery:submissions", "assignment"),
        ("gallery:submission", "submission"),
        ("gallery:lesson_rows", "assignment"),
        ("gallery:exhibitions", None),
        ("gallery:exhibition", "exhibition"),
        ("gallery:wall", "classroom"),
        ("assignments:classes", None),
        ("assignments:classroom", "classroom"),
        ("assignments:assignment_edit", "assignment"),
        ("assignments:lesson", "classroom"),
        ("assignments:refused", "classroom"),
        ("assignments:class_terms", "classroom"),
        ("assignments:class_terms_history", "classroom"),
        ("assignments:class_policy", "classroom"),
        ("assignments:appeals", None),
        ("assignments:studio", "assignment"),
        ("accounts:roster", "classroom"),
    ],
    "admin": [
        ("assignments:base_terms", None),
        ("assignments:base_terms_history", None),
        ("assignments:money", None),
        ("accounts:school", None),
        ("accounts:staff", None),
        ("assignments:audit", None),
        ("gallery:people", None),
    ],
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_takes_words_for_markup(cast: Cast, client, written_everywhere, name: str) -> None:
    client.force_login(getattr(cast, name))
    shown = 0
    for page, thing in PAGES[name]:
        url = reverse(page, args=[written_everywhere[thing]] if thing else [])
        answer = client.get(url)
        assert answer.status_code == 200, url
        text = answer.content.decode()
        assert "<img src=x" not in text, url
        assert "onerror=boo>" not in text, url
        shown += "&lt;img src=x onerror=boo&gt;" in text
    assert shown > len(PAGES[name]) // 2


def test_nor_does_the_page_of_the_public(cast: Cast, client, written_everywhere) -> None:
    text = client.get(reverse("gallery:public_exhibition", args=[written_everywhere["key"]])).content.decode()
    assert "<img src=x" not in text
    assert text.count("&lt;img src=x onerror=boo&gt;") >= 3

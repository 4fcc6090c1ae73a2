"""What a teacher takes along: grades, prompts and marked pictures, safe to open."""

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from assignments.models import PictureFile
from edu4all.accounts.models import AuditEvent
from gallery.models import Submission
from gallery.services.export import safe_cell, safe_name
from gallery.services.grades import grade_submission
from tests.assignments.rows import make_generation
from tests.cast import Cast, make_assignment

from .works import hand_in_work, make_students, make_work

pytestmark = pytest.mark.django_db


def opened(answer) -> zipfile.ZipFile:
    assert answer.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.testzip() is None
    return archive


def table(archive: zipfile.ZipFile, ending: str) -> list[list[str]]:
    name = next(name for name in archive.namelist() if name.endswith(ending))
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def url_of(cast: Cast) -> str:
    return reverse("gallery:export_assignment", args=[cast.assignment.pk])


def test_holds_grades_prompts_and_marked_pictures(cast: Cast, visit: Callable) -> None:
    picture = make_work(cast, has_files=True, prompt="에펠탑 옆의 개", sent_prompt="틀: 에펠탑 옆의 개")
    submission = hand_in_work(cast, picture, title="아침 산책", monument="에펠탑")
    scores = {criterion.pk: Decimal("4.5") for criterion in cast.assignment.criteria.all()}
    grade_submission(submission=submission, grader=cast.teacher, scores=scores, comment="좋아요")
    answer = visit(cast.teacher).post(url_of(cast))
    assert answer.headers["Content-Type"] == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    archive = opened(answer)
    head, row = table(archive, "grades.csv")
    line = dict(zip(head, row, strict=True))
    assert line["Student"] == "Bora"
    assert (line["Title"], line["Monument"], line["Sum"], line["Comment"]) == (
        "아침 산책",
        "에펠탑",
        "9.0",
        "좋아요",
    )
    head, row = table(archive, "prompts.csv")
    assert dict(zip(head, row, strict=True))["Text sent"] == "틀: 에펠탑 옆의 개"
    name = next(name for name in archive.namelist() if name.endswith(".webp"))
    assert "Bora - 아침 산책" in name
    assert b"trainedAlgorithmicMedia" in archive.read(name)
    assert AuditEvent.objects.get(verb="class.exported").actor == cast.teacher


def test_speaks_the_readers_language(cast: Cast, visit: Callable) -> None:
    hand_in_work(cast, make_work(cast))
    for language, word in (("ko", "학생"), ("en", "Student")):
        archive = opened(visit(cast.teacher, language=language).post(url_of(cast)))
        assert table(archive, "grades.csv")[0][0] == word


@pytest.mark.parametrize("title", ["=1+1", "+SUM(A1)", "-2+3", "@cmd", "＝HYPERLINK(1)"])
def test_no_cell_is_a_formula(cast: Cast, visit: Callable, title: str) -> None:
    make_generation(cast, prompt=f"{title}|' /C calc'!A0")
    submission = hand_in_work(cast, make_work(cast))
    Submission.objects.filter(pk=submission.pk).update(title=title, reflection="\t=2+5")
    archive = opened(visit(cast.teacher).post(url_of(cast)))
    for ending in ("grades.csv", "prompts.csv"):
        cells = [cell for row in table(archive, ending) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "＝"))]
    assert f"'{title}" in [cell for row in table(archive, "grades.csv") for cell in row]


def test_a_reflection_of_somebody_in_need_is_left_out(cast: Cast, visit: Callable) -> None:
    """Also when it stands beyond what one prompt may hold, or came in before the words were known."""
    reflection = "다리를 그려 보았다. " * 90 + "나는 죽고 싶어"
    submission = hand_in_work(cast, make_work(cast, has_files=True))
    Submission.objects.filter(pk=submission.pk).update(title="I want to kill myself", reflection=reflection)
    archive = opened(visit(cast.teacher).post(url_of(cast)))
    head, row = table(archive, "grades.csv")
    line = dict(zip(head, row, strict=True))
    assert line["Title"] == line["Reflection"] == "(left out: see the notes for you alone)"
    assert not [name for name in archive.namelist() if "kill" in name]


def test_words_of_distress_stay_with_the_named_adult(cast: Cast, visit: Callable) -> None:
    make_generation(
        cast, status="refused", refusal_stage="policy", verdict_kind="self_harm", prompt="so very sad"
    )
    make_generation(cast, prompt="a cat")
    prompts = [row[2] for row in table(opened(visit(cast.teacher).post(url_of(cast))), "prompts.csv")]
    assert "a cat" in prompts
    assert "so very sad" not in prompts


def test_a_class_is_a_folder_for_each_task(cast: Cast, visit: Callable) -> None:
    make_assignment(cast.classroom, "../../etc/passwd: a bridge?")
    archive = opened(visit(cast.teacher).post(reverse("gallery:export_class", args=[cast.classroom.pk])))
    folders = {name.partition("/")[0] for name in archive.namelist()} - {"README.txt"}
    assert len(folders) == 2
    assert not [name for name in archive.namelist() if ".." in name.split("/") or name.startswith("/")]


def test_a_lost_file_does_not_break_the_rest(cast: Cast, visit: Callable) -> None:
    lost, kept = make_work(cast, has_files=True), make_work(cast, student=cast.student2, has_files=True)
    for picture in (lost, kept):
        hand_in_work(cast, picture)
    default_storage.delete(PictureFile.objects.get(picture=lost, name="large").file)
    archive = opened(visit(cast.teacher).post(url_of(cast)))
    assert [name for name in archive.namelist() if name.endswith(".webp")] == [
        name for name in archive.namelist() if f"({kept.pk})" in name
    ]


def test_who_may_take_it_along(cast: Cast, visit: Callable) -> None:
    urls = [url_of(cast), reverse("gallery:export_class", args=[cast.classroom.pk])]
    expected = {
        "student": 403,
        "student3": 404,
        "teacher2": 404,
        "stranger_admin": 404,
        "operator": 404,
        "admin": 200,
    }
    for name, status in expected.items():
        answers = [visit(getattr(cast, name)).post(url) for url in urls]
        assert [answer.status_code for answer in answers] == [status, status], name
        assert visit(getattr(cast, name)).get(urls[0]).status_code == 405


def test_queries_do_not_grow_with_the_class(
    cast: Cast, visit: Callable, django_assert_max_num_queries
) -> None:
    client = visit(cast.teacher)

    def grow(start: int, count: int) -> None:
        for student in make_students(cast, count, start):
            hand_in_work(cast, make_work(cast, student=student))

    def cost() -> int:
        with django_assert_max_num_queries(60) as seen:
            opened(client.post(url_of(cast)))
        return len(seen)

    grow(0, 3)
    cost()
    few = cost()
    grow(100, 40)
    assert cost() == few


def test_names_and_cells() -> None:
    assert safe_name('a/b\\c:"d"*?') == "a b c d"
    assert safe_name("...") == "-"
    assert safe_name("work \u202egnp.exe") == "work  gnp.exe"
    assert [safe_cell(value) for value in (None, 3, "plain", "=x")] == ["", "3", "plain", "'=x"]

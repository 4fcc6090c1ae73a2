"""Grades, prompts and pictures as one ZIP, made while it is sent: a class of thirty never stands in memory."""

from __future__ import annotations

import csv
import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from assignments.models import Assignment, Criterion, Generation, PictureFile
from assignments.services.need import speaks_of_need
from assignments.services.pictures import open_file
from edu4all.accounts.models import AuditEvent, Classroom, User
from gallery.models import Submission, SubmissionPicture

from .rights import require_manager

logger = logging.getLogger(__name__)

PART_BYTES = 64 * 1024
# A cell that begins so is a formula to a spreadsheet, and a pupil can write one into a title.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
# Separators and wildcards of any system, and the signs that turn the writing around ("gnp.exe").
UNFIT_FOR_A_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069]+')


class Sink:
    """Takes what the ZIP writer writes and hands it on; it can't go back, so the writer streams."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def take(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def safe_cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, "CSV Injection"): such text gets a quote in front."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text


def safe_name(text: str, most: int = 60) -> str:
    """Text as part of a file name on any system."""
    return UNFIT_FOR_A_NAME.sub(" ", text).strip(" .")[:most].strip(" .") or "-"


def export_class(*, classroom: Classroom, actor: User, assignments: Sequence[Assignment]) -> Iterator[bytes]:
    """The archive of these assignments of one class, in parts; the export goes to the school's log.

    A folder an assignment: ``grades.csv``, ``prompts.csv``, and ``pictures/`` with what is handed in, each
    file with its AI mark. Words of self-harm or threat are not in it: they are for the named adult alone.

    Raises:
        NotAllowed: the person doesn't run the class.
    """
    require_manager(classroom=classroom, person=actor)
    AuditEvent.objects.create(
        school_id=classroom.school_id,
        actor=actor,
        actor_name=str(actor)[:80],
        verb="class.exported",
        target=classroom.name,
        classroom=classroom,
        after={"assignments": [assignment.pk for assignment in assignments]},
    )
    return _archive(assignments, translation.get_language() or "en")


def _archive(assignments: Sequence[Assignment], language: str) -> Iterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        archive.writestr("README.txt", _notice(language))
        for assignment in assignments:
            folder = f"{assignment.pk:05d} {safe_name(assignment.title)}"
            submissions = list(_submissions(assignment))
            archive.writestr(f"{folder}/grades.csv", _grades_table(assignment, submissions, language))
            archive.writestr(f"{folder}/prompts.csv", _prompts_table(assignment, language))
            yield sink.take()
            for name, file in _named_files(submissions):
                yield from stored(archive, sink, f"{folder}/pictures/{name}", file)
    yield sink.take()


def _notice(language: str) -> str:
    with translation.override(language):
        return _(
            "Every picture in this archive was made with an image model. Each file says so in its metadata "
            "(IPTC digital source type)."
        )


def _submissions(assignment: Assignment) -> Iterable[Submission]:
    chosen = SubmissionPicture.objects.select_related("picture").prefetch_related(
        Prefetch("picture__files", PictureFile.objects.filter(name="large"), to_attr="large_files")
    )
    return (
        Submission.objects.filter(assignment=assignment)
        .select_related("student", "grade")
        .prefetch_related(Prefetch("chosen", chosen), "grade__scores")
        .order_by("student__display_name", "pk")
    )


def _table(head: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    """CSV with the byte order mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def _when(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else ""


def _grades_table(assignment: Assignment, submissions: Sequence[Submission], language: str) -> str:
    criteria = list(Criterion.objects.filter(assignment=assignment))
    with translation.override(language):
        head = [
            _("Student"),
            _("User name"),
            _("Status"),
            _("Late"),
            _("Handed in"),
            _("Title"),
            _("Monument"),
        ]
        head += [_("Reflection"), *(f"{criterion.title} /{criterion.points}" for criterion in criteria)]
        head += [_("Sum"), _("Comment"), _("Released")]
        return _table(head, (_grades_row(submission, criteria) for submission in submissions))


def _grades_row(submission: Submission, criteria: Sequence[Criterion]) -> list[Any]:
    grade = getattr(submission, "grade", None)
    points = {score.criterion_id: score.points for score in grade.scores.all()} if grade else {}
    return [
        submission.student,
        submission.student.username,
        submission.get_status_display(),
        _("yes") if submission.is_late else "",
        _when(submission.handed_in_at),
        _without_need(submission.title),
        submission.monument,
        _without_need(submission.reflection),
        *(points.get(criterion.pk, "") for criterion in criteria),
        sum(points.values()) if points else "",
        grade.comment if grade else "",
        _when(grade.released_at) if grade else "",
    ]


def _without_need(text: str) -> str:
    return _("(left out: see the notes for you alone)") if speaks_of_need(text) else text


def _prompts_table(assignment: Assignment, language: str) -> str:
    generations = (
        Generation.objects.filter(assignment=assignment, verdict_kind="ordinary")
        .select_related("student", "image_model")
        .order_by("student__display_name", "created_at", "pk")
    )
    with translation.override(language):
        head = [_("Student"), _("When"), _("Prompt"), _("Status"), _("Refused by"), _("Reason")]
        head += [_("Text sent"), _("Image model")]
        rows = (
            [
                generation.student,
                _when(generation.created_at),
                generation.prompt,
                generation.get_status_display(),
                generation.get_refusal_stage_display(),
                generation.refusal_reason,
                generation.sent_prompt,
                generation.image_model or "",
            ]
            for generation in generations.iterator(chunk_size=500)
        )
        return _table(head, rows)


def _named_files(submissions: Sequence[Submission]) -> Iterator[tuple[str, PictureFile]]:
    for submission in submissions:
        for chosen in submission.chosen.all():
            for file in chosen.picture.large_files:  # type: ignore[attr-defined]
                person = safe_name(str(submission.student), 30)
                ending = file.mime.rpartition("/")[2]
                title = safe_name(_without_need(submission.title), 40)
                yield f"{person} - {title} ({chosen.picture_id}).{ending}", file


def stored(archive: zipfile.ZipFile, sink: Sink, name: str, file: PictureFile) -> Iterator[bytes]:
    try:
        source = open_file(file)
    except OSError:
        logger.warning("Picture file %s is missing in the storage and was left out of an export", file.pk)
        return
    info = zipfile.ZipInfo(name, timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED
    with source, archive.open(info, "w") as target:
        while part := source.read(PART_BYTES):
            target.write(part)
            yield sink.take()
    yield sink.take()

"""Everything that is stored about one student, to see and to take along."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from assignments.models import Appeal, Generation, HiddenPicture, Picture, PictureFile, SafetyWords
from edu4all.accounts.models import AuditEvent, Membership, User
from edu4all.accounts.services.people import record
from gallery.models import Exhibit, GradeChange, Review, Submission

from .export import Sink, stored

CHUNK = 500
# What of each kind is about the student; the order is the file's.
GENERATION_FACTS = (
    "id",
    "assignment__title",
    "classroom__name",
    "operation",
    "prompt",
    "language",
    "status",
    "refusal_stage",
    "refusal_reason",
    "matches",
    "verdict_kind",
    "image_model__name",
    "cost_usd",
    "created_at",
    "settled_at",
)


def counts_of(person: User) -> dict[str, int]:
    """How much there is, for the page; one query each."""
    return {
        "prompts": Generation.objects.filter(student=person).count(),
        "pictures": Picture.objects.filter(generation__student=person).count(),
        "submissions": Submission.objects.filter(student=person).count(),
        "exhibits": Exhibit.objects.filter(picture__generation__student=person).count(),
    }


def facts_of(person: User) -> dict[str, Any]:
    """Everything about a student except the bytes of the pictures, as plain data."""
    return {
        "account": {
            "user_name": person.username,
            "name": person.display_name,
            "role": person.role,
            "language": person.language,
            "is_active": person.is_active,
            "made_at": person.date_joined,
            "last_sign_in_at": person.last_login,
        },
        "classes": _rows(
            Membership.objects.filter(user=person), "classroom__name", "role", "joined_at", "left_at"
        ),
        "prompts": _rows(Generation.objects.filter(student=person).order_by("pk"), *GENERATION_FACTS),
        "pictures": _rows(
            Picture.objects.filter(generation__student=person).order_by("pk"),
            *("id", "generation_id", "moderation", "moderated_at", "width", "height", "seed"),
            *("alt_ko", "alt_en", "check_outcome", "check_categories", "created_at"),
        ),
        "questions": _rows(
            Appeal.objects.filter(generation__student=person),
            *("generation_id", "status", "answer", "answered_at", "created_at"),
        ),
        "safety_notices": _rows(
            SafetyWords.objects.filter(generation__student=person),
            *("generation_id", "kind", "notice__note", "notice__last_at", "notice__seen_at"),
        ),
        "hand_ins": _rows(
            Submission.objects.filter(student=person).order_by("pk"),
            *("id", "assignment__title", "title", "reflection", "monument", "status", "is_late"),
            *("handed_in_at", "return_reason"),
        ),
        "grades": _rows(
            GradeChange.objects.filter(submission__student=person).order_by("pk"),
            *("submission_id", "scores", "comment", "version", "created_at"),
        ),
        "reviews": _rows(
            Review.objects.filter(picture__generation__student=person).order_by("pk"),
            *("picture_id", "decision", "reason", "is_takedown", "created_at"),
        ),
        "exhibited": _rows(
            Exhibit.objects.filter(picture__generation__student=person),
            *("exhibition__title", "picture_id", "title", "artist_label"),
            *("consented_at", "consented_by", "consent_withdrawn_at"),
        ),
        "history": _rows(
            AuditEvent.objects.filter(subject=person).order_by("pk"),
            *("verb", "target", "before", "after", "created_at"),
        ),
        "hidden": _rows(HiddenPicture.objects.filter(person=person), "picture_id", "created_at"),
    }


def export_person(*, person: User, actor: User) -> Iterator[bytes]:
    """A ZIP in parts: ``data.json`` and every picture's largest size with its AI mark. Goes to the audit log."""
    record(actor=actor, verb="person.exported", target=person, school=person.school)
    return _archive(person)


def _archive(person: User) -> Iterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        text = json.dumps(facts_of(person), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", text)
        yield sink.take()
        files = PictureFile.objects.filter(picture__generation__student=person, name="large")
        for file in files.order_by("picture_id").iterator(chunk_size=CHUNK):
            ending = file.mime.rpartition("/")[2]
            yield from stored(archive, sink, f"pictures/{file.picture_id}.{ending}", file)
    yield sink.take()


def _rows(rows: QuerySet[Any], *names: str) -> list[dict[str, Any]]:
    return [
        {name.replace("__", "_"): value for name, value in row.items()}
        for row in rows.values(*names).iterator(chunk_size=CHUNK)
    ]

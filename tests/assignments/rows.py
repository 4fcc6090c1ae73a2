"""Generations and pictures as the engine leaves them behind, with real files in the storage; and a press."""

from __future__ import annotations

import hashlib
import io
import uuid
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from assignments.generation import images
from assignments.models import Assignment, Generation, Picture, PictureFile, SafetyNotice
from assignments.services.safety import tell_adult
from edu4all.accounts.models import Membership, User
from tests.cast import Cast

WORDS = "A dog beside the Eiffel Tower in the morning sun"


def make_generation(
    cast: Cast, *, student: User | None = None, assignment: Assignment | None = None, **facts: Any
) -> Generation:
    student = student or cast.student
    assignment = assignment or cast.assignment
    defaults = {
        "prompt": "A dog beside the Eiffel Tower",
        "status": "ready",
        "idempotency_key": uuid.uuid4().hex,
        "image_model": cast.image_model,
        "limit": cast.limit,
        "language": "en",
    }
    return Generation.objects.create(
        student=student,
        assignment=assignment,
        classroom=assignment.classroom,
        membership=Membership.objects.get(user=student, classroom=assignment.classroom),
        **(defaults | facts),
    )


def make_notice(generation: Generation, kind: str) -> SafetyNotice:
    """An adult is told of a refused press, as the services do."""
    return tell_adult(generation=generation, membership=generation.membership, kind=kind)


def png(colour: tuple[int, int, int] = (30, 120, 200), size: tuple[int, int] = (1536, 864)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def make_picture(
    generation: Generation, *, position: int = 0, has_files: bool = True, **facts: Any
) -> Picture:
    data = png() if has_files else b""
    defaults = {
        "claim": 1,
        "moderation": "shown",
        "original": f"originals/{uuid.uuid4().hex}.png",
        "original_mime": "image/png",
        "sha256": hashlib.sha256(data).hexdigest(),
        "width": 1536,
        "height": 864,
        "alt_en": "A dog beside a tall tower",
        "alt_ko": "높은 탑 옆의 개",
    }
    picture = Picture.objects.create(generation=generation, position=position, **(defaults | facts))
    for derivative in images.derive(data) if has_files else ():
        name = default_storage.save(
            f"pictures/{picture.key}/{derivative.name}.webp", ContentFile(derivative.data)
        )
        PictureFile.objects.create(
            picture=picture,
            name=derivative.name,
            file=name,
            mime=derivative.mime,
            width=derivative.width,
            height=derivative.height,
            size_bytes=len(derivative.data),
        )
    return picture


def studio_url(assignment: Assignment) -> str:
    return reverse("assignments:studio", args=[assignment.pk])


def press(
    client: Client, assignment: Assignment, prompt: str = WORDS, key: str = "a-key", **more: Any
) -> Any:
    return client.post(
        reverse("assignments:draw", args=[assignment.pk]),
        {"prompt": prompt, "key": key, "operation": "draw"} | more,
    )

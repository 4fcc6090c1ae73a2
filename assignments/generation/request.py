"""From a row to the request that a provider is handed."""

from __future__ import annotations

from django.conf import settings

from . import storing
from .endpoints import pseudonym_of
from .errors import SourceMissing
from .images import to_png
from .providers.base import ImageRequest, SourceImage
from .run import Run

LARGEST_SEED = 2**31 - 1


def build_request(run: Run) -> ImageRequest:
    """Everything the provider may know: words, sizes and a pseudonym. Reads the source from the storage.

    Raises:
        SourceMissing: the picture to start from was deleted.
        storing.StorageFailed: the storage can't be asked.
    """
    row, model = run.generation, run.model
    source = mask = None
    if row.source is not None:
        try:
            source = SourceImage(to_png(storing.get(row.source.original)))
            mask = SourceImage(storing.get(row.mask)) if row.mask else None
        except FileNotFoundError as error:
            raise SourceMissing(str(error)) from error
    return ImageRequest(
        model=model.name,
        prompt=row.sent_prompt,
        student_text=row.prompt,
        width=model.width,
        height=model.height,
        count=row.count,
        quality=model.quality,
        variety=row.variety,
        seed=row.seed if model.has_seed else None,
        pseudonym=pseudonym_of(row),
        source=source,
        mask=mask,
        deadline_seconds=settings.CALL_DEADLINE_SECONDS,
        max_bytes=settings.CALL_MAX_BYTES,
    )

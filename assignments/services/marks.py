"""The place in a picture that a student wants changed: from marked cells to the mask that a model reads."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image

from assignments.generation.choice import usable_models
from assignments.models import Assignment, Generation, Picture

# Square cells on a picture of 16:9, and a whole number of them in each third.
COLUMNS, ROWS = 48, 27
THIRDS = 3
KEPT, CHANGED = 255, 0
_CELLS = re.compile(rf"[01]{{{COLUMNS * ROWS}}}")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the models that may draw for an assignment's school can do with a picture that is there already."""

    can_edit: bool
    can_mark: bool


def abilities_for(assignment: Assignment) -> Abilities:
    """One query. The same models are asked as when the press is taken."""
    models = [model for model in usable_models(assignment.classroom.school) if model.can_edit]
    return Abilities(can_edit=bool(models), can_mark=any(model.can_mask for model in models))


def is_cells(text: str) -> bool:
    return _CELLS.fullmatch(text) is not None


def cells_of_places(places: Iterable[int]) -> str:
    """Cells, row by row, "1" where marked; a place is one of nine, counted from the top left."""
    marked = set(places)
    return "".join(
        "1" if row * THIRDS // ROWS * THIRDS + column * THIRDS // COLUMNS in marked else "0"
        for row in range(ROWS)
        for column in range(COLUMNS)
    )


def mark_press(operation: str, source: Picture | None, cells: str) -> tuple[str, bytes | None]:
    """Return operation and mask: to refine a picture in one place is to edit it."""
    if operation != Generation.Operation.REFINE or source is None:
        return operation, None
    mask = make_mask(cells, source.width, source.height)
    return (Generation.Operation.EDIT, mask) if mask else (operation, None)


def make_mask(cells: str, width: int, height: int) -> bytes | None:
    """A PNG of that size, alpha 0 where the picture may change; None where nothing or everything is marked."""
    if "1" not in cells or "0" not in cells:
        return None
    small = Image.frombytes("L", (COLUMNS, ROWS), bytes(CHANGED if cell == "1" else KEPT for cell in cells))
    smooth = small.resize((width, height), Image.Resampling.BICUBIC)
    alpha = smooth.point([CHANGED if value < (KEPT + 1) // 2 else KEPT for value in range(256)])
    mask = Image.new("RGBA", (width, height), (0, 0, 0, KEPT))
    mask.putalpha(alpha)
    out = io.BytesIO()
    mask.save(out, "PNG")
    return out.getvalue()

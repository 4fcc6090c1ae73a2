"""Lists as text: what a person pastes or uploads, and what a person downloads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils.translation import gettext as _

from assignments import policy as engine
from assignments.models import TermEntry
from assignments.services.policies import EntryInput
from edu4all.web.problems import Invalid

MAX_UPLOAD_BYTES = 1024 * 1024
HEADER = ("text", "matching", "note", "personal")
# Korean spreadsheets save in their own encoding unless told otherwise.
ENCODINGS = ("utf-8-sig", "cp949", "utf-16")
MATCHING_NAMES = {
    "word": "word",
    "anywhere": "anywhere",
    "phrase": "phrase",
    "낱말": "word",
    "단어": "word",
    "어디든": "anywhere",
    "어디서나": "anywhere",
    "구절": "phrase",
    "": "",
}
YES = {"yes", "1", "true", "personal", "예", "개인"}
# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def decode_upload(data: bytes) -> str:
    """The text of an uploaded list.

    Raises:
        Invalid: too large, or not text in an encoding that schools use.
    """
    if len(data) > MAX_UPLOAD_BYTES:
        raise Invalid(_("The file is too large: a list has at most 1 MB."))
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\x00" not in text:
            return text
    raise Invalid(_("The file is not text. Save the list as CSV and try again."))


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds something; ``number`` counts from 1, as a person counts the lines of a paste."""

    number: int
    cells: tuple[str, ...]
    is_written: bool  # with a space after its commas, as one writes and no spreadsheet does

    @property
    def is_head(self) -> bool:
        return tuple(cell.lower() for cell in self.cells[:2]) == HEADER[:2]

    @property
    def says_matching(self) -> bool:
        return len(self.cells) > 1 and bool(MATCHING_NAMES.get(self.cells[1].lower()))

    @property
    def leaves_out(self) -> bool:
        """An empty cell after the first two: of a row of a table, for a row of terms has nothing to leave out."""
        return len(self.cells) > 2 and "" in self.cells[2:]


def parse_lines(text: str, defaults: EntryInput) -> list[EntryInput]:
    """Read one entry a line: ``text[,matching[,note[,personal]]]``.

    A line whose second cell is no way of matching is a row of terms ("칼, 총, 피") where nothing says that it is
    one of a table: no head above it, and with no space after its commas neither an empty cell at its end nor
    another line with a way of matching.
    Cells may stand apart by tabs, as a spreadsheet pastes them. Facts that a line leaves out come from ``defaults``.

    Raises:
        Invalid: code ``matching``, a row of a table whose way of matching nobody knows; it names the line.
    """
    lines = [_read_line(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    has_head = bool(lines) and lines[0].is_head
    is_table = any(line.says_matching for line in lines)
    entries: list[EntryInput] = []
    for line in lines:
        if not line.is_head:
            is_row = has_head or (not line.is_written and (is_table or line.leaves_out))
            entries += _entries_of(line, defaults, is_row=is_row)
    groups = _shipped_groups()
    return [entry if entry.group else replace(entry, group=groups.get(entry.text, "")) for entry in entries]


@lru_cache(maxsize=1)
def _shipped_groups() -> dict[str, str]:
    """The shipped group of a term, for the student's hint: a teacher's own 칼 is a weapon too."""
    return engine.shipped.groups_by_text()


def _read_line(number: int, line: str) -> Line:
    return Line(number, _cells_of(line), is_written=", " in line.strip())


def _entries_of(line: Line, defaults: EntryInput, *, is_row: bool) -> Iterator[EntryInput]:
    cells = line.cells
    matching = MATCHING_NAMES.get(cells[1].lower()) if len(cells) > 1 else ""
    if matching is None and is_row:
        raise Invalid(
            _(
                "Line %(number)d: “%(matching)s” is not a way of matching. Write word, anywhere or phrase there, "
                "or nothing."
            )
            % {"number": line.number, "matching": cells[1][:40]},
            code="matching",
        )
    if matching is None or (matching == "" and len(cells) == 2):
        yield from (replace(defaults, text=_plain(cell)) for cell in cells if cell)
        return
    filled = (*cells, "", "", "")
    yield replace(
        defaults,
        text=_plain(filled[0]),
        matching=matching or defaults.matching,
        note=_plain(filled[2]) or defaults.note,
        is_personal=defaults.is_personal or filled[3].lower() in YES,
    )


def _cells_of(line: str) -> tuple[str, ...]:
    delimiter = "\t" if "\t" in line.strip() else ","
    try:
        cells = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except csv.Error:  # a whole book pasted as one line: it is told to be too long like any other term
        cells = line.split(delimiter)
    return tuple(cell.strip() for cell in cells)


def write_lines(entries: Iterable[EntryInput | TermEntry], *, is_for_spreadsheet: bool = False) -> str:
    """The entries as CSV, which ``parse_lines`` reads back; for a spreadsheet with a head and no formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if is_for_spreadsheet else "\n")
    if is_for_spreadsheet:
        writer.writerow(HEADER)
    for entry in entries:
        cells = (entry.text, entry.matching or "word", entry.note, "yes" if entry.is_personal else "")
        writer.writerow([_guarded(cell) for cell in cells] if is_for_spreadsheet else cells)
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_SIGNS) else cell

"""Marking the place in a picture that is to change: what is offered, what is sent, what a model is handed."""

import io
from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from assignments.models import Generation, Picture
from assignments.services.marks import COLUMNS, ROWS, cells_of_places, make_mask
from tests.assignments.rows import make_generation, make_picture, press, studio_url
from tests.cast import Cast

TOP_LEFT, MIDDLE, BOTTOM_RIGHT = 0, 4, 8


def alpha_at(mask: bytes, across: float, down: float) -> int:
    """The mask's alpha at a place given in parts of its width and height."""
    with Image.open(io.BytesIO(mask)) as image:
        assert image.mode == "RGBA"
        return image.getchannel("A").getpixel((int(image.width * across), int(image.height * down)))


class TestMask:
    def test_is_clear_where_the_place_is_and_solid_elsewhere(self) -> None:
        mask = make_mask(cells_of_places([TOP_LEFT, MIDDLE]), 1536, 864)
        assert mask is not None
        with Image.open(io.BytesIO(mask)) as image:
            assert (image.format, image.size) == ("PNG", (1536, 864))
            assert set(image.getchannel("A").get_flattened_data()) == {0, 255}
        assert [alpha_at(mask, across, 0.16) for across in (0.16, 0.5, 0.84)] == [0, 255, 255]
        assert [alpha_at(mask, across, 0.5) for across in (0.16, 0.5, 0.84)] == [255, 0, 255]

    def test_a_single_cell_lies_where_it_was_painted_in_any_format(self) -> None:
        row, column = 20, 40
        cells = ["0"] * (COLUMNS * ROWS)
        cells[row * COLUMNS + column] = "1"
        for size in ((1536, 864), (1024, 1024), (512, 768)):
            mask = make_mask("".join(cells), *size)
            assert mask is not None
            assert alpha_at(mask, (column + 0.5) / COLUMNS, (row + 0.5) / ROWS) == 0
            assert alpha_at(mask, (column + 2.5) / COLUMNS, (row + 0.5) / ROWS) == 255

    @pytest.mark.parametrize("cells", ["0" * (COLUMNS * ROWS), "1" * (COLUMNS * ROWS)])
    def test_nothing_and_everything_are_the_whole_picture(self, cells: str) -> None:
        assert make_mask(cells, 1536, 864) is None


class TestDesk:
    def start(self, cast: Cast) -> Picture:
        return make_picture(make_generation(cast), has_files=False)

    def send(self, cast: Cast, visit: Callable, picture: Picture, **marks: object) -> Generation:
        answer = press(
            visit(cast.student), cast.assignment, "A cat here", operation="refine", source=picture.pk, **marks
        )
        assert answer.status_code == 302, answer.content.decode()
        return Generation.objects.get(prompt="A cat here")

    def test_painted_cells_become_the_mask_of_an_edit(self, cast: Cast, visit: Callable) -> None:
        row = self.send(cast, visit, self.start(cast), cells=cells_of_places([BOTTOM_RIGHT]))
        assert row.operation == "edit"
        with default_storage.open(row.mask) as file:
            mask = file.read()
        assert (alpha_at(mask, 0.84, 0.84), alpha_at(mask, 0.16, 0.16)) == (0, 255)

    def test_squares_do_without_paint(self, cast: Cast, visit: Callable) -> None:
        row = self.send(cast, visit, self.start(cast), places=["8"])
        assert row.operation == "edit"
        with default_storage.open(row.mask) as file:
            assert file.read() == make_mask(cells_of_places([BOTTOM_RIGHT]), 1536, 864)

    def test_without_marks_the_whole_picture_may_change(self, cast: Cast, visit: Callable) -> None:
        row = self.send(cast, visit, self.start(cast), cells="")
        assert (row.operation, row.mask) == ("refine", "")

    @pytest.mark.parametrize("cells", ["1", "2" * (COLUMNS * ROWS), "01" * (COLUMNS * ROWS)])
    def test_broken_marks_are_said_and_nothing_is_drawn(
        self, cast: Cast, visit: Callable, cells: str
    ) -> None:
        picture = self.start(cast)
        answer = press(
            visit(cast.student),
            cast.assignment,
            "A cat here",
            operation="refine",
            source=picture.pk,
            cells=cells,
        )
        assert answer.status_code == 422
        assert "The place you marked got lost." in answer.content.decode()
        assert not Generation.objects.filter(prompt="A cat here").exists()

    def test_a_refusal_keeps_the_marks_on_the_desk(self, cast: Cast, visit: Callable) -> None:
        picture, cells = self.start(cast), cells_of_places([MIDDLE])
        answer = press(
            visit(cast.student, htmx=True),
            cast.assignment,
            "blood everywhere",
            operation="refine",
            source=picture.pk,
            cells=cells,
            places=["4"],
        )
        text = answer.content.decode()
        assert answer.status_code == 422
        assert f'name="cells" value="{cells}"' in text
        assert text.count(" checked") == 1

    def test_is_offered_only_where_a_model_can(self, cast: Cast, visit: Callable) -> None:
        picture = self.start(cast)
        client = visit(cast.student)
        with_marks = client.get(studio_url(cast.assignment), {"from": picture.pk}).content.decode()
        assert "data-mark-place" in with_marks
        type(cast.image_model).objects.update(can_mask=False)
        without = client.get(studio_url(cast.assignment), {"from": picture.pk}).content.decode()
        assert "You start from this picture." in without
        assert "data-mark-place" not in without
        assert 'name="places"' not in without

import io
import statistics

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from PIL.PngImagePlugin import PngInfo

from assignments.generation.errors import ImageUnreadable, RequestInvalid
from assignments.generation.images import to_png
from assignments.generation.providers.base import SourceImage
from tests.providers.samples import PROVIDER, ask, difference, draw, picture


def test_an_edit_changes_the_scene_that_the_picture_remembers():
    first = draw("아침 햇살에 에펠탑 옆에 있는 개")
    changed = PROVIDER.edit(ask("밤으로 바꾸고 풍선을 더해 줘", None, source=SourceImage(first.data))).images[
        0
    ]
    for word in ("Eiffel", "dog", "balloon", "at night"):
        assert word in changed.alt["en"]
    assert difference(first, changed) > 10


def test_an_edit_keeps_what_it_was_not_asked_to_change():
    """The source comes back from the store as plain pixels with its note, as the engine hands it over."""
    first = draw("초원의 집 옆의 로봇", variety=1.0)
    source = SourceImage(to_png(first.data))
    night = PROVIDER.edit(ask("밤으로 바꿔 줘", 99, source=source, variety=1.0)).images[0]
    redrawn = draw("밤 초원의 집 옆의 로봇", 99, variety=1.0)
    assert "house" in night.alt["en"]
    assert "at night" in night.alt["en"]
    edges = [picture(one).convert("L").filter(ImageFilter.FIND_EDGES) for one in (first, night, redrawn)]

    def gap(one, other):
        return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]

    assert gap(edges[0], edges[1]) < gap(edges[0], edges[2]) * 0.8


@pytest.mark.parametrize(
    ("words", "gone", "left"),
    [("개를 빼 줘", "dog", "Eiffel"), ("remove the dog", "dog", "Eiffel"), ("비를 없애 줘", "rain", "dog")],
)
def test_an_edit_can_take_something_away(words, gone, left):
    first = draw("비 오는 날 에펠탑 옆의 개", width=256, height=144)
    edited = PROVIDER.edit(ask(words, source=SourceImage(first.data), width=256, height=144)).images[0]
    assert gone in first.alt["en"]
    assert gone not in edited.alt["en"]
    assert left in edited.alt["en"]


@pytest.mark.parametrize("words", ["고양이를 빨간색으로 바꿔 줘", "make the cat red", "빨간 고양이로"])
def test_an_edit_can_paint_a_thing(words):
    first = draw("초원의 고양이와 집", width=256, height=144)
    edited = PROVIDER.edit(ask(words, source=SourceImage(first.data), width=256, height=144)).images[0]
    assert "a red cat" in edited.alt["en"]
    assert "house" in edited.alt["en"]


def test_an_edit_can_ask_for_more_of_a_thing():
    first = draw("초원의 고양이", width=256, height=144)
    edited = PROVIDER.edit(ask("고양이를 세 마리로 바꿔 줘", source=SourceImage(first.data))).images[0]
    assert "three cats" in edited.alt["en"]


def test_an_edit_with_other_seeds_varies_the_picture():
    source = SourceImage(draw("달 위의 에펠탑").data)
    varied = [PROVIDER.edit(ask("", seed, source=source)).images[0] for seed in (1, 2)]
    assert all("Eiffel Tower on the moon" in one.alt["en"] for one in varied)
    assert difference(*varied) > 2


def test_a_masked_edit_touches_only_the_open_part():
    first = draw("초원의 집")
    mask = Image.new("RGBA", (1536, 864), (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), (0, 0, 768, 864))
    out = io.BytesIO()
    mask.save(out, "PNG")
    request = ask("밤의 에펠탑", source=SourceImage(first.data), mask=SourceImage(out.getvalue()))
    edited = picture(PROVIDER.edit(request).images[0])
    right, left = (780, 0, 1536, 864), (0, 0, 756, 864)
    assert edited.crop(right).tobytes() == picture(first).crop(right).tobytes()
    assert (
        statistics.fmean(
            ImageStat.Stat(ImageChops.difference(edited.crop(left), picture(first).crop(left))).mean
        )
        > 20
    )


def test_a_thing_is_drawn_into_the_marked_place_over_the_old_picture():
    first = draw("초원의 집", width=768, height=432)
    mask = Image.new("RGBA", (768, 432), (0, 0, 0, 255))
    mask.paste((0, 0, 0, 0), (40, 20, 240, 220))
    out = io.BytesIO()
    mask.save(out, "PNG")
    source = SourceImage(to_png(first.data))
    request = ask("빨간 열기구", 7, source=source, mask=SourceImage(out.getvalue()), width=768, height=432)
    edited = PROVIDER.edit(request).images[0]
    changed = (
        ImageChops.difference(picture(first), picture(edited))
        .convert("L")
        .point(lambda value: 255 * (value > 24))
    )
    left, top, right, bottom = changed.getbbox()
    assert 40 <= left < right <= 240
    assert 20 <= top < bottom <= 220
    # A balloon with the old sky around it, not a new sky.
    assert 0.1 < changed.crop((40, 20, 240, 220)).histogram()[255] / 40_000 < 0.8
    assert "house" in edited.alt["en"]
    assert "red hot air balloon" in edited.alt["en"]


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_an_unreadable_source_is_told(data):
    with pytest.raises(ImageUnreadable):
        PROVIDER.edit(ask("개", source=SourceImage(data)))
    with pytest.raises(RequestInvalid):
        PROVIDER.edit(ask("개"))


def test_a_scene_from_a_strangers_file_is_not_believed():
    thing = '{"kind":"figure","key":"dog","colour":"red\\"/><script/>"}'
    said = "".join(f',"{name}":""' for name in ("time", "weather", "season", "place", "flower"))
    text = f'{{"things":[{thing}],"relations":[]{said},"has_moon":false}}'
    out = io.BytesIO()
    info = PngInfo()
    info.add_text("edu4all-scene", f"1|0|{text}")
    Image.new("RGB", (160, 90), "white").save(out, "PNG", pnginfo=info)
    edited = PROVIDER.edit(ask("에펠탑", source=SourceImage(out.getvalue()))).images[0]
    assert "dog" not in edited.alt["en"]
    assert "Eiffel" in edited.alt["en"]

"""Pictures, judged by their bytes and marked for good."""

import contextlib
import io
import random
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFile
from PIL.PngImagePlugin import PngInfo

from assignments.generation.errors import (
    GenerationError,
    ImageBlank,
    ImageBomb,
    ImageGrey,
    ImageUnreadable,
    ImageWrongFormat,
    ImageWrongSize,
)
from assignments.generation.images import derive, mark_for_download, to_png, verify
from assignments.generation.images.marks import _korean_font
from assignments.generation.rehearsal import art

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
EDITED = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
RULES = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"


def scene(width: int = 1536, height: int = 864, mode: str = "RGB") -> Image.Image:
    return Image.open(io.BytesIO(art.draw_png(width, height, 1))).convert(mode)


def encode(image: Image.Image, format: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def check(data: bytes, *, is_colour_required: bool = True) -> tuple[str, int, int]:
    found = verify(data, width=1536, height=864, is_colour_required=is_colour_required)
    return found.format, found.width, found.height


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK", "L"])
def test_each_format_and_mode_is_read(format: str, mode: str) -> None:
    if (format, mode) in {("JPEG", "RGBA"), ("JPEG", "P"), ("PNG", "CMYK"), ("WEBP", "P"), ("WEBP", "CMYK")}:
        mode = "RGB"
    assert check(encode(scene(mode=mode), format), is_colour_required=mode != "L") == (format, 1536, 864)


@pytest.mark.parametrize(
    ("width", "height", "error"),
    [
        (1536, 864, None),
        (1536, 896, None),  # rounded up to blocks of 64
        (1599, 864, None),
        (1920, 1080, None),  # larger in the same shape
        (1024, 576, None),  # smaller in the same shape
        (1024, 1024, ImageWrongSize),
        (864, 1536, ImageWrongSize),
        (1536, 1024, ImageWrongSize),
        (640, 360, ImageWrongSize),
        (1536, 800, ImageWrongSize),
    ],
)
def test_the_shape_is_the_one_asked_for(width: int, height: int, error: type[GenerationError] | None) -> None:
    data = encode(scene(width, height))
    if error:
        with pytest.raises(error):
            check(data)
    else:
        assert check(data) == ("PNG", width, height)


def moving(format: str) -> bytes:
    frames = [scene(), Image.new("RGB", (1536, 864), "red")]
    return encode(frames[0], format, save_all=True, append_images=frames[1:])


def swollen_text() -> bytes:
    """A PNG whose text chunk grows from kilobytes to hundreds of megabytes."""
    plain = encode(Image.new("RGB", (16, 9), "red"))
    text = b"zTXtComment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return plain[:33] + chunk + plain[33:]


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: b"", ImageUnreadable),
        (lambda: b"<!doctype html><title>Wi-Fi</title>", ImageUnreadable),
        (lambda: art.draw_png(1536, 864, 1)[:4000], ImageUnreadable),
        (lambda: b"\x89PNG\r\n\x1a\n" + bytes(200), ImageUnreadable),
        (swollen_text, ImageUnreadable),
        (lambda: art.draw_gif(1536, 864), ImageWrongFormat),
        (lambda: encode(scene(), "BMP"), ImageWrongFormat),
        (lambda: encode(scene(), "TIFF"), ImageWrongFormat),
        (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"/>', ImageWrongFormat),
        (lambda: b"\0\0\0\x20ftypavif" + bytes(40), ImageWrongFormat),
        (lambda: moving("WEBP"), ImageWrongFormat),
        (lambda: moving("PNG"), ImageWrongFormat),
        (art.draw_bomb, ImageBomb),
        (lambda: encode(Image.new("1", (8000, 4500))), ImageBomb),
        (lambda: art.draw_blank(1536, 864), ImageBlank),
        (lambda: encode(Image.new("RGB", (1536, 864), "orange")), ImageBlank),
        (lambda: encode(Image.new("RGBA", (1536, 864), (200, 30, 30, 0))), ImageBlank),
        (lambda: art.draw_grey(1536, 864), ImageGrey),
        (lambda: encode(scene(mode="L"), "JPEG"), ImageGrey),
    ],
)
def test_a_bad_picture_is_named(make: Callable[[], bytes], error: type[GenerationError]) -> None:
    with pytest.raises(GenerationError) as caught:
        check(make())
    assert type(caught.value) is error


def test_a_bomb_is_found_before_it_goes_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda image: pytest.fail("A bomb was decoded."))
    with pytest.raises(ImageBomb):
        check(art.draw_bomb())


def test_grey_is_fine_where_no_colour_was_asked_for() -> None:
    assert check(art.draw_grey(1536, 864), is_colour_required=False) == ("PNG", 1536, 864)


def test_one_yellow_umbrella_in_the_fog_is_colour() -> None:
    fog = Image.linear_gradient("L").resize((1536, 864)).convert("RGB")
    ImageDraw.Draw(fog).ellipse((700, 400, 800, 480), fill=(240, 200, 20))
    assert check(encode(fog))


def test_a_small_dark_thing_on_white_paper_is_not_blank() -> None:
    paper = Image.new("RGB", (1536, 864), "white")
    ImageDraw.Draw(paper).ellipse((700, 400, 760, 460), fill=(20, 60, 120))
    assert check(encode(paper))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["PNG", "JPEG", "WEBP"]),
    st.integers(0, 2**32),
    st.integers(0, 40),
)
def test_broken_bytes_raise_our_errors_only(format: str, seed: int, hits: int) -> None:
    chance = random.Random(seed)
    data = bytearray(SMALL[format])
    for _ in range(hits):
        data[chance.randrange(len(data))] = chance.randrange(256)
    del data[chance.randrange(len(data) // 2, len(data)) :]
    with contextlib.suppress(GenerationError):
        assert verify(bytes(data), width=320, height=180, is_colour_required=True).format == format


SMALL = {format: encode(scene(320, 180), format) for format in ("PNG", "JPEG", "WEBP")}


def metadata_of(data: bytes) -> dict[str, str]:
    with Image.open(io.BytesIO(data)) as image:
        return dict(image.getxmp()["xmpmeta"]["RDF"]["Description"])


def test_pages_get_three_sizes_of_exactly_16_to_9() -> None:
    made = derive(encode(scene(1536, 1024)))
    assert [(file.name, file.width, file.height, file.mime) for file in made] == [
        ("thumb", 384, 216, "image/webp"),
        ("page", 960, 540, "image/webp"),
        ("large", 1536, 864, "image/webp"),
    ]
    for file in made:
        with Image.open(io.BytesIO(file.data)) as image:
            assert (image.format, image.size) == ("WEBP", (file.width, file.height))


@pytest.mark.parametrize(
    ("size", "large"),
    [
        ((1536, 896), (1536, 864)),
        ((1600, 864), (1536, 864)),
        ((1920, 1080), (1920, 1080)),
        ((1000, 563), (992, 558)),
    ],
)
def test_what_is_too_much_is_cut_off_evenly(size: tuple[int, int], large: tuple[int, int]) -> None:
    picture = Image.new("RGB", size, (40, 90, 160))
    centre_x, centre_y = size[0] // 2, size[1] // 2
    ImageDraw.Draw(picture).rectangle(
        (centre_x - 20, centre_y - 20, centre_x + 20, centre_y + 20), fill="red"
    )
    file = derive(encode(picture))[-1]
    assert (file.width, file.height) == large
    with Image.open(io.BytesIO(file.data)) as image:
        red, _, blue = image.convert("RGB").getpixel((file.width // 2, file.height // 2))  # type: ignore[misc]
        assert red > 200 > 60 > blue


def test_a_small_picture_is_not_blown_up() -> None:
    assert [(file.width, file.height) for file in derive(encode(scene(640, 360)))] == [
        (384, 216),
        (640, 360),
        (640, 360),
    ]


@pytest.mark.parametrize(
    ("is_ai", "is_edited", "source"), [(True, False, AI), (True, True, EDITED), (False, False, RULES)]
)
def test_every_file_says_where_it_comes_from(is_ai: bool, is_edited: bool, source: str) -> None:
    data = encode(scene())
    made = derive(data, is_ai=is_ai, is_edited=is_edited, label='Edu4All "&<model>')
    for file in made:
        assert metadata_of(file.data) == {
            "about": "",
            "DigitalSourceType": source,
            "CreatorTool": 'Edu4All "&<model>',
        }
    taken = mark_for_download(made[-1].data, "en", is_ai=is_ai, is_edited=is_edited)
    assert metadata_of(taken)["DigitalSourceType"] == source


def test_nothing_of_the_originals_metadata_goes_along() -> None:
    info = PngInfo()
    info.add_text("Author", "Kim Minji")
    exif = Image.Exif()
    exif[0x013B] = "Kim Minji"
    exif[0x0112] = 6
    data = encode(scene(), pnginfo=info, exif=exif)
    assert b"Kim Minji" in data
    for made in (*(file.data for file in derive(data)), mark_for_download(data, "ko"), to_png(data)):
        assert b"Kim Minji" not in made
        with Image.open(io.BytesIO(made)) as image:
            assert not image.getexif()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_copy_to_take_away_wears_a_seal_that_is_seen(language: str) -> None:
    picture = Image.new("RGB", (1536, 864), (40, 90, 160))
    taken = mark_for_download(encode(picture), language)
    with Image.open(io.BytesIO(taken)) as image:
        assert (image.format, image.size) == ("PNG", (1536, 864))
        corner = image.crop((1150, 780, 1536, 864))
        rest = image.crop((0, 0, 1000, 700)).getcolors(100_000) or []
    assert len(rest) == 1
    lightness = corner.convert("L").histogram()
    paper, ink = sum(lightness[200:]), sum(lightness[:60])
    assert paper > 2000
    assert ink > 200


def test_a_picture_made_by_rules_wears_none() -> None:
    picture = Image.new("RGB", (320, 180), (40, 90, 160))
    with Image.open(io.BytesIO(mark_for_download(encode(picture), "ko", is_ai=False))) as image:
        assert image.getcolors() == [(320 * 180, (40, 90, 160))]


def test_a_source_for_an_edit_is_the_same_picture() -> None:
    original = scene()
    with Image.open(io.BytesIO(to_png(encode(original, "WEBP", lossless=True)))) as image:
        assert image.format == "PNG"
        assert image.convert("RGB").tobytes() == original.tobytes()


def test_the_seals_font_is_at_hand() -> None:
    assert _korean_font() is not None

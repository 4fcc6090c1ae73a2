import io
import re
import statistics
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

from assignments.generation.errors import ImageUnreadable, OversizedAnswer, RequestInvalid, TimedOut
from assignments.generation.providers.base import Address, ImageRequest, SourceImage
from assignments.generation.providers.registry import build_provider
from assignments.generation.providers.sample import SampleProvider
from assignments.generation.providers.sample.lexicon import lexicon
from assignments.generation.providers.sample.monuments import MONUMENTS
from assignments.generation.providers.sample.scene import Kind, Link, Scene, Thing

PROVIDER = SampleProvider(Address())


def ask(words, seed=11, **changes):
    return ImageRequest(model="sample", prompt="", student_text=words, seed=seed, **changes)


def draw(words, seed=11, **changes):
    return PROVIDER.generate(ask(words, seed, **changes)).images[0]


def picture(drawn):
    return Image.open(io.BytesIO(drawn.data)).convert("RGB")


def difference(first, second):
    """Mean difference of two pictures' pixels, 0 to 255."""
    return statistics.fmean(ImageStat.Stat(ImageChops.difference(picture(first), picture(second))).mean)


def share_of(drawn, is_wanted):
    pixels = list(picture(drawn).resize((192, 108), Image.Resampling.NEAREST).get_flattened_data())
    return sum(is_wanted(*pixel) for pixel in pixels) / len(pixels)


def is_yellow(red, green, blue):
    return red > 215 and 165 < green < 225 and blue < 110


def named(words):
    return PROVIDER.plan(words).keys()


ACCEPTANCE = [
    ("에펠탑 옆의 개", {"eiffel_tower", "dog"}, ("dog", Link.BESIDE, "eiffel_tower")),
    ("a dog beside the Eiffel Tower", {"eiffel_tower", "dog"}, ("dog", Link.BESIDE, "eiffel_tower")),
    (
        "아침 햇살에 에펠탑 옆에 있는 개",
        {"eiffel_tower", "dog", "morning"},
        ("dog", Link.BESIDE, "eiffel_tower"),
    ),
    (
        "a dog beside the Eiffel Tower in morning sunlight",
        {"eiffel_tower", "dog", "morning"},
        ("dog", Link.BESIDE, "eiffel_tower"),
    ),
    (
        "말 위에서 막대사탕을 든 토끼(수선화 초원, 안개)",
        {"🐎", "🍭", "rabbit", "daffodil", "meadow", "fog"},
        ("rabbit", Link.RIDING, "🐎"),
    ),
    (
        "a rabbit on a horse holding a lollipop in a foggy meadow of daffodils",
        {"🐎", "🍭", "rabbit", "daffodil", "meadow", "fog"},
        ("rabbit", Link.HOLDING, "🍭"),
    ),
    (
        "저녁 빛의 개선문을 바라보는 테디를 든 아이",
        {"arc_de_triomphe", "child", "🧸", "evening"},
        ("child", Link.FACING, "arc_de_triomphe"),
    ),
    (
        "a child holding a teddy bear looking at the Arc de Triomphe in evening light",
        {"arc_de_triomphe", "child", "🧸", "evening"},
        ("child", Link.HOLDING, "🧸"),
    ),
    ("달 위의 에펠탑", {"eiffel_tower", "moon"}, None),
    ("the Eiffel Tower on the moon", {"eiffel_tower", "moon"}, None),
    ("노란 우산을 쓴 소년", {"☂", "boy"}, ("boy", Link.HOLDING, "☂")),
    ("a boy under a yellow umbrella", {"☂", "boy"}, ("boy", Link.HOLDING, "☂")),
    ("말을 타고 달을 달리는 우주 비행사", {"🐎", "astronaut", "moon"}, ("astronaut", Link.RIDING, "🐎")),
    (
        "an astronaut riding a horse across the moon",
        {"🐎", "astronaut", "moon"},
        ("astronaut", Link.RIDING, "🐎"),
    ),
    ("피사의 사탑을 든 아이", {"pisa_tower", "child"}, ("child", Link.HOLDING, "pisa_tower")),
    (
        "a child holding the Leaning Tower of Pisa",
        {"pisa_tower", "child"},
        ("child", Link.HOLDING, "pisa_tower"),
    ),
    ("피라미드 위의 눈", {"pyramids", "snow"}, None),
    ("snow on the pyramids", {"pyramids", "snow"}, None),
]


@pytest.mark.parametrize(("words", "keys", "relation"), ACCEPTANCE)
def test_what_is_named_is_planned_and_nothing_else(words, keys, relation):
    scene = PROVIDER.plan(words)
    assert scene.keys() == keys
    if relation:
        assert scene.has_link(*relation)


@pytest.mark.parametrize("words", [words for words, _, _ in ACCEPTANCE])
def test_each_is_drawn_16_to_9_with_words_for_those_who_cannot_see(words):
    drawn = draw(words)
    assert picture(drawn).size == (1536, 864)
    assert re.search("[가-힣]", drawn.alt["ko"])
    assert drawn.alt["en"].startswith("A picture of")


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        ("바다에서 헤엄치는 고래", {"⛈", "storm", "rain", "cloudy"}),
        ("눈이 큰 고양이", {"snow"}),
        ("새로 지은 집", {"🐦"}),
        ("사과 세 개", {"dog"}),
        ("친구에게 말하는 아이와 말 없이 웃는 아이", {"🐎"}),
        ("강아지풀 옆의 커피", {"dog", "rain"}),
        ("눈사람 없는 겨울 들판", {"⛄"}),
        ("a garden without a dog", {"dog"}),
        ("런던 아이", {"child"}),
        ("a cat by moonlight", {"moon"}),
        ("피를 흘리는 기사의 칼", {"🔪", "🗡", "🩸"}),
    ],
)
def test_what_is_not_meant_is_not_drawn(words, absent):
    assert not PROVIDER.plan(words).keys() & absent


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("비가 오는 거리", "rain"), ("눈이 내리는 마을", "snow"), ("밤하늘의 달", "moon_in_sky"), ("unicorns", "🦄"),
        ("수선화초원", "daffodil"), ("에펠탑이랑", "eiffel_tower"),
        ("N서울타워에서", "n_seoul_tower"), ("puppies", "dog"),
        ("코끼리들이", "🐘"), ("Sagrada Família", "sagrada_familia"),
    ],
)  # fmt: skip
def test_particles_plurals_and_compounds_are_understood(words, key):
    assert key in named(words)


def test_a_subject_before_its_place_is_kept():
    scene = PROVIDER.plan("토끼가 말 위에서 막대사탕을 들고 있다")
    assert scene.has_link("rabbit", Link.RIDING, "🐎")
    assert scene.has_link("rabbit", Link.HOLDING, "🍭")
    assert draw("토끼가 말 위에서 막대사탕을 들고 있다").alt["ko"] == (
        "들판을 배경으로 말을 타고 막대사탕을 든 토끼를 그렸어요."
    )


def test_the_same_seed_and_words_give_the_same_bytes():
    assert draw("에펠탑 옆의 개", 5).data == draw("에펠탑 옆의 개", 5).data


@pytest.mark.parametrize("words", ["에펠탑 옆의 개", "달 위의 에펠탑", "노란 우산을 쓴 소년", "zzz"])
def test_another_seed_is_visibly_another_composition(words):
    for seed in range(3):
        assert difference(draw(words, seed), draw(words, seed + 1)) > 2


def test_variety_0_repeats_and_1_never_does():
    still = [draw("에펠탑 옆의 개", seed, variety=0.0) for seed in (1, 2, None)]
    assert difference(still[0], still[1]) == 0 == difference(still[0], still[2])
    free = [draw("에펠탑 옆의 개", None, variety=1.0) for _ in range(2)]
    assert difference(*free) > 2


def test_a_set_of_pictures_has_its_own_seeds_which_can_be_asked_for_again():
    images = PROVIDER.generate(ask("피사의 사탑을 든 아이", count=4)).images
    assert len({one.seed for one in images}) == 4 == len({one.data for one in images})
    assert draw("피사의 사탑을 든 아이", images[2].seed).data == images[2].data


@pytest.mark.parametrize(
    "size", [(1536, 864), (1024, 576), (256, 144), (864, 1536), (1024, 1024), (2048, 512)]
)
def test_any_size_is_met_exactly(size):
    assert picture(draw("개선문 옆의 곰", width=size[0], height=size[1])).size == size


def test_the_light_follows_the_hour():
    brightness = {
        word: ImageStat.Stat(picture(draw(f"{word} 초원의 집")).convert("L")).mean[0]
        for word in ("아침", "저녁", "밤")
    }
    assert brightness["아침"] > brightness["저녁"] + 20 > brightness["밤"] + 40


def test_the_umbrella_takes_its_colour():
    assert share_of(draw("노란 우산을 쓴 소년"), is_yellow) > 0.01
    assert share_of(draw("파란 우산을 쓴 소년"), is_yellow) < 0.002


def test_snow_whitens_the_pyramids():
    def is_white(red, green, blue):
        return min(red, green, blue) > 240

    assert share_of(draw("피라미드 위의 눈"), is_white) > share_of(draw("피라미드"), is_white) + 0.02


def test_a_monument_fills_its_share_of_the_picture():
    assert difference(draw("에펠탑", variety=0.0), draw("zzz", variety=0.0)) > 2


@pytest.mark.parametrize("key", sorted(MONUMENTS))
def test_every_monument_of_ours_is_named_in_both_languages_and_drawn(key):
    korean, english = lexicon().names[key]
    assert key in named(korean)
    assert key in named(english)
    assert PROVIDER.plan(korean).things == (Thing(Kind.MONUMENT, key),)
    assert draw(korean).credits == ()


def test_unknown_words_give_a_landscape_that_says_nothing_false():
    drawn = draw("qwrtp zxcvb 뷁뷁")
    assert PROVIDER.plan("qwrtp zxcvb 뷁뷁") == Scene()
    assert drawn.alt == {"ko": "들판 풍경을 그렸어요.", "en": "A picture of a meadow."}
    assert len(picture(drawn).getcolors(2_000_000)) > 200


def test_emoji_art_is_credited_where_it_is_used():
    assert "CC BY-SA 4.0" in draw("코끼리").credits[0]
    assert draw("피사의 사탑을 든 아이").credits == ()


def test_the_negative_prompt_drops_what_it_names():
    scene = PROVIDER.plan("비 오는 밤 에펠탑 옆의 개", negative="a dog, rain")
    assert scene.keys() == {"eiffel_tower", "night"}
    assert scene.relations == ()
    request = ask("에펠탑 옆의 개", negative_prompt="dog")
    assert "dog" not in PROVIDER.generate(request).images[0].alt["en"]


def test_an_edit_changes_the_scene_that_the_picture_remembers():
    first = draw("아침 햇살에 에펠탑 옆에 있는 개")
    changed = PROVIDER.edit(ask("밤으로 바꾸고 풍선을 더해 줘", None, source=SourceImage(first.data))).images[
        0
    ]
    for word in ("Eiffel", "dog", "balloon", "at night"):
        assert word in changed.alt["en"]
    assert difference(first, changed) > 10


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


def test_the_file_holds_no_word_of_the_student():
    data = draw("김철수와 에펠탑 secretword").data
    assert b"secretword" not in data
    assert "김철수".encode() not in data


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"count": 5}, RequestInvalid), ({"count": 0}, RequestInvalid), ({"width": 16}, RequestInvalid),
        ({"quality": "best"}, RequestInvalid),
        ({"deadline_seconds": 0.0}, TimedOut), ({"max_bytes": 1000}, OversizedAnswer),
    ],
)  # fmt: skip
def test_limits_are_kept(changes, error):
    with pytest.raises(error):
        PROVIDER.generate(ask("에펠탑", **changes))


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
    info.add_text("edu4all-scene", f"1|{text}")
    Image.new("RGB", (160, 90), "white").save(out, "PNG", pnginfo=info)
    edited = PROVIDER.edit(ask("에펠탑", source=SourceImage(out.getvalue()))).images[0]
    assert "dog" not in edited.alt["en"]
    assert "Eiffel" in edited.alt["en"]


def test_scenes_survive_being_written_down():
    scene = PROVIDER.plan("저녁 빛의 개선문을 바라보는 테디를 든 아이, 노란 우산")
    assert Scene.from_json(scene.to_json()) == scene


def test_a_picture_takes_well_under_a_second_of_processor_time():
    draw("에펠탑 옆의 개")
    spent = []
    for seed in range(5):
        start = time.process_time()
        draw("말 위에서 막대사탕을 든 토끼(수선화 초원, 안개)", seed)
        spent.append(time.process_time() - start)
    assert statistics.median(spent) < 0.6


def test_the_registry_builds_it():
    provider = build_provider("sample", Address())
    able = provider.capabilities("sample")
    assert able.has_seed
    assert able.can_edit
    assert able.can_mask
    assert able.max_count == 4
    assert able.has_negative_prompt
    assert able.qualities == ("low", "medium", "high")
    assert provider.generate(replace(ask("개", 3), quality="high")).images[0].data == draw("개", 3).data


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(st.sampled_from(sorted(lexicon().korean) + sorted(lexicon().english)), max_size=14).map(
            " ".join
        ),
    ),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.0, 0.3, 0.7, 1.0]),
)
def test_any_text_gives_a_valid_picture(words, seed, variety):
    drawn = draw(words, seed, variety=variety, width=256, height=144)
    with Image.open(io.BytesIO(drawn.data)) as image:
        image.verify()
    assert picture(drawn).size == (256, 144)
    assert drawn.alt["ko"]
    assert drawn.alt["en"]

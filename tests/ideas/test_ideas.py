import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assignments.generation.providers.sample.monuments import MONUMENTS
from assignments.ideas import cards, find_monument, improve, monuments


def test_the_catalogue_is_whole_in_both_languages():
    assert len(monuments()) >= 120
    assert len({one.key for one in monuments()}) == len(monuments())
    for one in monuments():
        assert re.search("[가-힣]", one.ko)
        assert re.search("[가-힣]", one.country_ko)
        assert re.match("[A-Z0-9]", one.en)
        assert re.match("[A-Z]", one.country_en)
        assert one.fact_ko.endswith("요.")
        assert one.fact_en.endswith((".", '."'))
        assert len(one.fact_ko) <= 60
        assert len(one.fact_en) <= 110


def test_no_name_belongs_to_two_monuments():
    owners = {}
    for one in monuments():
        for name in {one.ko, one.en, *one.other_names}:
            assert owners.setdefault(name.casefold(), one.key) == one.key


def test_it_knows_which_monuments_the_sample_provider_draws():
    assert {one.key for one in monuments() if one.has_sample_drawing} == set(MONUMENTS)


@pytest.mark.parametrize("one", monuments(), ids=lambda one: one.key)
def test_every_name_is_found_with_particles_and_inside_a_sentence(one):
    for name in (one.ko, one.en, *one.other_names):
        assert find_monument(name) == one
        is_korean = re.search("[가-힣]$", name)
        assert (
            find_monument(f"밤에 {name}에서 노는 개" if is_korean else f"a dog near {name}, at night") == one
        )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("피사의사탑을 든 아이", "pisa_tower"), ("피라미드 위의 눈", "pyramids"),
        ("루브르 피라미드 앞의 새", "louvre_pyramid"),
        ("SCHONBRUNN in the snow", "schonbrunn"), ("태양의 피라미드", "teotihuacan"), ("에펠탑이랑 개", "eiffel_tower"),
    ],
)  # fmt: skip
def test_the_longest_name_wins(text, key):
    assert find_monument(text).key == key


@pytest.mark.parametrize(
    "text", ["", "개와 고양이", "petraphile", "나스카프", "moaia", "천단위 숫자", "a cat"]
)
def test_nothing_is_found_inside_other_words(text):
    assert find_monument(text) is None


@pytest.mark.parametrize("language", ["ko", "en"])
def test_cards_are_the_same_for_the_same_seed_and_differ_otherwise(language):
    assert cards(7, language, 5) == cards(7, language, 5)
    assert cards(7, language, 5) != cards(8, language, 5)
    hand = cards("class 3", language, 12)
    assert len({card.monument.key for card in hand}) == 12 == len({card.companion for card in hand})
    for card in hand:
        assert card.monument.name(language) in card.prompt
        assert card.place in card.prompt
        assert find_monument(card.prompt) == card.monument


def test_cards_keep_their_meaning_across_languages_and_their_limits():
    assert [one.monument for one in cards(3, "ko", 6)] == [one.monument for one in cards(3, "en", 6)]
    assert all(card.monument.has_sample_drawing for card in cards(1, "ko", 20, is_drawn_only=True))
    assert cards(1, "ko", 0) == ()
    assert len(cards(1, "ko", 10_000)) == len(monuments())


def test_questions_ask_for_what_is_missing_only():
    hints = improve("에펠탑", "ko")
    assert len(hints) == 3
    assert any("어디" in hint for hint in hints)
    assert any("누가" in hint for hint in hints)
    assert not any("기념물" in hint for hint in hints)
    asked = " ".join(improve("a dog beside the Eiffel Tower in morning sunlight", "en"))
    assert "Where" not in asked
    assert "time of day" not in asked
    assert "Who" not in asked
    assert "Which monument" in improve("a dog", "en")[0]


def test_an_empty_prompt_gets_a_beginning_and_a_full_one_praise():
    assert improve("  ", "ko") == ["어떤 기념물이나 주인공을 그리고 싶나요? 이름부터 적어 보세요."]
    full = "안개 낀 아침, 수선화 초원에서 노란 우산을 쓴 아이가 에펠탑을 조용히 바라보는 그림"
    assert improve(full, "ko") == ["장면이 눈앞에 그려져요! 이제 그려 볼까요?"]


@given(st.text(max_size=300), st.sampled_from(["ko", "en"]))
def test_any_text_gets_one_to_three_hints(text, language):
    hints = improve(text, language)
    assert 1 <= len(hints) <= 3
    assert hints == improve(text, language)


def test_it_runs_without_django():
    code = (
        "import sys, assignments.ideas as i; i.cards(1, 'ko'); i.improve('개', 'ko'); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

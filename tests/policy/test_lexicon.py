"""The shipped lexicon of innocent text: its patterns, and how far what it spares reaches."""

import pytest

from assignments.policy.shipped import LANGUAGES, Innocent, expanded, innocent, read_rows
from assignments.policy.sound import respellings
from tests.policy.lists import judged, only


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("칼국수", ["칼국수"]),
        ("(초|불)를 끄", ["초를 끄", "불를 끄"]),
        ("(a|b) (c|)", ["a c", "a ", "b c", "b "]),
    ],
)
def test_a_pattern_stands_for_every_choice(pattern, texts):
    assert list(expanded(pattern)) == texts


def test_brackets_mark_what_is_spared():
    assert Innocent("무당개구리", 0, 2) in set(innocent("ko"))
    assert judged("무당개구리를 그려 줘", "무당").is_allowed
    assert only("무당개구리를 그려 줘", "개구리").text == "개구리"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_whole(language):
    for pattern, reason, *rest in read_rows(f"exceptions.{language}.tsv"):
        assert reason, pattern
        assert not rest, pattern
        assert pattern.count("(") == pattern.count(")"), pattern
        assert pattern.count("[") == pattern.count("]") <= 1, pattern
        for text in expanded(pattern):
            assert text.strip() == text.replace("  ", " "), pattern


def test_a_saying_spares_no_longer_word_that_goes_on_where_it_ends():
    assert judged("밥 한 술 뜨는 아이", "술").is_allowed
    assert only("무서운 한 술집", "술").text == "술"


def test_a_short_first_word_is_not_the_end_of_a_longer_one():
    """내 기를 죽이다 is a saying, and 모기를 죽이다 is none."""
    assert judged("내 기를 죽이는 형", "죽이다").is_allowed
    assert not judged("모기를 죽이는 형", "죽이다").is_allowed


@pytest.mark.parametrize(
    ("term", "innocent_text", "disguise"),
    [
        ("속옷", "동화 속 옷 가게", "빨간 속 옷 입은 곰"),
        ("위스키", "눈 위 스키 타는 곰", "위 스키 마시는 곰"),
    ],
)
def test_a_place_word_belongs_to_the_noun_before_it(term, innocent_text, disguise):
    assert judged(innocent_text, term).is_allowed
    assert not judged(disguise, term).is_allowed


def test_a_noun_spelled_with_spaces_is_that_noun():
    assert judged("미 술 관 앞에 선 곰", "술").is_allowed
    assert not judged("술 한 잔", "술").is_allowed


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("폭력", ("퐁녁", "폭녁")),
        ("악마", ("앙마",)),
        ("살인", ("사린",)),
        ("음란", ("음난",)),
        ("폭행", ("포캥",)),
        ("칼날", ("칼랄",)),
        ("좀비", ()),
    ],
)
def test_words_are_respelled_as_they_are_spoken(word, spoken):
    assert respellings(word) == spoken

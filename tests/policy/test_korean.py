import unicodedata

import pytest

from assignments.policy import Matching, Policy, Rule, Term, check
from tests.policy.lists import judged, only


@pytest.mark.parametrize(
    "prompt",
    [
        "칼을 든 곰",
        "칼로 자른 수박",
        "칼 든 곰",
        "곰이 칼도 들고",
        "부엌칼을 든 곰",
        "칼싸움하는 곰",
        "칼들고뛰는곰",
    ],
)
def test_a_noun_is_found_with_particles_in_compounds_and_written_together(prompt):
    match = only(prompt, "칼")
    assert (match.term, match.text) == ("칼", "칼")
    assert prompt[match.start : match.end] == "칼"


@pytest.mark.parametrize(
    "prompt",
    [
        "칼국수 먹는 곰",
        "칼라풀한 곰",
        "칼슘 우유",
        "부르즈 칼리파",
        "스칼라 극장",
        "칼같이 줄 맞춘 곰",
        "칼 라르손 그림처럼",
    ],
)
def test_letters_inside_other_words_are_left_alone(prompt):
    assert judged(prompt, "칼").is_allowed


@pytest.mark.parametrize(
    "prompt", ["피라미드", "피사의 사탑", "피아노와 커피", "장미가 피는 성", "꽃이 피었어요", "소피아와 피자"]
)
def test_one_syllable_nouns_are_not_their_homographs(prompt):
    assert judged(prompt, "피").is_allowed


def test_an_innocent_word_does_not_hide_a_bad_one_beside_it():
    match = only("칼국수 옆에 칼을 든 곰", "칼")
    assert (match.start, match.end) == (7, 8)


@pytest.mark.parametrize(
    ("term", "prompt", "text"),
    [
        ("죽이다", "곰이 뱀을 죽였어요", "죽였어요"),
        ("죽이다", "뱀을 죽이는 곰", "죽이는"),
        ("무섭다", "무서운 곰", "무서운"),
        ("무섭다", "밤이 무서워요", "무서워요"),
        ("찌르다", "창으로 찔러서", "찔러서"),
        ("싸우다", "곰이 싸운다", "싸운다"),
        ("베다", "나무를 베는 곰", "베는"),
    ],
)
def test_predicates_are_found_in_every_form(term, prompt, text):
    match = only(prompt, term)
    assert (match.rule, match.text) == (Rule.INFLECTION, text)


def test_the_noun_made_of_a_predicate_counts_as_it():
    assert only("곰들의 싸움", "싸우다").rule is Rule.DERIVED


@pytest.mark.parametrize("prompt", ["하늘을 찌르는 탑", "하늘을 찌를 듯한 탑", "코를 찌르는 냄새"])
def test_idioms_are_left_alone_in_every_form(prompt):
    assert judged(prompt, "찌르다").is_allowed


def test_a_noun_with_an_ending_of_its_own_is_an_inflection():
    assert only("폭력적인 곰", "폭력").rule is Rule.INFLECTION


def test_the_linking_consonant_belongs_to_the_noun():
    assert only("핏자국이 난 벽", "피").text == "핏"


@pytest.mark.parametrize(
    ("prompt", "term", "rule", "text"),
    [
        ("ㅋㅏㄹ 든 곰", "칼", Rule.JAMO, "ㅋㅏㄹ"),
        ("카ㄹ을 든 곰", "칼", Rule.JAMO, "카ㄹ"),
        ("매ㄱ주 마시는 곰", "맥주", Rule.JAMO, "매ㄱ주"),
        ("폭 력 쓰는 곰", "폭력", Rule.SPACING, "폭 력"),
        ("폭.력 쓰는 곰", "폭력", Rule.SPACING, "폭.력"),
        ("폭2력 쓰는 곰", "폭력", Rule.SPACING, "폭2력"),
        ("뽁력 쓰는 곰", "폭력", Rule.SOUND, "뽁력"),
        ("전쟁쟁쟁 나는 곳", "전쟁", Rule.REPEAT, "전쟁쟁쟁"),
        ("zkf 든 곰", "칼", Rule.KEYS, "zkf"),
        ("곰과 🔪", "칼", Rule.EMOJI, "🔪"),
    ],
)
def test_disguises_are_undone(prompt, term, rule, text):
    match = only(prompt, term)
    assert (match.rule, match.text) == (rule, text)


@pytest.mark.parametrize(
    "prompt",
    [
        "산맥 주변 기차",
        "강아지 옥수수",
        "좀 비슷한 곰",
        "도시 체험",
        "만리장성... 인형",
        "성 인근 나무",
        "ㅋㅋㅋ 웃긴 곰 ㅎㅎ",
    ],
)
def test_words_do_not_form_across_borders(prompt):
    assert judged(prompt, "맥주", "지옥", "좀비", "시체", "성인").is_allowed


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u115f", "\x00", "\x07"]
)
def test_invisible_characters_hide_nothing(hidden):
    match = only(f"폭{hidden}력 쓰는 곰", "폭력")
    assert match.text == f"폭{hidden}력"


def test_decomposed_hangul_in_prompts_and_lists():
    prompt = unicodedata.normalize("NFD", "칼을 든 곰")
    match = only(prompt, "칼")
    assert match.text == unicodedata.normalize("NFD", "칼")
    term = unicodedata.normalize("NFD", "칼")
    assert only("칼을 든 곰", term).term == term


@pytest.mark.parametrize("prompt", ["노출이 과도한 옷", "과도한 노출", "과도하게 노출된 옷"])
def test_the_words_of_a_phrase_count_in_any_order(prompt):
    assert only(prompt, "과도한 노출").rule is Rule.PHRASE


@pytest.mark.parametrize(
    "prompt", ["과도한 장식", "노출 콘크리트 벽", "과도한 장식이 있는 아주 크고 오래된 성과 노출 콘크리트"]
)
def test_a_part_of_a_phrase_is_no_match(prompt):
    assert judged(prompt, "과도한 노출").is_allowed


def test_anywhere_finds_letters_inside_words():
    anywhere = Policy(terms=(Term("칼", Matching.ANYWHERE),))
    assert [match.rule for match in check("스칼라 극장", anywhere).matches] == [Rule.ANYWHERE]


def test_a_classes_exception_wins_only_inside_its_own_span():
    assert judged("칼춤을 추는 곰", "칼", exceptions=["칼춤"]).is_allowed
    assert not judged("칼춤을 추는 곰이 칼을", "칼", exceptions=["칼춤"]).is_allowed
    assert judged("불고기 먹는 곰", "불고기").matches, "a shipped innocent word gives way to the list itself"


def test_every_list_that_holds_a_term_is_told():
    policy = Policy(
        terms=(Term("칼", list_name="school", version=12), Term("칼", list_name="class", version=3))
    )
    told = {(match.list_name, match.version) for match in check("칼을 든 곰", policy).matches}
    assert told == {("school", 12), ("class", 3)}


@pytest.mark.parametrize(
    ("prompt", "term"),
    [
        ("🦈 옆의 배", "상어"),
        ("🪓 든 나무꾼", "도끼"),
        ("🐺와 아이", "늑대"),
        ("🔪 든 곰", "칼"),
        ("🧛🏻 성", "뱀파이어"),
        ("☠️ 깃발", "해골"),
    ],
)
def test_emoji_by_what_they_show(prompt, term):
    assert only(prompt, term).rule is Rule.EMOJI
    assert judged(prompt, "우산").is_allowed

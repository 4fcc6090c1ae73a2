import pytest

from assignments.policy import Rule
from tests.policy.lists import judged, only


@pytest.mark.parametrize(
    ("prompt", "term", "rule", "text"),
    [
        ("a knife on a table", "knife", Rule.WORD, "knife"),
        ("Knives on a table", "knife", Rule.LEMMA, "Knives"),
        ("a violent robot", "violence", Rule.DERIVED, "violent"),
        ("a bloody door", "blood", Rule.DERIVED, "bloody"),
        ("two bears fought", "fight", Rule.LEMMA, "fought"),
        ("the dog bit a man", "bite", Rule.DERIVED, "bit"),
        ("handguns in a box", "gun", Rule.COMPOUND, "handguns"),
        ("a swordsman", "sword", Rule.COMPOUND, "swordsman"),
        ("KN1FE on a table", "knife", Rule.LEET, "KN1FE"),
        ("bl00d on a table", "blood", Rule.LEET, "bl00d"),
        ("k n i f e on a table", "knife", Rule.SPACING, "k n i f e"),
        ("a k-n-i-f-e on a table", "knife", Rule.SPACING, "k-n-i-f-e"),
        ("bl.ood on a table", "blood", Rule.SPACING, "bl.ood"),
        ("knifeeee on a table", "knife", Rule.REPEAT, "knifeeee"),
        ("a k*ife on a table", "knife", Rule.LOOKALIKE, "k*ife"),
        ("a 🔪 on a table", "knife", Rule.EMOJI, "🔪"),
    ],
)
def test_forms_and_disguises(prompt, term, rule, text):
    match = only(prompt, term)
    assert (match.rule, match.text, match.term) == (rule, text, term)


@pytest.mark.parametrize("prompt", ["knіfe", "ｋｎｉｆｅ", "𝐤𝐧𝐢𝐟𝐞", "ⓚⓝⓘⓕⓔ", "kní\u0301fe", "kni\u200bfe"])
def test_look_alike_letters(prompt):
    match = only(f"a {prompt} here", "knife")
    assert match.text == prompt


@pytest.mark.parametrize(
    ("prompt", "term"),
    [
        ("a skilled dancer", "kill"),
        ("the party has begun", "gun"),
        ("a burgundy hat", "gun"),
        ("the road snaked on", "naked"),
        ("a drum show", "rum"),
        ("imagine a whale", "gin"),
        ("imagine a whale", "ale"),
        ("architecture", "hit"),
        ("a password sign", "sword"),
        ("Scunthorpe and grapes", "rape"),
        ("a firefighter", "fight"),
        ("a shooting star", "shoot"),
        ("a close up shot", "shoot"),
        ("seen with the naked eye", "naked"),
        ("a better alphabet", "bet"),
        ("soooo pretty", "so"),
        ("2 cats and 10 dogs", "cat2"),
        ("pink ill... pink island", "kill"),
    ],
)
def test_innocent_words(prompt, term):
    assert judged(prompt, term).is_allowed


def test_short_terms_work():
    assert only("a UK map", "uk").text == "UK"
    assert judged("a duke", "uk").is_allowed


@pytest.mark.parametrize("prompt", ["self-harm", "self harm", "selfharm"])
def test_a_hyphen_may_be_left_out(prompt):
    assert judged(prompt, "self-harm", is_safety_checked=False).matches


@pytest.mark.parametrize("prompt", ["adult themes", "themes for adults", "an ADULT theme"])
def test_phrases(prompt):
    assert only(prompt, "adult themes").rule is Rule.PHRASE


@pytest.mark.parametrize("prompt", ["many themes", "adult elephants", "adult elephants. Themes"])
def test_parts_of_phrases(prompt):
    assert judged(prompt, "adult themes").is_allowed


@pytest.mark.parametrize(
    ("prompt", "term"),
    [
        ("knife를 든 곰", "knife"),
        ("곰 with 피", "피"),
        ("r18 그림", "r18"),
        ("19금 그림", "19금"),
        ("곰 ☠", "☠"),
    ],
)
def test_mixed_scripts_digits_and_signs(prompt, term):
    assert only(prompt, term).term == term


@pytest.mark.parametrize(("prompt", "term"), [("tr180 카메라", "r18"), ("119금방", "19금")])
def test_digits_are_not_cut_out_of_longer_ones(prompt, term):
    assert judged(prompt, term).is_allowed

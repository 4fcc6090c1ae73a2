import re

import pytest

from assignments.policy import HINTS, Match, Policy, Rule, check, shipped, suggest
from assignments.policy.rewording import _additions

POLICY = Policy(
    terms=(*shipped.starter("8-10", "ko"), *shipped.starter("8-10", "en")),
    people=("손흥민",),
)


def reworded(prompt: str, policy: Policy = POLICY) -> tuple[str, ...]:
    return suggest(prompt, check(prompt, policy), policy)


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("피를 흘리는 기사", "환하게 웃는 기사"),
        ("칼을 든 기사와 에펠탑", "꽃다발을 든 기사와 에펠탑"),
        ("드래곤을 죽이는 영웅", "드래곤과 손을 잡은 영웅"),
        ("에펠탑 앞에서 칼싸움하는 해적", "에펠탑 앞에서 환하게 웃는 해적"),
        ("칼로 케이크를 자르는 아이", "케이크를 자르는 아이"),
        ("맥주와 치킨을 먹는 곰", "치킨을 먹는 곰"),
        ("좀비가 나오는 학교", "토끼가 나오는 학교"),
        ("핏자국이 있는 복도", "햇살이 비치는 복도"),
        ("폭 력 로봇", "반짝이는 로봇"),
        ("총천연색 무지개와 권총 모양 구름", "총천연색 무지개와 꽃다발 모양 구름"),
        ("피 옆의 에펠탑", "장미 옆의 에펠탑"),
        ("피 냄새가 나는 숲", "장미 냄새가 나는 숲"),
        ("무기를 파는 가게", "햇살이 비치는 가게"),
        ("손흥민이 공을 차는 그림", "운동선수가 공을 차는 그림"),
        ("a bear with a knife in Petra", "a bear with a bouquet in Petra"),
        ("an evil queen", "a friendly queen"),
        ("a hero who killed the giant", "a hero who hugged the giant"),
        ("a knight bleeding in the snow", "a knight smiling in the snow"),
        ("two knives on a table", "two bouquets on a table"),
    ],
)
def test_refused_words_are_exchanged_where_the_sentence_stays_whole(prompt, first):
    assert reworded(prompt)[0] == first


@pytest.mark.parametrize(
    ("prompt", "sight"),
    [
        ("기사가 에펠탑에서 칼을 들고 용과 싸운다", "에펠탑"),
        ("칼", "성"),
        ("피가 나는 손가락과 첨성대", "첨성대"),
        ("a soldier shooting a gun at Big Ben", "Big Ben"),
        ("the devil dancing in hell", "castle"),
        ("피 흘리는 싸움", "성"),
        ("폭력적인 게임과 첨성대", "첨성대"),
        ("칼이 꽂힌 돌", "성"),
        ("내 번호는 010-1234-5678", "성"),
    ],
)
def test_a_sentence_that_would_be_torn_or_silly_gives_way_to_a_kind_idea_at_the_same_sight(prompt, sight):
    ideas = reworded(prompt)
    assert ideas
    for idea in ideas:
        assert sight in idea
        assert check(idea, POLICY).is_allowed


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        (
            "A samurai with a sword on London Bridge, blood everywhere",
            "A samurai with a bouquet on London Bridge",
        ),
        ("런던 다리 위에서 칼을 든 사무라이, 사방에 피", "런던 다리 위에서 꽃다발을 든 사무라이"),
        ("달이 뜬 바다, 손흥민 얼굴에 피", "달이 뜬 바다"),
        ("A castle at night. Blood on the floor.", "A castle at night. A rose on the floor."),
        # What would be left is no picture, or no sentence.
        ("On London Bridge, blood everywhere", "Red petals in the wind by London Bridge"),
        ("놀이터를 그리는데, 피가 너무 많이 나고", "빨간 꽃잎이 흩날리는 커다란 성"),
    ],
)
def test_a_part_that_cannot_be_reworded_is_left_out(prompt, first):
    assert reworded(prompt)[0] == first


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("kill people on london bridge", "London Bridge"),
        ("An old gun at Lake Baikal", "Lake Baikal"),
        ("kill him in the school library", "the school library"),
        ("a sword fight in December", "a big castle"),
        ("런던 브리지에서 칼싸움", "런던 브리지"),
        ("우리 동네 놀이터에서 피 흘리는 싸움", "우리 동네 놀이터"),
        ("한강에서 총을 쏘고 싶어요", "한강"),
        ("나는 꿈속에서 칼을 봤다", "커다란 성"),
        ("피바다에서 칼을 봤다", "커다란 성"),
    ],
)
def test_the_place_is_kept(prompt, place):
    ideas = reworded(prompt)
    assert ideas
    assert all(place in idea for idea in ideas)


@pytest.mark.parametrize(
    ("prompt", "first"),
    [
        ("칼을 그려 주세요", "꽃다발을 그려 주세요"),
        ("풍선이랑 칼을 그려 주세요", "풍선이랑 꽃다발을 그려 주세요"),
        ("make it evening, with blood everywhere", "make it evening"),
        ("총 쏘게 해 주세요", "꽃다발을 더해 주세요"),
        ("make him drink beer", "add some orange juice"),
        ("make the knight bleed", "add a rose"),
        ("내 번호는 010-1234-5678", "무지개를 더해 주세요"),
    ],
)
def test_a_change_stays_a_change(prompt, first):
    ideas = suggest(prompt, check(prompt, POLICY), POLICY, is_change=True)
    assert ideas[0] == first
    assert all(check(idea, POLICY).is_allowed for idea in ideas)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("hint", HINTS)
def test_what_may_be_added_is_of_every_kind(hint, language):
    match = Match(None, Rule.WORD, 0, 1, "x", hint=hint)
    additions = list(_additions((match,), language))
    assert additions
    assert all(check(addition, POLICY).is_allowed for addition in additions)


@pytest.mark.parametrize(
    "prompt", ["피 흘리는 싸움", "유혈 싸움", "피 튀기는 전투", "a bloody fight", "violent battles"]
)
def test_a_fight_that_the_list_does_not_name_is_not_dressed_up(prompt):
    lesson = Policy(terms=(*shipped.lesson("ko"), *shipped.lesson("en")))
    ideas = reworded(prompt, lesson)
    assert ideas
    assert not [idea for idea in ideas if re.search("싸움|전투|fight|battle", idea)]


@pytest.mark.parametrize("group", [group.key for group in shipped.groups()])
def test_every_shipped_term_leads_to_ideas_that_pass(group):
    for term in shipped.group(group).all_terms:
        verdict = check(f"{term.text}", POLICY)
        if verdict.kind == "ordinary" and not verdict.is_allowed:
            ideas = suggest(term.text, verdict, POLICY)
            assert ideas, term.text
            assert all(check(idea, POLICY).is_allowed for idea in ideas)

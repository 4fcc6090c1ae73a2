"""Terms the engine was not made for: many words in every grammatical dress and disguise, and words that hold them."""

import unicodedata

import pytest

from assignments.policy.normalise import LEADS, TAILS, VOWELS, is_open, split_syllable
from assignments.policy.shipped import read_rows
from tests.policy.lists import judged

NOUNS = """
    가위 망치 사슬 채찍 감옥 가면 광대 상어 늑대 호랑이 악어 공룡 거인 마녀 해적 도둑 강도 군인 로켓
    총알 방패 투구 지하실 무덤 뼈다귀 심장 송곳니 발톱 꼬리 진흙 쓰레기 변기 문신 지갑 보석 시위
    혁명 홍수 지진 태풍 사고 상처 세균 주사기 사탕 햄버거 소시지 주먹 비명 거짓말 비밀 소문 주문
    천사 감자 고구마 자동차 비행기 잠수함 로봇 인형 풍선 사과 포도 김치 라면
""".split()  # noqa: SIM905
HOLDERS = (
    ("사과", "인사과장"), ("가위", "한가위"), ("감자", "감자기"), ("고문", "고문서"),
    ("사자", "조사자"), ("배우", "배우자"), ("의자", "주의자"), ("기차", "자기차"),
    ("과자", "치과자리"), ("이사", "이사벨라"), ("수박", "수박람회"), ("전화", "안전화"),
    ("지도", "돼지도"), ("미로", "개미로"), ("자두", "과자두개"), ("부자", "공부자리"),
    ("시장", "역시장미"), ("도시", "필리핀도시락"), ("장미", "시장미술관"), ("나비", "바나비누"),
)  # fmt: skip
ENGLISH = """
    hammer chain whip trap cage torch mask clown shark wolf tiger crocodile giant mummy pirate
    robber rocket laser bullet shield helmet dungeon prison tomb skeleton heart claw tail garbage
    toilet tattoo lottery jewel protest flood storm injury virus needle candy chicken scream rumor
    wizard angel temple
""".split()  # noqa: SIM905
LEET = str.maketrans({"o": "0", "i": "1", "e": "3", "a": "4", "s": "5", "t": "7"})


def with_particle(word: str, closed: str, opened: str) -> str:
    return word + (opened if is_open(word[-1]) else closed)


def spelled(word: str) -> str:
    letters = []
    for syllable in word:
        lead, vowel, tail = split_syllable(syllable)
        letters.append(LEADS[lead] + VOWELS[vowel] + TAILS[tail])
    return "".join(letters)


def korean_dresses(word: str) -> list[str]:
    return [
        f"빅벤 앞에 {word}",
        f"{with_particle(word, '을', '를')} 든 곰",
        f"{with_particle(word, '이', '가')} 있는 빅벤",
        f"{with_particle(word, '은', '는')} 크고 곰은 작아요",
        f"{word}처럼 생긴 빅벤",
        f"{with_particle(word, '이랑', '랑')} 노는 곰",
        f"{with_particle(word, '을', '를')}들고있는곰",
        f"{'.'.join(word)} 든 곰",
        f"{' '.join(word)} 든 곰",
        f"{word[0]}\u200b{word[1:]} 든 곰",
        f"{word[0]}1{word[1:]} 든 곰",
        f"{spelled(word)} 든 곰",
        unicodedata.normalize("NFD", f"{word} 든 곰"),
    ]


def english_dresses(word: str) -> list[str]:
    return [
        f"a {word} at Big Ben",
        f"two {word}{'es' if word.endswith(('s', 'x', 'ch')) else 's'} at Big Ben"
        if word[-1] not in "yf"
        else word,
        f"A {word.upper()}!",
        f"a {word.translate(LEET)} at Big Ben",
        f"a {' '.join(word)} at Big Ben",
        f"a {'-'.join(word)} at Big Ben",
        f"a {word[:2]}.{word[2:]} at Big Ben",
        f"a {word}{word[-1] * 3} at Big Ben",
        f"a {word[:2]}\u200b{word[2:]} at Big Ben",
    ]


@pytest.mark.parametrize(
    ("words", "dresses"), [(NOUNS, korean_dresses), (ENGLISH, english_dresses)], ids=["korean", "english"]
)
def test_unseen_words_are_found(words, dresses):
    prompts = [(word, prompt) for word in words for prompt in dresses(word)]
    missed = [(word, prompt) for word, prompt in prompts if judged(prompt, word).is_allowed]
    assert len(missed) <= len(prompts) * 0.01, missed


def test_unseen_words_inside_others_are_left_alone():
    alarms = [(term, holder) for term, holder in HOLDERS if not judged(f"{holder} 그림", term).is_allowed]
    assert len(alarms) <= 1, alarms


def test_unrelated_words_never_alarm():
    alarms = [
        (term, prompt)
        for number, term in enumerate(NOUNS)
        for prompt in korean_dresses(NOUNS[(number + 7) % len(NOUNS)])
        if not judged(prompt, term).is_allowed
    ]
    assert alarms == []


@pytest.mark.parametrize("name", ["exceptions.ko.tsv", "exceptions.en.tsv"])
def test_every_innocent_word_has_its_reason(name):
    rows = read_rows(name)
    assert len(rows) > 500
    assert all(len(row) == 2 and all(cell.strip() for cell in row) for row in rows)


FORMS = {
    "굽다": "굽고 구운 구워요 구웠다 구우면 굽는 구움을",
    "눕다": "눕고 누운 누워서 누웠어요 누우려는 눕는",
    "긋다": "긋고 그었다 그었어요 긋는",
    "짓다": "짓고 지은 지었다 지어요 짓는",
    "싣다": "싣고 실었다 실었어요 싣는",
    "부르다": "부르고 부른 불러요 불렀다 부르는 부름을",
    "속이다": "속이고 속인 속여요 속였다 속이는 속이려고 속임을 속입니다",
    "뽀뽀하다": "뽀뽀하고 뽀뽀한 뽀뽀해요 뽀뽀했다 뽀뽀하는 뽀뽀",
    "하얗다": "하얗고 하얀 하얘요 하얬다",
    "훔치다": "훔치고 훔친 훔쳐요 훔쳤다 훔치는 훔치기 훔침을 훔칩니다",
    "무섭다": "무섭고 무서운 무서워요 무서웠다 무섭게 무서움을",
    "부수다": "부수고 부순 부숴요 부쉈다 부수는 부수기 부숩니다",
    "찌르다": "찌르고 찌른 찔러요 찔렀다 찌르는 찔린 찔려서 찌릅니다",
    "베다": "베고 베는 베였다 벱니다",
}


@pytest.mark.parametrize("term", FORMS)
def test_every_form_of_a_predicate_is_found(term):
    missed = [form for form in FORMS[term].split() if judged(f"곰이 {form} 그림", term).is_allowed]
    assert missed == []


@pytest.mark.parametrize(
    ("term", "word"),
    [
        ("차다", "차는 뜨거워요"),
        ("물다", "문 앞의 곰"),
        ("물다", "물을 마시는 곰"),
        ("그리다", "곰 그리고 토끼"),
        ("놀리다", "놀이터의 곰"),
        ("베다", "베트남의 곰"),
        ("속이다", "속이 깊은 곰"),
        ("무섭다", "무선 이어폰을 낀 곰"),
        ("물다", "물음표 모양 구름"),
        ("차다", "참새와 참외"),
        ("고르다", "고라니 두 마리"),
        ("부르다", "부부를 그린 탑"),
        ("태우다", "태권도 하는 곰"),
        ("자르다", "자르르 윤기 나는 밥"),
    ],
)
def test_words_that_look_like_forms_are_left_alone(term, word):
    assert judged(word, term).is_allowed


@pytest.mark.parametrize(
    ("term", "words"),
    [
        ("ship", "friendship championship relationship"),
        ("ant", "giant elephant restaurant accountant"),
        ("car", "carpet cartoon carrot"),
        ("ham", "hammer hamster hammock shampoo"),
        ("sand", "sandal sandwich thousand"),
        ("king", "baking walking kingfisher"),
        ("bat", "battery batter acrobat"),
        ("ice", "dice police service justice"),
        ("war", "warm warranty beware"),
    ],
)
def test_endings_and_beginnings_of_english_words_are_no_compounds(term, words):
    alarms = [word for word in words.split() if not judged(f"a {word} in Petra", term).is_allowed]
    assert alarms == []

"""Kind questions that help a child to say more. Deterministic, without a network."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .monuments import find_monument

MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class _Topic:
    """Something worth saying: how to see that it is said, and the question when it isn't."""

    key: str
    said_ko: str
    said_en: str
    question: Mapping[str, str]


_TOPICS: tuple[_Topic, ...] = (
    _Topic(
        "place",
        r"(?:위|안|속|앞|옆|곁|뒤|아래|가운데|가)(?:에|의|에서)|[가-힣]{2,}에서|초원|들판|바다|사막|숲|도시|하늘|우주|교실|호수|정원|꽃밭",
        r"\b(?:on|in|at|under|above|inside|near|beside|behind|by|next to|"
        r"in front of)\b(?! (?:the )?(?:morning|evening|night|noon))",
        {
            "ko": "그곳은 어디인가요? 아무도 생각하지 못한 곳이면 더 재미있어요.",
            "en": "Where is it? A place that nobody expects is more fun.",
        },
    ),
    _Topic(
        "companion",
        r"아이|소년|소녀|사람|친구|개(?![가-힣]*선문)|고양이|토끼|강아지|곰|여우|말을|새가|비행사|"
        r"로봇|공룡|코끼리|고래|호랑이|사자|펭귄|[가-힣]+하는 |[가-힣]+을 든|[가-힣]+를 든|"
        r"[가-힣]+을 탄|타고",
        r"\b(?:child|boy|girl|person|friend|dog|cat|rabbit|bear|fox|horse|bird|astronaut|robot|dinosaur|elephant|whale|tiger|lion|penguin|\w+ing)\b",
        {"ko": "누가 함께 있나요? 무엇을 하고 있나요?", "en": "Who is there, and what are they doing?"},
    ),
    _Topic(
        "time",
        r"아침|낮|저녁|밤|새벽|노을|햇살|햇빛|달빛|별빛|정오|오후|오전|일출|일몰|해 ?질|해 ?뜰",
        r"\b(?:morning|noon|afternoon|evening|night|dawn|dusk|sunset|sunrise|sunlight|moonlight|midnight|starry|day)\b",
        {
            "ko": "하루 중 언제인가요? 아침인가요, 노을 질 때인가요, 별이 뜬 밤인가요?",
            "en": "What time of day is it? Morning, sunset or a starry night?",
        },
    ),
    _Topic(
        "weather",
        r"눈이|눈 |함박눈|비가|비 |안개|바람|구름|무지개|맑|흐린|봄|여름|가을|겨울|번개|햇살",
        r"\b(?:snow\w*|rain\w*|fog\w*|mist\w*|wind\w*|cloud\w*|sunny|storm\w*|spring|summer|autumn|"
        r"winter|clear sky|sunlight)\b",
        {
            "ko": "날씨나 계절은 어떤가요? 안개, 눈, 무지개는 어떨까요?",
            "en": "What is the weather or the season like? Perhaps mist, snow or a rainbow?",
        },
    ),
    _Topic(
        "colour",
        r"빨간|붉은|주황|노란|초록|파란|푸른|보라|분홍|하얀|흰|검은|갈색|금빛|은빛|알록달록|[가-힣]+색",
        r"\b(?:red|orange|yellow|green|blue|purple|pink|white|black|brown|gold\w*|silver|colou?r\w*|bright|pale)\b",
        {
            "ko": "어떤 색이 눈에 띄나요? 한 가지만 골라 적어 보세요.",
            "en": "Which colour stands out? Choose one and write it down.",
        },
    ),
    _Topic(
        "feeling",
        r"조용|신나|따뜻|신비|포근|쓸쓸|즐거|행복|평화|반짝|고요|웃",
        r"\b(?:quiet|calm|cosy|cozy|happy|merry|mysterious|magical|peaceful|lonely|gentle|warm|dreamy|funny)\b",
        {
            "ko": "그림을 보면 어떤 느낌이 들면 좋을까요? 조용한가요, 신나는가요?",
            "en": "How should the picture feel? Quiet, merry or mysterious?",
        },
    ),
)
_START = {
    "ko": "어떤 기념물이나 주인공을 그리고 싶나요? 이름부터 적어 보세요.",
    "en": "Which monument or hero would you like to draw? Begin with a name.",
}
_MONUMENT = {
    "ko": "어느 기념물인가요? 이름을 적으면 그림이 더 또렷해져요.",
    "en": "Which monument is it? A name makes the picture clearer.",
}
_DONE = {
    "ko": "장면이 눈앞에 그려져요! 이제 그려 볼까요?",
    "en": "I can see the scene already. Shall we draw it?",
}


def improve(prompt: str, language: str) -> list[str]:
    """Return at most three questions about what the prompt leaves open, the most useful first.

    A prompt that says everything gets one word of praise instead; an empty one a place to begin.
    """
    tongue = "ko" if language.startswith("ko") else "en"
    text = prompt[:2000].casefold()
    if not re.search(r"\w", text):
        return [_START[tongue]]
    hints = [] if find_monument(prompt) else [_MONUMENT[tongue]]
    for topic in _TOPICS:
        if not (re.search(topic.said_ko, text) or re.search(topic.said_en, text)):
            hints.append(topic.question[tongue])
    return hints[:MOST_HINTS] or [_DONE[tongue]]

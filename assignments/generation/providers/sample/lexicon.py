"""What words mean to the picture: our own lists first, then CLDR's names of emoji."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from . import emoji_art
from .scene import Kind, Link


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word says: a thing, something about the whole picture, a colour or a link.

    ``group`` is a kind of thing or one of time, weather, season, place, flower, colour, size, link, moon, count.
    """

    group: str
    key: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    korean: Mapping[str, Meaning]
    english: Mapping[str, Meaning]
    names: Mapping[str, tuple[str, str]]  # key -> (Korean, English)

    most_words: int = 5


# Verbs in all their Korean endings are in ``verbs``; here stand particles of place and the short forms.
_LINKS: Mapping[Link, tuple[str, str]] = {
    Link.BESIDE: ("옆 옆에 옆의 옆에서 곁 곁에 곁의 곁에서 근처 근처에", "beside|next to|near|by|alongside"),
    Link.ON: (
        "위 위에 위의 위에서 위로 위를 꼭대기에 꼭대기의 꼭대기에서 지붕위에",
        "on|on top of|atop|sitting on|standing on|onto|crossing|crosses|climbing|climbs",
    ),
    Link.UNDER: ("아래 아래에 아래의 아래에서 밑 밑에 밑의 밑에서", "under|underneath|below|beneath"),
    Link.INSIDE: ("안 안에 안의 안에서 속 속에 속의 속에서", "in|inside|into"),
    Link.ABOVE: ("위를나는", "above|over|flying over|flying above|jumping over|floating over|floating above"),
    Link.IN_FRONT: ("앞 앞에 앞의 앞에서", "in front of|before"),
    Link.BEHIND: ("뒤 뒤에 뒤의 뒤에서", "behind"),
    Link.HOLDING: (
        "든 들은 쥔 안은 품은 손에든 가진",
        (
            "holding|holds|hold|carrying|carries|hugging|hugs|eating|eats|reading|reads|playing|plays|"
            "playing the|drinking|with|flying|lifting|lifts"
        ),
    ),
    Link.RIDING: ("탄 올라탄", "riding|rides|ride|driving|drives|riding in|riding on"),
    Link.WEARING: ("쓴 입은 낀 신은", "wearing|wears|wear"),
    Link.FACING: (
        "보는 보고",
        "looking at|looks at|look at|watching|watches|facing|gazing at|staring at|looking up at|gazes at",
    ),
}


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the whole lexicon, read once a process."""
    emoji_ko, emoji_en, emoji_names = emoji_art.names()
    korean = {name: Meaning(Kind.EMOJI, key) for name, key in emoji_ko.items()}
    english = {name: Meaning(Kind.EMOJI, key) for name, key in emoji_en.items()}
    names = dict(emoji_names)
    for kind, entries in _load("things.toml").items():
        for key, (ko, en) in entries.items():
            korean |= dict.fromkeys((name.replace(" ", "") for name in ko), Meaning(kind, key))
            english |= dict.fromkeys(en, Meaning(kind, key))
            names[key] = (_KO_TITLES.get(key, ko[0]), _EN_TITLES.get(key, en[0]))
    for group, entries in _load("words.toml").items():
        for key, spellings in entries.items():
            is_plain = isinstance(spellings, list)
            ko = spellings if is_plain else spellings["ko"]
            en = spellings if is_plain else spellings["en"]
            korean |= dict.fromkeys(ko, Meaning(group, key))
            english |= dict.fromkeys(en, Meaning(group, key))
            if group == "flower":
                names[key] = (ko[0], en[0])
    korean |= dict.fromkeys(("달", "달님", "보름달", "초승달", "반달"), Meaning("moon", "moon"))
    english |= dict.fromkeys(("moon", "full moon", "crescent moon", "half moon"), Meaning("moon", "moon"))
    for link, (ko_words, en_words) in _LINKS.items():
        korean |= dict.fromkeys(ko_words.split(), Meaning("link", link))
        english |= dict.fromkeys(en_words.split("|"), Meaning("link", link))
    return Lexicon(korean, english, names)


_KO_TITLES: Mapping[str, str] = {
    "pisa_tower": "피사의 사탑", "statue_of_liberty": "자유의 여신상",
    "great_wall": "만리장성", "n_seoul_tower": "남산서울타워",
    "hwaseong": "수원 화성", "moai": "모아이 석상", "sydney_opera_house": "시드니 오페라하우스",
    "louvre_pyramid": "루브르 피라미드",
    "christ_redeemer": "구세주 그리스도상", "saint_basil": "성 바실리 대성당", "sagrada_familia": "사그라다 파밀리아",
    "astronaut": "우주 비행사", "boy": "남자아이", "girl": "여자아이",
    "parthenon": "파르테논 신전", "burj_khalifa": "부르즈 할리파",
    "lotte_world_tower": "롯데월드타워", "taj_mahal": "타지마할", "🧸": "테디 베어", "rose": "꽃", "rapeseed": "유채꽃",
}  # fmt: skip
_EN_TITLES: Mapping[str, str] = {
    "eiffel_tower": "the Eiffel Tower", "arc_de_triomphe": "the Arc de Triomphe",
    "pisa_tower": "the Leaning Tower of Pisa",
    "pyramids": "the pyramids", "taj_mahal": "the Taj Mahal", "big_ben": "Big Ben", "colosseum": "the Colosseum",
    "statue_of_liberty": "the Statue of Liberty", "great_wall": "the Great Wall of China",
    "gyeongbokgung": "Gyeongbokgung",
    "sungnyemun": "Sungnyemun", "hwaseong": "Hwaseong Fortress", "cheomseongdae": "Cheomseongdae", "dabotap": "Dabotap",
    "seokgatap": "Seokgatap", "n_seoul_tower": "N Seoul Tower", "lotte_world_tower": "Lotte World Tower",
    "burj_khalifa": "the Burj Khalifa", "moai": "moai statues", "stonehenge": "Stonehenge", "mount_fuji": "Mount Fuji",
    "sydney_opera_house": "the Sydney Opera House", "golden_gate_bridge": "the Golden Gate Bridge",
    "tower_bridge": "Tower Bridge", "sagrada_familia": "the Sagrada Familia", "christ_redeemer": "Christ the Redeemer",
    "parthenon": "the Parthenon",
    "windmill": "a windmill", "louvre_pyramid": "the Louvre Pyramid", "sphinx": "the Sphinx",
    "saint_basil": "Saint Basil's Cathedral", "🧸": "teddy bear", "rose": "flower",
}  # fmt: skip

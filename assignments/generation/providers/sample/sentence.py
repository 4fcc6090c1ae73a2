"""One sentence about the picture, in Korean and English, for people who can't see it."""

from __future__ import annotations

from collections.abc import Mapping

from .compose import settled
from .lexicon import lexicon
from .naming import name_of, with_particle
from .relations import FACEWEAR, HEADWEAR, ON_THE_FEET
from .scene import Link, Scene

_TIME = {
    "morning": ("아침", "in the morning"),
    "evening": ("저녁", "in the evening"),
    "night": ("밤", "at night"),
}
_WEATHER = {
    "clear": ("맑은", "on a clear day"),
    "rain": ("비 오는", "in the rain"), "snow": ("눈 내리는", "in the snow"), "fog": ("안개 낀", "in the fog"),
    "wind": ("바람 부는", "in the wind"), "cloudy": ("구름 낀", "under clouds"), "storm": ("번개 치는", "in a storm"),
    "rainbow": ("무지개 뜬", "under a rainbow"),
}  # fmt: skip
_SEASON = {
    "spring": ("봄", "spring"),
    "summer": ("여름", "summer"),
    "autumn": ("가을", "autumn"),
    "winter": ("겨울", "winter"),
}
_PLACE = {
    "meadow": ("들판", "a meadow"), "sea": ("바닷가", "the seaside"), "underwater": ("바닷속", "the sea floor"),
    "lake": ("물가", "the waterside"), "desert": ("사막", "a desert"), "volcano": ("화산 지대", "a land of lava"),
    "moon": ("달 표면", "the moon"), "space": ("우주", "space"),
    "city": ("도시", "a city"), "snowfield": ("눈밭", "a snowfield"), "forest": ("숲", "a forest"),
    "mountains": ("산", "the mountains"), "clouds": ("구름 위", "the clouds"), "room": ("방 안", "a room"),
}  # fmt: skip
_LINK_KO: Mapping[Link, str] = {
    Link.BESIDE: "{target} 옆에 있는 {subject}", Link.ON: "{target} 위에 있는 {subject}",
    Link.UNDER: "{target} 아래에 있는 {subject}", Link.INSIDE: "{target} 안에 있는 {subject}",
    Link.ABOVE: "{target} 위를 나는 {subject}",
    Link.IN_FRONT: "{target} 앞에 있는 {subject}",
    Link.BEHIND: "{target} 뒤에 있는 {subject}", Link.HOLDING: "{target_object} 든 {subject}",
    Link.RIDING: "{target_object} 탄 {subject}", Link.WEARING: "{target_object} 쓴 {subject}",
    Link.FACING: "{target_object} 바라보는 {subject}",
}  # fmt: skip
_LINK_KO_FIRST: Mapping[Link, str] = {
    Link.BESIDE: "{target} 옆에서 {subject}", Link.ON: "{target} 위에서 {subject}",
    Link.UNDER: "{target} 아래에서 {subject}", Link.INSIDE: "{target} 안에서 {subject}",
    Link.ABOVE: "{target} 위를 날며 {subject}",
    Link.IN_FRONT: "{target} 앞에서 {subject}",
    Link.BEHIND: "{target} 뒤에서 {subject}", Link.HOLDING: "{target_object} 들고 {subject}",
    Link.RIDING: "{target_object} 타고 {subject}", Link.WEARING: "{target_object} 쓰고 {subject}",
    Link.FACING: "{target_object} 바라보며 {subject}",
}  # fmt: skip
_LINK_EN: Mapping[Link, str] = {
    Link.BESIDE: "beside", Link.ON: "on", Link.UNDER: "under", Link.INSIDE: "inside", Link.ABOVE: "above",
    Link.IN_FRONT: "in front of", Link.BEHIND: "behind", Link.HOLDING: "holding",
    Link.RIDING: "riding", Link.WEARING: "wearing", Link.FACING: "looking at",
}  # fmt: skip


def describe(scene: Scene) -> dict[str, str]:
    """Return {"ko", "en"}: what is really drawn, nothing more."""
    scene = settled(scene)
    korean, english = _subjects(scene)
    time_ko, time_en = _TIME.get(scene.time or ("night" if scene.has_moon else ""), ("", ""))
    weather_ko, weather_en = _WEATHER.get(scene.weather, ("", ""))
    season_ko, season_en = _SEASON.get(scene.season, ("", ""))
    place_ko, place_en = _PLACE[scene.place]
    flowers_ko, flowers_en = lexicon().names[scene.flower] if scene.flower else ("", "")
    if flowers_ko:
        place_ko, place_en = (
            f"{with_particle(flowers_ko, '이', '가')} 핀 {place_ko}",
            f"{place_en} with {flowers_en}s",
        )
    where_ko = " ".join(part for part in (season_ko, time_ko, weather_ko, place_ko) if part)
    where_en = " ".join(
        part for part in (place_en, time_en, weather_en, f"in {season_en}" if season_en else "") if part
    )
    before = "on" if scene.place in {"moon", "underwater", "snowfield"} else "in"
    before = "at" if scene.place in {"sea", "lake"} else before
    if not korean:
        return {"ko": f"{where_ko} 풍경을 그렸어요.", "en": f"A picture of {where_en}."}
    return {
        "ko": f"{with_particle(where_ko, '을', '를')} 배경으로 {with_particle(korean, '을', '를')} 그렸어요.",
        "en": f"A picture of {english} {before} {where_en}.",
    }


def _subjects(scene: Scene) -> tuple[str, str]:
    """Name every thing once; a thing with relations is named together with their targets."""
    korean: list[str] = []
    english: list[str] = []
    told: set[int] = set()
    subjects = sorted(
        range(len(scene.things)), key=lambda n: not any(one.subject == n for one in scene.relations)
    )
    for number in subjects:
        own = [one for one in scene.relations if one.subject == number]
        if number in told:
            continue
        told |= {number} | {one.target for one in own}
        ko, en = name_of(scene.things[number])
        # Korean: only the relation right before the noun takes the adnominal form.
        for place, one in enumerate(reversed(own)):
            forms = _LINK_KO_FIRST if place else _LINK_KO
            target = name_of(scene.things[one.target])[0]
            form = forms[one.link]
            if one.link is Link.WEARING:
                form = form.replace("쓴", _put_on(scene.things[one.target].key, "쓴 입은 멘 두른 신은"))
                form = form.replace(
                    "쓰고", _put_on(scene.things[one.target].key, "쓰고 입고 메고 두르고 신고")
                )
            ko = form.format(target=target, target_object=with_particle(target, "을", "를"), subject=ko)
        en += " and".join(f" {_LINK_EN[one.link]} {name_of(scene.things[one.target])[1]}" for one in own)
        korean.append(ko)
        english.append(en)
    joined = ""
    for part in korean:
        joined = f"{with_particle(joined, '과', '와')} {part}" if joined else part
    return joined, " and ".join(english)


def _put_on(key: str, forms: str) -> str:
    """Choose the Korean verb for what is worn: on the head, the body, the back, the neck or the feet."""
    place = 0 if key in HEADWEAR | FACEWEAR else 2 if key == "🎒" else 3 if key in {"🧣", "🎀"} else 1
    return forms.split()[4 if key in ON_THE_FEET else place]

"""The one light that falls on the whole picture: what the hour and the weather do to every colour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .scene import Scene
from .svg import INK, map_colours, mix

DARK_PLACES = frozenset({"moon", "space"})
GREY_WEATHER = frozenset({"rain", "storm", "cloudy", "snow"})
MIST = "#eeece2"

_SKIES: Mapping[str, tuple[str, str, str]] = {
    "morning": ("#b4d3e2", "#f3e0c9", "#fde3b4"),
    "day": ("#8fbfd8", "#c4dee4", "#f4ecda"),
    "evening": ("#6f679b", "#dd8d7e", "#f9cc8d"),
    "night": ("#1b254b", "#34406f", "#666b98"),
    "space": ("#12152c", "#25254e", "#4a4170"),
    "underwater": ("#a6dadb", "#62aebb", "#3b7a97"),
}
_WEATHER_SKY: Mapping[str, tuple[str, float]] = {
    "rain": ("#8b9cab", 0.6), "storm": ("#545d78", 0.7), "snow": ("#d5dde3", 0.6), "fog": (MIST, 0.62),
    "cloudy": ("#bcc3c8", 0.5),
}  # fmt: skip
_TIME_LIGHT: Mapping[str, tuple[str, float]] = {
    "morning": ("#ffdca6", 0.16), "day": ("#fff6e0", 0.04), "evening": ("#a3506c", 0.24), "night": ("#1b2550", 0.46),
}  # fmt: skip
_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


@dataclass(frozen=True, slots=True)
class Light:
    """Hour, weather and place; ``is_from_left`` says where the sun or moon hangs, so where shadows fall."""

    time: str
    weather: str
    place: str
    is_from_left: bool = True

    @property
    def is_dark(self) -> bool:
        return self.time == "night" or self.place in DARK_PLACES

    @property
    def shadow_lean(self) -> float:
        """How far a shadow reaches to the right, in widths of what throws it; low suns throw long ones."""
        if self.weather in GREY_WEATHER | {"fog"} or self.place in {"room", "underwater", "space"}:
            return 0.0
        long = 0.34 if self.time in {"morning", "evening"} else 0.16
        return long if self.is_from_left else -long

    def sky_colours(self) -> tuple[str, str, str]:
        """Return the sky's colours: overhead, in the middle, at the horizon."""
        kind = self.time
        if self.place == "underwater" or self.place in DARK_PLACES:
            kind = "underwater" if self.place == "underwater" else "space"
        top, middle, low = _SKIES[kind]
        if self.weather in _WEATHER_SKY and kind not in {"space", "underwater"}:
            veil, share = _WEATHER_SKY[self.weather]
            veil = mix(veil, top, 0.6) if self.is_dark else veil
            return mix(top, veil, share), mix(middle, veil, share), mix(low, veil, share)
        return top, middle, low

    def on_ground(self, colour: str, distance: float = 0.0) -> str:
        """Light a colour of the land; ``distance`` (0 to 1) sets how much air lies before it."""
        tint, share = _TIME_LIGHT["day" if self.place in DARK_PLACES else self.time]
        lit = mix(colour, tint, share)
        if self.weather in {"rain", "storm", "cloudy"}:
            lit = mix(lit, "#6f7d8c", 0.2)
        if self.weather == "fog":
            mist = mix(MIST, tint, share * 0.8)
            return mix(lit, mist, min(0.86, 0.22 + distance * 0.7))
        return mix(lit, self.sky_colours()[2], distance * 0.5) if distance else lit

    def on_thing(self, body: str, distance: float = 0.0) -> str:
        """Tint a finished drawing a little; less than the ground, so that it stays the subject."""
        tint, share = _TIME_LIGHT["day" if self.place in DARK_PLACES else self.time]
        share *= 0.55
        mist = distance if self.weather == "fog" else 0.0
        if share < 0.03 and not mist:
            return body
        found = {colour.lower() for colour in _HEX.findall(body)}
        return map_colours(
            body,
            {colour: mix(mix(colour, tint, 0.0 if colour == INK else share), MIST, mist) for colour in found},
        )


def light_of(scene: Scene, is_from_left: bool) -> Light:
    time = scene.time or ("night" if scene.has_moon else "day")
    return Light(time, scene.weather, scene.place, is_from_left)

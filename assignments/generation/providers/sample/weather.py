"""What falls or drifts in front of everything."""

from __future__ import annotations

import math
from collections.abc import Mapping

from .dice import Dice
from .light import DARK_PLACES, MIST, Light
from .svg import line, mix, path

_FALLING: Mapping[str, tuple[str, str, str]] = {
    "autumn": ("#cf7b3f", "#d9a441", "#b95a3d"), "spring": ("#f3c3c9", "#f8dadd", "#eeb0bb"),
}  # fmt: skip
_STRIP = 6
_SHELTERED = DARK_PLACES | {"underwater", "room"}


def draw_weather(light: Light, season: str, dice: Dice, width: float, height: float) -> str:
    if light.place in _SHELTERED:
        return ""
    if light.weather in {"rain", "storm"}:
        return _rain(dice, width, height)
    if light.weather == "snow":
        return _snow(dice, width, height)
    if light.weather == "wind":
        curls = "".join(
            f"M{width * (n + dice.between(0, 0.5)) / 6:.0f},{height * dice.between(0.16, 0.66):.0f} "
            f"q80,-24 150,-4 t60,-26 q-14,-22 -30,-4 "
            for n in range(6)
        )
        return line(curls, "#ffffff", 4)
    return _leaves(_FALLING[season], dice, width, height) if season in _FALLING else ""


def _rain(dice: Dice, width: float, height: float) -> str:
    drops = "".join(
        f"M{width * (n % 15 + dice.between(0, 1)) / 15:.0f},{height * (n // 15 + dice.between(-0.4, 0.9)) / 7:.0f} "
        f"l-8,{dice.between(22, 38):.0f} "
        for n in range(105)
    )
    return line(drops, "#d7e3ea", 2.4)


def bolt(light: Light, dice: Dice, width: float, height: float) -> str:
    """A flash far behind everything."""
    if light.weather != "storm" or light.place in _SHELTERED:
        return ""
    x = width * (dice.between(0.1, 0.3) if dice.flip() else dice.between(0.7, 0.9))
    return path(f"M{x:.0f},{height * 0.2:.0f} l-46,110 h30 l-26,96 l78,-128 h-34 l36,-78Z", "#f6dc85", "none")


def _snow(dice: Dice, width: float, height: float) -> str:
    flakes = ""
    for n in range(112):
        x = width * (n % 16 + dice.between(0, 1)) / 16
        y = height * (n // 16 + dice.between(0, 1)) / 7
        r = dice.between(2.4, 4.0) * (1.7 if n % 6 == 0 else 1)
        flakes += f"M{x - r:.0f},{y:.0f} a{r:.1f},{r:.1f} 0 1 0 {2 * r:.1f},0 a{r:.1f},{r:.1f} 0 1 0 -{2 * r:.1f},0Z "
    return path(flakes, "#ffffff", "none")


def _leaves(colours: tuple[str, str, str], dice: Dice, width: float, height: float) -> str:
    drawn = ["", "", ""]
    for n in range(36):
        x, y = width * (n % 9 + dice.between(0, 1)) / 9, height * (n // 9 + dice.between(0, 1)) / 4
        a, b = dice.between(5, 9), dice.between(-7, 7)
        drawn[n % 3] += (
            f"M{x:.0f},{y:.0f} q{a:.0f},{b - 6:.0f} {2 * a:.0f},{b:.0f} q-{a:.0f},{6:.0f} -{2 * a:.0f},{-b:.0f}Z "
        )
    return "".join(path(d, colour, "none") for d, colour in zip(drawn, colours, strict=True))


def fog_bank(light: Light, width: float, top: float, bottom: float, strength: float) -> str:
    """A soft bank of fog between two heights, thickest in its middle; "" without fog."""
    if light.weather != "fog":
        return ""
    colour = mix(MIST, light.sky_colours()[2], 0.4)
    top, rows = round(top), max(1, round((bottom - top) / _STRIP))
    return "".join(
        f'<rect y="{top + n * _STRIP}" width="{width:.0f}" height="{_STRIP}" fill="{colour}" '
        f'fill-opacity="{strength * math.sin(math.pi * (n + 0.5) / rows):.3f}"/>'
        for n in range(rows)
    )

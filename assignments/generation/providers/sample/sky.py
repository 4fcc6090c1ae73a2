"""Light and sky: what the hour and the weather do to every colour, and what hangs above."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .dice import Dice
from .scene import Scene
from .svg import INK, circle, ellipse, faded, gradient, line, map_colours, mix, path

DARK_PLACES = frozenset({"moon", "space"})

_SKIES: Mapping[str, tuple[str, str, str]] = {
    "morning": ("#bfd9e3", "#f7e3c8", "#fdeccb"),
    "day": ("#a4cbdd", "#cfe2e2", "#f5ecd9"),
    "evening": ("#7f719f", "#e3937c", "#f8cb8e"),
    "night": ("#202a52", "#3b4775", "#6a7099"),
    "space": ("#14172f", "#262650", "#473f6d"),
    "underwater": ("#9fd3d6", "#5fa9b8", "#3f7f9b"),
}
_WEATHER_SKY: Mapping[str, tuple[str, float]] = {
    "rain": ("#8b9cab", 0.55), "storm": ("#545d78", 0.65), "snow": ("#d5dde3", 0.55), "fog": ("#e6e4dc", 0.6),
    "cloudy": ("#bcc3c8", 0.45),
}  # fmt: skip
_TIME_LIGHT: Mapping[str, tuple[str, float]] = {
    "morning": ("#ffdfae", 0.14), "day": ("#ffffff", 0.0), "evening": ("#a3506c", 0.24), "night": ("#1b2550", 0.46),
}  # fmt: skip
_HEX = re.compile(r"#[0-9a-fA-F]{3,6}")


@dataclass(frozen=True, slots=True)
class Light:
    """The one light that falls on the whole picture."""

    time: str
    weather: str
    place: str

    @property
    def is_dark(self) -> bool:
        return self.time == "night" or self.place in DARK_PLACES

    def on_ground(self, colour: str) -> str:
        tint, share = _TIME_LIGHT["day" if self.place in DARK_PLACES else self.time]
        lit = mix(colour, tint, share)
        if self.weather in {"rain", "storm", "cloudy"}:
            lit = mix(lit, "#6f7d8c", 0.2)
        return mix(lit, "#e6e4dc", 0.22) if self.weather == "fog" else lit

    def on_thing(self, body: str) -> str:
        """Tint a finished drawing a little; less than the ground, so that it stays the subject."""
        tint, share = _TIME_LIGHT["day" if self.place in DARK_PLACES else self.time]
        return _tinted(body, tint, share * 0.55) if share else body


@lru_cache(maxsize=256)
def _tinted(body: str, tint: str, share: float) -> str:
    found = {colour.lower() for colour in _HEX.findall(body) if len(colour) in {4, 7}}
    return map_colours(body, {colour: mix(colour, tint, share) for colour in found if colour != INK})


def light_of(scene: Scene) -> Light:
    time = scene.time or ("night" if scene.has_moon else "day")
    return Light(time, scene.weather, scene.place)


def draw_sky(scene: Scene, light: Light, dice: Dice, width: float, height: float) -> tuple[str, str]:
    """Return (definitions, drawing) of the sky behind everything."""
    kind = (
        light.place if light.place == "underwater" else "space" if light.place in DARK_PLACES else light.time
    )
    colours = list(_SKIES[kind])
    if light.weather in _WEATHER_SKY and kind not in {"space", "underwater"}:
        veil, share = _WEATHER_SKY[light.weather]
        veil = mix(veil, colours[0], 0.55) if light.is_dark else veil
        colours = [mix(colour, veil, share) for colour in colours]
    defs = gradient("sky", [(0, colours[0], 1), (0.55, colours[1], 1), (1, colours[2], 1)])
    body = f'<rect width="{width:.0f}" height="{height:.0f}" fill="url(#sky)"/>'
    if kind == "underwater":
        return defs, body + _rays(dice, width, height)
    if light.is_dark:
        body += _stars(
            dice.for_layer("stars"), width, height, is_few=light.weather not in {"", "rainbow", "wind"}
        )
    lamp_defs, lamp = _lamp(scene, light, dice.for_layer("lamp"), width, height)
    body += lamp
    if light.weather == "rainbow":
        body += _rainbow(width, height)
    if kind != "space":
        body += _clouds(light, dice.for_layer("clouds"), width, height, colours)
    return defs + lamp_defs, body


def _lamp(scene: Scene, light: Light, dice: Dice, width: float, height: float) -> tuple[str, str]:
    is_left = dice.flip()
    x = width * (dice.between(0.1, 0.3) if is_left else dice.between(0.7, 0.9))
    if light.place == "moon":
        return "", _earth(x, height * dice.between(0.16, 0.24), height * 0.085)
    if light.place == "space":
        return "", _planets(dice, width, height)
    if light.time == "night" or scene.has_moon:
        y, core, halo = height * dice.between(0.14, 0.24), "#fbf2d4", "#f6e7b6"
    elif light.weather in {"rain", "storm", "cloudy", "snow"}:
        return "", ""
    else:
        heights = {"morning": (0.4, 0.5), "day": (0.12, 0.2), "evening": (0.46, 0.54)}[light.time]
        y = height * dice.between(*heights)
        core, halo = {
            "morning": ("#fdf1c2", "#ffe9b0"),
            "day": ("#fdeeb5", "#fff3cd"),
            "evening": ("#f9c66f", "#fbb77a"),
        }[light.time]
    radius = height * (0.062 if light.time in {"night", "day"} else 0.08)
    defs = gradient("halo", [(0, halo, 0.75), (0.35, halo, 0.32), (1, halo, 0)], is_radial=True)
    glow = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius * 4.6:.0f}" fill="url(#halo)"/>'
    disc = circle(x, y, radius, core, "none", 0.75 if light.weather == "fog" else 1)
    if light.time == "night" or scene.has_moon:
        spots = ((-0.3, -0.2, 0.2), (0.28, 0.22, 0.15), (0.2, -0.4, 0.1))
        disc += "".join(
            circle(x + a * radius, y + b * radius, c * radius, "#e9dcae", "none") for a, b, c in spots
        )
    return defs, glow + disc


def _earth(x: float, y: float, radius: float) -> str:
    land = path(
        f"M{x - radius * 0.7:.0f},{y - radius * 0.3:.0f} q{radius * 0.4:.0f},-{radius * 0.5:.0f} "
        f"{radius * 0.8:.0f},-{radius * 0.2:.0f} q-{radius * 0.1:.0f},{radius * 0.5:.0f} "
        f"-{radius * 0.5:.0f},{radius * 0.6:.0f}Z",
        "#8fb58a",
        "none",
    )
    land += ellipse(x + radius * 0.35, y + radius * 0.35, radius * 0.34, radius * 0.24, "#8fb58a", "none")
    swirl = line(
        f"M{x - radius * 0.6:.0f},{y + radius * 0.45:.0f} q{radius * 0.5:.0f},-{radius * 0.3:.0f} "
        f"{radius:.0f},-{radius * 0.1:.0f}",
        "#f4f1ea",
        6,
        0.8,
    )
    return (
        circle(x, y, radius * 1.35, "#bcd7ea", "none", 0.14)
        + circle(x, y, radius, "#6f9fc4", "none")
        + land
        + swirl
    )


def _planets(dice: Dice, width: float, height: float) -> str:
    x, y, radius = width * dice.between(0.1, 0.28), height * dice.between(0.16, 0.32), height * 0.09
    ring = (
        f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{radius * 1.8:.0f}" ry="{radius * 0.42:.0f}" '
        f'fill="none" stroke="#e6c7a0" stroke-width="9" opacity=".8"/>'
    )
    small = circle(
        width * dice.between(0.74, 0.9), height * dice.between(0.14, 0.36), height * 0.05, "#c47f83", "none"
    )
    return (
        ring
        + circle(x, y, radius, "#d9a36f", "none")
        + line(
            f"M{x - radius * 0.9:.0f},{y + 8:.0f} q{radius * 0.9:.0f},22 {radius * 1.8:.0f},0",
            "#f0d3a4",
            8,
            0.7,
        )
        + small
    )


def _stars(dice: Dice, width: float, height: float, is_few: bool) -> str:
    spots = []
    for number in range(24 if is_few else 84):
        x, y, r = dice.between(0, width), dice.between(0, 1) ** 1.4 * height * 0.64, dice.between(1, 3)
        spots.append(circle(x, y, r, "#fdf3cf", "none", round(0.5 + r / 6, 2)))
        if number % 14 == 0:
            spots.append(line(f"M{x:.0f},{y - 8:.0f} v16 M{x - 8:.0f},{y:.0f} h16", "#fdf3cf", 1.8, 0.8))
    return "".join(spots)


def _clouds(light: Light, dice: Dice, width: float, height: float, colours: list[str]) -> str:
    is_grey = light.weather in {"rain", "storm", "cloudy", "snow"}
    colour = mix(colours[1], "#ffffff", 0.55)
    if light.weather in {"rain", "storm"}:
        colour = mix(colours[0], "#eef0f0", 0.28)
    if light.is_dark:
        colour = mix(colours[1], "#cfd3e6", 0.25)
    number = dice.count(7, 9) if is_grey else dice.count(3, 4)
    body = "".join(
        cloud(
            width * ((n + dice.between(0.1, 0.9)) / number),
            height * dice.between(0.08, 0.3 if is_grey else 0.4),
            height * dice.between(0.05, 0.085) * (1.5 if is_grey else 1),
            colour,
        )
        for n in range(number)
    )
    return faded(body, 0.95 if is_grey else 0.78)


def cloud(x: float, y: float, size: float, colour: str) -> str:
    return path(
        f"M{x - size * 2:.0f},{y:.0f} q-{size * 0.1:.0f},-{size * 0.7:.0f} {size * 0.7:.0f},-{size * 0.7:.0f} "
        f"q{size * 0.2:.0f},-{size * 0.9:.0f} {size * 1.1:.0f},-{size * 0.7:.0f} "
        f"q{size * 0.6:.0f},-{size * 0.6:.0f} {size * 1.1:.0f},{size * 0.2:.0f} "
        f"q{size:.0f},-{size * 0.2:.0f} {size:.0f},{size * 0.8:.0f} q0,{size * 0.4:.0f} "
        f"-{size * 0.5:.0f},{size * 0.4:.0f} h-{size * 3:.0f} "
        f"q-{size * 0.4:.0f},0 -{size * 0.4:.0f},0Z",
        colour,
        "none",
    )


def _rainbow(width: float, height: float) -> str:
    bands = ("#d9705f", "#e6a15c", "#ecd077", "#96b77d", "#7fa9c4", "#9a86b5")
    arcs = "".join(
        f'<circle cx="{width * 0.5:.0f}" cy="{height * 0.86:.0f}" r="{height * 0.7 - i * 15:.0f}" '
        f'fill="none" stroke="{colour}" stroke-width="15"/>'
        for i, colour in enumerate(bands)
    )
    return faded(arcs, 0.6)


def _rays(dice: Dice, width: float, height: float) -> str:
    rays = "".join(
        path(
            f"M{x:.0f},0 h{width * 0.05:.0f} L{x + width * 0.22:.0f},{height:.0f} h-{width * 0.14:.0f}Z",
            "#ffffff",
            "none",
        )
        for x in (width * dice.between(n * 0.2, n * 0.2 + 0.14) for n in range(5))
    )
    return faded(rays, 0.12)


def draw_weather(light: Light, season: str, dice: Dice, width: float, height: float) -> str:
    """Return what falls or drifts in front of everything."""
    if light.place in DARK_PLACES | {"underwater", "room"}:
        return ""
    if light.weather in {"rain", "storm"}:
        drops = "".join(
            f"M{dice.between(0, width):.0f},{dice.between(-20, height):.0f} l-9,{dice.between(24, 40):.0f} "
            for _ in range(110)
        )
        bolt = ""
        if light.weather == "storm":
            x = width * dice.between(0.2, 0.8)
            bolt = path(
                f"M{x:.0f},{height * 0.2:.0f} l-46,110 h30 l-26,96 l78,-128 h-34 l36,-78Z", "#f6dc85", "none"
            )
        return bolt + line(drops, "#e3edf3", 2.6, 0.6)
    if light.weather == "snow":
        return "".join(
            circle(
                dice.between(0, width),
                dice.between(0, height),
                dice.between(2.5, 7.5),
                "#ffffff",
                "none",
                0.92,
            )
            for _ in range(120)
        )
    if light.weather == "wind":
        curls = "".join(
            f"M{dice.between(0, width):.0f},{dice.between(height * 0.15, height * 0.7):.0f} q90,-26 170,0 t90,-22 "
            for _ in range(7)
        )
        return line(curls, "#ffffff", 4, 0.6)
    falling = {"autumn": ("#cf7b3f", "#d9a441", "#b95a3d"), "spring": ("#f3c3c9", "#f8dadd", "#eeb0bb")}.get(
        season
    )
    if falling:
        return "".join(
            f'<ellipse cx="{dice.between(0, width):.0f}" cy="{dice.between(0, height):.0f}" rx="8" '
            f'ry="4.5" fill="{falling[n % 3]}" '
            f'transform="rotate({dice.between(-60, 60):.0f} {width / 2:.0f} {height / 2:.0f})"/>'
            for n in range(34)
        )
    return ""


def fog_band(name: str, width: float, top: float, bottom: float, strength: float) -> tuple[str, str]:
    """Return (definition, drawing) of a soft bank of fog between two heights."""
    defs = gradient(name, [(0, "#f4f1e8", 0), (0.5, "#f4f1e8", strength), (1, "#f4f1e8", 0)])
    return (
        defs,
        f'<rect x="0" y="{top:.0f}" width="{width:.0f}" height="{bottom - top:.0f}" fill="url(#{name})"/>',
    )

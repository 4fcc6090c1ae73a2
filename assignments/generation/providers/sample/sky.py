"""The sky: its colours, the sun or moon, stars, clouds, a rainbow, far birds."""

from __future__ import annotations

from .dice import Dice
from .light import DARK_PLACES, GREY_WEATHER, Light
from .scene import Scene
from .svg import circle, ellipse, faded, line, mix, path

# Even strips of plain colour render in a tenth of a gradient's time and show no edge at this height.
_STRIP = 6


def strips(colours: tuple[str, ...], width: float, top: float, bottom: float) -> str:
    """Return a soft change of colour downwards as thin even strips."""
    number = max(1, round((bottom - top) / _STRIP))
    tall = (bottom - top) / number
    parts = []
    for row in range(number):
        place = row / number * (len(colours) - 1)
        first = min(int(place), len(colours) - 2)
        colour = mix(colours[first], colours[first + 1], place - first)
        parts.append(f"M0,{top + row * tall:.1f} h{width:.0f} v{tall + 1:.1f} h-{width:.0f}Z|{colour}")
    return "".join(path(d, colour, "none") for d, colour in (part.split("|") for part in parts))


def draw_sky(scene: Scene, light: Light, dice: Dice, width: float, height: float) -> str:
    colours = light.sky_colours()
    body = strips(colours, width, 0, height * (1.0 if light.place in {"underwater", "space"} else 0.72))
    if light.place == "underwater":
        return body + _rays(dice, width, height, colours)
    if light.is_dark:
        is_few = light.weather not in {"", "clear", "rainbow", "wind"}
        body += _stars(dice.for_layer("stars"), width, height, is_few)
    lamp, lamp_x = _lamp(scene, light, dice.for_layer("lamp"), width, height)
    body += lamp
    if light.weather == "rainbow":
        body += _rainbow(width, height)
    if light.place not in DARK_PLACES:
        body += _clouds(light, dice.for_layer("clouds"), width, height, colours, lamp_x)
        body += _far_birds(light, dice.for_layer("birds"), width, height)
    return body


def _lamp(scene: Scene, light: Light, dice: Dice, width: float, height: float) -> tuple[str, float]:
    """Return the sun, the moon or the worlds that hang there, and where (-1: nothing)."""
    x = width * (dice.between(0.1, 0.28) if light.is_from_left else dice.between(0.72, 0.9))
    if light.place == "moon":
        return _earth(x, height * dice.between(0.16, 0.24), height * 0.085), x
    if light.place == "space":
        return _planets(dice, width, height), -1.0
    is_moon = light.time == "night" or scene.has_moon
    if is_moon:
        y, core, radius = height * dice.between(0.14, 0.24), "#fbf2d4", height * 0.062
    elif light.weather in GREY_WEATHER:
        return "", -1.0
    else:
        heights = {"morning": (0.36, 0.46), "day": (0.12, 0.2), "evening": (0.4, 0.5)}[light.time]
        y, radius = height * dice.between(*heights), height * (0.06 if light.time == "day" else 0.078)
        core = {"morning": "#fdf1c2", "day": "#fdeeb5", "evening": "#fbd07c"}[light.time]
    halo = {"evening": "#fbc08a", "night": "#f6e7b6"}.get(light.time, "#fff3cd")
    glow = "".join(
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius * size:.0f}" fill="{halo}" fill-opacity=".1"/>'
        for size in (2.8, 2.4, 2.05, 1.75, 1.48, 1.22)
    )
    disc = circle(x, y, radius, mix(core, "#f4f1e8", 0.35) if light.weather == "fog" else core, "none")
    if is_moon:
        spots = ((-0.3, -0.2, 0.2), (0.28, 0.22, 0.15), (0.2, -0.4, 0.1))
        disc += "".join(
            circle(x + a * radius, y + b * radius, c * radius, "#e9dcae", "none") for a, b, c in spots
        )
    return glow + disc, x


def _earth(x: float, y: float, radius: float) -> str:
    r = radius
    land = path(
        f"M{x - r * 0.7:.0f},{y - r * 0.3:.0f} q{r * 0.4:.0f},-{r * 0.5:.0f} {r * 0.8:.0f},-{r * 0.2:.0f} "
        f"q-{r * 0.1:.0f},{r * 0.5:.0f} -{r * 0.5:.0f},{r * 0.6:.0f}Z",
        "#8fb58a",
        "none",
    )
    land += ellipse(x + r * 0.35, y + r * 0.35, r * 0.34, r * 0.24, "#8fb58a", "none")
    swirl = line(
        f"M{x - r * 0.6:.0f},{y + r * 0.45:.0f} q{r * 0.5:.0f},-{r * 0.3:.0f} {r:.0f},-{r * 0.1:.0f}",
        "#f4f1ea",
        6,
    )
    glow = f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r * 1.35:.0f}" fill="#bcd7ea" fill-opacity=".14"/>'
    return glow + circle(x, y, r, "#6f9fc4", "none") + land + swirl


def _planets(dice: Dice, width: float, height: float) -> str:
    x, y, r = width * dice.between(0.1, 0.26), height * dice.between(0.15, 0.28), height * 0.085
    ring = (
        f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{r * 1.8:.0f}" ry="{r * 0.42:.0f}" '
        f'fill="none" stroke="#e6c7a0" stroke-width="9"/>'
    )
    front = line(
        f"M{x - r * 1.79:.0f},{y + 3:.0f} a{r * 1.8:.0f},{r * 0.42:.0f} 0 0 0 {r * 3.58:.0f},0", "#e6c7a0", 9
    )
    band = line(f"M{x - r * 0.9:.0f},{y - 18:.0f} q{r * 0.9:.0f},16 {r * 1.8:.0f},0", "#eec894", 8)
    far = circle(
        width * dice.between(0.78, 0.92), height * dice.between(0.12, 0.26), height * 0.045, "#c47f83", "none"
    )
    return ring + circle(x, y, r, "#d9a36f", "none") + band + front + far


def _stars(dice: Dice, width: float, height: float, is_few: bool) -> str:
    """Scatter stars evenly: one in each cell of a grid, in three sizes."""
    columns, rows = (8, 3) if is_few else (14, 6)
    sizes: dict[float, str] = {1.3: "", 2.0: "", 3.0: ""}
    twinkles = ""
    for cell in range(columns * rows):
        x = width * (cell % columns + dice.between(0, 1)) / columns
        y = height * 0.62 * (cell // columns + dice.between(0, 1)) / rows
        size = (1.3, 2.0, 1.3, 3.0, 2.0)[cell % 5]
        sizes[size] += (
            f"M{x - size:.0f},{y:.0f} a{size},{size} 0 1 0 {2 * size},0 a{size},{size} 0 1 0 -{2 * size},0Z "
        )
        if cell % 13 == 5:
            twinkles += f"M{x:.0f},{y - 9:.0f} v18 M{x - 9:.0f},{y:.0f} h18 "
    return "".join(path(d, "#fdf3cf", "none") for d in sizes.values() if d) + line(twinkles, "#fdf3cf", 1.8)


def _clouds(
    light: Light, dice: Dice, width: float, height: float, colours: tuple[str, str, str], lamp_x: float
) -> str:
    is_grey = light.weather in GREY_WEATHER
    top = mix(colours[1], "#ffffff", 0.72)
    if light.weather in {"rain", "storm"}:
        top = mix(colours[0], "#eef0f0", 0.34)
    if light.is_dark:
        top = mix(colours[1], "#cfd3e6", 0.3)
    shade = mix(top, colours[0], 0.3)
    number = dice.count(6, 8) if is_grey else dice.count(3, 4)
    body = ""
    for n in range(number):
        x = width * (n + dice.between(0.15, 0.85)) / number
        y = height * dice.between(0.09, 0.26 if is_grey else 0.34)
        size = height * dice.between(0.042, 0.075) * (1.5 if is_grey else 1)
        # A fair day's clouds keep clear of its sun.
        if not is_grey and lamp_x >= 0 and abs(x - lamp_x) < width * 0.13:
            x += width * 0.15 * (1 if x > lamp_x else -1)
        body += cloud(x, y, size, top, shade)
    return body


def cloud(x: float, y: float, size: float, colour: str, shade: str = "") -> str:
    """A heap of round puffs on a flat foot at ``y``, about four sizes wide, shaded beneath if asked."""

    def heap(scale: float, drop: float) -> str:
        s = size * scale
        return (
            f"M{x - s * 1.9:.0f},{y + drop:.0f} a{s * 0.62:.0f},{s * 0.62:.0f} 0 0 1 {s * 0.5:.0f},-{s * 0.92:.0f} "
            f"a{s * 0.85:.0f},{s * 0.85:.0f} 0 0 1 {s * 1.42:.0f},-{s * 0.5:.0f} "
            f"a{s * 0.66:.0f},{s * 0.66:.0f} 0 0 1 {s * 1.14:.0f},{s * 0.52:.0f} "
            f"a{s * 0.52:.0f},{s * 0.52:.0f} 0 0 1 {s * 0.62:.0f},{s * 0.9:.0f}Z"
        )

    under = path(heap(1.0, 0), shade, "none") if shade else ""
    return under + path(heap(0.93, -size * 0.13) if shade else heap(1.0, 0), colour, "none")


def _far_birds(light: Light, dice: Dice, width: float, height: float) -> str:
    if light.time == "night" or light.weather in {"rain", "storm", "snow", "fog"}:
        return ""
    if light.place in {"room", "clouds", "snowfield"} or not dice.flip():
        return ""
    x, y = width * dice.between(0.25, 0.75), height * dice.between(0.28, 0.4)
    wings = "".join(
        f"M{x + a:.0f},{y + b:.0f} q{w},-{w * 0.7:.0f} {w},0 q0,-{w * 0.7:.0f} {w},0 "
        for a, b, w in ((0, 0, 12), (40, -18, 10), (64, 6, 9))
    )
    return line(wings, mix("#5d6a72", light.sky_colours()[1], 0.35), 2.6)


def _rainbow(width: float, height: float) -> str:
    bands = ("#d9705f", "#e6a15c", "#ecd077", "#96b77d", "#7fa9c4", "#9a86b5")
    arcs = "".join(
        f'<circle cx="{width * 0.5:.0f}" cy="{height * 0.84:.0f}" r="{height * 0.72 - i * 16:.0f}" '
        f'fill="none" stroke="{colour}" stroke-width="16.5"/>'
        for i, colour in enumerate(bands)
    )
    return faded(arcs, 0.72)


def _rays(dice: Dice, width: float, height: float, colours: tuple[str, ...]) -> str:
    beams = "".join(
        f"M{x:.0f},0 h{width * 0.05:.0f} L{x + width * 0.2:.0f},{height * 0.8:.0f} h-{width * 0.12:.0f}Z "
        for x in (width * (n * 0.2 + dice.between(0, 0.12)) for n in range(5))
    )
    return f'<path d="{beams}" fill="#ffffff" fill-opacity=".13"/>'

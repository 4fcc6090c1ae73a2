"""Small building blocks of SVG text, in one quiet hand: warm ink, soft outlines, rounded joins."""

from __future__ import annotations

import colorsys
import re

INK = "#4a3a33"
LINE = 2.6

_HEX = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")


def _stroke(stroke: str, width: float) -> str:
    if stroke == "none":
        return ""
    return f' stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round" stroke-linecap="round"'


def path(d: str, fill: str, stroke: str = INK, width: float = LINE, extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}"{_stroke(stroke, width)}{" " + extra if extra else ""}/>'


def line(d: str, stroke: str = INK, width: float = LINE, opacity: float = 1) -> str:
    return path(d, "none", stroke, width, f'opacity="{opacity:g}"' if opacity != 1 else "")


def limb(d: str, colour: str, width: float) -> str:
    """A thick rounded stroke with an ink outline: arms, legs, tails."""
    return line(d, INK, width + 2 * LINE) + line(d, colour, width)


def circle(cx: float, cy: float, r: float, fill: str, stroke: str = INK, opacity: float = 1) -> str:
    return ellipse(cx, cy, r, r, fill, stroke, opacity)


def ellipse(
    cx: float, cy: float, rx: float, ry: float, fill: str, stroke: str = INK, opacity: float = 1
) -> str:
    seen = f' opacity="{opacity:g}"' if opacity != 1 else ""
    place = f'cx="{cx:.1f}" cy="{cy:.1f}" rx="{rx:.1f}" ry="{ry:.1f}"'
    return f'<ellipse {place} fill="{fill}"{_stroke(stroke, LINE)}{seen}/>'


def rect(
    x: float, y: float, width: float, height: float, fill: str, stroke: str = INK, radius: float = 0
) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    rounded = f' rx="{radius:g}"' if radius else ""
    return f'<rect {place}{rounded} fill="{fill}"{_stroke(stroke, LINE)}/>'


def polygon(points: str, fill: str, stroke: str = INK) -> str:
    return path(f"M{points}Z", fill, stroke)


def group(
    body: str, x: float = 0, y: float = 0, scale: float = 1, mirror: bool = False, turn: float = 0
) -> str:
    across = -scale if mirror else scale
    turned = f" rotate({turn:.1f})" if turn else ""
    return f'<g transform="translate({x:.1f} {y:.1f}){turned} scale({across:.4f} {scale:.4f})">{body}</g>'


def faded(body: str, opacity: float) -> str:
    return f'<g opacity="{opacity:.2f}">{body}</g>'


def gradient(name: str, stops: list[tuple[float, str, float]], is_radial: bool = False) -> str:
    """Return a gradient definition; each stop is (offset 0..1, colour, opacity 0..1)."""
    marks = "".join(
        f'<stop offset="{at:g}" stop-color="{colour}" stop-opacity="{seen:g}"/>' for at, colour, seen in stops
    )
    if is_radial:
        return f'<radialGradient id="{name}">{marks}</radialGradient>'
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{marks}</linearGradient>'


def to_rgb(colour: str) -> tuple[int, int, int]:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def to_hex(red: float, green: float, blue: float) -> str:
    return f"#{round(red):02x}{round(green):02x}{round(blue):02x}"


def mix(first: str, second: str, share: float) -> str:
    """Return ``first`` with ``share`` (0..1) of ``second`` mixed in."""
    pairs = zip(to_rgb(first), to_rgb(second), strict=True)
    red, green, blue = (a + (b - a) * share for a, b in pairs)
    return to_hex(red, green, blue)


def map_colours(body: str, change: dict[str, str]) -> str:
    return _HEX.sub(lambda found: change.get(found[0].lower(), found[0]), body)


def colours_of(body: str) -> set[str]:
    return {found.lower() for found in _HEX.findall(body)}


def retint(colour: str, target: str, is_grey_too: bool = False) -> str:
    """Give a colour the target's hue and keep its own light and shade; greys stay grey unless asked."""
    _, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in to_rgb(colour)))
    if (saturation < 0.25 and not is_grey_too) or not 0.2 < light < (0.99 if is_grey_too else 0.95):
        return colour
    hue, target_light, target_saturation = colorsys.rgb_to_hls(*(part / 255 for part in to_rgb(target)))
    shaded = min(0.97, max(0.04, target_light + (light - 0.55) * 0.5))
    red, green, blue = colorsys.hls_to_rgb(hue, shaded, target_saturation)
    return to_hex(red * 255, green * 255, blue * 255)


def recolour(body: str, target: str) -> str:
    """Tint a drawing. A drawing that is mostly grey (an elephant) takes the colour in its greys."""
    fills = [found.lower() for found in re.findall(r'fill="(#[0-9a-fA-F]{3,6})"', body) if found != INK]
    greys = [one for one in fills if _saturation(one) < 0.25]
    is_grey_too = len(greys) * 2 > len(fills)
    change = {colour: retint(colour, target, is_grey_too) for colour in colours_of(body) if colour != INK}
    return map_colours(body, change)


def _saturation(colour: str) -> float:
    return colorsys.rgb_to_hls(*(part / 255 for part in to_rgb(colour)))[2]

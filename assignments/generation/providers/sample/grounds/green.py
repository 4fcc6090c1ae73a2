"""Meadow, waterside, forest and mountains."""

from __future__ import annotations

from ..svg import ellipse, line, mix, path
from .land import Land
from .plants import bushes, flowers, trees, tufts


def meadow(land: Land) -> str:
    far, middle, near = land.greens
    h, y = land.height, land.horizon
    body = land.ridge("farthest", y - h * 0.075, h * 0.03, mix(far, "#a9bfce", 0.55), 3, 0.75)
    body += land.ridge("far", y - h * 0.03, h * 0.03, mix(far, "#b9cbd6", 0.3), 2, 0.5)
    body += _far_sight(land) + trees(land, "far", 11, y + h * 0.012, 0.36, 0.42)
    body += land.ridge("hills", y + h * 0.015, h * 0.02, far, 2, 0.2) + trees(
        land, "hill", 5, y + h * 0.045, 0.62, 0.12
    )
    body += land.ridge("middle", y + h * 0.1, h * 0.014, middle, 2)
    body += bushes(land, "middle", 7, y + h * 0.115, 0.62)
    body += flowers(land, y + h * 0.14, y + h * 0.21, 44, 0.5)
    body += land.ridge("near", h * 0.82, h * 0.012, near, 2)
    return body + _path(land) + _foot(land)


def _far_sight(land: Land) -> str:
    """What one sees far off differs with the seed: peaks, a village, or open hills."""
    dice, h, y = land.dice.for_layer("far-sight"), land.height, land.horizon
    choice = int(dice.between(0, 2.99)) if land.light.place == "meadow" else 2
    body = ""
    if choice == 0:
        for n in range(3):
            x, tall = land.width * (n + dice.between(0.2, 0.8)) / 3, h * dice.between(0.13, 0.2)
            body += _peak(land, x, y, tall, tall * 1.5, 0.68, "distant")
        return body + land.ridge("before-peaks", y - h * 0.012, h * 0.014, land.greens[0], 2, 0.42)
    if choice == 1:
        x = land.width * dice.between(0.2, 0.75)
        for n in range(5):
            wide, tall, at = dice.between(26, 40), dice.between(20, 30), x + n * 44 - 88
            wall = land.lit(("#f3e8d4", "#ecd9c6", "#e6dfcf")[n % 3], 0.3)
            body += path(f"M{at:.0f},{y + 6:.0f} v-{tall:.0f} h{wide:.0f} v{tall:.0f}Z", wall, "none")
            roof = land.lit(("#b9705a", "#a9806a", "#8f8a8a")[n % 3], 0.3)
            body += path(
                f"M{at - 5:.0f},{y + 7 - tall:.0f} l{wide / 2 + 5:.0f},-17 l{wide / 2 + 5:.0f},17Z",
                roof,
                "none",
            )
    return body


def _foot(land: Land) -> str:
    h = land.height
    return (
        tufts(land, "a", 15, h * 0.85, h * 0.9) + flowers(land, h * 0.85, h * 0.93, 26, 0.85)
        + tufts(land, "b", 12, h * 0.92, h * 0.97, 1.25)
    )  # fmt: skip


def _path(land: Land) -> str:
    """A sandy way that winds from the picture's foot to the hills."""
    dice = land.dice.for_layer("path")
    if land.scene.flower or not dice.flip():
        return ""
    w, h, y = land.width, land.height, land.horizon + land.height * 0.1
    start, end = w * dice.between(0.3, 0.7), w * dice.between(0.35, 0.65)
    bend = (start + end) / 2 + w * (0.12 if dice.flip() else -0.12)
    d = (
        f"M{end - 7:.0f},{y:.0f} Q{bend - 34:.0f},{y + h * 0.09:.0f} {start - 120:.0f},{h * 1.01:.0f} "
        f"H{start + 130:.0f} "
        f"Q{bend + 56:.0f},{y + h * 0.09:.0f} {end + 9:.0f},{y:.0f}Z"
    )
    return path(d, land.lit("#e6d8b4"), "none")


def lake(land: Land) -> str:
    w, h, y = land.width, land.height, land.horizon + land.height * 0.165
    x = w * land.dice.between(0.42, 0.58)
    shore = ellipse(x, y + 3, w * 0.46, h * 0.066, land.lit("#e3d6b0"), "none")
    water = ellipse(x, y, w * 0.45, h * 0.06, land.lit("#8cbccd"), "none")
    shine = line(
        f"M{x - w * 0.26:.0f},{y - 8:.0f} h120 m70,16 h150 m90,-20 h90 m-300,34 h110",
        land.lit("#d9ecee"),
        3.4,
    )
    return meadow(land) + shore + water + shine


def forest(land: Land) -> str:
    h, y = land.height, land.horizon
    far, _, near = land.greens
    body = land.ridge("behind", y - h * 0.06, h * 0.02, mix(far, "#8fae96", 0.5), 2, 0.6)
    body += trees(land, "deep", 22, y + h * 0.02, 1.15, 0.62, "pine")
    body += trees(land, "back", 15, y + h * 0.06, 1.45, 0.36) + land.ridge(
        "middle", y + h * 0.05, h * 0.012, mix(far, near, 0.4), 3, 0.15
    )
    body += trees(land, "mid", 8, y + h * 0.12, 2.1, 0.12) + bushes(land, "mid", 11, y + h * 0.15, 0.8)
    return body + land.ridge("near", h * 0.79, h * 0.012, mix(near, "#5d7f4e", 0.25), 2) + _foot(land)


def mountains(land: Land) -> str:
    h, w, dice = land.height, land.width, land.dice.for_layer("peaks")
    body, base = "", land.horizon + h * 0.1
    for row, number, tallest, distance in (("far", 5, 0.32, 0.6), ("near", 4, 0.42, 0.28)):
        for n in range(number):
            x, tall = w * (n + dice.between(0.15, 0.85)) / number, h * tallest * dice.between(0.6, 1.0)
            body += _peak(land, x, base, tall, tall * dice.between(1.0, 1.25), distance, row)
    return body + meadow(land)


def _peak(land: Land, x: float, base: float, tall: float, half: float, distance: float, row: str) -> str:
    """A peak with a lit and a shaded side and a cap of snow."""
    lean = half * land.dice.for_layer(f"{row}{x:.0f}").between(-0.1, 0.1)
    top, side = base - tall, 1 if land.light.is_from_left else -1
    rock, shade, snow = (land.lit(colour, distance) for colour in ("#a9b4c0", "#8f9dae", "#f8f6f1"))
    body = path(
        f"M{x - half:.0f},{base:.0f} L{x + lean:.0f},{top:.0f} L{x + half:.0f},{base:.0f}Z", rock, "none"
    )
    body += path(
        f"M{x + lean:.0f},{top:.0f} L{x + side * half:.0f},{base:.0f} H{x + side * half * 0.1:.0f} "
        f"L{x + side * half * 0.22:.0f},{base - tall * 0.4:.0f} L{x + side * half * 0.05:.0f},{base - tall * 0.6:.0f}Z",
        shade,
        "none",
    )
    cap = 0.32
    left, right = x + lean - (half + lean) * cap, x + lean + (half - lean) * cap
    y = top + tall * cap
    step = (right - left) / 6
    edge = "".join(
        f"L{right - step * (n + 1):.0f},{y + tall * (-0.09 if n % 2 == 0 else 0.02):.0f} " for n in range(5)
    )
    return body + path(
        f"M{x + lean:.0f},{top:.0f} L{right:.0f},{y:.0f} {edge}L{left:.0f},{y:.0f}Z", snow, "none"
    )

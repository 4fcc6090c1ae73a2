"""City street and room."""

from __future__ import annotations

from ..svg import ellipse, line, mix, path, rect
from .land import Land
from .plants import trees

_WALLS = ("#d9b8a0", "#a8bcc4", "#d6cdb8", "#c9a9a0", "#b5c2b0")


def city(land: Land) -> str:
    body, h, y = "", land.height, land.horizon
    rows = (
        ("far", 0.02, "#c2c4c8", 0.24, 17, 0.62),
        ("middle", 0.06, "#c4bfbd", 0.2, 13, 0.3),
        ("near", 0.1, "#b9b4b4", 0.13, 10, 0.0),
    )
    for row, drop, colour, tall, number, distance in rows:
        dice, base, step = land.dice.for_layer(f"row/{row}"), y + h * drop, land.width / number
        for n in range(number):
            height = h * tall * dice.between(0.5, 1.35)
            wall = land.lit(mix(colour, _WALLS[int(dice.between(0, 4.99))], 0.6), distance)
            body += _house(
                land, n * step - 3, base - height, step + 4, height + h * 0.08, wall, distance, f"{row}{n}"
            )
    body += land.ridge("pavement", y + h * 0.11, 1, "#ddd4c6", 1) + trees(
        land, "street", 6, y + h * 0.135, 0.72
    )
    body += land.ridge("kerb", h * 0.805, 1, "#c9c0b4", 1) + land.ridge("street", h * 0.822, 1, "#b4adaa", 1)
    dashes = "".join(
        f"M{x * land.width / 8:.0f},{h * 0.955:.0f} h{land.width / 16:.0f} l-8,11 h-{land.width / 16:.0f}Z "
        for x in range(9)
    )
    return body + path(dashes, land.lit("#f2e8d2"), "none")


def _house(
    land: Land, x: float, y: float, width: float, height: float, wall: str, distance: float, name: str
) -> str:
    """One house front: half in shade, a roof of one of three kinds, some windows lit in the evening."""
    dice = land.dice.for_layer(f"house/{name}")
    body = rect(x, y, width, height, wall, "none", 2)
    side = x + width * (0.72 if land.light.is_from_left else 0)
    body += rect(side, y, width * 0.28, height, mix(wall, "#4a4a58", 0.1), "none")
    roof = int(dice.between(0, 2.99))
    if roof == 1:
        body += path(
            f"M{x - 4:.0f},{y + 1:.0f} l{width / 2 + 4:.0f},-{width * 0.3:.0f} l{width / 2 + 4:.0f},{width * 0.3:.0f}Z",
            mix(wall, "#8a5548", 0.45),
            "none",
        )
    elif roof == 2:
        body += rect(x + width * 0.2, y - 12, width * 0.6, 14, mix(wall, "#4a4a58", 0.16), "none", 2)
    is_lit = land.light.time in {"night", "evening"}
    glass = mix("#f6d98a", wall, distance * 0.5) if is_lit else mix(wall, "#fbf8ee", 0.6)
    d = ""
    for row in range(int((height - 40) // 30)):
        for column in range(max(1, int((width - 18) // 25))):
            if dice.between(0, 1) < (0.7 if is_lit else 0.9):
                d += f"M{x + 12 + column * 25:.0f},{y + 16 + row * 30:.0f} h12 v15 h-12Z "
    return body + (path(d, glass, "none") if d else "")


def room(land: Land) -> str:
    w, h = land.width, land.height
    dice = land.dice.for_layer("room")
    x, y, wide, tall = (
        w * (dice.between(0.1, 0.2) if land.light.is_from_left else dice.between(0.56, 0.66)),
        h * 0.13,
        w * 0.25,
        h * 0.37,
    )
    wall = land.lit("#efe0c6")
    body = path(
        f"M0,0 H{w:.0f} V{h * 0.76:.0f} H0Z M{x:.0f},{y:.0f} v{tall:.0f} h{wide:.0f} v-{tall:.0f}Z",
        wall,
        "none",
        extra='fill-rule="evenodd"',
    )
    dots = "".join(
        f"M{w * (n % 24 + 0.5 * (n // 24 % 2)) / 24:.0f},{h * (0.06 + n // 24 * 0.1):.0f} l5,6 l-5,6 l-5,-6Z "
        for n in range(24 * 7)
    )
    frame_box = (x - 20, y - 20, x + wide + 20, y + tall + 20)
    body += path(_outside(dots, frame_box), mix(wall, "#c98a5f", 0.22), "none")
    frame = (
        f"M{x:.0f},{y:.0f} h{wide:.0f} v{tall:.0f} h-{wide:.0f}Z M{x + wide / 2:.0f},{y:.0f} v{tall:.0f} "
        f"M{x:.0f},{y + tall / 2:.0f} h{wide:.0f}"
    )
    body += line(frame, land.lit("#a98766"), 12) + rect(
        x - 22, y + tall, wide + 44, 16, land.lit("#b8946e"), "none", 4
    )
    body += _shelf(land, w * (0.62 if land.light.is_from_left else 0.12), h * 0.34)
    body += rect(0, h * 0.76, w, h * 0.24, land.lit("#c79f74"), "none") + rect(
        0, h * 0.745, w, h * 0.02, land.lit("#a98766"), "none"
    )
    boards = "".join(f"M0,{h * (0.8 + n * 0.05):.0f} H{w:.0f} " for n in range(4))
    body += line(boards, land.lit("#b88f66"), 2)
    return (
        body
        + ellipse(w / 2, h * 0.91, w * 0.36, h * 0.07, land.lit("#c98a78"), "none")
        + ellipse(w / 2, h * 0.91, w * 0.32, h * 0.055, land.lit("#dba793"), "none")
    )


def _outside(dots: str, box: tuple[float, float, float, float]) -> str:
    """Drop the wallpaper's dots that would hang in the window."""
    kept = []
    for dot in dots.split("Z "):
        if not dot:
            continue
        x, y = (float(part) for part in dot[1:].split(" ")[0].split(","))
        if not (box[0] < x < box[2] and box[1] < y < box[3]):
            kept.append(dot + "Z ")
    return "".join(kept)


def _shelf(land: Land, x: float, y: float) -> str:
    dice = land.dice.for_layer("shelf")
    body, wide = "", land.width * 0.26
    for row in range(2):
        base, at = y + row * land.height * 0.17, x + 12
        while at < x + wide - 40:
            thick, tall = dice.between(14, 26), dice.between(52, 82)
            colour = ("#b9574a", "#6f93a8", "#c9a14a", "#7f9a6d", "#8a7a9b", "#d6b59a")[
                int(dice.between(0, 5.99))
            ]
            body += rect(at, base - tall, thick, tall, land.lit(colour), "none", 2)
            at += thick + dice.between(1, 5)
        body += rect(x, base, wide, 12, land.lit("#a98766"), "none", 3)
    return body

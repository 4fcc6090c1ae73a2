"""The land: layered, lit, and different with each seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .dice import Dice
from .scene import Scene
from .sky import Light, cloud
from .svg import circle, ellipse, faded, gradient, group, line, mix, path, rect

_SEASON_GREENS: Mapping[str, tuple[str, str, str]] = {
    "spring": ("#c6d9a4", "#aecb86", "#94b96d"),
    "summer": ("#a7c98f", "#86b573", "#6a9f5c"),
    "autumn": ("#ddc28a", "#cfa866", "#b98f52"),
    "winter": ("#eceff0", "#e3e8eb", "#d5dde2"),
    "": ("#c3d3a6", "#a8c288", "#8caf6f"),
}
_LEAVES: Mapping[str, tuple[str, str]] = {
    "spring": ("#f0bfc7", "#e9a9b5"), "autumn": ("#d98a4a", "#c4683e"), "winter": ("#e9eef0", "#d7e0e4"),
    "summer": ("#6f9f5f", "#5d8d55"), "": ("#86ab6c", "#759c60"),
}  # fmt: skip
_FLOWERS: Mapping[str, tuple[str, str]] = {
    "daffodil": ("#f6d34c", "#e9952f"), "tulip": ("#d9675c", "#e9a44f"), "sunflower": ("#f0bd3b", "#7a5236"),
    "cosmos": ("#e6a3bd", "#f0cf5e"), "lavender": ("#9a86bd", "#8573ab"), "rapeseed": ("#f2cf45", "#e2b52e"),
    "rose": ("#d8706b", "#f2d27a"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Land:
    """The place where a scene is set.

    Lengths are in picture units. ``middle_y`` is where monuments stand, ``front_y`` where figures do.
    """

    scene: Scene
    light: Light
    dice: Dice
    width: float
    height: float
    horizon: float

    @property
    def middle_y(self) -> float:
        return self.horizon + self.height * 0.11

    @property
    def front_y(self) -> float:
        return self.height * 0.915

    def lit(self, colour: str) -> str:
        is_snowy = self.scene.weather == "snow" and self.light.place not in {
            "moon",
            "space",
            "underwater",
            "room",
        }
        return self.light.on_ground(mix(colour, "#f2f4f5", 0.72) if is_snowy else colour)

    def ridge(self, name: str, y: float, swing: float, colour: str, waves: int = 3) -> str:
        """A rolling line of hills from edge to edge, filled down to the foot of the picture."""
        dice = self.dice.for_layer(name)
        step = self.width / waves
        d = f"M0,{self.height:.0f} V{y + dice.between(-swing, swing):.0f} "
        for number in range(waves):
            middle = y + dice.between(-swing, swing) * 1.6
            d += (
                f"Q{step * (number + dice.between(0.3, 0.7)):.0f},{middle:.0f} "
                f"{step * (number + 1):.0f},{y + dice.between(-swing, swing):.0f} "
            )
        return path(d + f"V{self.height:.0f}Z", self.lit(colour), "none")


def land_of(scene: Scene, light: Light, dice: Dice, width: float, height: float) -> Land:
    return Land(
        scene,
        light,
        dice.for_layer("land"),
        width,
        height,
        height * dice.for_layer("eye").between(0.57, 0.64),
    )


def draw_land(land: Land) -> tuple[str, str, str]:
    """Return (definitions, everything behind the figures, what stands before them)."""
    defs, back = _GROUNDS.get(land.light.place, _meadow)(land)
    front = _front(land) if land.light.place in {"", "meadow", "lake", "forest", "mountains"} else ""
    return defs, back, front


def _meadow(land: Land) -> tuple[str, str]:
    far, middle, near = _SEASON_GREENS[land.scene.season]
    h = land.height
    body = land.ridge("far", land.horizon - h * 0.05, h * 0.03, mix(far, "#b9cbd6", 0.5), 3)
    body += land.ridge("hills", land.horizon, h * 0.022, far, 2) + _trees(
        land, 6, land.horizon + h * 0.03, 0.5
    )
    body += land.ridge("middle", land.horizon + h * 0.1, h * 0.014, middle, 2)
    body += _flower_field(land, land.horizon + h * 0.14, land.horizon + h * 0.21, 60, 0.42)
    body += land.ridge("near", land.height * 0.82, h * 0.012, near, 2)
    return "", body + _tufts(land) + _flower_field(land, h * 0.83, h * 0.91, 46, 0.8)


def _front(land: Land) -> str:
    return _flower_field(land, land.height * 0.945, land.height * 0.99, 30, 1.25)


def _tufts(land: Land) -> str:
    dice = land.dice.for_layer("tufts")
    blades = "".join(
        f"M{dice.between(0, land.width):.0f},{dice.between(land.height * 0.84, land.height * 0.99):.0f} "
        f"l-5,-12 m5,12 l1,-15 m-1,15 l7,-11 "
        for _ in range(34)
    )
    return line(blades, land.lit(mix(_SEASON_GREENS[land.scene.season][2], "#3f5a3a", 0.32)), 2.4, 0.8)


def _flower_field(land: Land, top: float, bottom: float, number: int, scale: float) -> str:
    if not land.scene.flower:
        if land.scene.season in {"autumn", "winter"} or land.scene.weather == "snow":
            return ""
        return "" if scale < 0.7 else _sprinkle(land, top, bottom, number // 4, scale * 0.7)
    dice = land.dice.for_layer(f"flowers{top:.0f}")
    petal, heart = (land.lit(colour) for colour in _FLOWERS[land.scene.flower])
    flower = _flower(land.scene.flower, petal, heart, land.lit("#6f9a58"))
    rows = sorted((dice.between(top, bottom), dice.between(0, land.width)) for _ in range(number))
    return "".join(
        group(flower, x, y, scale * dice.between(0.8, 1.15), turn=dice.between(-8, 8)) for y, x in rows
    )


def _sprinkle(land: Land, top: float, bottom: float, number: int, scale: float) -> str:
    dice = land.dice.for_layer(f"sprinkle{top:.0f}")
    colours = [land.lit(colour) for colour in ("#f7f0e0", "#f0d88a", "#e3a79b")]
    return "".join(
        circle(dice.between(0, land.width), dice.between(top, bottom), 5 * scale, colours[n % 3], "none")
        for n in range(number * 2)
    )


def _flower(kind: str, petal: str, heart: str, stem: str) -> str:
    stalk = line("M0,0 Q-2,-20 0,-42", stem, 4) + path("M0,-4 Q-14,-14 -13,-32 Q-4,-20 0,-4Z", stem, "none")
    if kind == "tulip":
        return stalk + path(
            "M-11,-42 Q-14,-62 -10,-66 L-4,-58 L0,-68 L4,-58 L10,-66 Q14,-62 11,-42 Q0,-34 -11,-42Z",
            petal,
            "none",
        )
    if kind in {"lavender", "rapeseed"}:
        return stalk + "".join(
            circle(x, y, 5, petal, "none")
            for x, y in ((0, -42), (-6, -49), (6, -49), (-3, -57), (4, -57), (0, -65))
        )
    petals = "".join(
        group(ellipse(0, -10, 5.5, 9.5, petal, "none"), 0, -46, turn=angle) for angle in range(0, 360, 60)
    )
    return stalk + petals + circle(0, -46, 8 if kind == "sunflower" else 5.5, heart, "none")


def _tree(leaf: str, shade: str, trunk: str, is_pine: bool) -> str:
    post = rect(-6, -44, 12, 46, trunk, "none", 3)
    if is_pine:
        return (
            post
            + path("M-44,-30 L0,-100 L44,-30Z", leaf, "none")
            + path("M-35,-74 L0,-136 L35,-74Z", shade, "none")
        )
    crown = (
        circle(-24, -74, 34, leaf, "none")
        + circle(26, -72, 32, shade, "none")
        + circle(0, -102, 38, leaf, "none")
    )
    return post + crown


def _trees(land: Land, number: int, y: float, scale: float, is_pine: bool = False) -> str:
    dice = land.dice.for_layer(f"trees{scale}")
    leaf, shade = (land.lit(colour) for colour in _LEAVES[land.scene.season])
    tree = _tree(leaf, shade, land.lit("#8a6a50"), is_pine)
    return "".join(
        group(
            tree,
            land.width * (n + dice.between(0.05, 0.95)) / number,
            y + dice.between(-10, 14),
            scale * dice.between(0.7, 1.25),
        )
        for n in range(number)
    )


def _sea(land: Land) -> tuple[str, str]:
    w, h, y = land.width, land.height, land.horizon
    defs = gradient("sea", [(0, land.lit("#9cc7cf"), 1), (1, land.lit("#5f9fb3"), 1)])
    body = f'<rect y="{y:.0f}" width="{w:.0f}" height="{h - y:.0f}" fill="url(#sea)"/>'
    dice = land.dice.for_layer("waves")
    for row in range(5):
        d = "".join(
            f"M{dice.between(0, w):.0f},{y + 24 + row * h * 0.04 + dice.between(-8, 8):.0f} q22,-12 44,0 t44,0 "
            for _ in range(6)
        )
        body += line(d, land.lit("#e4f1f0"), 3, 0.7)
    body += land.ridge("foam", h * 0.8, h * 0.012, "#f2f3ea", 3) + land.ridge(
        "beach", h * 0.825, h * 0.012, "#ecdcb6", 3
    )
    shells = "".join(
        ellipse(dice.between(0, w), dice.between(h * 0.87, h * 0.98), 8, 5, land.lit("#e3b7a0"), "none")
        for _ in range(9)
    )
    return defs, body + shells


def _lake(land: Land) -> tuple[str, str]:
    defs, body = _meadow(land)
    y = land.horizon + land.height * 0.17
    water = ellipse(
        land.width * land.dice.between(0.4, 0.6),
        y,
        land.width * 0.44,
        land.height * 0.055,
        land.lit("#8fbccb"),
        "none",
    )
    return defs, body + water + line(
        f"M{land.width * 0.3:.0f},{y:.0f} h90 m60,14 h120 m90,-18 h70", land.lit("#dcebec"), 3, 0.8
    )


def _underwater(land: Land) -> tuple[str, str]:
    dice, w, h = land.dice.for_layer("weeds"), land.width, land.height
    body = land.ridge("reef", h * 0.74, h * 0.04, "#4f8793", 3) + land.ridge(
        "sand", h * 0.84, h * 0.015, "#d9cfa6", 2
    )
    for n in range(14):
        x, y, tall = w * (n + dice.between(0, 1)) / 14, h * dice.between(0.84, 0.97), dice.between(70, 190)
        colour = ("#5f9a72", "#c9776d", "#7fae7c")[n % 3]
        body += line(
            f"M{x:.0f},{y:.0f} q-20,-{tall / 3:.0f} 0,-{tall / 2:.0f} t4,-{tall / 2:.0f}", colour, 11
        )
    body += "".join(
        circle(
            dice.between(0, w), dice.between(h * 0.1, h * 0.8), dice.between(4, 13), "#ffffff", "none", 0.35
        )
        for _ in range(26)
    )
    return "", body


def _desert(land: Land) -> tuple[str, str]:
    h = land.height
    body = land.ridge("far", land.horizon - h * 0.01, h * 0.03, "#f0ddb4", 2) + land.ridge(
        "middle", land.horizon + h * 0.09, h * 0.02, "#e9cf9b", 2
    )
    body += land.ridge("near", h * 0.81, h * 0.02, "#dfbf83", 2)
    dice = land.dice.for_layer("ripples")
    d = "".join(
        f"M{dice.between(0, land.width):.0f},{dice.between(h * 0.84, h * 0.98):.0f} q40,-12 90,0 "
        for _ in range(14)
    )
    return "", body + line(d, land.lit("#cba868"), 3, 0.7)


def _moon(land: Land) -> tuple[str, str]:
    h, w, dice = land.height, land.width, land.dice.for_layer("craters")
    body = land.ridge("far", land.horizon, h * 0.03, "#a9a4a8", 3) + land.ridge(
        "middle", land.horizon + h * 0.08, h * 0.012, "#c4bfbd", 2
    )
    body += land.ridge("near", h * 0.81, h * 0.012, "#d6d1cb", 2)
    for n in range(15):
        y = dice.between(land.horizon + h * 0.12, h * 0.98)
        size = (y - land.horizon) / h * dice.between(70, 190)
        x = w * (n + dice.between(0, 1)) / 15
        body += ellipse(x, y, size, size * 0.3, "#b3adac", "none") + ellipse(
            x, y + size * 0.07, size * 0.88, size * 0.22, "#a09a9c", "none"
        )
    return "", body


def _space(land: Land) -> tuple[str, str]:
    w, h = land.width, land.height
    globe = ellipse(w / 2, h * 1.5, w * 0.82, h * 0.74, "#8a80ad", "none") + ellipse(
        w / 2, h * 1.53, w * 0.82, h * 0.74, "#a294bd", "none"
    )
    dice = land.dice.for_layer("spots")
    spots = "".join(
        ellipse(
            dice.between(w * 0.15, w * 0.85),
            dice.between(h * 0.88, h * 0.98),
            dice.between(20, 60),
            9,
            "#8f84b2",
            "none",
        )
        for _ in range(8)
    )
    return "", globe + spots


def _city(land: Land) -> tuple[str, str]:
    body, h = "", land.height
    rows = ((0.0, "#c9c6c4", 0.2, 15), (0.06, "#b3b0b2", 0.13, 12))
    for drop, colour, tall, number in rows:
        dice, base = land.dice.for_layer(f"row{drop}"), land.horizon + h * (0.06 + drop)
        step = land.width / number
        for n in range(number):
            height = h * tall * dice.between(0.5, 1.5)
            shade = land.lit(mix(colour, ("#d9b8a0", "#a8bcc4", "#d6cdb8")[n % 3], 0.55))
            body += rect(n * step - 4, base - height, step + 5, height + h * 0.08, shade, "none", 3)
            body += _windows(land, n * step + 12, base - height + 16, step - 26, height - 20)
    body += land.ridge("pavement", land.horizon + h * 0.11, 1, "#d8cfc1", 1) + land.ridge(
        "street", h * 0.82, 1, "#b9b1a8", 1
    )
    stripes = "".join(
        rect(x * land.width / 9, h * 0.93, land.width / 18, 9, land.lit("#f2e8d2"), "none", 4)
        for x in range(9)
    )
    return "", body + _trees(land, 5, land.horizon + h * 0.14, 0.6) + stripes


def _windows(land: Land, x: float, y: float, width: float, height: float) -> str:
    dice = land.dice.for_layer(f"window{x:.0f}{y:.0f}")
    colour = "#f6d98a" if land.light.time in {"night", "evening"} else land.lit("#f1efe8")
    d = ""
    for row in range(int(height // 30)):
        for column in range(int(width // 26)):
            if dice.between(0, 1) < 0.62:
                d += f"M{x + column * 26:.0f},{y + row * 30:.0f} h12 v14 h-12Z "
    return path(d, colour, "none", extra='opacity=".75"') if d else ""


def _snowfield(land: Land) -> tuple[str, str]:
    h = land.height
    body = land.ridge("far", land.horizon - h * 0.03, h * 0.04, "#cddae3", 4) + land.ridge(
        "middle", land.horizon + h * 0.06, h * 0.02, "#e4ebef", 2
    )
    pines = group(_tree(land.lit("#9db8b3"), land.lit("#c8d8d8"), land.lit("#8a7664"), True), 0, 0)
    dice = land.dice.for_layer("pines")
    body += "".join(
        group(
            pines, land.width * (n + dice.between(0, 1)) / 7, land.horizon + h * 0.09, dice.between(0.5, 0.9)
        )
        for n in range(7)
    )
    return "", body + land.ridge("near", h * 0.81, h * 0.014, "#f5f7f7", 2)


def _forest(land: Land) -> tuple[str, str]:
    h = land.height
    body = _trees(land, 16, land.horizon + h * 0.06, 1.5, is_pine=True) + land.ridge(
        "middle", land.horizon + h * 0.06, h * 0.012, "#8fac76", 3
    )
    body += _trees(land, 9, land.horizon + h * 0.14, 2.1) + land.ridge(
        "near", h * 0.8, h * 0.012, "#7c9f66", 2
    )
    return "", body + _tufts(land) + _flower_field(land, h * 0.83, h * 0.91, 46, 0.8)


def _mountains(land: Land) -> tuple[str, str]:
    h, w, dice = land.height, land.width, land.dice.for_layer("peaks")
    body = ""
    for n in range(4):
        x, tall = w * (n + dice.between(0.2, 0.8)) / 4, h * dice.between(0.24, 0.4)
        base, half = land.horizon + h * 0.1, h * dice.between(0.34, 0.5)
        body += path(
            f"M{x - half:.0f},{base:.0f} L{x:.0f},{base - tall:.0f} L{x + half:.0f},{base:.0f}Z",
            land.lit(("#9fb0bf", "#aebbc4")[n % 2]),
            "none",
        )
        cap = tall * 0.3
        side = half * 0.3
        body += path(
            f"M{x - side:.0f},{base - tall + cap:.0f} L{x:.0f},{base - tall:.0f} "
            f"L{x + side:.0f},{base - tall + cap:.0f} L{x + side * 0.4:.0f},{base - tall + cap * 0.7:.0f} "
            f"L{x:.0f},{base - tall + cap * 1.1:.0f} L{x - side * 0.4:.0f},{base - tall + cap * 0.7:.0f}Z",
            land.lit("#f5f3ee"),
            "none",
        )
    _, meadow = _meadow(land)
    return "", body + meadow


def _clouds(land: Land) -> tuple[str, str]:
    dice, body = land.dice.for_layer("floor"), ""
    for row in range(4):
        y = land.horizon + land.height * (0.08 + row * 0.1)
        colour = land.lit(mix("#dfe8ee", "#ffffff", row * 0.3))
        body += "".join(
            cloud(land.width * (n + dice.between(0, 1)) / 6, y, land.height * 0.09, colour) for n in range(7)
        )
    return "", body + faded(
        rect(0, land.height * 0.86, land.width, land.height * 0.2, land.lit("#ffffff"), "none"), 0.9
    )


def _room(land: Land) -> tuple[str, str]:
    w, h = land.width, land.height
    x, y = w * land.dice.between(0.14, 0.24), h * 0.14
    wall = path(
        f"M0,0 H{w:.0f} V{h * 0.76:.0f} H0Z M{x:.0f},{y:.0f} v{h * 0.36:.0f} h{w * 0.24:.0f} v-{h * 0.36:.0f}Z",
        land.lit("#efe0c6"),
        "none",
        extra='fill-rule="evenodd"',
    )
    frame = path(
        f"M{x:.0f},{y:.0f} h{w * 0.24:.0f} v{h * 0.36:.0f} h-{w * 0.24:.0f}Z "
        f"M{x + w * 0.12:.0f},{y:.0f} v{h * 0.36:.0f} M{x:.0f},{y + h * 0.18:.0f} h{w * 0.24:.0f}",
        "none",
        land.lit("#a98766"),
        12,
    )
    floor = rect(0, h * 0.76, w, h * 0.24, land.lit("#c79f74"), "none") + rect(
        0, h * 0.745, w, h * 0.02, land.lit("#a98766"), "none"
    )
    rug = ellipse(w / 2, h * 0.91, w * 0.33, h * 0.065, land.lit("#c98a78"), "none") + ellipse(
        w / 2, h * 0.91, w * 0.29, h * 0.05, land.lit("#dba793"), "none"
    )
    return "", wall + frame + floor + rug


_GROUNDS: Mapping[str, Callable[[Land], tuple[str, str]]] = {
    "meadow": _meadow, "sea": _sea, "lake": _lake, "underwater": _underwater,
    "desert": _desert, "moon": _moon, "space": _space,
    "city": _city, "snowfield": _snowfield, "forest": _forest,
    "mountains": _mountains, "clouds": _clouds, "room": _room,
}  # fmt: skip

"""Trees, bushes, grass and flowers. All of one kind are one path, so that a whole field costs little."""

from __future__ import annotations

import math
from collections.abc import Mapping

from ..svg import circle, ellipse, group, mix, path, rect
from .land import Land

_LEAVES: Mapping[str, tuple[str, str]] = {
    "spring": ("#f0bfc7", "#e6a3b0"), "autumn": ("#d98a4a", "#c0643b"), "winter": ("#eaf0f2", "#d3dde2"),
    "summer": ("#74a463", "#5b8b53"), "": ("#8bb070", "#6f975b"),
}  # fmt: skip
_FLOWERS: Mapping[str, tuple[str, str]] = {
    "daffodil": ("#f6d34c", "#e9952f"), "tulip": ("#d9675c", "#e9a44f"), "sunflower": ("#f0bd3b", "#7a5236"),
    "cosmos": ("#e6a3bd", "#f0cf5e"), "lavender": ("#9a86bd", "#8573ab"), "rapeseed": ("#f2cf45", "#e2b52e"),
    "rose": ("#d8706b", "#f2d27a"),
}  # fmt: skip
_SPIKES = frozenset({"lavender", "rapeseed"})


def _disc(x: float, y: float, r: float, tall: float = 1.0) -> str:
    return (
        f"M{x - r:.1f},{y:.1f} a{r:.1f},{r * tall:.1f} 0 1 0 {2 * r:.1f},0 a{r:.1f},{r * tall:.1f} 0 1 0 "
        f"-{2 * r:.1f},0Z "
    )


def trees(
    land: Land, name: str, number: int, y: float, scale: float, distance: float = 0.0, kind: str = ""
) -> str:
    """A loose row of trees standing at about ``y``; ``kind`` is pine, or "" for broad leaves of three shapes."""
    dice = land.dice.for_layer(f"trees/{name}")
    leaf, shade = (land.lit(colour, distance) for colour in _LEAVES[land.scene.season])
    if kind == "pine":
        pine = "#7fa08a" if land.scene.season != "winter" else "#c6d6d4"
        leaf, shade = land.lit(pine, distance), land.lit(mix(pine, "#41594e", 0.3), distance)
    trunk = land.lit("#8a6a50", distance)
    drawn = []
    for n in range(number):
        at = y + dice.between(-8, 14) * scale
        size = scale * dice.between(0.75, 1.2)
        shape = int(dice.between(0, 2.99))
        tree = _pine(leaf, shade, trunk) if kind == "pine" else _broad(leaf, shade, trunk, shape)
        drawn.append((at, group(tree, land.width * (n + dice.between(0.1, 0.9)) / number, at, size)))
    return "".join(body for _, body in sorted(drawn, key=lambda one: one[0]))


def _broad(leaf: str, shade: str, trunk: str, shape: int) -> str:
    post = path("M-7,2 L-4,-60 H4 L7,2Z", trunk, "none")
    light = mix(leaf, "#fffbe6", 0.2)
    if shape == 0:
        crown = _disc(-25, -74, 33) + _disc(26, -72, 32) + _disc(0, -102, 38)
        return (
            post + path(crown, shade, "none") + path(_disc(-14, -86, 27) + _disc(6, -108, 27), leaf, "none")
        )
    if shape == 1:
        return post + ellipse(0, -92, 37, 54, shade, "none") + ellipse(-6, -98, 27, 42, leaf, "none")
    crown = _disc(0, -82, 46, 0.86)
    return (
        post
        + path(crown, shade, "none")
        + path(_disc(-9, -92, 30, 0.8), leaf, "none")
        + circle(-18, -101, 9, light, "none")
    )


def _pine(leaf: str, shade: str, trunk: str) -> str:
    post = rect(-5, -30, 10, 32, trunk, "none", 2)
    body = path(
        "M-44,-24 Q0,-34 44,-24 L0,-96Z M-35,-62 Q0,-70 35,-62 L0,-124Z M-25,-98 Q0,-104 25,-98 L0,-150Z",
        leaf,
        "none",
    )
    return post + body + path("M0,-150 L25,-98 L9,-100 L35,-62 L13,-66 L44,-24 Q22,-30 0,-30Z", shade, "none")


def bushes(land: Land, name: str, number: int, y: float, scale: float, distance: float = 0.0) -> str:
    dice = land.dice.for_layer(f"bushes/{name}")
    leaf, shade = (land.lit(colour, distance) for colour in _LEAVES[land.scene.season])
    dark, bright = "", ""
    for n in range(number):
        x, at, s = (
            land.width * (n + dice.between(0, 1)) / number,
            y + dice.between(-6, 6),
            scale * dice.between(0.7, 1.2),
        )
        dark += (
            _disc(x - 20 * s, at - 10 * s, 20 * s)
            + _disc(x + 18 * s, at - 10 * s, 22 * s)
            + _disc(x, at - 20 * s, 24 * s)
        )
        bright += _disc(x - 10 * s, at - 18 * s, 16 * s) + _disc(x + 4 * s, at - 26 * s, 14 * s)
    return path(dark, shade, "none") + path(bright, leaf, "none")


def tufts(land: Land, name: str, number: int, top: float, bottom: float, scale: float = 1.0) -> str:
    """Clumps of grass blades."""
    dice = land.dice.for_layer(f"tufts/{name}")
    blades = ""
    for n in range(number):
        x = land.width * (n + dice.between(0, 1)) / number
        y, s = dice.between(top, bottom), scale * dice.between(0.7, 1.2)
        for lean, tall in ((-9, 13), (-3, 19), (4, 16), (10, 11)):
            blades += (
                f"M{x - 2 * s:.0f},{y:.0f} q{lean * 0.3 * s:.0f},-{tall * 0.6 * s:.0f} "
                f"{lean * s:.0f},-{tall * s:.0f} q{2 * s:.0f},{tall * 0.5 * s:.0f} "
                f"{3 * s - lean * s:.0f},{tall * s:.0f}Z "
            )
    return path(blades, land.lit(mix(land.greens[2], "#3f5a3a", 0.3)), "none")


def flowers(land: Land, top: float, bottom: float, number: int, scale: float) -> str:
    """A field of the flower that the words name, else a few small ones where the season has them."""
    if not land.scene.flower:
        is_bare = land.scene.season in {"autumn", "winter"} or land.scene.weather == "snow"
        return "" if is_bare or scale < 0.7 else _sprinkle(land, top, bottom, number // 2, scale * 0.75)
    dice = land.dice.for_layer(f"flowers{top:.0f}")
    kind = land.scene.flower
    petal, heart = (land.lit(colour) for colour in _FLOWERS[kind])
    stems = petals = hearts = ""
    for n in range(number):
        x = land.width * (n + dice.between(0, 1)) / number
        y, s = dice.between(top, bottom), scale * dice.between(0.8, 1.15)
        stems += (
            f"M{x - 2 * s:.0f},{y:.0f} l{1.5 * s:.1f},-{44 * s:.0f} h{2 * s:.1f} l{s:.1f},{44 * s:.0f}Z "
            f"M{x:.0f},{y - 4 * s:.0f} q-{15 * s:.0f},-{9 * s:.0f} -{13 * s:.0f},-{28 * s:.0f} "
            f"q{10 * s:.0f},{11 * s:.0f} {13 * s:.0f},{28 * s:.0f}Z "
        )
        petals += _petals(kind, x, y - 46 * s, s)
        hearts += (
            _disc(x, y - 46 * s, (8.5 if kind == "sunflower" else 5) * s)
            if kind not in _SPIKES | {"tulip"}
            else ""
        )
    return (
        path(stems, land.lit("#6f9a58"), "none")
        + path(petals, petal, "none")
        + (path(hearts, heart, "none") if hearts else "")
    )


def _petals(kind: str, x: float, y: float, s: float) -> str:
    if kind == "tulip":
        return (
            f"M{x - 11 * s:.1f},{y + 4 * s:.1f} q{-3 * s:.1f},{-20 * s:.1f} {s:.1f},{-24 * s:.1f} "
            f"l{6 * s:.1f},{8 * s:.1f} "
            f"l{4 * s:.1f},{-10 * s:.1f} l{4 * s:.1f},{10 * s:.1f} l{6 * s:.1f},{-8 * s:.1f} "
            f"q{4 * s:.1f},{4 * s:.1f} {s:.1f},{24 * s:.1f} "
            f"q{-11 * s:.1f},{8 * s:.1f} {-22 * s:.1f},0Z "
        )
    if kind in _SPIKES:
        return "".join(
            _disc(x + a * s, y + b * s, 4.6 * s)
            for a, b in ((0, 4), (-5, -4), (5, -4), (-3, -12), (4, -12), (0, -20))
        )
    reach = 12 * s if kind == "sunflower" else 9 * s
    number = 8 if kind == "sunflower" else 5
    return "".join(
        _disc(x + reach * math.cos(angle), y + reach * math.sin(angle), 6 * s)
        for angle in (math.tau * n / number - 0.3 for n in range(number))
    )


def _sprinkle(land: Land, top: float, bottom: float, number: int, scale: float) -> str:
    dice = land.dice.for_layer(f"sprinkle{top:.0f}")
    drawn = ["", "", ""]
    for n in range(number):
        x, y = land.width * (n + dice.between(0, 1)) / number, dice.between(top, bottom)
        drawn[n % 3] += "".join(
            _disc(x + a * scale, y + b * scale, 4 * scale) for a, b in ((0, 0), (9, 5), (-6, 7))
        )
    colours = ("#f9f3e4", "#f2da8c", "#e6aa9e")
    return "".join(path(d, land.lit(colour), "none") for d, colour in zip(drawn, colours, strict=True) if d)

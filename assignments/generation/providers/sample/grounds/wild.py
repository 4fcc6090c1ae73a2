"""Desert, snow, a volcano's foot, the moon, space and the top of the clouds."""

from __future__ import annotations

from ..sky import cloud
from ..svg import ellipse, group, line, mix, path, rect
from .land import Land
from .plants import trees


def desert(land: Land) -> str:
    h, y = land.height, land.horizon
    body = land.ridge("farthest", y - h * 0.045, h * 0.03, "#e9d3ae", 3, 0.5)
    body += land.ridge("far", y, h * 0.03, "#efdab0", 2, 0.2) + land.ridge(
        "middle", y + h * 0.09, h * 0.022, "#e8cd98", 2
    )
    body += land.ridge("near", h * 0.8, h * 0.02, "#dfbf83", 2)
    dice = land.dice.for_layer("ripples")
    d = "".join(
        f"M{land.width * (n + dice.between(0, 0.6)) / 8:.0f},{h * dice.between(0.84, 0.98):.0f} q40,-10 84,0 t60,-3 "
        for n in range(8)
    )
    cactus = line("M0,0 V-74 M0,-30 h-20 v-22 M0,-42 h20 v-18", land.lit("#7f9f6e", 0.15), 13)
    far = "".join(
        group(cactus, land.width * x, y + h * 0.11, dice.between(0.5, 0.75))
        for x in (dice.between(0.04, 0.16), dice.between(0.84, 0.96))
    )
    return body + line(d, land.lit("#cba868"), 3) + far


def snowfield(land: Land) -> str:
    h, y = land.height, land.horizon
    dice, ice = land.dice.for_layer("ice"), ""
    for n in range(4):
        x, tall, half = (
            land.width * (n + dice.between(0.1, 0.9)) / 4,
            h * dice.between(0.06, 0.15),
            h * dice.between(0.12, 0.2),
        )
        base = y + h * 0.05
        ice += path(
            f"M{x - half:.0f},{base:.0f} L{x - half * 0.5:.0f},{base - tall * 0.8:.0f} "
            f"L{x:.0f},{base - tall:.0f} L{x + half * 0.6:.0f},{base - tall * 0.5:.0f} "
            f"L{x + half:.0f},{base:.0f}Z",
            land.lit("#d5e6ee", 0.15),
            "none",
        )
        ice += path(
            f"M{x:.0f},{base - tall:.0f} L{x + half * 0.6:.0f},{base - tall * 0.5:.0f} "
            f"L{x + half:.0f},{base:.0f} H{x + half * 0.2:.0f}Z",
            land.lit("#b9d2e0", 0.15),
            "none",
        )
    body = land.ridge("far", y - h * 0.03, h * 0.035, "#cddae3", 4, 0.4) + ice
    body += land.ridge("middle", y + h * 0.045, h * 0.02, "#e0e9ee", 2)
    body += (
        trees(land, "pines", 6, y + h * 0.085, 0.62, 0.2, "pine")
        if land.scene.season or land.scene.weather != "snow"
        else ""
    )
    body += land.ridge("near", h * 0.8, h * 0.014, "#f3f6f7", 2)
    drifts = "".join(
        f"M{land.width * (n + dice.between(0, 0.6)) / 6:.0f},{h * dice.between(0.85, 0.97):.0f} q50,-9 110,0 "
        for n in range(6)
    )
    return body + line(drifts, land.lit("#d3dfe6"), 3)


def volcano(land: Land) -> str:
    h, y = land.height, land.horizon
    body = land.ridge("farthest", y - h * 0.05, h * 0.04, "#a08d8d", 3, 0.5) + land.ridge(
        "far", y + h * 0.02, h * 0.03, "#8a7672", 3
    )
    body += land.ridge("middle", y + h * 0.1, h * 0.02, "#77655f", 2)
    dice = land.dice.for_layer("lava")
    x = land.width * dice.between(0.4, 0.6)
    stream = path(
        f"M{x:.0f},{y + h * 0.11:.0f} q-60,{h * 0.08:.0f} 40,{h * 0.13:.0f} t-60,{h * 0.2:.0f} h190 "
        f"q-10,-{h * 0.1:.0f} -70,-{h * 0.2:.0f} t-70,-{h * 0.13:.0f}Z",
        "#e58a4a",
        "none",
    )
    return body + land.ridge("near", h * 0.8, h * 0.012, "#685852", 2) + stream


def moon(land: Land) -> str:
    h, w, dice = land.height, land.width, land.dice.for_layer("craters")
    body = land.ridge("farthest", land.horizon - h * 0.03, h * 0.03, "#8d888f", 4) + land.ridge(
        "far", land.horizon + h * 0.01, h * 0.025, "#a9a4a8", 3
    )
    body += land.ridge("middle", land.horizon + h * 0.08, h * 0.012, "#c4bfbd", 2) + land.ridge(
        "near", h * 0.81, h * 0.012, "#d6d1cb", 2
    )
    for n in range(15):
        y = h * (0.72 + 0.26 * (n % 5 + dice.between(0, 1)) / 5)
        size = (y - land.horizon) / h * dice.between(60, 170)
        x = w * (n + dice.between(0, 1)) / 15
        rim = ellipse(x, y + 2, size * 1.06, size * 0.32, "#e6e2dc", "none")
        body += (
            rim
            + ellipse(x, y, size, size * 0.28, "#b3adac", "none")
            + ellipse(x, y + size * 0.06, size * 0.86, size * 0.2, "#a29c9e", "none")
        )
    return body


def space(land: Land) -> str:
    w, h = land.width, land.height
    globe = ellipse(w / 2, h * 1.5, w * 0.86, h * 0.76, "#6f679c", "none") + ellipse(
        w / 2, h * 1.5, w * 0.83, h * 0.735, "#8a80ad", "none"
    )
    globe += ellipse(w / 2, h * 1.53, w * 0.83, h * 0.735, "#a294bd", "none")
    dice = land.dice.for_layer("spots")
    return globe + "".join(
        ellipse(
            w * (0.12 + 0.76 * (n + dice.between(0, 1)) / 8),
            h * dice.between(0.89, 0.98),
            dice.between(20, 60),
            9,
            "#8f84b2",
            "none",
        )
        for n in range(8)
    )


def clouds(land: Land) -> str:
    """A floor of clouds seen from above, lighter towards the eye."""
    dice, low = land.dice.for_layer("floor"), land.light.sky_colours()[2]
    body = rect(
        0,
        land.horizon + land.height * 0.05,
        land.width,
        land.height,
        land.lit(mix("#d3e2ea", low, 0.3)),
        "none",
    )
    for row in range(4):
        y = land.horizon + land.height * (0.05 + row * 0.1)
        top = land.lit(mix("#e2ebf0", "#ffffff", row * 0.3))
        shade = land.lit(mix("#c9d9e3", "#e6eef3", row * 0.3))
        size = land.height * (0.055 + row * 0.018)
        body += "".join(
            cloud(
                land.width * (n + dice.between(0.1, 0.9)) / 6,
                y + dice.between(-8, 8),
                size * dice.between(0.8, 1.2),
                top,
                shade,
            )
            for n in range(7)
        )
        body += (
            rect(0, y - 2, land.width, land.height - y + 4, shade if row < 3 else top, "none")
            if row == 3
            else ""
        )
    return body


def nearest_clouds(land: Land) -> str:
    dice = land.dice.for_layer("nearest")
    top, shade = land.lit("#ffffff"), land.lit("#e4ecf1")
    return "".join(
        cloud(
            land.width * (n + dice.between(0, 1)) / 5,
            land.height * 1.03,
            land.height * dice.between(0.06, 0.085),
            top,
            shade,
        )
        for n in range(6)
    )

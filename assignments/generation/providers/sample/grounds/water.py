"""Seaside and sea floor."""

from __future__ import annotations

from ..sky import strips
from ..svg import ellipse, line
from .land import Land


def sea(land: Land) -> str:
    w, h, y = land.width, land.height, land.horizon
    body = strips((land.lit("#a9d0d6", 0.35), land.lit("#77b1c2"), land.lit("#5f9fb3")), w, y, h * 0.83)
    dice = land.dice.for_layer("waves")
    for row in range(6):
        at = y + 14 + row * h * 0.036
        wide = 22 + row * 9
        d = "".join(
            f"M{w * (n + dice.between(0, 0.8)) / 5:.0f},{at + dice.between(-6, 6):.0f} "
            f"q{wide / 2},-{5 + row} {wide},0 t{wide},0 "
            for n in range(5)
        )
        body += line(d, land.lit("#e4f1f0", 0.1), 2 + row * 0.4)
    body += land.ridge("shallow", h * 0.775, h * 0.01, "#9fcfd0", 3) + land.ridge(
        "foam", h * 0.795, h * 0.01, "#f5f6ee", 3
    )
    body += land.ridge("wet", h * 0.812, h * 0.01, "#d9c69b", 3) + land.ridge(
        "beach", h * 0.828, h * 0.01, "#ecdcb6", 3
    )
    shells = "".join(
        ellipse(
            w * (n + dice.between(0, 1)) / 8, h * dice.between(0.87, 0.98), 8, 5, land.lit("#e3b7a0"), "none"
        )
        for n in range(8)
    )
    return body + shells


def underwater(land: Land) -> str:
    dice, w, h = land.dice.for_layer("weeds"), land.width, land.height
    body = land.ridge("reef", h * 0.68, h * 0.05, "#5f9ba8", 3) + land.ridge(
        "reef2", h * 0.76, h * 0.03, "#4f8793", 4
    )
    body += _corals(land) + land.ridge("sand", h * 0.83, h * 0.015, "#dccfa4", 2)
    for n in range(12):
        x, y, tall = w * (n + dice.between(0, 1)) / 12, h * dice.between(0.86, 0.99), dice.between(70, 170)
        colour = ("#5f9a72", "#7fae7c", "#4f8a78")[n % 3]
        for lean in (-16, 14):
            body += line(
                f"M{x + lean:.0f},{y:.0f} q-16,-{tall / 3:.0f} 0,-{tall / 2:.0f} t{lean / 3:.0f},-{tall / 2:.0f}",
                colour,
                9,
            )
    bubbles = "".join(
        f'<circle cx="{x:.0f}" cy="{h * dice.between(0.1, 0.75):.0f}" r="{r:.0f}" fill="#ffffff" fill-opacity=".28"/>'
        for x, r in ((w * (n + dice.between(0, 1)) / 16, dice.between(4, 12)) for n in range(16))
    )
    return body + bubbles


def _corals(land: Land) -> str:
    dice, w, h = land.dice.for_layer("corals"), land.width, land.height
    body = ""
    for n in range(5):
        x, y, s = w * (n + dice.between(0.1, 0.9)) / 5, h * 0.845, dice.between(0.7, 1.2)
        colour = ("#d98a7e", "#e0a86f", "#c98aa5")[n % 3]
        branches = "".join(
            f"M{x:.0f},{y:.0f} q{lean * s:.0f},-{30 * s:.0f} {lean * 1.4 * s:.0f},-{tall * s:.0f} "
            for lean, tall in ((-34, 60), (-12, 92), (14, 84), (36, 56))
        )
        body += line(branches, colour, 13 * s)
    return body

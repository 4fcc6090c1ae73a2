"""Snow that lies on what stands in it."""

from __future__ import annotations

from .sprites import Sprite
from .svg import group, polygon


def snow_capped(key: str, sprite: Sprite) -> Sprite:
    """Lay snow on the pyramids' upper courses and at their feet."""
    if key != "pyramids":
        return sprite
    top = "-14,-262 -78,-174 -56,-184 -40,-164 -18,-186 2,-164 22,-184 46,-168 72,-180"
    foot = "-190,0 -176,-18 -120,-8 -60,-16 0,-6 60,-15 120,-7 176,-16 190,0"
    cap = "".join(
        group(polygon(top, "#fbfaf6") + polygon(foot, "#f6f6f3", "none"), x, 0, size)
        for x, size in ((170, 0.62), (-150, 0.74), (10, 1.0))
    )
    scale = sprite.height / 262
    return sprite.joined(Sprite(group(cap, scale=scale), sprite.left, sprite.top, sprite.right))

"""A marked place in a picture that is there already: what the words name is drawn into it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from .clusters import build_clusters
from .dice import Dice
from .grounds import Land
from .landmarks import height_share, is_landmark
from .scene import Scene
from .sprites import FLYING, Sprite, shadow, thing_sprite
from .svg import group

# A mark painted by hand is round, so what fills its box to the corners would be cut off.
_FILL = 0.84
_TALLEST = 0.46


@dataclass(frozen=True, slots=True)
class Spot:
    """The box around the place, in parts (0 to 1) of the picture's width and height, and its own chance."""

    left: float
    top: float
    right: float
    bottom: float
    dice: Dice

    @classmethod
    def around(cls, kept: Image.Image, dice: Dice) -> Spot:
        """Around everything that ``kept`` (255 where the old picture stays) leaves open."""
        found = kept.point([255 if value < 128 else 0 for value in range(256)]).getbbox()
        left, top, right, bottom = found or (0, 0, *kept.size)
        width, height = kept.size
        return cls(left / width, top / height, right / width, bottom / height, dice)


def draw_into(spot: Spot, scene: Scene, land: Land, size: tuple[float, float]) -> tuple[str, bool]:
    """Draw the scene's things side by side in the spot.

    Args:
        size: of the page in picture units.

    Returns:
        The drawing, and whether emoji art is in it.
    """
    width, height = size
    standing, clusters = build_clusters(scene, spot.dice.for_layer("looks").count(0, 29))
    sprites = [(number, _landmark(scene, number, height)) for number in standing]
    sprites += [(cluster.number, cluster.sprite) for cluster in clusters]
    drawn, uses_emoji = "", False
    for place, (number, sprite) in enumerate(sprites):
        room = (spot.right - spot.left) * width / len(sprites)
        fitting = _fitted(scene, number, sprite, (room, (spot.bottom - spot.top) * height), height)
        jitter = spot.dice.for_layer(f"spot{place}").between(-0.5, 0.5)
        x = spot.left * width + (place + 0.5) * room + jitter * max(0.0, room * _FILL - fitting.width)
        y = _foot(spot, scene.things[number].key, fitting.height, land, height)
        is_grounded = y > land.horizon and scene.things[number].key not in FLYING
        cast = shadow(fitting.base * 2, land.light.shadow_lean) if is_grounded else ""
        drawn += group(cast + fitting.body, x - (fitting.left + fitting.right) / 2, y)
        uses_emoji |= fitting.uses_emoji
    return drawn, uses_emoji


def _landmark(scene: Scene, number: int, height: float) -> Sprite:
    thing = scene.things[number]
    return thing_sprite(thing, height * height_share(thing), 0)


def _fitted(scene: Scene, number: int, sprite: Sprite, room: tuple[float, float], height: float) -> Sprite:
    tallest = height * (1.0 if is_landmark(scene.things[number]) else _TALLEST)
    wide, high = room[0] * _FILL, min(room[1] * _FILL, tallest)
    return sprite.scaled(min(wide / sprite.width, high / sprite.height))


def _foot(spot: Spot, key: str, tall: float, land: Land, height: float) -> float:
    """Return how far down a thing's foot is: in the spot's middle when it flies, else as on the ground there."""
    top, bottom = spot.top * height, spot.bottom * height
    middle = (top + bottom + tall) / 2
    if key in FLYING or bottom < land.horizon:
        return middle
    lowest = bottom - (bottom - top) * (1 - _FILL) / 2
    return max(middle, min(lowest, land.front_y))

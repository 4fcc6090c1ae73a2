"""Single drawings at natural size: a standing child is about 190 units high."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import resvg_py
from PIL import Image

from .emoji_art import drawing_of
from .figures import Pose, draw_figure
from .looks import COATS, ON_FOUR_FEET, UPRIGHT
from .monuments import MONUMENTS
from .props import PROP_HEIGHTS, PROPS, balloon, gown, sailboat, tree, umbrella
from .scene import Kind, Thing
from .svg import group, line, path, recolour

FLYING = frozenset("⭐🌠🪐🌍☀🌟🪽🐉🫧🐦🦋✈🚀🛸🎈🪁🦅🐝🦉🦇🐞🚁🕊🪂🛰🦜🎏") | {
    "hot_air_balloon",
    "cloud",
    "fairy",
}
SWIMMING = frozenset("🐋🐬🐟🐠🐡🦈🐙🦑🐳🦭🐢🪼⛵🚢🛶🚤🦀🦞🦐🐚🪸") | {
    "mermaid",
    "submarine",
    "pirate_ship",
    "turtle_ship",
}
# Natural heights of emoji drawings; what isn't named here is 120 high.
_HEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        **dict.fromkeys("🐎🦄🐪🐫🐄🐂🐃🦓🦬🫎🐴", 205.0), **dict.fromkeys("🐘🦏🦛🐋🐳🦈", 270.0),
        **dict.fromkeys("🦕🦖🐉🦒", 330.0), **dict.fromkeys("🏠🏡🏘🏢🏫🏥🏪🏛⛪🛖🏚🏘🎪🎡🎠🗼⛩🕌🕍🎢⛲🏗🗻", 360.0),
        **dict.fromkeys("🏰🏯", 420.0), **dict.fromkeys("🌳🌲🌴🎄🌵🎋", 300.0),
        **dict.fromkeys("🚗🚌🚂🚲🚜🚒🚓🚑🛵🏍🚕🚚", 150.0),
        **dict.fromkeys("🚀🛸✈🚁🪂⛵🚢", 190.0), **dict.fromkeys("🦋🐝🐞🐜🐛🐌🐚🦀🐤🐣🐥🦗🌰🍎🍊🍓", 56.0),
        **dict.fromkeys("🐦🦉🦅🕊🦜🦆🐓🐔🐢🐇🐿🦔🐸🐀🦎🐍⚽🎈🍦🍭📷📖👓🎩👑🧢", 84.0),
        **dict.fromkeys("🦭🐬🐧🦩🐑🐐🐕🐈", 130.0),
        "⛄": 190.0, "☂": 150.0, "🎹": 130.0, "🌊": 160.0, "🌈": 300.0, "🔭": 150.0,
    }
)  # fmt: skip
# Emoji that we draw ourselves.
_OWN: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"☂": umbrella, "🎈": balloon, "⛵": sailboat, "🌳": tree}
)
_VIEW = (-480.0, -560.0, 960.0, 640.0)
_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Sprite:
    """One drawing standing on y = 0, and its extent in units.

    ``hand`` is where held things go, ``base`` half the width of what touches the ground at x = 0.
    ``uses_emoji`` asks for a credit.
    """

    body: str
    left: float
    top: float
    right: float
    bottom: float = 0.0
    hand: tuple[float, float] = (0.0, 0.0)
    uses_emoji: bool = False
    base: float = 60.0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    def scaled(self, scale: float, mirror: bool = False) -> Sprite:
        left, right = (-self.right, -self.left) if mirror else (self.left, self.right)
        side = -1 if mirror else 1
        return Sprite(
            group(self.body, scale=scale, mirror=mirror),
            left * scale, self.top * scale, right * scale, self.bottom * scale,
            (self.hand[0] * scale * side, self.hand[1] * scale), self.uses_emoji, self.base * scale,
        )  # fmt: skip

    def moved(self, x: float, y: float) -> Sprite:
        return Sprite(
            group(self.body, x, y), self.left + x, self.top + y, self.right + x, self.bottom + y,
            (self.hand[0] + x, self.hand[1] + y), self.uses_emoji, self.base,
        )  # fmt: skip

    def based(self, base: float) -> Sprite:
        """Return it with another half width on the ground."""
        return replace(self, base=base)

    def joined(self, other: Sprite, is_behind: bool = False) -> Sprite:
        """Return both as one; the hand stays this one's."""
        body = other.body + self.body if is_behind else self.body + other.body
        return Sprite(
            body, min(self.left, other.left), min(self.top, other.top), max(self.right, other.right),
            max(self.bottom, other.bottom), self.hand, self.uses_emoji or other.uses_emoji, self.base,
        )  # fmt: skip


def _raster(body: str, view: tuple[float, float, float, float], share: float) -> Image.Image:
    size = f'viewBox="{view[0]:g} {view[1]:g} {view[2]:g} {view[3]:g}"'
    png = resvg_py.svg_to_bytes(
        svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{body}</svg>',
        width=round(view[2] * share), height=round(view[3] * share), skip_system_fonts=True,
    )  # fmt: skip
    return Image.open(io.BytesIO(png)).convert("RGBA").getchannel("A")


@lru_cache(maxsize=512)
def _extent(body: str, is_emoji: bool) -> tuple[float, float, float, float]:
    """Return (left, top, right, bottom) of what is really drawn, in the drawing's own units."""
    view, share = ((0.0, 0.0, 72.0, 72.0), 1.0) if is_emoji else (_VIEW, _SHARE)
    box = _raster(body, view, share).getbbox() or (0, 0, 1, 1)
    left, top, right, bottom = (edge / share for edge in box)
    return left + view[0], top + view[1], right + view[0], bottom + view[1]


@lru_cache(maxsize=128)
def surface_at(body: str, x: float) -> float | None:
    """Return the height (y, up is negative) of a drawing's top right above ``x``; None where nothing is."""
    column = round((x - _VIEW[0]) * _SHARE)
    alpha = _raster(body, _VIEW, _SHARE)
    if not 0 <= column < alpha.width:
        return None
    row = next((row for row in range(alpha.height) if alpha.getpixel((column, row))), None)
    return None if row is None else row / _SHARE + _VIEW[1]


@lru_cache(maxsize=128)
def back_of(character: str) -> tuple[float, float]:
    """Return where a rider sits on an emoji animal, as shares of its width (from left) and height (from top)."""
    alpha = _raster(drawing_of("🐎" if character == "🦄" else character), (0.0, 0.0, 72.0, 72.0), 1.0)
    left, top, right, bottom = alpha.getbbox() or (0, 0, 72, 72)
    column = round(left + (right - left) * 0.56)
    rows = [row for row in range(top, bottom) if alpha.getpixel((column, row))]
    return 0.56, ((rows[0] if rows else top) - top) / max(1, bottom - top)


def emoji_sprite(character: str, height: float, colour: str = "") -> Sprite:
    body = drawing_of(character, colour)
    left, top, right, bottom = _extent(body, True)
    # A wide drawing (a whale, a train) must not become longer than it would be high.
    scale = min(height / (bottom - top), height * 1.7 / (right - left))
    half = (right - left) * scale / 2
    body = drawing_of(character, colour, round(min(0.75, 1.45 / scale), 2))
    placed = group(body, -(left + right) / 2 * scale, -bottom * scale, scale)
    return Sprite(placed, -half, -(bottom - top) * scale, half, uses_emoji=True, base=half)


def natural_height(thing: Thing) -> float | None:
    """Return how high an emoji drawing is by nature; None for what is drawn by us at its own height."""
    if thing.key in ON_FOUR_FEET and thing.key not in UPRIGHT:
        return ON_FOUR_FEET[thing.key][1]
    is_own = thing.kind is not Kind.EMOJI or thing.key in {*_OWN, "🦄"}
    return None if is_own else _HEIGHTS.get(thing.key, 120.0)


def coat_of(thing: Thing, number: int) -> str:
    """Return the colour of the ``number``-th of these things: as the words say, else each its own."""
    coats = COATS.get(thing.key)
    return thing.colour or (coats[number % len(coats)] if coats else "")


def thing_sprite(thing: Thing, height: float | None = None, number: int = 0, look: int = 0) -> Sprite:
    """Return one thing standing on the ground, an animal on its four feet if it has them.

    ``number`` tells several of one kind apart; ``look`` is where the looks of people begin.
    """
    if thing.kind is Kind.MONUMENT:
        return _drawn(MONUMENTS[thing.key](), thing.colour, height)
    colour = coat_of(thing, number)
    if thing.kind is Kind.PROP:
        body = gown(colour) if thing.key == "hanbok" else PROPS[thing.key](colour)
        return _drawn(body, "", height or PROP_HEIGHTS.get(thing.key, 150.0))
    if thing.kind is Kind.FIGURE:
        if thing.key in ON_FOUR_FEET and thing.key not in UPRIGHT:
            character, own = ON_FOUR_FEET[thing.key]
            return emoji_sprite(character, height or own, colour)
        return figure_sprite(thing, Pose.STAND, is_holding=False, look=look + number)
    if thing.key in _OWN:
        return _drawn(_OWN[thing.key](colour), "", height or (300.0 if thing.key == "🌳" else 190.0))
    if thing.key == "🦄":
        return _unicorn(colour)
    return emoji_sprite(thing.key, height or _HEIGHTS.get(thing.key, 120.0), colour)


def _drawn(body: str, colour: str, height: float | None) -> Sprite:
    body = recolour(body, colour) if colour else body
    left, top, right, _ = _extent(body, False)
    sprite = Sprite(body, left, top, right, base=(right - left) / 2)
    return sprite.scaled(height / sprite.height) if height else sprite


def figure_sprite(
    thing: Thing, pose: Pose, is_holding: bool, look: int = 0, costume: str = "", dye: str = ""
) -> Sprite:
    """Return a figure; ``costume`` and its colour ``dye`` dress it, else the thing's own colour does."""
    drawn = draw_figure(thing.key, pose, is_holding, dye or thing.colour, look, costume)
    left, top, right, bottom = _extent(drawn.body, False)
    return Sprite(drawn.body, left, top, right, bottom if pose is Pose.RIDE else 0.0, drawn.hand, base=46)


def _unicorn(colour: str) -> Sprite:
    """A white horse with a golden horn and a rose mane's light: CLDR's unicorn is a head only."""
    horse = emoji_sprite("🐎", 205.0, colour or "#e9e2ec")
    x, y = horse.left + horse.width * 0.17, horse.top + 14
    horn = path(f"M{x - 9:.0f},{y:.0f} L{x - 30:.0f},{y - 62:.0f} L{x + 9:.0f},{y - 6:.0f}Z", "#e6bd55")
    rings = line(f"M{x - 15:.0f},{y - 20:.0f} l14,-6 M{x - 21:.0f},{y - 38:.0f} l9,-4", "#b98f3a", 2.4)
    # The horn adds no height: riders sit by the horse's own back.
    return horse.joined(Sprite(horn + rings, x - 30, horse.top, x + 9))


def shadow(width: float, lean: float) -> str:
    """What a thing of this width throws on the ground; ``lean`` is how far to the right, in widths."""
    reach = min(width, 260.0) * lean
    across = width * 0.46 + abs(reach) * 0.4
    return (
        f'<ellipse cx="{reach:.0f}" cy="3" rx="{across:.0f}" ry="{max(5.0, width * 0.05):.0f}" '
        f'fill="#2b2436" fill-opacity=".17"/>'
    )

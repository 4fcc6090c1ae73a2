"""The land under a scene: layered, lit, and different with each seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from . import built, green, water, wild
from .land import Land, land_of
from .plants import flowers, tufts

__all__ = ["Land", "draw_land", "draw_nearest", "land_of"]

_GROUNDS: Mapping[str, Callable[[Land], str]] = MappingProxyType(
    {
        "meadow": green.meadow, "lake": green.lake, "forest": green.forest, "mountains": green.mountains,
        "sea": water.sea, "underwater": water.underwater,
        "desert": wild.desert, "snowfield": wild.snowfield, "volcano": wild.volcano,
        "moon": wild.moon, "space": wild.space, "clouds": wild.clouds,
        "city": built.city, "room": built.room,
    }
)  # fmt: skip
_GREEN = frozenset({"meadow", "lake", "forest", "mountains"})


def draw_land(land: Land) -> str:
    """Return everything behind the figures."""
    return _GROUNDS[land.light.place](land)


def draw_nearest(land: Land) -> str:
    """Return what stands before the figures, at the picture's foot."""
    if land.light.place == "clouds":
        return wild.nearest_clouds(land)
    if land.light.place not in _GREEN:
        return ""
    h = land.height
    return flowers(land, h * 0.955, h * 0.995, 24, 1.2) + tufts(land, "near", 16, h * 0.985, h * 1.0, 1.9)

"""What stands in the middle ground as a monument does: buildings and mountains, with people before them."""

from __future__ import annotations

from .monuments import DEFAULT_HEIGHT, HEIGHTS
from .scene import SIZES, Kind, Thing

_SHARES = {
    **dict.fromkeys("🏠🏡🏘🛖🏪⛺", 0.34), **dict.fromkeys("🏫🏥🏛🏨🏬🏦🏭🕌⛪🏟🎪⛲", 0.42),
    **dict.fromkeys("🏰🏯🎡🎢🎠🗻⛰🏔🌳🌲", 0.52),
    **dict.fromkeys("🏢🗼", 0.6), "volcano": 0.5, "lighthouse": 0.56, "bridge": 0.3, "igloo": 0.26, "hanok": 0.36,
}  # fmt: skip
# Trees belong to the middle ground only when nothing is on or under them.
_HIGHEST = 0.8


def is_landmark(thing: Thing) -> bool:
    return thing.kind is Kind.MONUMENT or (thing.key in _SHARES and thing.key not in "🌳🌲")


def height_share(thing: Thing) -> float:
    """Return which share of the picture's height a landmark takes."""
    own = HEIGHTS.get(thing.key, DEFAULT_HEIGHT) if thing.kind is Kind.MONUMENT else _SHARES[thing.key]
    return min(_HIGHEST, own * SIZES.get(thing.size, 1.0))

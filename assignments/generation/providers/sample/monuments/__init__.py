"""Monuments drawn by us as simple shapes; each stands on y = 0 with its middle at x = 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from . import korea, more, stone, towers

MONUMENTS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {**towers.DRAWINGS, **stone.DRAWINGS, **korea.DRAWINGS, **more.DRAWINGS}
)

# Share of the picture's height that a monument takes when it is the main thing; wide ones are lower.
HEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "pyramids": 0.36, "gwanghwamun": 0.4, "heunginjimun": 0.4, "dolhareubang": 0.46,
        "brandenburg_gate": 0.38, "chichen_itza": 0.38, "colosseum": 0.34, "great_wall": 0.34,
        "stonehenge": 0.24, "sydney_opera_house": 0.34,
        "golden_gate_bridge": 0.42, "tower_bridge": 0.44, "sphinx": 0.34, "louvre_pyramid": 0.3, "parthenon": 0.34,
        "gyeongbokgung": 0.38, "sungnyemun": 0.4, "mount_fuji": 0.46, "moai": 0.4, "arc_de_triomphe": 0.44,
        "taj_mahal": 0.48, "cheomseongdae": 0.46, "hwaseong": 0.36,
    }
)  # fmt: skip
DEFAULT_HEIGHT = 0.62

"""The lie of the land: where the horizon is, where things stand, how colours are lit there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..dice import Dice
from ..light import Light
from ..scene import Scene
from ..sprites import Sprite
from ..svg import ellipse, mix, path

# Far, middle and near ground.
SEASON_GREENS: Mapping[str, tuple[str, str, str]] = {
    "spring": ("#c3d79e", "#accb82", "#92b86a"),
    "summer": ("#a3c788", "#84b46f", "#689e59"),
    "autumn": ("#dcc189", "#cca463", "#b58c4d"),
    "winter": ("#e9eef0", "#e1e7ea", "#d3dce1"),
    "": ("#bdd09d", "#a3c081", "#87ac69"),
}
_SHELTERED = frozenset({"moon", "space", "underwater", "room"})


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
        low = {"underwater": 0.87, "space": 0.82, "room": 0.84}.get(self.light.place)
        return self.height * low if low else self.horizon + self.height * 0.11

    @property
    def front_y(self) -> float:
        return self.height * 0.915

    @property
    def greens(self) -> tuple[str, str, str]:
        return SEASON_GREENS[self.scene.season]

    def lit(self, colour: str, distance: float = 0.0) -> str:
        is_snowy = self.scene.weather == "snow" and self.light.place not in _SHELTERED
        return self.light.on_ground(mix(colour, "#f2f4f5", 0.72) if is_snowy else colour, distance)

    def islet(self, width: float) -> Sprite:
        """A sandy islet for what stands in the sea, ``width`` of it carried."""
        half = width * 0.62 + 60
        foam = ellipse(0, 8, half * 1.06, half * 0.12 + 8, self.lit("#eef5f2"), "none")
        sand = path(
            f"M-{half:.0f},8 Q-{half * 0.5:.0f},-22 0,-22 Q{half * 0.5:.0f},-22 {half:.0f},8 "
            f"Q0,{half * 0.16:.0f} -{half:.0f},8Z",
            self.lit("#e8d6aa"),
            "none",
        )
        return Sprite(foam + sand, -half, -22, half)

    def ridge(
        self, name: str, y: float, swing: float, colour: str, waves: int = 3, distance: float = 0.0
    ) -> str:
        """A rolling line of hills from edge to edge with a bright brow, filled down to the picture's foot."""
        dice = self.dice.for_layer(name)
        step = self.width / waves
        start, brow = dice.between(-swing, swing), ""
        for number in range(waves):
            middle = dice.between(-swing, swing) * 1.6
            brow += (
                f"Q{step * (number + dice.between(0.3, 0.7)):.0f},%{middle:.1f}% "
                f"{step * (number + 1):.0f},%{dice.between(-swing, swing):.1f}% "
            )

        def shape(drop: float) -> str:
            pieces = f"M0,{self.height:.0f} V%{start:.1f}% {brow}V{self.height:.0f}Z".split("%")
            return "".join(
                f"{y + drop + float(part):.0f}" if n % 2 else part for n, part in enumerate(pieces)
            )

        lit = self.lit(colour, distance)
        glow = "#fffbe9" if self.light.time != "night" else "#aab6da"
        return path(shape(0), mix(lit, glow, 0.22), "none") + path(shape(7), lit, "none")


def land_of(scene: Scene, light: Light, dice: Dice, width: float, height: float) -> Land:
    horizon = height * dice.for_layer("eye").between(0.57, 0.63)
    return Land(scene, light, dice.for_layer("land"), width, height, horizon)

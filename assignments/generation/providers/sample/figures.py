"""People and animals that stand upright, hold things and ride: drawn by us in one soft hand.

Feet (or the seat, when riding) are at (0, 0), up is negative, a standing child is about 190 high.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from .heads import draw_head
from .looks import Figure, look_of
from .svg import INK, circle, ellipse, group, limb, line, mix, path

HANBOK_TOPS = ("#f6eee2", "#f0d9e0", "#e4ecd8", "#f3e3b8")
HANBOK_SKIRTS = ("#c9574f", "#5f82ad", "#d98aa5", "#7f9f74")


class Pose(StrEnum):
    STAND = "stand"
    RIDE = "ride"
    BACK = "back"  # seen from behind, looking into the picture


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """SVG of a figure and where its raised hand is."""

    body: str
    hand: tuple[float, float]


def draw_figure(
    kind: str, pose: Pose, is_holding: bool, colour: str = "", number: int = 0, costume: str = ""
) -> DrawnFigure:
    """Draw one figure facing right, in its ``number``-th look; ``colour`` (hex) or a costume dresses it."""
    look = look_of(kind, number)
    if costume:
        look = replace(
            look, extra=costume, bottom=colour or HANBOK_SKIRTS[number % 4], top=HANBOK_TOPS[number % 4]
        )
    top = look.top if costume else colour or look.top
    lift = -52.0 if pose is Pose.RIDE else 0.0
    hand = (50.0, -112.0) if is_holding else (38.0, -66.0)
    parts = [
        _behind(look),
        _tail(look),
        _legs(look, pose),
        _trunk(look, top, pose),
        _arms(look, top, hand, pose),
    ]
    parts.append(group(draw_head(look, pose is Pose.BACK), 0, -150))
    if look.extra == "cape" and pose is Pose.BACK:
        parts.insert(3, _cape(look))
    body = group("".join(parts), 0, -lift, 1) if lift else "".join(parts)
    scaled = group(body, scale=look.size) if look.size != 1 else body
    return DrawnFigure(scaled, (hand[0] * look.size, (hand[1] - lift) * look.size))


def _cape(look: Figure) -> str:
    return path(
        "M-20,-118 Q-52,-70 -48,-24 Q-10,-14 22,-28 Q34,-80 20,-118Z",
        "#c9574f" if look.hat != "crown" else "#9a5a78",
    )


def _behind(look: Figure) -> str:
    if look.extra == "cape":
        return _cape(look)
    if look.extra == "wings":
        wing = path("M0,0 Q-60,-44 -72,-4 Q-66,34 -4,26Z", "#fffdf6") + line(
            "M-8,8 Q-40,-12 -60,0 M-8,16 Q-36,8 -52,16", "#d9d2c4", 3
        )
        return group(wing, -8, -96) + group(wing, 8, -96, mirror=True)
    return ""


def _tail(look: Figure) -> str:
    if look.head == "squirrel":
        return path(
            "M-22,-40 Q-84,-34 -78,-92 Q-70,-140 -34,-124 Q-52,-112 -46,-92 Q-38,-76 -22,-66Z", look.skin
        )
    if look.head == "hedgehog":
        return ""
    if look.head in {"raccoon", "elephant", "cow", "monster"}:
        return limb("M-26,-62 Q-54,-60 -54,-84", look.skin, 10)
    if look.head == "rabbit":
        return circle(-34, -62, 12, look.muzzle)
    if look.head in {"fox", "cat", "dog", "tiger", "lion"}:
        return limb("M-26,-62 Q-62,-58 -58,-96", look.skin, 13)
    return ""


def _legs(look: Figure, pose: Pose) -> str:
    shoe = "#6b4a3c" if look.muzzle == "" else mix(look.skin, INK, 0.2)
    trousers = look.skin if look.has_dress else look.bottom
    if pose is Pose.RIDE:
        return limb("M2,-58 Q30,-50 26,-14", trousers, 17) + ellipse(32, -6, 15, 8, shoe)
    if look.extra == "fishtail":
        fin = path("M4,-22 Q44,-40 58,-16 Q48,-6 30,-6 Q46,6 40,20 Q14,16 2,-8Z", look.bottom)
        tail = path("M-29,-62 Q-34,-20 6,-6 Q16,-16 12,-26 Q26,-40 29,-62Z", look.bottom)
        return (
            fin
            + tail
            + line("M-16,-46 q8,8 16,0 q8,8 16,0 M-12,-30 q8,8 16,0", mix(look.bottom, "#ffffff", 0.4), 3)
        )
    if look.extra == "hanbok" and look.has_dress:
        return ellipse(-14, -5, 14, 8, "#f3ede0") + ellipse(16, -5, 14, 8, "#f3ede0")
    if look.head in {"penguin", "duck"}:
        return (
            ellipse(-16, -5, 17, 8, "#e9a13f")
            + ellipse(20, -5, 17, 8, "#e9a13f")
            + limb("M-12,-40 V-12 M12,-40 V-12", look.skin, 14)
        )
    legs = limb("M-13,-58 L-14,-10", trousers, 16) + limb("M13,-58 L14,-10", trousers, 16)
    toes = 0 if pose is Pose.BACK else 4
    return legs + ellipse(-16 + toes, -5, 14, 8, shoe) + ellipse(16 + toes, -5, 14, 8, shoe)


def _trunk(look: Figure, top: str, pose: Pose) -> str:
    if look.extra == "hanbok":
        return _hanbok(look, top, pose)
    if look.has_dress:
        return path("M-20,-118 Q-30,-70 -42,-42 Q0,-32 42,-42 Q30,-70 20,-118 Q0,-127 -20,-118Z", top)
    body = path("M-22,-118 Q-34,-84 -31,-50 Q0,-42 31,-50 Q34,-84 22,-118 Q0,-127 -22,-118Z", top)
    if look.head == "astronaut":
        if pose is Pose.BACK:
            return body + path("M-24,-112 h48 v48 h-48Z", "#c9cfd4")
        panel = path("M-13,-94 h26 v18 h-26Z", "#8fb0c4") + circle(-6, -85, 3.5, "#d9735b", "none")
        return body + panel + circle(5, -85, 3.5, "#e6bd55", "none")
    if look.head == "penguin" and pose is not Pose.BACK:
        return path("M-26,-116 Q-46,-70 -34,-22 Q0,-8 34,-22 Q46,-70 26,-116Z", look.skin) + ellipse(
            2, -62, 25, 42, look.muzzle, "none"
        )
    if look.head in {"penguin", "duck"}:
        return path("M-26,-116 Q-46,-70 -34,-22 Q0,-8 34,-22 Q46,-70 26,-116Z", look.skin)
    if look.muzzle and look.head != "robot":
        return body + line("M-25,-104 Q0,-94 25,-104", mix(top, INK, 0.25), 5)
    return body + line("M-30,-62 Q0,-54 30,-62", mix(top, "#ffffff", 0.45), 4, 0.8)


def _hanbok(look: Figure, top: str, pose: Pose) -> str:
    """A short jacket with a long ribbon over a wide skirt, or over wide trousers."""
    trim = mix(look.bottom, INK, 0.15)
    if look.has_dress:
        low = path("M-20,-96 Q-46,-50 -54,-8 Q0,6 54,-8 Q46,-50 20,-96Z", look.bottom)
        low += line("M-14,-84 Q-26,-44 -28,-8 M2,-86 V-4 M16,-84 Q28,-44 30,-8", trim, 2.4, 0.55)
    else:
        low = path("M-24,-84 Q-40,-50 -30,-14 L-6,-12 L0,-44 L6,-12 L30,-14 Q40,-50 24,-84Z", look.bottom)
    jacket = path("M-22,-118 Q-32,-100 -28,-82 Q0,-74 28,-82 Q32,-100 22,-118 Q0,-127 -22,-118Z", top)
    if pose is Pose.BACK:
        return low + jacket
    collar = line("M-12,-120 L4,-98 M14,-120 L2,-98", "#fffdf6", 6) + line("M-10,-122 L5,-100", trim, 3)
    ribbon = line("M4,-98 Q14,-74 8,-48 M4,-98 Q22,-80 20,-60", trim, 6) + circle(5, -98, 5, trim)
    return low + jacket + collar + ribbon


def _arms(look: Figure, top: str, hand: tuple[float, float], pose: Pose) -> str:
    far, near = (-38.0, -66.0), hand
    if pose is Pose.RIDE and hand[1] > -100:
        near = (44.0, -74.0)
    left = limb(f"M-22,-106 Q-38,-92 {far[0]},{far[1]}", top, 12) + circle(far[0], far[1], 8, look.skin)
    bend = (near[0] + 6, near[1] + 20) if hand[1] < -100 else (40.0, -92.0)
    right = limb(f"M22,-106 Q{bend[0]:.0f},{bend[1]:.0f} {near[0]},{near[1]}", top, 12)
    return left + right + circle(near[0], near[1], 8, look.skin)

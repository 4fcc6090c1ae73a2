"""People and animals that stand upright, hold things and ride: drawn by us in one soft hand.

Feet (or the seat, when riding) are at (0, 0), up is negative, a standing child is about 190 high.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from .svg import INK, circle, ellipse, group, limb, line, mix, path


class Pose(StrEnum):
    STAND = "stand"
    RIDE = "ride"
    BACK = "back"  # seen from behind, looking into the picture


@dataclass(frozen=True, slots=True)
class Figure:
    """What one kind of figure looks like; colours are hex."""

    skin: str = "#f3cfae"
    hair: str = "#5b4034"
    hair_style: str = "short"
    top: str = "#d9735b"
    bottom: str = "#5f7f9e"
    head: str = "person"
    muzzle: str = ""
    size: float = 1.0
    has_dress: bool = False
    hat: str = ""


def _animal(head: str, skin: str, muzzle: str, top: str, bottom: str = "") -> Figure:
    return Figure(skin=skin, head=head, muzzle=muzzle, top=top, bottom=bottom or skin, hair_style="")


FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "child": Figure(),
        "boy": Figure(top="#6f9bb8", bottom="#55606e"),
        "girl": Figure(top="#e39a8b", hair="#6b4636", hair_style="bob", has_dress=True),
        "baby": Figure(top="#f1dfa6", bottom="#f1dfa6", hair_style="tuft", size=0.62),
        "woman": Figure(top="#8c9c6d", hair="#4a352c", hair_style="bob", has_dress=True, size=1.18),
        "man": Figure(top="#7d8f86", bottom="#57504c", size=1.2),
        "grandmother": Figure(top="#a98bb0", hair="#dcd8d2", hair_style="bun", has_dress=True, size=1.08),
        "grandfather": Figure(top="#8d8a6f", bottom="#6b5f55", hair="#dcd8d2", size=1.1),
        "astronaut": Figure(top="#f4f1ea", bottom="#e6e2da", head="astronaut", hair_style=""),
        "king": Figure(top="#9a4a4f", bottom="#6c5467", size=1.18, hat="crown"),
        "princess": Figure(top="#d8a3bd", hair="#b98a4e", hair_style="bob", has_dress=True, hat="crown"),
        "knight": Figure(top="#b7bcc0", bottom="#8d959b", size=1.15, hat="helmet"),
        "wizard": Figure(top="#6d6aa3", bottom="#6d6aa3", has_dress=True, hat="cone", size=1.15),
        "chef": Figure(top="#f6f2ea", bottom="#6d6a66", size=1.1, hat="toque"),
        "robot": _animal("robot", "#c5cfd3", "#9fb0b8", "#a9bac2"),
        "rabbit": _animal("rabbit", "#f6efe6", "#fffaf3", "#7fa3a8"),
        "dog": _animal("dog", "#d9a05f", "#f4dfbf", "#b9574a"),
        "cat": _animal("cat", "#e0a75e", "#f8e6c8", "#6a8a86"),
        "bear": _animal("bear", "#9a7152", "#d9b88f", "#c9a14a"),
        "polar_bear": _animal("bear", "#f5f2ea", "#fffdf8", "#7f9fbd"),
        "fox": _animal("fox", "#d98246", "#fbeedb", "#5f7d6c"),
        "panda": _animal("panda", "#f8f5ee", "#fffdf8", "#7a9a5d", "#4b4442"),
        "lion": _animal("lion", "#e3b25f", "#f6dfae", "#8a5f4d"),
        "tiger": _animal("tiger", "#e39a4c", "#fbe9cc", "#5d7f92"),
        "koala": _animal("koala", "#a9adb0", "#c8cbcc", "#b97c6a"),
        "mouse": _animal("mouse", "#b9b0a8", "#dcd5cd", "#c77f6c"),
        "pig": _animal("pig", "#eeb3ab", "#e59a94", "#6f93a8"),
        "frog": _animal("frog", "#8fb26a", "#b7cf8f", "#d6a24c"),
        "monkey": _animal("bear", "#8a634a", "#e2bd95", "#6f9a77"),
        "hamster": _animal("bear", "#dba96f", "#fbeeda", "#8c86ad"),
        "wolf": _animal("fox", "#8b9096", "#e4e3df", "#6d5d74"),
        "deer": _animal("deer", "#b98556", "#ecd3ae", "#7b8f5a"),
    }
)


@dataclass(frozen=True, slots=True)
class DrawnFigure:
    """SVG of a figure and where its raised hand is."""

    body: str
    hand: tuple[float, float]


def draw_figure(kind: str, pose: Pose, is_holding: bool, colour: str = "") -> DrawnFigure:
    """Draw one figure facing right; ``colour`` (hex) dresses it."""
    look = FIGURES[kind]
    top = colour or look.top
    lift = -52.0 if pose is Pose.RIDE else 0.0
    hand = (50.0, -112.0) if is_holding else (38.0, -66.0)
    parts = [_tail(look), _legs(look, pose), _trunk(look, top, pose), _arms(look, top, hand, pose)]
    parts.append(group(_head(look, pose), 0, -150))
    body = group("".join(parts), 0, -lift, 1) if lift else "".join(parts)
    scaled = group(body, scale=look.size) if look.size != 1 else body
    return DrawnFigure(scaled, (hand[0] * look.size, (hand[1] - lift) * look.size))


def _tail(look: Figure) -> str:
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
    legs = limb("M-13,-58 L-14,-10", trousers, 16) + limb("M13,-58 L14,-10", trousers, 16)
    toes = 0 if pose is Pose.BACK else 4
    return legs + ellipse(-16 + toes, -5, 14, 8, shoe) + ellipse(16 + toes, -5, 14, 8, shoe)


def _trunk(look: Figure, top: str, pose: Pose) -> str:
    if look.has_dress:
        return path("M-20,-118 Q-30,-70 -42,-42 Q0,-32 42,-42 Q30,-70 20,-118 Q0,-127 -20,-118Z", top)
    body = path("M-22,-118 Q-34,-84 -31,-50 Q0,-42 31,-50 Q34,-84 22,-118 Q0,-127 -22,-118Z", top)
    if look.head == "astronaut":
        if pose is Pose.BACK:
            return body + path("M-24,-112 h48 v48 h-48Z", "#c9cfd4")
        panel = path("M-13,-94 h26 v18 h-26Z", "#8fb0c4") + circle(-6, -85, 3.5, "#d9735b", "none")
        return body + panel + circle(5, -85, 3.5, "#e6bd55", "none")
    if look.muzzle and look.head != "robot":
        return body + line("M-25,-104 Q0,-94 25,-104", mix(top, INK, 0.25), 5)
    return body + line("M-30,-62 Q0,-54 30,-62", mix(top, "#ffffff", 0.45), 4, 0.8)


def _arms(look: Figure, top: str, hand: tuple[float, float], pose: Pose) -> str:
    far, near = (-38.0, -66.0), hand
    if pose is Pose.RIDE and hand[1] > -100:
        near = (44.0, -74.0)
    left = limb(f"M-22,-106 Q-38,-92 {far[0]},{far[1]}", top, 12) + circle(far[0], far[1], 8, look.skin)
    bend = (near[0] + 6, near[1] + 20) if hand[1] < -100 else (40.0, -92.0)
    right = limb(f"M22,-106 Q{bend[0]:.0f},{bend[1]:.0f} {near[0]},{near[1]}", top, 12)
    return left + right + circle(near[0], near[1], 8, look.skin)


def _head(look: Figure, pose: Pose) -> str:
    if look.head == "astronaut":
        return _helmet(pose)
    if look.head == "robot":
        return _robot(look, pose)
    if look.muzzle:
        return _animal_head(look, pose)
    head = circle(-35, 2, 7, look.skin) + circle(35, 2, 7, look.skin) + circle(0, 0, 37, look.skin)
    hair = _hair_behind(look) + head
    if pose is Pose.BACK:
        hair += path("M-37,6 Q-40,-39 0,-39 Q40,-39 37,6 Q34,31 0,32 Q-34,31 -37,6Z", look.hair)
        return hair + _hat(look)
    return hair + _face() + _fringe(look) + _hat(look)


def _face() -> str:
    eyes = ellipse(-12, 3, 3.6, 4.8, INK, "none") + ellipse(14, 3, 3.6, 4.8, INK, "none")
    cheeks = circle(-21, 13, 6.5, "#e88f7a", "none", 0.45) + circle(23, 13, 6.5, "#e88f7a", "none", 0.45)
    return eyes + cheeks + line("M-7,14 Q1,22 9,14", INK, 2.6)


def _hair_behind(look: Figure) -> str:
    if look.hair_style == "bob":
        return path("M-41,-4 Q-48,36 -30,42 L30,42 Q48,36 41,-4 Q38,-41 0,-41 Q-38,-41 -41,-4Z", look.hair)
    if look.hair_style == "bun":
        return circle(0, -44, 15, look.hair)
    return ""


def _fringe(look: Figure) -> str:
    if look.hair_style == "tuft":
        return line("M-2,-36 Q4,-50 12,-42", look.hair, 5)
    if look.hair_style:
        return path("M-38,0 Q-42,-41 0,-41 Q42,-41 38,0 Q30,-20 10,-23 Q-22,-24 -38,0Z", look.hair)
    return ""


def _hat(look: Figure) -> str:
    gold = "#e2b84f"
    shapes = {
        "crown": path("M-25,-30 L-30,-60 L-14,-46 L0,-64 L14,-46 L30,-60 L25,-30 Q0,-24 -25,-30Z", gold),
        "helmet": path("M-40,2 Q-44,-46 0,-46 Q44,-46 40,2 L26,2 Q26,-16 0,-18 Q-26,-16 -26,2Z", "#aeb6bb"),
        "cone": path("M-46,-22 Q-22,-34 0,-112 Q22,-34 46,-22 Q0,-10 -46,-22Z", look.top)
        + circle(-4, -56, 5, gold, "none")
        + circle(8, -38, 4, gold, "none"),
        "toque": path("M-26,-26 L-28,-46 Q-46,-58 -28,-72 Q0,-90 28,-72 Q46,-58 28,-46 L26,-26Z", "#fbf8f1"),
    }
    return shapes.get(look.hat, "")


def _helmet(pose: Pose) -> str:
    shell = circle(0, 0, 46, "#f4f1ea")
    if pose is Pose.BACK:
        return shell + line("M-22,20 Q0,30 22,20", "#b9bdbf", 3)
    glass = ellipse(4, 2, 35, 32, "#bcd3df")
    face = ellipse(4, 5, 28, 25, "#f3cfae", "none") + group(_face(), 4, 3, 0.86)
    hair = path("M-24,0 Q-22,-24 4,-24 Q30,-24 32,0 Q22,-12 4,-12 Q-12,-12 -24,0Z", "#5b4034", "none")
    return shell + glass + face + hair + line("M-20,-14 Q-14,-24 -4,-27", "#ffffff", 4, 0.8)


def _robot(look: Figure, pose: Pose) -> str:
    box = line("M0,-34 L0,-54", INK, 4) + circle(0, -58, 7, "#d9735b")
    box += path("M-34,-34 h68 q6,0 6,6 v54 q0,6 -6,6 h-68 q-6,0 -6,-6 v-54 q0,-6 6,-6Z", look.skin)
    if pose is Pose.BACK:
        return box
    return box + circle(-13, -3, 8, "#fffaf0") + circle(15, -3, 8, "#fffaf0") + _face()


def _animal_head(look: Figure, pose: Pose) -> str:
    head = _ears(look) + ellipse(0, 0, 41, 36, look.skin)
    if pose is Pose.BACK:
        return head
    if look.head == "panda":
        head += ellipse(-15, 2, 10, 12, "#4b4442", "none") + ellipse(17, 2, 10, 12, "#4b4442", "none")
        head += circle(-14, 2, 3.2, "#ffffff", "none") + circle(16, 2, 3.2, "#ffffff", "none")
    if look.head == "tiger":
        head += line("M0,-34 v12 M-14,-31 l4,10 M14,-31 l-4,10 M-38,2 h10 M38,2 h-10", INK, 4)
    head += ellipse(2, 16, 20, 14, look.muzzle, "none") + _face()
    if look.head == "pig":
        return (
            head + ellipse(2, 11, 11, 8, look.muzzle) + circle(-2, 11, 2, INK, "none") + circle(6, 11, 2, INK)
        )
    nose = "#d98f86" if look.head in {"rabbit", "mouse"} else INK
    return head + ellipse(1, 9, 5.5, 4, nose, "none")


def _ears(look: Figure) -> str:
    skin, inner = look.skin, mix(look.skin, "#e59a94", 0.45)
    if look.head == "rabbit":
        ear = ellipse(0, -38, 12, 38, skin) + ellipse(0, -36, 6, 27, inner, "none")
        return group(ear, -15, -24, turn=-9) + group(ear, 15, -24, turn=11)
    if look.head in {"cat", "fox", "tiger", "pig"}:
        ear = path("M-17,4 Q-12,-34 -6,-36 Q10,-24 18,2Z", skin) + path("M-8,0 L-5,-22 L7,0Z", inner, "none")
        return group(ear, -24, -26, turn=-10) + group(ear, 24, -26, mirror=True, turn=10)
    if look.head == "dog":
        flap = mix(skin, INK, 0.3)
        ear = path("M0,-14 Q-26,-14 -24,18 Q-20,36 -8,26 Q2,10 8,-6Z", flap)
        return group(ear, -32, -14) + group(ear, 32, -14, mirror=True)
    if look.head == "frog":
        eye = circle(0, 0, 13, skin) + circle(0, -1, 6, "#fffdf8", "none")
        return group(eye, -22, -32) + group(eye, 22, -32)
    if look.head == "deer":
        antler = line("M0,0 Q-6,-22 -18,-30 M-6,-18 Q2,-28 0,-38", "#7a5a42", 6)
        ear = group(ellipse(0, 0, 18, 9, skin), -38, -16, turn=24)
        return ear + group(ear, mirror=True) + group(antler, -16, -30) + group(antler, 16, -30, mirror=True)
    if look.head == "lion":
        mane = "".join(
            circle(x, y, 19, "#b9773f")
            for x, y in (
                (-40, -14),
                (40, -14),
                (-42, 12),
                (42, 12),
                (-26, -36),
                (26, -36),
                (0, -42),
                (-28, 32),
                (28, 32),
            )
        )
        return mane + circle(0, 0, 44, "#b9773f", "none")
    colour = "#4b4442" if look.head == "panda" else skin
    radius = 21 if look.head in {"mouse", "koala"} else 15
    pair = circle(-32, -27, radius, colour) + circle(32, -27, radius, colour)
    if look.head == "panda":
        return pair
    return (
        pair + circle(-32, -27, radius * 0.55, inner, "none") + circle(32, -27, radius * 0.55, inner, "none")
    )

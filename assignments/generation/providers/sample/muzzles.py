"""Heads of animals that stand upright."""

from __future__ import annotations

from .ears import draw_ears
from .looks import Figure
from .svg import INK, circle, ellipse, group, limb, line, mix, path

_BEAKED = frozenset({"penguin", "duck"})


def draw_face(has_mouth: bool = True) -> str:
    """Two eyes, two cheeks and a smile around (0, 0)."""
    eyes = ellipse(-12, 3, 3.6, 4.8, INK, "none") + ellipse(14, 3, 3.6, 4.8, INK, "none")
    cheeks = circle(-21, 13, 6.5, "#e88f7a", "none", 0.45) + circle(23, 13, 6.5, "#e88f7a", "none", 0.45)
    return eyes + cheeks + (line("M-7,14 Q1,22 9,14", INK, 2.6) if has_mouth else "")


def _beak(look: Figure) -> str:
    mask = ""
    if look.head == "penguin":
        mask = path(
            "M0,-10 Q-12,-30 -28,-14 Q-38,10 -22,26 Q0,38 24,26 Q40,10 30,-14 Q14,-30 0,-10Z",
            look.muzzle,
            "none",
        )
    beak = path("M-12,11 Q2,2 16,11 Q8,25 2,25 Q-6,25 -12,11Z", "#e9a13f") + line(
        "M-11,13 Q2,18 15,13", INK, 2
    )
    return mask + draw_face(has_mouth=False) + beak


def animal_head(look: Figure, is_back: bool) -> str:
    """Draw an animal's head around (0, 0)."""
    head = draw_ears(look) + ellipse(0, 0, 41, 36, look.skin)
    if is_back:
        return head
    if look.head in _BEAKED:
        return head + _beak(look)
    if look.head == "alien":
        eyes = group(ellipse(0, 0, 11, 15, "#3d3a45"), -16, 0, turn=14) + group(
            ellipse(0, 0, 11, 15, "#3d3a45"), 18, 0, turn=-14
        )
        shine = circle(-18, -6, 3.4, "#fffdf8", "none") + circle(15, -6, 3.4, "#fffdf8", "none")
        return head + eyes + shine + line("M-6,22 Q1,27 9,22", INK, 2.6)
    if look.head == "frog":
        smile = (
            line("M-22,10 Q2,26 26,10", INK, 3)
            + circle(-26, 12, 6.5, "#e88f7a", "none", 0.45)
            + circle(30, 12, 6.5, "#e88f7a", "none", 0.45)
        )
        return head + smile
    if look.head == "elephant":
        trunk = limb("M4,10 Q6,44 22,46 Q34,44 32,34", look.skin, 17) + line(
            "M-2,26 q6,3 13,2 M2,38 q6,0 12,-4", mix(look.skin, INK, 0.3), 2.4
        )
        return head + draw_face(has_mouth=False) + trunk
    if look.head == "raccoon":
        head += path(
            "M-40,0 Q-22,-14 -4,2 Q-16,18 -34,14Z M40,0 Q22,-14 4,2 Q16,18 34,14Z", "#55504f", "none"
        )
        head += circle(-13, 3, 6, "#fffdf8", "none") + circle(15, 3, 6, "#fffdf8", "none")
    if look.head == "cow":
        head += path("M14,-34 Q42,-32 38,0 Q22,4 14,-12Z", "#5c4a42", "none")
    if look.head == "panda":
        head += ellipse(-15, 2, 10, 12, "#4b4442", "none") + ellipse(17, 2, 10, 12, "#4b4442", "none")
        head += circle(-14, 2, 3.2, "#ffffff", "none") + circle(16, 2, 3.2, "#ffffff", "none")
    if look.head == "tiger":
        head += line("M0,-34 v12 M-14,-31 l4,10 M14,-31 l-4,10 M-38,2 h10 M38,2 h-10", INK, 4)
    head += ellipse(2, 16, 20, 14, look.muzzle, "none") + draw_face()
    if look.head == "pig":
        return (
            head + ellipse(2, 11, 11, 8, look.muzzle) + circle(-2, 11, 2, INK, "none") + circle(6, 11, 2, INK)
        )
    nose = "#d98f86" if look.head in {"rabbit", "mouse"} else INK
    return head + ellipse(1, 9, 5.5, 4, nose, "none")

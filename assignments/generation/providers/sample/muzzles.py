"""Heads of animals that stand upright."""

from __future__ import annotations

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
    head = _ears(look) + ellipse(0, 0, 41, 36, look.skin)
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


def _ears(look: Figure) -> str:
    skin, inner = look.skin, mix(look.skin, "#e59a94", 0.45)
    if look.head in _BEAKED:
        return line("M0,-34 Q4,-48 12,-44", look.skin, 6) if look.head == "duck" else ""
    if look.head == "elephant":
        ear = ellipse(-44, -2, 28, 34, skin) + ellipse(-44, 0, 18, 24, inner, "none")
        return ear + group(ear, mirror=True)
    if look.head in {"squirrel", "raccoon"}:
        ear = path("M-15,6 Q-14,-26 0,-32 Q14,-26 15,6Z", skin)
        return group(ear, -26, -26, turn=-12) + group(ear, 26, -26, turn=12)
    if look.head == "cow":
        horn = path("M0,0 Q-14,-8 -10,-26 Q2,-18 12,-6Z", "#e6d6b4")
        ear = group(ellipse(0, 0, 18, 10, skin), -42, -12, turn=16)
        return ear + group(ear, mirror=True) + group(horn, -22, -28) + group(horn, 22, -28, mirror=True)
    if look.head == "sheep":
        wool = "".join(
            circle(x, y, 17, look.muzzle) for x, y in ((-34, -20), (34, -20), (-18, -36), (18, -36), (0, -40))
        )
        ear = group(ellipse(0, 0, 17, 9, skin), -46, 2, turn=20)
        return ear + group(ear, mirror=True) + wool
    if look.head == "hedgehog":
        return path(
            "M-50,26 L-60,6 L-46,4 L-56,-20 L-38,-18 L-40,-42 L-20,-34 L-10,-56 L4,-38 L22,-52 L26,-32 "
            "L46,-36 L42,-16 L60,-10 L48,4 L58,20 L46,28Z",
            "#7a5f4a",
        )
    if look.head == "alien":
        return (
            line("M-14,-30 L-24,-56 M14,-30 L24,-56", INK, 4)
            + circle(-24, -58, 7, inner)
            + circle(24, -58, 7, inner)
        )
    if look.head == "monster":
        horn = path("M-8,4 Q-14,-22 -2,-34 Q10,-20 10,4Z", "#e6d6b4")
        return group(horn, -22, -30, turn=-14) + group(horn, 22, -30, turn=14)
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
        eye = circle(0, 0, 14, skin) + circle(1, -1, 9, "#fffdf8", "none") + circle(2, 0, 4.4, INK, "none")
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

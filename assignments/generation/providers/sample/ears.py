"""What stands on the heads of animals that stand upright: ears, horns, a mane."""

from __future__ import annotations

from collections.abc import Callable

from .looks import Figure
from .svg import INK, circle, ellipse, group, line, mix, path

HORN = "#e6d6b4"
MANE = "#b9773f"


def draw_ears(look: Figure) -> str:
    """Draw what belongs behind the head, around (0, 0)."""
    return _KINDS.get(look.head, _round)(look)


def _both(shape: str, x: float, y: float, turn: float = 0) -> str:
    """The same shape left and right, leaning outwards by ``turn`` degrees."""
    return group(shape, -x, y, turn=-turn) + group(shape, x, y, turn=turn)


def _inside(look: Figure) -> str:
    return mix(look.skin, "#e59a94", 0.45)


def _none(look: Figure) -> str:
    return ""


def _crest(look: Figure) -> str:
    return line("M0,-34 Q4,-48 12,-44", look.skin, 6)


def _elephant(look: Figure) -> str:
    ear = ellipse(-44, -2, 28, 34, look.skin) + ellipse(-44, 0, 18, 24, _inside(look), "none")
    return ear + group(ear, mirror=True)


def _tufted(look: Figure) -> str:
    return _both(path("M-15,6 Q-14,-26 0,-32 Q14,-26 15,6Z", look.skin), 26, -26, 12)


def _cow(look: Figure) -> str:
    horn = path("M0,0 Q-14,-8 -10,-26 Q2,-18 12,-6Z", HORN)
    ear = group(ellipse(0, 0, 18, 10, look.skin), -42, -12, turn=16)
    return ear + group(ear, mirror=True) + group(horn, -22, -28) + group(horn, 22, -28, mirror=True)


def _sheep(look: Figure) -> str:
    places = ((-34, -20), (34, -20), (-18, -36), (18, -36), (0, -40))
    wool = "".join(circle(x, y, 17, look.muzzle) for x, y in places)
    ear = group(ellipse(0, 0, 17, 9, look.skin), -46, 2, turn=20)
    return ear + group(ear, mirror=True) + wool


def _hedgehog(look: Figure) -> str:
    return path(
        "M-50,26 L-60,6 L-46,4 L-56,-20 L-38,-18 L-40,-42 L-20,-34 L-10,-56 L4,-38 L22,-52 L26,-32 "
        "L46,-36 L42,-16 L60,-10 L48,4 L58,20 L46,28Z",
        "#7a5f4a",
    )


def _alien(look: Figure) -> str:
    feelers = line("M-14,-30 L-24,-56 M14,-30 L24,-56", INK, 4)
    return feelers + circle(-24, -58, 7, _inside(look)) + circle(24, -58, 7, _inside(look))


def _monster(look: Figure) -> str:
    return _both(path("M-8,4 Q-14,-22 -2,-34 Q10,-20 10,4Z", HORN), 22, -30, 14)


def _rabbit(look: Figure) -> str:
    ear = ellipse(0, -38, 12, 38, look.skin) + ellipse(0, -36, 6, 27, _inside(look), "none")
    return group(ear, -15, -24, turn=-9) + group(ear, 15, -24, turn=11)


def _pointed(look: Figure) -> str:
    ear = path("M-17,4 Q-12,-34 -6,-36 Q10,-24 18,2Z", look.skin)
    ear += path("M-8,0 L-5,-22 L7,0Z", _inside(look), "none")
    return group(ear, -24, -26, turn=-10) + group(ear, 24, -26, mirror=True, turn=10)


def _hanging(look: Figure) -> str:
    ear = path("M0,-14 Q-26,-14 -24,18 Q-20,36 -8,26 Q2,10 8,-6Z", mix(look.skin, INK, 0.3))
    return group(ear, -32, -14) + group(ear, 32, -14, mirror=True)


def _frog(look: Figure) -> str:
    eye = circle(0, 0, 14, look.skin) + circle(1, -1, 9, "#fffdf8", "none") + circle(2, 0, 4.4, INK, "none")
    return _both(eye, 22, -32)


def _deer(look: Figure) -> str:
    antler = line("M0,0 Q-6,-22 -18,-30 M-6,-18 Q2,-28 0,-38", "#7a5a42", 6)
    ear = group(ellipse(0, 0, 18, 9, look.skin), -38, -16, turn=24)
    return ear + group(ear, mirror=True) + group(antler, -16, -30) + group(antler, 16, -30, mirror=True)


def _lion(look: Figure) -> str:
    half = ((40, -14), (42, 12), (26, -36), (28, 32))
    places = [*half, *((-x, y) for x, y in half), (0, -42)]
    return "".join(circle(x, y, 19, MANE) for x, y in places) + circle(0, 0, 44, MANE, "none")


def _panda(look: Figure) -> str:
    return _both(circle(0, 0, 15, "#4b4442"), 32, -27)


def _mouse(look: Figure) -> str:
    return _round(look, 21)


def _round(look: Figure, radius: float = 15) -> str:
    return _both(circle(0, 0, radius, look.skin), 32, -27) + _both(
        circle(0, 0, radius * 0.55, _inside(look), "none"), 32, -27
    )


_KINDS: dict[str, Callable[[Figure], str]] = {
    "penguin": _none,
    "duck": _crest,
    "elephant": _elephant,
    "squirrel": _tufted,
    "raccoon": _tufted,
    "cow": _cow,
    "sheep": _sheep,
    "hedgehog": _hedgehog,
    "alien": _alien,
    "monster": _monster,
    "rabbit": _rabbit,
    "cat": _pointed,
    "fox": _pointed,
    "tiger": _pointed,
    "pig": _pointed,
    "dog": _hanging,
    "frog": _frog,
    "deer": _deer,
    "lion": _lion,
    "panda": _panda,
    "mouse": _mouse,
    "koala": _mouse,
}

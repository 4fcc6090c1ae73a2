"""Heads of people, robots and astronauts: faces, hair and hats."""

from __future__ import annotations

from .looks import Figure
from .muzzles import animal_head, draw_face
from .svg import INK, circle, ellipse, group, line, path


def draw_head(look: Figure, is_back: bool) -> str:
    """Draw a head around (0, 0), looking at the viewer or, from behind, into the picture."""
    if look.head == "astronaut":
        return _helmet(look, is_back)
    if look.head == "robot":
        return _robot(look, is_back)
    if look.muzzle:
        return animal_head(look, is_back)
    head = circle(-35, 2, 7, look.skin) + circle(35, 2, 7, look.skin) + circle(0, 0, 37, look.skin)
    hair = _hair_behind(look) + head
    if look.hat == "hood":
        return head + _hood(look, is_back)
    if is_back:
        hair += path("M-37,6 Q-40,-39 0,-39 Q40,-39 37,6 Q34,31 0,32 Q-34,31 -37,6Z", look.hair)
        return hair + draw_hat(look)
    beard = (
        path("M-30,10 Q-32,48 0,54 Q32,48 30,10 Q14,22 0,20 Q-14,22 -30,10Z", look.hair)
        if look.extra == "beard"
        else ""
    )
    mouth = line("M-6,27 Q1,32 8,27", INK, 2.4) if beard else ""
    return hair + beard + draw_face() + mouth + _fringe(look) + draw_hat(look)


def _hair_behind(look: Figure) -> str:
    if look.hair_style == "bob":
        return path("M-41,-4 Q-48,36 -30,42 L30,42 Q48,36 41,-4 Q38,-41 0,-41 Q-38,-41 -41,-4Z", look.hair)
    if look.hair_style == "long":
        return path("M-41,-4 Q-52,60 -34,70 L34,70 Q52,60 41,-4 Q38,-41 0,-41 Q-38,-41 -41,-4Z", look.hair)
    if look.hair_style == "ponytail":
        return path("M14,-30 Q62,-46 60,6 Q56,34 40,32 Q52,4 20,-12Z", look.hair)
    if look.hair_style == "pigtails":
        tail = path("M-32,-12 Q-66,-20 -62,22 Q-58,40 -46,34 Q-48,8 -28,0Z", look.hair)
        return tail + group(tail, mirror=True)
    if look.hair_style == "curly":
        return "".join(
            circle(x, y, 15, look.hair)
            for x, y in ((-32, -18), (32, -18), (-20, -34), (20, -34), (0, -40), (-38, -2), (38, -2))
        )
    if look.hair_style == "bun":
        return circle(0, -44, 15, look.hair)
    return ""


def _fringe(look: Figure) -> str:
    if look.hair_style == "tuft":
        return line("M-2,-36 Q4,-50 12,-42", look.hair, 5)
    if look.hair_style == "curly":
        return "".join(
            circle(x, y, 11, look.hair, "none") for x, y in ((-26, -22), (-9, -29), (9, -29), (26, -22))
        )
    if look.hair_style:
        return path("M-38,0 Q-42,-41 0,-41 Q42,-41 38,0 Q30,-20 10,-23 Q-22,-24 -38,0Z", look.hair)
    return ""


def _helmet(look: Figure, is_back: bool) -> str:
    shell = circle(0, 0, 46, "#f4f1ea")
    if is_back:
        return shell + line("M-22,20 Q0,30 22,20", "#b9bdbf", 3)
    glass = ellipse(4, 2, 35, 32, "#bcd3df")
    face = ellipse(4, 5, 28, 25, look.skin, "none") + group(draw_face(), 4, 3, 0.86)
    hair = path("M-24,0 Q-22,-24 4,-24 Q30,-24 32,0 Q22,-12 4,-12 Q-12,-12 -24,0Z", look.hair, "none")
    return shell + glass + face + hair + line("M-20,-14 Q-14,-24 -4,-27", "#ffffff", 4, 0.8)


def _robot(look: Figure, is_back: bool) -> str:
    box = line("M0,-34 L0,-54", INK, 4) + circle(0, -58, 7, "#d9735b")
    box += path("M-34,-34 h68 q6,0 6,6 v54 q0,6 -6,6 h-68 q-6,0 -6,-6 v-54 q0,-6 6,-6Z", look.skin)
    if is_back:
        return box
    return box + circle(-13, -3, 8, "#fffaf0") + circle(15, -3, 8, "#fffaf0") + draw_face()


def _hood(look: Figure, is_back: bool) -> str:
    cloth = path("M-40,4 Q-44,-42 0,-42 Q44,-42 40,4 Q38,38 0,40 Q-38,38 -40,4Z", look.top)
    if is_back:
        return cloth
    band = path("M-30,-8 Q0,-16 30,-8 Q34,6 28,14 Q0,20 -28,14 Q-34,6 -30,-8Z", look.skin)
    eyes = ellipse(-12, 3, 3.6, 4.8, INK, "none") + ellipse(14, 3, 3.6, 4.8, INK, "none")
    return cloth + band + eyes + line("M-40,-16 Q0,-28 40,-16", "#c9574f", 7)


def draw_hat(look: Figure) -> str:
    gold = "#e2b84f"
    shapes = {
        "crown": path("M-25,-30 L-30,-60 L-14,-46 L0,-64 L14,-46 L30,-60 L25,-30 Q0,-24 -25,-30Z", gold),
        "helmet": path("M-40,2 Q-44,-46 0,-46 Q44,-46 40,2 L26,2 Q26,-16 0,-18 Q-26,-16 -26,2Z", "#aeb6bb"),
        "cone": path("M-46,-22 Q-22,-34 0,-112 Q22,-34 46,-22 Q0,-10 -46,-22Z", look.top)
        + circle(-4, -56, 5, gold, "none")
        + circle(8, -38, 4, gold, "none"),
        "tricorn": path("M-48,-18 Q-44,-60 0,-52 Q44,-60 48,-18 Q0,-34 -48,-18Z", "#4c4a5a")
        + circle(0, -38, 6, "#f4f1ea", "none"),
        "santa": path("M-38,-18 Q-30,-62 10,-66 Q44,-66 52,-30 Q40,-44 30,-40 L38,-18Z", look.top)
        + circle(54, -24, 9, "#fbf8f1")
        + path("M-42,-24 Q0,-38 42,-24 L40,-10 Q0,-22 -40,-10Z", "#fbf8f1"),
        "nurse": path("M-26,-30 L-22,-50 Q0,-58 22,-50 L26,-30 Q0,-40 -26,-30Z", "#fbf8f1")
        + line("M0,-50 v12 M-6,-44 h12", "#d9604f", 4),
        "cap": path("M-38,-16 Q-40,-54 0,-54 Q40,-54 38,-16 Q0,-28 -38,-16Z", "#46557a")
        + path("M-34,-18 Q0,-30 34,-18 Q38,-8 30,-6 Q0,-16 -30,-6 Q-38,-8 -34,-18Z", "#3a4258")
        + circle(0, -38, 6, gold),
        "fire": path(
            "M-48,-12 Q-40,-22 -36,-24 Q-34,-58 0,-58 Q34,-58 36,-24 Q40,-22 48,-12 Q0,-30 -48,-12Z",
            "#c9493c",
        )
        + circle(0, -38, 8, gold),
        "beret": path("M-40,-22 Q-50,-54 4,-54 Q52,-50 40,-22 Q0,-34 -40,-22Z", "#b9574a")
        + line("M4,-54 v-8", INK, 4),
        "straw": ellipse(0, -22, 54, 12, "#e3c98a")
        + path("M-28,-24 Q-28,-58 0,-58 Q28,-58 28,-24 Q0,-16 -28,-24Z", "#e9d39a")
        + line("M-27,-28 Q0,-20 27,-28", "#b9574a", 6),
        "halo": f'<ellipse cx="0" cy="-58" rx="28" ry="8" fill="none" stroke="{gold}" stroke-width="5"/>',
        "toque": path("M-26,-26 L-28,-46 Q-46,-58 -28,-72 Q0,-90 28,-72 Q46,-58 28,-46 L26,-26Z", "#fbf8f1"),
    }
    return shapes.get(look.hat, "")

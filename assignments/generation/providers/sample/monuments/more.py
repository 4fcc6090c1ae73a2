"""More gates, towers and stones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..svg import INK, circle, ellipse, group, line, mix, path, polygon, rect
from .korea import STONE, STONE_SHADE, hall, roof


def _gateway(x: float, half: float, height: float) -> str:
    return path(
        f"M{x - half},0 V-{height * 0.55:.0f} Q{x - half},-{height} {x},-{height} Q{x + half},-{height} "
        f"{x + half},-{height * 0.55:.0f} V0Z",
        "#5d4a42",
    )


def gwanghwamun() -> str:
    wall = path("M-226,0 L-214,-112 H214 L226,0Z", STONE) + line(
        "M-222,-28 H222 M-219,-56 H219 M-216,-84 H216", STONE_SHADE, 2.6
    )
    joints = line(
        "".join(
            f"M{x},-28 v28 M{x + 22},-56 v28 M{x},-84 v28 M{x + 22},-110 v26 " for x in range(-200, 190, 46)
        ),
        STONE_SHADE,
        2.2,
    )
    gates = _gateway(0, 36, 88) + _gateway(-112, 26, 70) + _gateway(112, 26, 70)
    lower = group(hall(150, 44, 5), 0, -112) + group(roof(206, 46), 0, -160)
    upper = group(hall(118, 30, 3), 0, -204) + group(roof(176, 54), 0, -240)
    board = rect(-26, -232, 52, 17, "#3f3a38", radius=2) + line(
        "M-16,-224 h8 M-4,-224 h8 M8,-224 h8", "#e6d9b4", 4
    )
    return wall + joints + gates + lower + upper + board


def heunginjimun() -> str:
    outer = path("M-236,0 V-70 Q0,-96 236,-70 V0Z", STONE_SHADE)
    teeth = "".join(rect(x, -96, 26, 24, STONE) for x in range(-230, 210, 40))
    wall = path("M-170,0 L-160,-110 H160 L170,0Z", STONE) + line(
        "M-167,-28 H167 M-164,-56 H164 M-162,-84 H162", STONE_SHADE, 2.6
    )
    upper = (
        group(hall(116, 44, 5), 0, -110)
        + group(roof(172, 46), 0, -158)
        + group(hall(92, 30, 3), 0, -202)
        + group(roof(150, 54), 0, -238)
    )
    return outer + teeth + wall + _gateway(0, 34, 84) + upper


def dolhareubang() -> str:
    stone, shade, dark = "#8d8a86", "#6f6c69", "#56534f"
    body = path("M-76,0 Q-92,-150 -58,-212 Q0,-236 58,-212 Q92,-150 76,0Z", stone)
    head = path("M-60,-196 Q-70,-300 0,-304 Q70,-300 60,-196 Q0,-176 -60,-196Z", stone)
    hat = path(
        "M-84,-282 Q-60,-300 -50,-306 Q-52,-352 0,-354 Q52,-352 50,-306 Q60,-300 84,-282 Q0,-264 -84,-282Z",
        shade,
    )
    eyes = (
        circle(-24, -252, 13, mix(stone, "#ffffff", 0.2))
        + circle(24, -252, 13, mix(stone, "#ffffff", 0.2))
        + circle(-24, -252, 5, dark, "none")
        + circle(24, -252, 5, dark, "none")
    )
    nose = path("M-9,-252 Q-20,-216 0,-214 Q20,-216 9,-252Z", shade) + line(
        "M-18,-198 Q0,-190 18,-198", dark, 5
    )
    hands = path("M-78,-120 Q-30,-140 20,-126 Q34,-112 18,-100 Q-30,-112 -78,-92Z", shade) + path(
        "M78,-74 Q30,-94 -20,-80 Q-34,-66 -18,-54 Q30,-66 78,-46Z", shade
    )
    holes = "".join(
        circle(x, y, r, dark, "none", 0.35)
        for x, y, r in (
            (-50, -30, 4),
            (38, -18, 5),
            (-10, -160, 4),
            (52, -150, 4),
            (-58, -170, 3),
            (10, -28, 3),
            (30, -320, 4),
            (-30, -330, 3),
        )
    )
    return body + hands + head + hat + eyes + nose + holes


def independence_gate() -> str:
    stone, shade = "#d9d1c2", "#b6ac9b"
    body = path("M-110,0 V-232 H110 V0 H44 V-106 Q40,-150 0,-152 Q-40,-150 -44,-106 V0Z", stone)
    courses = line(
        "".join(f"M-110,-{y} H{-46 if y < 130 else 110} M46,-{y} H110 " for y in range(26, 226, 26)),
        shade,
        2.4,
    )
    top = (
        rect(-120, -244, 240, 14, shade, radius=2)
        + rect(-106, -272, 212, 28, stone)
        + line(
            "M-90,-272 v28 M-60,-272 v28 M-30,-272 v28 M0,-272 v28 M30,-272 v28 M60,-272 v28 M90,-272 v28",
            shade,
            4,
        )
    )
    return (
        body
        + courses
        + top
        + rect(-30, -196, 60, 22, mix(stone, INK, 0.25), radius=2)
        + rect(-116, -10, 78, 10, shade)
        + rect(38, -10, 78, 10, shade)
    )


def empire_state() -> str:
    stone, shade = "#cdbfae", "#a89a8a"
    steps = ((96, 0, 90), (72, 90, 70), (52, 160, 190), (36, 350, 40), (22, 390, 34))
    body = "".join(
        rect(-half, -(foot + tall), half * 2, tall, mix(stone, "#ffffff", n * 0.06), radius=2)
        for n, (half, foot, tall) in enumerate(steps)
    )
    lights = line(
        "".join(
            f"M{x},-{top} V-12 "
            for x, top in (
                (-80, 84),
                (80, 84),
                (-60, 154),
                (60, 154),
                (-38, 344),
                (-24, 344),
                (-10, 384),
                (10, 384),
                (24, 344),
                (38, 344),
            )
        ),
        shade,
        4,
    )
    return body + lights + path("M-16,-424 Q0,-452 16,-424Z", "#9fb0b8") + line("M0,-438 V-506", INK, 4)


def brandenburg_gate() -> str:
    stone, shade = "#ddcdaa", "#b8a67f"
    foot = rect(-216, -12, 432, 12, shade)
    columns = "".join(
        rect(x - 13, -150, 26, 140, stone) + line(f"M{x - 4},-146 V-14 M{x + 5},-146 V-14", shade, 2.4)
        for x in (-190, -116, -44, 44, 116, 190)
    )
    back = rect(-196, -150, 392, 140, "#a08d6d", "none") + "".join(
        rect(x - 22, -132, 44, 122, "#c3dbe4", "none") for x in (-153, -80, 0, 80, 153)
    )
    beam = (
        rect(-214, -186, 428, 38, stone)
        + line("M-210,-166 H210", shade, 4)
        + rect(-150, -222, 300, 36, stone, radius=2)
        + line("M-120,-218 v28 M-60,-218 v28 M0,-218 v28 M60,-218 v28 M120,-218 v28", shade, 4)
    )
    car = (
        ellipse(26, -236, 20, 14, "#7fa08f")
        + line("M26,-250 V-282 M26,-280 h-10", "#7fa08f", 8)
        + circle(26, -290, 9, "#7fa08f")
    )
    horses = "".join(
        path(f"M{x},-222 q-4,-30 -18,-34 q-4,-16 10,-22 q14,6 12,22 q16,6 14,34Z", "#7fa08f")
        for x in (-52, -30, -8)
    )
    return foot + back + columns + beam + horses + car


def chichen_itza() -> str:
    stone, shade = "#d6c7a2", "#b09f78"
    tiers = "".join(
        polygon(
            f"{-210 + n * 19},-{n * 24} {-200 + n * 19},-{n * 24 + 24} {200 - n * 19},-{n * 24 + 24} "
            f"{210 - n * 19},-{n * 24}",
            mix(stone, shade, 0.35 * (n % 2)),
        )
        for n in range(8)
    )
    stairs = polygon("-44,0 -34,-194 34,-194 44,0", mix(stone, "#ffffff", 0.25)) + line(
        "".join(f"M-{43 - y * 0.05:.0f},-{y} H{43 - y * 0.05:.0f} " for y in range(14, 190, 14)), shade, 2.6
    )
    temple = (
        rect(-58, -252, 116, 58, stone) + rect(-66, -262, 132, 12, shade) + rect(-16, -236, 32, 42, "#6b5a48")
    )
    return tiers + stairs + temple


DRAWINGS: Mapping[str, Callable[[], str]] = {
    drawing.__name__: drawing
    for drawing in (
        gwanghwamun, heunginjimun, dolhareubang, independence_gate, empire_state, brandenburg_gate, chichen_itza,
    )
}  # fmt: skip

"""Monuments of Korea: stone, timber and dancheong."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..svg import circle, ellipse, group, line, mix, path, rect

TILE, RIDGE, WOOD, GREEN, STONE, STONE_SHADE = (
    "#6b7276",
    "#565c60",
    "#b3543f",
    "#6d9a87",
    "#d6cbb6",
    "#b3a78f",
)


def roof(half: float, height: float) -> str:
    eave = f"M{-half},-6 Q{-half * 0.62:.0f},-{height * 0.3:.0f} {-half * 0.5:.0f},-{height} "
    eave += f"H{half * 0.5:.0f} Q{half * 0.62:.0f},-{height * 0.3:.0f} {half},-6 Q0,16 {-half},-6Z"
    tiles = "".join(
        line(f"M{share * half * 0.48:.0f},-{height - 3} L{share * half * 0.86:.0f},0", RIDGE, 2.2)
        for share in (-0.8, -0.4, 0, 0.4, 0.8)
    )
    ridge = rect(-half * 0.53, -height - 6, half * 1.06, 10, RIDGE, radius=4)
    brackets = line(f"M{-half * 0.8:.0f},11 H{half * 0.8:.0f}", GREEN, 8)
    return brackets + path(eave, TILE) + tiles + ridge


def hall(half: float, height: float, columns: int) -> str:
    wall = rect(-half, -height, half * 2, height, mix(GREEN, "#f3e6cf", 0.35))
    step = half * 2 / columns
    posts = "".join(rect(-half + i * step - 4, -height, 8, height, WOOD) for i in range(columns + 1))
    return wall + posts


def gyeongbokgung() -> str:
    terrace = rect(-226, -24, 452, 24, STONE, radius=2) + rect(-206, -46, 412, 22, STONE, radius=2)
    stairs = path("M-34,0 L-26,-46 H26 L34,0Z", STONE_SHADE) + line("M-31,-15 H31 M-28,-30 H28", STONE, 3)
    lower = group(hall(160, 66, 5), 0, -46) + group(roof(224, 56), 0, -118)
    upper = group(hall(104, 34, 3), 0, -172) + group(roof(164, 62), 0, -212)
    return terrace + stairs + lower + upper


def sungnyemun() -> str:
    wall = path("M-190,0 L-176,-104 H176 L190,0Z", STONE)
    courses = line("M-186,-26 H186 M-183,-52 H183 M-180,-78 H180", STONE_SHADE, 2.6)
    courses += "".join(
        line(f"M{x},-26 v26 M{x + 22},-52 v26 M{x},-78 v26", STONE_SHADE, 2.4) for x in range(-160, 161, 46)
    )
    gate = path("M-36,0 V-42 Q-34,-80 0,-82 Q34,-80 36,-42 V0Z", "#5d4a42") + line("M0,0 V-78", WOOD, 3)
    lower = group(hall(124, 46, 5), 0, -104) + group(roof(182, 46), 0, -154)
    upper = group(hall(96, 30, 3), 0, -198) + group(roof(160, 56), 0, -234)
    return wall + courses + gate + lower + upper


def hwaseong() -> str:
    wall = rect(-260, -86, 520, 86, STONE) + "".join(
        rect(x, -104, 30, 20, STONE) for x in range(-258, 240, 42)
    )
    wall += line("M-258,-30 H258 M-258,-58 H258", STONE_SHADE, 2.6)
    gate = path("M-34,0 V-44 Q-32,-76 0,-78 Q32,-76 34,-44 V0Z", "#5d4a42")
    house = (
        group(hall(100, 42, 4), 0, -92)
        + group(roof(156, 46), 0, -138)
        + group(hall(74, 26, 3), 0, -180)
        + group(roof(126, 50), 0, -210)
    )
    return wall + gate + house


def cheomseongdae() -> str:
    base = rect(-92, -18, 184, 18, STONE_SHADE, radius=2)
    body = path("M-78,-18 Q-74,-130 -44,-200 Q-40,-220 -42,-270 H42 Q40,-220 44,-200 Q74,-130 78,-18Z", STONE)
    rows = "".join(
        line(f"M{-half},{-y} Q0,{-y + 7} {half},{-y}", STONE_SHADE, 3)
        for y, half in (
            (46, 76),
            (72, 74),
            (98, 71),
            (124, 66),
            (150, 60),
            (176, 53),
            (202, 44),
            (228, 41),
            (252, 41),
        )
    )
    top = rect(-56, -290, 112, 18, STONE, radius=2) + rect(-48, -306, 96, 16, STONE_SHADE, radius=2)
    return base + body + rows + rect(-17, -166, 34, 34, "#6a5a4c", radius=2) + top


def dabotap() -> str:
    base = (
        rect(-104, -24, 208, 24, STONE)
        + path("M-40,0 L-28,-56 H28 L40,0Z", STONE_SHADE)
        + rect(-84, -58, 168, 34, STONE)
    )
    posts = "".join(rect(x - 10, -138, 20, 80, STONE) for x in (-60, 0, 60))
    slab = path("M-112,-138 L-92,-158 H92 L112,-138Z", STONE)
    rails = rect(-64, -188, 128, 30, STONE_SHADE) + line(
        "M-44,-186 v26 M-16,-186 v26 M16,-186 v26 M44,-186 v26", STONE, 4
    )
    tiers = rect(-40, -224, 80, 36, STONE) + path("M-66,-224 L-46,-240 H46 L66,-224Z", STONE)
    tiers += "".join(ellipse(0, y, half, 8, STONE_SHADE) for y, half in ((-248, 34), (-268, 26), (-286, 19)))
    return (
        base
        + posts
        + slab
        + rails
        + tiers
        + line("M0,-290 V-336", STONE_SHADE, 7)
        + circle(0, -338, 7, STONE)
    )


def seokgatap() -> str:
    parts = [
        rect(-92, -22, 184, 22, STONE),
        rect(-72, -66, 144, 44, STONE),
        rect(-84, -76, 168, 12, STONE_SHADE),
    ]
    bottom = -76
    for half, height in ((54, 78), (43, 36), (34, 30)):
        parts.append(rect(-half, bottom - height, half * 2, height, STONE))
        bottom -= height
        parts.append(
            path(f"M{-half - 30},{bottom} L{-half},{bottom - 24} H{half} L{half + 30},{bottom}Z", STONE_SHADE)
        )
        bottom -= 24
    spire = line(f"M0,{bottom} V{bottom - 58}", STONE_SHADE, 7)
    spire += "".join(ellipse(0, bottom - y, 15 - y / 6, 5, STONE) for y in (12, 28, 44))
    return "".join(parts) + spire


DRAWINGS: Mapping[str, Callable[[], str]] = {
    drawing.__name__: drawing
    for drawing in (gyeongbokgung, sungnyemun, hwaseong, cheomseongdae, dabotap, seokgatap)
}

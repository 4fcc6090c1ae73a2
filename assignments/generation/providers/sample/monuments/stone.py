"""Stone and marble of the old world, and mountains that are monuments."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..svg import INK, circle, ellipse, group, line, mix, path, polygon, rect


def arc_de_triomphe() -> str:
    stone, shade = "#e0cda9", "#c2ab82"
    body = path("M-120,0 V-220 H120 V0 H48 V-96 Q48,-146 0,-146 Q-48,-146 -48,-96 V0Z", stone)
    inside = path(
        "M-48,0 V-96 Q-48,-146 0,-146 Q48,-146 48,-96 V0 H36 V-94 Q36,-134 0,-134 Q-36,-134 -36,-94 V0Z",
        shade,
    )
    attic = (
        rect(-132, -232, 264, 15, shade, radius=2)
        + rect(-122, -272, 244, 40, stone)
        + rect(-128, -280, 256, 10, shade, radius=2)
    )
    frieze = "".join(circle(x, -252, 7, shade) for x in range(-100, 101, 25)) + line(
        "M-118,-190 H118", shade, 5
    )
    reliefs = "".join(
        rect(x, y, 44, h, mix(stone, INK, 0.12), radius=4)
        for x in (-106, 62)
        for y, h in ((-92, 70), (-170, 34))
    )
    return (
        body
        + inside
        + attic
        + frieze
        + reliefs
        + rect(-128, -10, 84, 10, shade)
        + rect(44, -10, 84, 10, shade)
    )


def pyramids() -> str:
    sun, shade, course = "#e6c583", "#c79f5f", "#d3ad6c"
    parts = []
    for x, size in ((170, 0.62), (-150, 0.74), (10, 1.0)):
        one = polygon("-190,0 -14,-262 40,0", sun) + polygon("40,0 -14,-262 190,0", shade)
        rows = "".join(
            line(f"M{-190 + h * 0.672:.0f},{-h} L{40 - h * 0.206:.0f},{-h}", course, 2.4)
            for h in range(30, 236, 32)
        )
        parts.append(group(one + rows, x, 0, size))
    return "".join(parts)


def taj_mahal() -> str:
    marble, shade, blue = "#f7f1e6", "#d9d0c3", "#a9bcc8"
    minaret = rect(-9, -210, 18, 210, marble) + "".join(rect(-14, y, 28, 7, shade) for y in (-80, -150, -206))
    minaret += path("M-11,-208 Q-14,-232 0,-240 Q14,-232 11,-208Z", marble)
    hall = rect(-122, -140, 244, 120, marble) + rect(-46, -164, 92, 144, marble)
    arches = path("M-28,-20 V-96 Q-26,-126 0,-142 Q26,-126 28,-96 V-20Z", blue)
    arches += "".join(
        path(
            f"M{x - 14},{y} v-26 Q{x - 12},{y - 42} {x},{y - 48} Q{x + 12},{y - 42} {x + 14},{y - 26} v26Z",
            blue,
        )
        for x in (-84, 84)
        for y in (-26, -84)
    )
    dome = rect(-46, -188, 92, 28, marble) + path(
        "M-44,-186 Q-84,-250 -34,-284 Q-10,-300 0,-322 Q10,-300 34,-284 Q84,-250 44,-186Z", marble
    )
    dome += line("M0,-322 V-346", INK, 4) + circle(0, -348, 4, "#e2b84f")
    little = path("M-20,0 Q-32,-26 0,-48 Q32,-26 20,0Z", marble) + rect(-20, -2, 40, 14, shade)
    plinth = rect(-210, -22, 420, 22, shade, radius=2)
    towers = "".join(group(minaret, x, -18) for x in (-186, 186))
    return towers + plinth + group(little, -80, -146) + group(little, 80, -146) + dome + hall + arches


def colosseum() -> str:
    stone, shade, dark = "#ddc199", "#bf9d70", "#8d6c4c"
    outer = path(
        "M-230,0 V-196 Q-200,-240 -110,-246 L10,-240 L34,-176 L120,-172 L146,-120 L224,-112 Q232,-60 230,0Z",
        stone,
    )
    rows = []
    for y, limit in ((-14, 214), (-76, 210), (-134, 120)):
        rows += [
            path(f"M{x - 11},{y} v-28 a11,12 0 0 1 22,0 v28Z", dark, width=1.8)
            for x in range(-208, limit, 36)
        ]
    bands = line("M-230,-62 H229 M-230,-122 H140 M-230,-184 H30", shade, 7)
    slits = "".join(rect(x, -216, 10, 15, dark, radius=2) for x in range(-196, 8, 36))
    return outer + bands + "".join(rows) + slits


def great_wall() -> str:
    stone, shade = "#cbb894", "#a8946f"
    hills = path("M-400,0 Q-300,-150 -180,-120 Q-40,-230 80,-120 Q240,-200 400,0Z", "#8aa06c")
    way = "M-390,-20 Q-290,-120 -190,-96 Q-70,-110 -20,-170 Q40,-150 110,-96 Q220,-110 390,-14"
    wall = line(way, INK, 45) + line(way, stone, 40) + line(way, mix(stone, "#ffffff", 0.35), 16)
    teeth = "".join(
        rect(x, y, 11, 13, stone, radius=1)
        for x, y in (
            (-330, -94),
            (-290, -112),
            (-250, -122),
            (-150, -122),
            (-110, -134),
            (70, -150),
            (110, -126),
            (160, -124),
            (210, -122),
            (260, -102),
            (310, -78),
        )
    )
    tower = rect(-38, -100, 76, 100, stone) + "".join(rect(x, -116, 15, 18, stone) for x in (-42, -19, 4, 27))
    tower += "".join(path(f"M{x - 8},-40 v-16 a8,8 0 0 1 16,0 v16Z", shade) for x in (-20, 0, 20))
    return (
        hills
        + wall
        + teeth
        + group(tower, -20, -130, 1.1)
        + group(tower, -210, -80, 0.8)
        + group(tower, 210, -76, 0.72)
    )


def stonehenge() -> str:
    stone, shade = "#b9b4aa", "#96918a"
    trilithon = path("M-52,0 L-48,-112 L-20,-114 L-18,0Z", stone) + path(
        "M18,0 L20,-114 L48,-112 L52,0Z", shade
    )
    trilithon += path("M-60,-112 L-58,-138 L60,-140 L62,-112Z", stone)
    lone = path("M-20,0 L-16,-94 Q0,-104 16,-92 L20,0Z", shade)
    back = group(trilithon, -100, -22, 0.72) + group(trilithon, 66, -24, 0.72) + group(lone, 190, -18, 0.8)
    fallen = path("M-50,0 Q-54,-26 -34,-28 L40,-24 Q54,-20 50,0Z", stone)
    return (
        back
        + group(trilithon, -196)
        + group(trilithon, -10, 6, 1.1)
        + group(trilithon, 160)
        + group(lone, -92, 4)
        + group(fallen, 270, 6, 0.8)
    )


def parthenon() -> str:
    marble, shade = "#ece2cf", "#cdbfa6"
    steps = "".join(rect(-206 + i * 10, -12 * (i + 1), 412 - i * 20, 12, marble) for i in range(3))
    back = rect(-168, -166, 336, 132, "#a8967c", "none")
    columns = "".join(
        path(f"M{x - 15},-36 L{x - 12},-160 H{x + 12} L{x + 15},-36Z", marble)
        + line(f"M{x - 5},-42 V-154 M{x + 5},-42 V-154", shade, 2.4) + rect(x - 18, -168, 36, 9, marble)
        for x in range(-160, 161, 46)
    )  # fmt: skip
    roof = (
        rect(-190, -190, 380, 23, marble)
        + polygon("-202,-190 0,-262 202,-190", marble)
        + polygon("-150,-198 0,-248 150,-198", shade)
    )
    frieze = "".join(line(f"M{x},-186 v15", shade, 4) for x in range(-174, 175, 24))
    return steps + back + columns + roof + frieze


def louvre_pyramid() -> str:
    glass, steel = "#c4dbe2", "#7f9aa6"
    palace = rect(-330, -150, 660, 150, "#e3d3b4") + path(
        "M-340,-150 L-320,-192 L320,-192 L340,-150Z", "#8494a0"
    )
    palace += "".join(
        path(f"M{x - 11},-20 v-60 a11,12 0 0 1 22,0 v60Z", "#9cabb3", width=1.8) for x in range(-300, 301, 40)
    )
    outline = polygon("-200,0 0,-210 200,0", glass)
    bars = "".join(
        line(
            f"M{-200 + i * 40},0 L{(-200 + i * 40 + 200) / 2:.0f},{-210 + abs(-200 + i * 40 + 200) / 2 * 1.05:.0f}",
            steel,
            2.2,
        )
        for i in range(1, 10)
    )
    bars += "".join(
        line(
            f"M{200 - i * 40},0 L{-(-200 + i * 40 + 200) / 2:.0f},{-210 + abs(-200 + i * 40 + 200) / 2 * 1.05:.0f}",
            steel,
            2.2,
        )
        for i in range(1, 10)
    )
    return palace + outline + bars + line("M0,-210 V0", "#ffffff", 2.5, 0.7)


def sphinx() -> str:
    sand, shade = "#dcb878", "#b98f52"
    body = path("M-60,0 V-80 Q60,-110 190,-84 Q232,-60 228,0Z", sand) + path(
        "M150,0 Q140,-62 196,-66 Q232,-50 228,0Z", shade
    )
    paws = rect(-190, -36, 190, 36, sand, radius=14) + line("M-178,-16 h20", shade, 4)
    cloth = path("M-112,-70 Q-128,-200 -62,-214 Q4,-200 -8,-70Z", shade)
    stripes = line(
        "M-104,-110 h16 M-104,-132 h14 M-34,-110 h16 M-34,-132 h16 M-102,-154 h14 M-32,-154 h14", sand, 5
    )
    face = (
        ellipse(-61, -140, 34, 46, sand)
        + line("M-78,-150 h10 M-54,-150 h10 M-70,-116 Q-61,-110 -50,-116", INK, 3.4)
        + line("M-61,-146 v16", shade, 4)
    )
    chest = path("M-108,0 Q-104,-76 -61,-84 Q-16,-76 -14,0Z", sand)
    return body + cloth + stripes + chest + paws + face


def moai() -> str:
    stone, shade, dark = "#a7a49b", "#86837b", "#5f5c57"

    def head(colour: str) -> str:
        shape = path("M-46,0 Q-56,-90 -44,-190 Q-30,-212 0,-212 Q30,-212 44,-190 Q56,-90 46,0Z", colour)
        brow = path("M-44,-150 Q0,-168 44,-150 L40,-132 Q0,-144 -40,-132Z", shade)
        eyes = ellipse(-21, -128, 12, 8, dark, "none") + ellipse(21, -128, 12, 8, dark, "none")
        nose = path("M-8,-146 L-16,-82 Q0,-72 16,-82 L8,-146Z", shade)
        return (
            shape
            + brow
            + eyes
            + nose
            + line("M-20,-56 Q0,-62 20,-56", dark, 6)
            + line("M-28,-26 Q0,-16 28,-26", shade, 5)
        )

    return group(head(shade), -128, -6, 0.8) + group(head(shade), 126, -6, 0.72) + head(stone)


def christ_redeemer() -> str:
    stone, shade = "#e3ded3", "#c4bdb0"
    peak = path("M-180,0 Q-96,-110 -40,-150 L40,-150 Q96,-110 180,0Z", "#7d9a6a") + rect(
        -26, -178, 52, 30, shade, radius=2
    )
    arms = path(
        "M-124,-318 Q-60,-326 0,-326 Q60,-326 124,-318 L122,-298 Q60,-290 36,-280 L-36,-280 Q-60,-290 -122,-298Z",
        stone,
    )
    robe = path("M-30,-176 Q-24,-250 -32,-312 Q0,-330 32,-312 Q24,-250 30,-176Z", stone)
    folds = line("M-12,-182 Q-10,-240 -14,-280 M8,-182 Q12,-240 12,-284", shade, 3.4)
    head = ellipse(0, -346, 17, 22, stone) + path(
        "M-18,-344 Q-20,-372 0,-372 Q20,-372 18,-344 Q10,-360 0,-360 Q-10,-360 -18,-344Z", shade
    )
    return peak + arms + robe + folds + head + circle(-130, -308, 8, stone) + circle(130, -308, 8, stone)


def sydney_opera_house() -> str:
    shell, shade, base = "#f7f2e8", "#d6cfc3", "#c3a68a"

    def sail(width: float, height: float) -> str:
        whole = path(
            f"M0,0 Q{width * 0.1:.0f},-{height * 0.8:.0f} {width},-{height} "
            f"Q{width * 0.9:.0f},-{height * 0.4:.0f} {width * 0.7:.0f},0Z",
            shell,
        )
        return whole + line(
            f"M{width * 0.32:.0f},-2 Q{width * 0.42:.0f},-{height * 0.6:.0f} {width * 0.9:.0f},-{height * 0.92:.0f}",
            shade,
            3,
        )

    podium = path("M-270,0 L-256,-44 H262 L280,0Z", base) + line("M-250,-22 H262", mix(base, INK, 0.2), 4)
    sails = (
        group(sail(150, 196), 30, -44) + group(sail(130, 158), -60, -44) + group(sail(104, 116), -144, -44)
    )
    sails += group(sail(104, 112), 250, -44, mirror=True) + group(sail(70, 70), -210, -44)
    return sails + podium


def mount_fuji() -> str:
    mountain = path(
        "M-420,0 Q-180,-90 -64,-300 L-30,-308 L0,-300 L34,-308 L64,-300 Q180,-90 420,0Z", "#8b9dbb", "none"
    )
    snow = path(
        "M-64,-300 L-30,-308 L0,-300 L34,-308 L64,-300 Q86,-250 116,-204 L84,-218 L56,-180 L22,-216 "
        "L-14,-170 L-46,-212 L-84,-184 L-112,-208 Q-86,-250 -64,-300Z",
        "#fbf8f2",
    )
    foot = path("M-430,2 Q-240,-62 0,-36 Q240,-66 430,2 Q0,14 -430,2Z", "#8fae88", "none")
    slopes = line("M-420,0 Q-180,-90 -64,-300 M64,-300 Q180,-90 420,0")
    return mountain + snow + slopes + foot


def saint_basil() -> str:
    brick, cream = "#c4705a", "#f3e6cf"

    def tower(x: int, height: int, width: int, colour: str, band: str) -> str:
        body = rect(x - width, -height, width * 2, height, brick) + rect(
            x - width - 3, -height, width * 2 + 6, 12, cream
        )
        dome = path(
            f"M{x - width},-{height} Q{x - width * 2.1:.0f},-{height + width * 1.6:.0f} "
            f"{x},-{height + width * 3.1:.0f} Q{x + width * 2.1:.0f},-{height + width * 1.6:.0f} "
            f"{x + width},-{height}Z",
            colour,
        )
        swirl = line(
            f"M{x - width * 0.9:.0f},-{height + width * 0.5:.0f} Q{x},-{height + width * 1.4:.0f} "
            f"{x + width},-{height + width * 0.9:.0f}",
            band,
            6,
        )
        window = path(f"M{x - 8},-{height - 62} v-22 a8,8 0 0 1 16,0 v22Z", cream)
        return body + dome + swirl + window + line(f"M{x},-{height + width * 3.1:.0f} v-18", "#e2b84f", 4)

    middle = (
        rect(-36, -250, 72, 250, brick)
        + polygon("-42,-250 0,-390 42,-250", cream)
        + line("M-24,-290 L18,-290 M-16,-320 L12,-320", brick, 5)
    )
    middle += circle(0, -396, 13, "#e2b84f") + line("M0,-408 v-18", "#e2b84f", 4)
    sides = tower(-104, 150, 28, "#6f9b86", "#e2b84f") + tower(104, 150, 28, "#5f86a8", cream)
    front = tower(-54, 116, 24, "#d9a24e", "#6f9b86") + tower(56, 116, 24, "#a4587a", "#e2b84f")
    return (
        middle
        + sides
        + front
        + rect(-148, -46, 296, 46, cream)
        + "".join(path(f"M{x - 12},0 v-16 a12,12 0 0 1 24,0 v16Z", brick) for x in range(-120, 121, 40))
    )


DRAWINGS: Mapping[str, Callable[[], str]] = {
    drawing.__name__: drawing
    for drawing in (
        arc_de_triomphe, pyramids, taj_mahal, colosseum, great_wall, stonehenge, parthenon, louvre_pyramid, sphinx,
        moai, christ_redeemer, sydney_opera_house, mount_fuji, saint_basil,
    )
}  # fmt: skip

"""Towers, bridges and other tall things, 240 to 480 high."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..svg import INK, circle, ellipse, group, line, mix, path, polygon, rect


def eiffel_tower() -> str:
    iron, shade = "#a9815f", "#8a6549"
    legs = path(
        "M-104,0 Q-46,-112 -30,-232 L30,-232 Q46,-112 104,0 L62,0 Q50,-66 0,-68 Q-50,-66 -62,0Z", iron
    )
    spire = path("M-25,-240 Q-12,-340 -6,-430 L6,-430 Q12,-340 25,-240Z", iron)
    window = path("M-24,-132 Q-16,-176 -12,-218 L12,-218 Q16,-176 24,-132Z", mix(iron, "#fff3dd", 0.65))
    lattice = line("M-86,-30 L-56,-46 M-64,-30 L-78,-50 M86,-30 L56,-46 M64,-30 L78,-50", shade, 3)
    lattice += line(
        "M-72,-72 L72,-72 M-60,-88 L-44,-104 L-28,-88 L-12,-104 L4,-88 L20,-104 L36,-88 L56,-104", shade, 3
    )
    lattice += line("M-17,-268 L13,-292 M17,-268 L-13,-292 M-12,-304 L9,-330 M12,-304 L-9,-330", shade, 3)
    lattice += line("M-8,-344 L6,-370 M8,-344 L-6,-370 M-5,-384 L4,-406 M5,-384 L-4,-406", shade, 2.6)
    decks = rect(-58, -122, 116, 13, shade, radius=3) + rect(-36, -244, 72, 12, shade, radius=3)
    top = rect(-11, -436, 22, 10, shade, radius=2) + line("M0,-436 L0,-468", INK, 4)
    feet = rect(-110, -10, 54, 12, shade, radius=2) + rect(56, -10, 54, 12, shade, radius=2)
    return legs + spire + window + lattice + decks + top + feet


def pisa_tower() -> str:
    marble, shade = "#f3eadb", "#d8c9b3"
    parts = [rect(-58, -66, 116, 66, marble, radius=3)]
    for level in range(6):
        top = -66 - (level + 1) * 44
        parts.append(rect(-51, top, 102, 44, marble))
        parts += [
            path(f"M{x},{top + 43} v-20 a7,8 0 0 1 14,0 v20Z", shade, width=1.8) for x in range(-45, 40, 19)
        ]
        parts.append(rect(-56, top - 2, 112, 7, shade, radius=2))
    parts += [path(f"M{x},-2 v-34 a9,10 0 0 1 18,0 v34Z", shade, width=1.8) for x in (-47, -9, 29)]
    parts.append(rect(-60, -70, 120, 8, shade, radius=2))
    belfry = rect(-38, -378, 76, 48, marble) + rect(-42, -384, 84, 8, shade, radius=2)
    belfry += "".join(path(f"M{x},-332 v-20 a8,9 0 0 1 16,0 v20Z", shade, width=1.8) for x in (-30, -8, 14))
    leaning = group("".join(parts) + belfry, 0, 0, turn=5.5)
    return leaning + ellipse(0, 2, 84, 9, "#cfc2ad")


def big_ben() -> str:
    stone, shade, roof = "#d3b483", "#b3925f", "#6f7f7b"
    body = rect(-44, -300, 88, 300, stone) + rect(-52, -16, 104, 16, shade, radius=2)
    body += "".join(line(f"M{x},-24 V-288", shade, 3) for x in (-26, -9, 9, 26))
    body += "".join(line(f"M-44,{y} H44", shade, 3) for y in (-90, -160, -230))
    clock = rect(-54, -380, 108, 84, stone, radius=3) + circle(0, -338, 34, "#fdf7e6")
    clock += line("M0,-338 V-362 M0,-338 L15,-328", INK, 4) + circle(0, -338, 3, INK, "none")
    crown = path("M-50,-380 L-30,-416 L30,-416 L50,-380Z", roof) + rect(-28, -440, 56, 24, stone)
    crown += path("M-34,-440 Q-8,-462 0,-508 Q8,-462 34,-440Z", roof) + line("M0,-508 V-524", INK, 4)
    return body + clock + crown


def statue_of_liberty() -> str:
    copper, shade, stone = "#8fb8a4", "#6d9a87", "#d3c4aa"
    base = path("M-70,0 L-60,-28 L60,-28 L70,0Z", stone) + path("M-44,-28 L-36,-126 L36,-126 L44,-28Z", stone)
    base += rect(-42, -134, 84, 12, mix(stone, INK, 0.15), radius=2) + rect(-16, -100, 32, 40, "#b9a888")
    arm = path("M14,-286 Q34,-316 34,-364 L50,-364 Q54,-304 30,-262Z", copper)
    robe = path("M-40,-134 Q-38,-232 -24,-280 Q0,-298 24,-280 Q42,-232 42,-134Z", copper)
    folds = line("M-18,-140 Q-14,-220 -4,-262 M6,-140 Q6,-220 12,-250 M26,-142 Q24,-200 18,-232", shade, 3)
    tablet = group(rect(-12, -28, 24, 40, shade, radius=2), -32, -236, turn=-10)
    rays = "".join(group(line("M0,-28 V-46", copper, 6), 0, -314, turn=angle) for angle in range(-75, 76, 25))
    head = (
        rays
        + circle(0, -312, 24, copper)
        + path("M-26,-318 Q0,-330 26,-318 L24,-328 Q0,-342 -24,-328Z", shade)
    )
    face = (
        circle(-7, -308, 2.4, INK, "none") + circle(9, -308, 2.4, INK, "none") + line("M-3,-299 h9", INK, 2)
    )
    torch = path("M32,-364 L52,-364 L48,-384 L36,-384Z", shade) + path(
        "M42,-426 Q62,-400 42,-384 Q22,-400 42,-426Z", "#f0b94e"
    )
    return base + arm + robe + folds + tablet + head + face + torch


def n_seoul_tower() -> str:
    white, shade = "#efece4", "#c9ccc9"
    hill = path("M-170,0 Q-90,-70 0,-76 Q90,-70 170,0Z", "#7f9b6b") + path(
        "M-80,-46 Q0,-66 84,-44 L84,-30 L-80,-30Z", "#6d8a5b", "none"
    )
    shaft = path("M-17,-66 L-12,-262 L12,-262 L17,-66Z", white)
    deck = path("M-46,-262 L-56,-292 L56,-292 L46,-262Z", white) + rect(
        -60, -318, 120, 27, "#8fb0c0", radius=7
    )
    deck += line("M-40,-318 v26 M-20,-318 v26 M0,-318 v26 M20,-318 v26 M40,-318 v26", white, 3)
    deck += path("M-50,-318 L-38,-342 L38,-342 L50,-318Z", white) + rect(-26, -356, 52, 14, shade, radius=3)
    mast = path("M-10,-356 L-5,-430 L5,-430 L10,-356Z", "#d9735b") + rect(-6, -400, 12, 14, white, "none")
    return hill + shaft + deck + mast + line("M0,-430 V-482", INK, 4)


def lotte_world_tower() -> str:
    glass, shade = "#b5cbd3", "#8fabb7"
    body = path("M-56,0 Q-52,-250 -12,-470 L-3,-454 L-3,0Z", glass) + path(
        "M56,0 Q52,-250 12,-470 L3,-454 L3,0Z", shade
    )
    floors = "".join(
        line(f"M{-54 + height * 0.084:.0f},{-height} H{54 - height * 0.084:.0f}", "#e7f0f2", 2, 0.8)
        for height in range(40, 430, 26)
    )
    podium = rect(-96, -34, 192, 34, "#d9d3c6", radius=3) + line("M-84,-18 H84", shade, 5)
    return body + floors + podium


def burj_khalifa() -> str:
    steel = "#c3cdd2"
    steps = ((62, 90), (50, 170), (38, 250), (27, 330), (17, 400), (9, 450))
    parts = [
        rect(-half, -height, half * 2, height, mix(steel, "#ffffff", i * 0.08), radius=4)
        for i, (half, height) in enumerate(steps)
    ]
    stripes = "".join(
        line(f"M{x},-6 V-{430 - abs(x) * 6.4:.0f}", "#94a7b0", 2) for x in (-44, -32, -20, -8, 8, 20, 32, 44)
    )
    return "".join(parts) + stripes + line("M0,-450 V-506", INK, 4)


def golden_gate_bridge() -> str:
    red, shade = "#c8573f", "#a8432f"
    tower = "".join(rect(x, -256, 13, 256, red, radius=2) for x in (-24, 11))
    tower += "".join(rect(-22, y, 44, 11, shade, radius=2) for y in (-250, -200, -150, -56))
    cables = line("M-390,-150 Q-260,-100 -180,-252 Q0,-20 180,-252 Q260,-100 390,-150", shade, 6)
    hangers = "".join(
        line(f"M{x},-104 V-{136 + (abs(x) / 180) ** 2 * 116:.0f}", shade, 2) for x in range(-160, 161, 20)
    )
    deck = rect(-400, -106, 800, 16, red, radius=2) + line("M-396,-88 H396", shade, 3)
    return hangers + cables + group(tower, -180, 0) + group(tower, 180, 0) + deck


def tower_bridge() -> str:
    stone, roof, blue = "#d9c6a3", "#6f8693", "#8db3c4"
    tower = rect(-36, -220, 72, 220, stone) + "".join(
        rect(x, -246, 16, 180, stone, radius=2) for x in (-44, 28)
    )
    tower += polygon("-46,-246 -36,-282 -26,-246", roof) + polygon("26,-246 36,-282 46,-246", roof)
    tower += polygon("-28,-220 0,-300 28,-220", roof) + path("M-16,0 v-50 a16,18 0 0 1 32,0 v50Z", "#a8926c")
    tower += "".join(rect(-14, y, 28, 30, blue, radius=3) for y in (-190, -136))
    chains = line("M-330,-60 Q-220,-70 -150,-214 M330,-60 Q220,-70 150,-214", blue, 8)
    walk = rect(-120, -206, 240, 14, blue) + line("M-114,-192 h228", INK, 2)
    deck = rect(-340, -64, 680, 16, blue) + line("M-330,-40 V0 M330,-40 V0", stone, 18)
    return chains + walk + deck + group(tower, -118) + group(tower, 118)


def sagrada_familia() -> str:
    stone, shade = "#d8b98c", "#b8945f"
    spire = path("M-26,0 Q-25,-200 0,-330 Q25,-200 26,0Z", stone) + circle(0, -334, 9, "#e2b84f")
    spire += "".join(
        line(f"M{-w},{y} H{w}", shade, 4)
        for y, w in ((-90, 13), (-130, 12), (-170, 10), (-210, 8), (-250, 6))
    )
    front = path("M-112,0 L-112,-120 Q-60,-150 0,-186 Q60,-150 112,-120 L112,0Z", stone)
    doors = "".join(
        path(f"M{x - w},0 V-{h} L{x},-{h + 40} L{x + w},-{h} V0Z", shade)
        for x, w, h in ((-66, 17, 44), (0, 24, 64), (66, 17, 44))
    )
    rose = circle(0, -126, 15, "#8fb0c0") + line("M-11,-126 h22 M0,-137 v22", stone, 3)
    spires = (
        group(spire, -92, 0, 0.95)
        + group(spire, 92, 0, 0.95)
        + group(spire, -36, 0, 1.22)
        + group(spire, 36, 0, 1.22)
    )
    return spires + front + doors + rose


def windmill() -> str:
    sail = rect(-4, -150, 8, 150, "#8a6549") + rect(4, -148, 30, 112, "#f6efe0")
    sail += line("M4,-120 h30 M4,-92 h30 M4,-64 h30 M19,-148 v112", "#b79a74", 2.4)
    body = path("M-62,0 L-38,-190 L38,-190 L62,0Z", "#e9ddc6") + path(
        "M-44,-190 Q-36,-246 0,-246 Q36,-246 44,-190Z", "#9a6b54"
    )
    body += path("M-14,0 v-38 a14,14 0 0 1 28,0 v38Z", "#9a6b54") + rect(
        -12, -130, 24, 26, "#8fb0c0", radius=3
    )
    sails = "".join(group(sail, 0, -206, turn=angle) for angle in (22, 112, 202, 292))
    return body + sails + circle(0, -206, 10, "#8a6549")


DRAWINGS: Mapping[str, Callable[[], str]] = {
    drawing.__name__: drawing
    for drawing in (
        eiffel_tower, pisa_tower, big_ben, statue_of_liberty, n_seoul_tower, lotte_world_tower, burj_khalifa,
        golden_gate_bridge, tower_bridge, sagrada_familia, windmill,
    )
}  # fmt: skip

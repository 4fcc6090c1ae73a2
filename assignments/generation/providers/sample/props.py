"""Things that we draw ourselves, standing on y = 0: what emoji art lacks or shows too small."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from .svg import INK, circle, ellipse, group, line, mix, path, polygon, rect

# Natural heights; a standing child is 190.
PROP_HEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "hot_air_balloon": 330.0, "bridge": 200.0, "volcano": 380.0, "lighthouse": 380.0, "box": 100.0, "igloo": 200.0,
        "hanok": 230.0, "turtle_ship": 230.0, "pirate_ship": 300.0, "submarine": 180.0, "table": 110.0, "cloud": 110.0,
    }
)  # fmt: skip


def hot_air_balloon(colour: str) -> str:
    skin = colour or "#d9604f"
    second, light = mix(skin, "#fff3dd", 0.72), mix(skin, "#ffffff", 0.25)
    bag = path("M-22,-112 Q-128,-180 -128,-270 Q-124,-390 0,-392 Q124,-390 128,-270 Q128,-180 22,-112Z", skin)
    bag += path("M-10,-112 Q-62,-190 -62,-272 Q-58,-388 0,-392 Q58,-388 62,-272 Q62,-190 10,-112Z", second)
    bag += path("M-4,-112 Q-24,-190 -24,-274 Q-20,-388 0,-392 Q20,-388 24,-274 Q24,-190 4,-112Z", light)
    ropes = line("M-20,-112 L-26,-54 M20,-112 L26,-54 M-7,-112 L-8,-54 M7,-112 L8,-54", INK, 2.4)
    basket = path("M-32,-56 H32 L26,0 H-26Z", "#b98a58") + line("M-30,-38 H30 M-28,-19 H28", "#94693f", 3)
    return (
        ropes
        + bag
        + rect(-24, -116, 48, 9, mix(skin, INK, 0.25), radius=3)
        + basket
        + rect(-36, -62, 72, 10, "#94693f", radius=4)
    )


def bridge(colour: str) -> str:
    stone = colour or "#cdbfa8"
    shade = mix(stone, INK, 0.22)
    body = path(
        "M-330,0 V-60 Q0,-190 330,-60 V0 H262 Q252,-74 180,-82 Q108,-74 98,0 H84 Q70,-108 0,-112 Q-70,-108 -84,0 H-98 "
        "Q-108,-74 -180,-82 Q-252,-74 -262,0Z",
        stone,
    )
    rail = line("M-330,-84 Q0,-214 330,-84", INK, 13) + line(
        "M-330,-84 Q0,-214 330,-84", mix(stone, "#ffffff", 0.3), 8
    )
    posts = line(
        "".join(f"M{x},-{62 + (1 - (x / 330) ** 2) * 64:.0f} v-24 " for x in range(-320, 321, 40)), shade, 5
    )
    blocks = line("M-300,-52 h34 M-140,-96 h34 M106,-96 h34 M266,-52 h34 M-30,-122 h60", shade, 3)
    return posts + rail + body + blocks


def volcano(colour: str) -> str:
    rock = colour or "#96847c"
    body = path("M-290,0 Q-130,-60 -72,-262 Q-40,-280 0,-270 Q40,-280 72,-262 Q130,-60 290,0Z", rock)
    shade = path(
        "M40,-272 Q58,-270 72,-262 Q130,-60 290,0 H120 Q60,-120 40,-272Z", mix(rock, INK, 0.2), "none"
    )
    lava = path(
        "M-72,-262 Q-40,-280 0,-270 Q40,-280 72,-262 Q70,-240 58,-180 Q46,-160 38,-190 Q26,-214 16,-140 "
        "Q2,-112 -8,-150 Q-16,-220 -34,-196 Q-46,-150 -60,-190 Q-70,-226 -72,-262Z",
        "#e9793f",
    )
    glow = path(
        "M-50,-262 Q0,-276 50,-262 Q40,-236 20,-226 Q0,-206 -18,-232 Q-40,-236 -50,-262Z", "#f6c257", "none"
    )
    smoke = "".join(
        circle(x, y, r, mix("#d9d2cc", "#b5aba6", n % 2 * 0.5), "none")
        for n, (x, y, r) in enumerate(
            ((-14, -312, 34), (24, -340, 40), (-24, -366, 38), (22, -402, 44), (-16, -430, 34))
        )
    )
    sparks = "".join(
        circle(x, y, 5, "#f0a44a", "none") for x, y in ((-56, -300), (58, -316), (-78, -344), (84, -360))
    )
    return smoke + body + shade + lava + glow + sparks


def lighthouse(colour: str) -> str:
    red = colour or "#cf5f4d"
    rock = path("M-110,0 Q-92,-40 -44,-36 Q0,-56 52,-34 Q96,-36 112,0Z", "#a29a92")
    body = path("M-48,-30 L-32,-270 H32 L48,-30Z", "#faf5ea")
    bands = path("M-43.5,-96 L-40,-150 H40 L43.5,-96Z", red) + path(
        "M-36.5,-204 L-33,-256 H33 L36.5,-204Z", red
    )
    top = (
        rect(-44, -284, 88, 15, "#6f6a66", radius=3)
        + rect(-24, -324, 48, 40, "#f9dd8c")
        + path("M-34,-324 Q0,-372 34,-324Z", red)
    )
    return (
        rock
        + body
        + bands
        + top
        + line("M0,-324 V-284 M0,-350 V-372", INK, 4)
        + path("M-13,-34 V-66 a13,14 0 0 1 26,0 V-34Z", "#7a5a46")
        + rect(-8, -190, 16, 24, "#8fb0c0", radius=6)
    )


def box(colour: str) -> str:
    card = colour or "#cfa873"
    back = path("M-84,-96 L-62,-112 H92 L84,-96Z", mix(card, INK, 0.35))
    flaps = path("M-84,-96 L-118,-74 L-104,-66 L-84,-84Z", mix(card, "#ffffff", 0.2)) + path(
        "M84,-96 L118,-74 L104,-66 L84,-84Z", mix(card, "#ffffff", 0.2)
    )
    return (
        back
        + rect(-84, -96, 168, 96, card, radius=3)
        + flaps
        + rect(-14, -96, 28, 34, mix(card, "#fff5dd", 0.5), "none")
        + line("M30,-24 h34 M30,-34 h22", mix(card, INK, 0.4), 4)
    )


def igloo(colour: str) -> str:
    ice = colour or "#eef4f7"
    shade = "#c3d6e0"
    dome = path("M-170,0 Q-168,-168 0,-172 Q168,-168 170,0Z", ice)
    rows = line("M-164,-46 Q0,-58 164,-46 M-140,-96 Q0,-110 140,-96 M-96,-138 Q0,-148 96,-138", shade, 3.4)
    cuts = line(
        "M-110,-2 V-48 M-40,-52 V-100 M40,-52 V-100 M-110,-50 V-90 M110,-50 V-90 M-60,-104 V-140 "
        "M10,-104 V-146 M66,-104 V-140 M120,-2 V-48",
        shade,
        3,
    )
    door = path("M-62,0 V-50 Q-58,-92 0,-94 Q58,-92 62,-50 V0Z", ice) + path(
        "M-36,0 V-42 Q-32,-66 0,-68 Q32,-66 36,-42 V0Z", "#6f8797"
    )
    return dome + rows + cuts + door


def hanok(colour: str) -> str:
    tile = colour or "#6b7276"
    stone = rect(-196, -22, 392, 22, "#d6cbb6", radius=3)
    wall = rect(-168, -112, 336, 92, "#f3e8d2")
    posts = "".join(rect(x - 6, -114, 12, 94, "#9a6a4a") for x in (-162, -84, 0, 84, 162))
    doors = "".join(
        rect(x, -94, 46, 74, "#fbf6ea")
        + line(f"M{x + 15},-94 v74 M{x + 31},-94 v74 M{x},-70 h46 M{x},-46 h46", "#b08560", 2.6)
        for x in (-66, 20)
    )
    eave = path(
        "M-236,-104 Q-180,-122 -150,-182 H150 Q180,-122 236,-104 Q200,-98 0,-98 Q-200,-98 -236,-104Z", tile
    )
    tiles = line(
        "".join(f"M{x * 0.62:.0f},-178 L{x},-104 " for x in range(-200, 201, 25)), mix(tile, INK, 0.35), 3
    )
    return (
        stone + wall + posts + doors + eave + tiles + rect(-158, -192, 316, 13, mix(tile, INK, 0.3), radius=6)
    )


def turtle_ship(colour: str) -> str:
    wood = colour or "#a9764c"
    hull = path("M-230,-84 H220 Q206,-6 150,0 H-150 Q-214,-10 -230,-84Z", wood) + line(
        "M-222,-58 H212 M-210,-32 H200", mix(wood, INK, 0.3), 3
    )
    ports = "".join(rect(x, -80, 22, 16, "#5d4a3c", radius=2) for x in range(-170, 170, 48))
    shell = path("M-216,-86 Q-170,-180 0,-184 Q170,-180 206,-86Z", "#7a8f7a")
    scales = line(
        "M-190,-118 H184 M-150,-150 H146 M-120,-86 L-96,-172 M-50,-86 L-40,-182 M24,-86 L18,-182 M96,-86 L74,-176",
        "#5f7463",
        3,
    )
    spikes = "".join(
        polygon(f"{x - 7},-{y} {x},-{y + 18} {x + 7},-{y}", "#d9d2c4")
        for x, y in ((-140, 146), (-84, 170), (-26, 180), (32, 180), (90, 168), (142, 142))
    )
    head = (
        path(
            "M206,-96 Q236,-104 236,-140 Q236,-176 268,-176 Q306,-172 300,-146 L270,-138 Q272,-92 220,-78Z",
            "#8fae7a",
        )
        + circle(272, -160, 5, INK, "none")
        + line("M300,-150 L276,-146", INK, 3)
    )
    oars = line(
        "M-150,-14 L-176,24 M-80,-8 L-104,30 M-10,-6 L-34,32 M60,-8 L38,30 M130,-14 L108,24",
        mix(wood, INK, 0.35),
        7,
    )
    return oars + spikes + shell + scales + hull + ports + head


def pirate_ship(colour: str) -> str:
    wood = colour or "#9a6a46"
    masts = line("M-60,-90 V-330 M70,-90 V-300", mix(wood, INK, 0.3), 10)
    sails = path(
        "M-126,-300 Q-60,-320 6,-300 Q16,-220 0,-160 Q-60,-142 -120,-160 Q-106,-220 -126,-300Z", "#f6eddc"
    ) + path("M16,-274 Q70,-290 128,-274 Q138,-210 124,-160 Q70,-146 22,-160 Q34,-210 16,-274Z", "#f6eddc")
    bones = (
        circle(-58, -238, 20, "#8d8580", "none")
        + rect(-68, -226, 20, 16, "#8d8580", "none", 4)
        + circle(-65, -240, 5, "#f6eddc", "none")
        + circle(-51, -240, 5, "#f6eddc", "none")
    )
    flag = path("M-60,-330 L-4,-346 L-60,-366Z", "#b9574a")
    hull = path("M-220,-130 L-160,-96 H120 L210,-126 Q190,-10 120,0 H-130 Q-206,-20 -220,-130Z", wood) + line(
        "M-192,-66 H182 M-170,-34 H160", mix(wood, INK, 0.3), 3
    )
    return (
        masts
        + flag
        + sails
        + bones
        + hull
        + "".join(circle(x, -52, 11, "#f0d99a") for x in (-100, -30, 40, 110))
    )


def submarine(colour: str) -> str:
    skin = colour or "#e6b84f"
    body = path(
        "M-190,-70 Q-186,-136 -90,-138 H100 Q190,-132 196,-70 Q190,-8 100,-2 H-90 Q-186,-4 -190,-70Z", skin
    )
    tower = path("M-50,-136 L-42,-186 H46 L54,-136Z", mix(skin, INK, 0.12)) + line(
        "M20,-186 V-222 H46", INK, 9
    )
    windows = "".join(
        circle(x, -74, 24, mix(skin, INK, 0.3)) + circle(x, -74, 16, "#bcdbe6") for x in (-90, -10, 70)
    )
    tail = path("M-186,-70 L-240,-110 Q-226,-70 -240,-30Z", mix(skin, INK, 0.2))
    return tail + tower + body + windows + line("M-150,-112 Q-60,-126 90,-122", mix(skin, "#ffffff", 0.6), 7)


def table(colour: str) -> str:
    wood = colour or "#b98a5e"
    return (
        rect(-112, -84, 14, 84, mix(wood, INK, 0.2))
        + rect(98, -84, 14, 84, mix(wood, INK, 0.2))
        + rect(-130, -104, 260, 22, wood, radius=6)
    )


def cloud(colour: str) -> str:
    body = path(
        "M-120,0 Q-150,-2 -146,-34 Q-134,-60 -100,-54 Q-86,-104 -30,-98 Q4,-130 50,-100 Q92,-100 96,-60 "
        "Q142,-60 142,-26 Q140,0 110,0Z",
        colour or "#fdfdfa",
    )
    return body + group(line("M-90,-16 Q-40,-6 40,-14", "#d3e0e8", 6))


_DRAWN: tuple[Callable[[str], str], ...] = (
    hot_air_balloon, bridge, volcano, lighthouse, box, igloo, hanok, turtle_ship, pirate_ship, submarine, table, cloud,
)  # fmt: skip
PROPS: Mapping[str, Callable[[str], str]] = MappingProxyType({one.__name__: one for one in _DRAWN})


def umbrella(colour: str) -> str:
    """An open umbrella whose handle ends at (0, 0)."""
    cloth = colour or "#cf6f5c"
    shade, light = mix(cloth, INK, 0.14), mix(cloth, "#ffffff", 0.22)
    pole = line("M0,6 Q0,14 -8,12 M0,6 V-150", INK, 7) + line("M0,6 V-148", "#a98766", 3)
    canopy = path(
        "M-118,-96 Q-108,-196 0,-200 Q108,-196 118,-96 Q98,-118 78,-98 Q58,-120 38,-98 Q0,-124 "
        "-38,-98 Q-58,-120 -78,-98 Q-98,-118 -118,-96Z",
        cloth,
    )
    panels = path("M-38,-98 Q-40,-170 0,-200 Q40,-170 38,-98 Q0,-124 -38,-98Z", light) + line(
        "M-78,-98 Q-76,-170 0,-200 Q76,-170 78,-98", shade, 3
    )
    return pole + canopy + panels + line("M0,-200 V-214", INK, 6)


def balloon(colour: str) -> str:
    """A balloon on a string that ends at (0, 0)."""
    skin = colour or "#d9604f"
    string = line("M0,0 q14,-34 2,-70", INK, 2.4)
    ball = path("M-7,-66 L2,-80 L11,-66Z", skin) + path(
        "M2,-80 Q-50,-112 -44,-154 Q-36,-192 2,-192 Q40,-192 48,-154 Q54,-112 2,-80Z", skin
    )
    return string + ball + line("M-26,-158 Q-20,-174 -8,-178", mix(skin, "#ffffff", 0.6), 6)


def gown(colour: str) -> str:
    """A hanbok by itself: a short jacket over a wide skirt."""
    skirt = colour or "#c9574f"
    return (
        path("M-24,-96 Q-60,-50 -72,-4 Q0,14 72,-4 Q60,-50 24,-96Z", skirt)
        + path("M-30,-130 L-66,-86 L-50,-76 L-28,-96 Q0,-88 28,-96 L50,-76 L66,-86 L30,-130Z", "#f6eee2")
        + ellipse(0, -112, 6, 6, skirt)
    )


def sailboat(colour: str) -> str:
    """A small boat with two sails."""
    wood = "#a9764c"
    hull = path("M-110,-46 H116 Q96,-4 60,0 H-66 Q-100,-8 -110,-46Z", wood)
    plank = line("M-100,-28 H104", mix(wood, INK, 0.3), 3)
    main = path("M2,-60 V-228 Q92,-150 96,-66 Q50,-54 2,-60Z", colour or "#f8f1e2")
    fore = path(
        "M-10,-62 V-206 Q-66,-130 -78,-66 Q-44,-56 -10,-62Z", mix(colour or "#d9735b", "#ffffff", 0.2)
    )
    flag = path("M-4,-240 L-34,-230 L-4,-220Z", "#d9604f")
    return line("M-4,-44 V-240", INK, 6) + main + fore + flag + hull + plank


def tree(colour: str) -> str:
    """A broad tree; its leaves take the colour."""
    leaf = colour or "#86ab6c"
    dark, light = mix(leaf, "#3f5a3a", 0.28), mix(leaf, "#fff6d8", 0.3)
    trunk = path("M-26,0 Q-10,-30 -12,-120 H14 Q12,-30 30,0 Q0,-8 -26,0Z", "#9a7252")
    branch = line("M2,-96 Q30,-124 44,-150 M0,-110 Q-26,-134 -40,-156", "#9a7252", 11)
    crown = path(
        "M-116,-128 Q-150,-176 -108,-214 Q-106,-270 -48,-276 Q-8,-322 46,-284 Q106,-284 112,-226 "
        "Q152,-186 116,-134 Q84,-96 30,-114 Q-24,-88 -62,-110 Q-98,-100 -116,-128Z",
        dark,
    )
    shine = path(
        "M-96,-170 Q-104,-216 -66,-236 Q-36,-280 20,-262 Q70,-264 72,-224 Q40,-180 -10,-186 Q-50,-150 -96,-170Z",
        leaf,
        "none",
    )
    glints = (
        circle(-40, -226, 13, light, "none")
        + circle(6, -240, 9, light, "none")
        + circle(-66, -200, 7, light, "none")
    )
    return trunk + branch + crown + shine + glints

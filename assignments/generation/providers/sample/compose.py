"""From a scene to SVG: where everything stands, in which light."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .clusters import Cluster, build_clusters
from .dice import Dice
from .ground import Land, draw_land, land_of
from .monuments import DEFAULT_HEIGHT, HEIGHTS
from .scene import Kind, Link, Scene
from .sky import Light, draw_sky, draw_weather, fog_band, light_of
from .sprites import FLYING, SWIMMING, Sprite, shadow, thing_sprite
from .svg import INK, faded, group, polygon

# Where a monument stands when the words name no place.
_HOMES: Mapping[str, str] = {
    "pyramids": "desert", "sphinx": "desert", "great_wall": "mountains",
    "golden_gate_bridge": "sea", "sydney_opera_house": "sea",
    "tower_bridge": "lake",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """The paper: picture units. The shorter way is always 864 high or 1536 wide, whatever the pixels."""

    width: float
    height: float
    pixels: tuple[int, int]

    @classmethod
    def for_pixels(cls, width: int, height: int) -> Page:
        if width / height >= 1536 / 864:
            return cls(864 * width / height, 864.0, (width, height))
        return cls(1536.0, 1536 * height / width, (width, height))

    @property
    def unit(self) -> float:
        return 864.0


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished drawing and whether emoji art is in it."""

    svg: str
    uses_emoji: bool


def settled(scene: Scene) -> Scene:
    """Fill in the place that the words leave open, from what is named."""
    if scene.place:
        return scene
    home = next((_HOMES[thing.key] for thing in scene.things if thing.key in _HOMES), "")
    if not home and scene.things and scene.things[0].key in {"🐋", "🐳", "🐬", "⛵", "🚢"}:
        home = "sea"
    if not home and scene.season == "winter":
        home = "snowfield"
    return replace(scene, place=home or "meadow")


def compose(scene: Scene, page: Page, dice: Dice) -> Composition:
    scene = settled(scene)
    light = light_of(scene)
    land = land_of(scene, light, dice, page.width, page.height)
    sky_defs, sky = draw_sky(scene, light, dice.for_layer("sky"), page.width, page.height)
    land_defs, back, front = draw_land(land)
    monuments, people, uses_emoji = _subjects(scene, land, page, dice.for_layer("layout"))
    fog_defs, far_fog, near_fog = _fog(light, page, land)
    weather = draw_weather(light, scene.season, dice.for_layer("weather"), page.width, page.height)
    layers = (
        sky + back + light.on_thing(monuments) + far_fog + light.on_thing(people) + front + near_fog + weather
    )
    return Composition(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.pixels[0]}" height="{page.pixels[1]}" '
        f'viewBox="0 0 {page.width:.3f} {page.height:.3f}" preserveAspectRatio="none">'
        f"<defs>{sky_defs}{land_defs}{fog_defs}</defs>{layers}{_mark(page)}</svg>",
        uses_emoji,
    )


def _fog(light: Light, page: Page, land: Land) -> tuple[str, str, str]:
    if light.weather != "fog":
        return "", "", ""
    far_defs, far = fog_band(
        "fog-far", page.width, land.horizon - page.height * 0.28, land.horizon + page.height * 0.22, 0.82
    )
    near_defs, near = fog_band("fog-near", page.width, page.height * 0.62, page.height * 1.06, 0.3)
    return far_defs + near_defs, far, near


def _subjects(scene: Scene, land: Land, page: Page, dice: Dice) -> tuple[str, str, bool]:
    standing, clusters = build_clusters(scene)
    is_mirrored = dice.for_layer("side").flip()
    aloft = [one for one in clusters if _is_aloft(scene, one)]
    walking = [one for one in clusters if one not in aloft]
    back, uses_emoji = "", any(one.sprite.uses_emoji for one in clusters)
    centres: dict[int, float] = {}
    for place, number in enumerate(standing):
        drawn, x, is_emoji = _monument(scene, number, place, len(standing), bool(clusters), land, page, dice)
        back += _placed(drawn, x, land.middle_y, page, is_mirrored)
        uses_emoji |= is_emoji
        centres[number] = x
    people = ""
    for one, x, scale in _places(scene, walking, centres, page, dice):
        people += _standing(one.sprite.scaled(scale), x, land, page, is_mirrored, scene, one)
    for place, one in enumerate(aloft):
        people += _flying(one, place, len(aloft), scene, land, page, dice, is_mirrored, bool(centres))
    return back, people, uses_emoji


def _is_aloft(scene: Scene, cluster: Cluster) -> bool:
    key = scene.things[cluster.number].key
    is_water = scene.place in {"sea", "underwater", "lake"}
    is_high = scene.place in {"space", "clouds"} and scene.things[cluster.number].kind is Kind.EMOJI
    return (
        key in FLYING
        or (key in SWIMMING and is_water)
        or (scene.place == "underwater" and key not in "🐚🦀🪸")
        or is_high
    )


def _monument(
    scene: Scene, number: int, place: int, total: int, has_company: bool, land: Land, page: Page, dice: Dice
) -> tuple[Sprite, float, bool]:
    thing = scene.things[number]
    own = dice.for_layer(f"monument{place}")
    share = HEIGHTS.get(thing.key, DEFAULT_HEIGHT) * own.between(0.92, 1.06) * (1.0 if total == 1 else 0.8)
    sprite = thing_sprite(thing, page.unit * share)
    limit = page.width * (0.62 if total == 1 else 0.8 / total)
    if sprite.width > limit:
        sprite = sprite.scaled(limit / sprite.width)
    drawn = sprite if scene.weather != "snow" else _snow_capped(thing.key, sprite)
    if total > 1:
        x = page.width * (place + 0.5 + own.between(-0.06, 0.06)) / total
    else:
        x = page.width * (own.between(0.33, 0.41) if has_company else own.between(0.42, 0.58))
    return drawn, min(max(x, drawn.width * 0.42), page.width - drawn.width * 0.42), sprite.uses_emoji


def _snow_capped(key: str, sprite: Sprite) -> Sprite:
    """Snow lies on the pyramids' upper courses."""
    if key != "pyramids":
        return sprite
    top = "-14,-262 -78,-174 -56,-184 -40,-164 -18,-186 2,-164 22,-184 46,-168 72,-180"
    foot = "-190,0 -176,-18 -120,-8 -60,-16 0,-6 60,-15 120,-7 176,-16 190,0"
    cap = "".join(
        group(polygon(top, "#fbfaf6") + polygon(foot, "#f6f6f3", "none"), x, 0, size)
        for x, size in ((170, 0.62), (-150, 0.74), (10, 1.0))
    )
    scale = sprite.height / 262
    return sprite.joined(Sprite(group(cap, scale=scale), sprite.left, sprite.top, sprite.right))


def _places(
    scene: Scene, clusters: list[Cluster], centres: Mapping[int, float], page: Page, dice: Dice
) -> list[tuple[Cluster, float, float]]:
    """Return (cluster, x of its middle, scale) for everything on the ground."""
    if not clusters:
        return []
    tallest = max(cluster.sprite.height for cluster in clusters)
    share = 0.44 if centres else 0.6
    scale = min(page.unit * share / tallest, page.unit * (0.3 if centres else 0.42) / 190)
    low, high = (0.54, 0.92) if len(centres) == 1 else (0.1, 0.9)
    if _is_before_monument(scene):
        low, high = 0.4, 0.82
    room = page.width * (high - low)
    needed = sum(cluster.sprite.width for cluster in clusters) * scale * 1.08
    scale *= min(1.0, room / needed)
    spare = (room - min(needed, room)) / (len(clusters) + 1)
    x, placed = page.width * low, []
    for number, cluster in enumerate(clusters):
        wide = cluster.sprite.width * scale * 1.04
        x += spare * dice.for_layer(f"gap{number}").between(0.55, 1.3)
        placed.append((cluster, x + wide / 2, scale * dice.for_layer(f"size{number}").between(0.94, 1.04)))
        x += wide
    return placed


def _is_before_monument(scene: Scene) -> bool:
    return any(
        one.link in {Link.IN_FRONT, Link.FACING} and scene.things[one.target].kind is Kind.MONUMENT
        for one in scene.relations
    )


def _placed(sprite: Sprite, x: float, y: float, page: Page, is_mirrored: bool) -> str:
    """Mirror the place, not the drawing: towers lean and horses look the way they do."""
    middle = (sprite.left + sprite.right) / 2
    at = page.width - x if is_mirrored else x
    return group(shadow(sprite.base * 2) + sprite.body, at - middle, y)


def _standing(
    sprite: Sprite, x: float, land: Land, page: Page, is_mirrored: bool, scene: Scene, cluster: Cluster
) -> str:
    is_behind = any(one.subject == cluster.number and one.link is Link.BEHIND for one in scene.relations)
    y = (
        land.front_y
        - (page.unit * 0.12 if is_behind else 0)
        - (0.02 * page.unit if cluster.number % 2 else 0)
    )
    at = page.width - x if is_mirrored else x
    # Everything looks into the picture's middle.
    turned = (
        sprite.scaled(1, mirror=True) if at > page.width / 2 and not _has_monument(scene, cluster) else sprite
    )
    middle = (turned.left + turned.right) / 2
    return group(shadow(turned.base * 2) + turned.body, at - middle, y)


def _has_monument(scene: Scene, cluster: Cluster) -> bool:
    return any(scene.things[number].kind is Kind.MONUMENT for number in cluster.members)


def _flying(
    one: Cluster,
    place: int,
    total: int,
    scene: Scene,
    land: Land,
    page: Page,
    dice: Dice,
    is_mirrored: bool,
    has_monument: bool,
) -> str:
    own = dice.for_layer(f"flying{place}")
    sprite = one.sprite.scaled(page.unit * 0.3 / 190 * 0.9)
    if sprite.height > page.unit * 0.42:
        sprite = sprite.scaled(page.unit * 0.42 / sprite.height)
    low, high = (0.56, 0.92) if has_monument else (0.14, 0.86)
    x = page.width * (low + (high - low) * (place + own.between(0.3, 0.7)) / total)
    key = scene.things[one.number].key
    if scene.place in {"sea", "lake"} and key in SWIMMING:
        y = land.horizon + page.height * own.between(0.13, 0.17)
    elif scene.place in {"underwater", "space", "clouds"}:
        y = page.height * own.between(0.45, 0.75)
    else:
        y = page.height * own.between(0.24, 0.42)
    at = page.width - x if is_mirrored else x
    return group(sprite.body, at - (sprite.left + sprite.right) / 2, max(y, sprite.height + 12))


def _mark(page: Page) -> str:
    """The word SAMPLE in both languages, small, within the art; pages put their own seal at the right."""
    x, y = 14, page.height - 40
    paper = f'<rect x="{x:.0f}" y="{y:.0f}" width="144" height="28" rx="14" fill="#fbf7ee" opacity=".82"/>'
    words = (
        f'<text x="{x + 72:.0f}" y="{y + 20:.0f}" font-family="Noto Sans KR" font-size="16" text-anchor="middle" '
        f'letter-spacing=".8" fill="{INK}">견본 · SAMPLE</text>'
    )
    return paper + faded(words, 0.9)

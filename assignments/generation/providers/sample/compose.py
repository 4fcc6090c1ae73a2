"""From a scene to SVG: sky, land, what stands there, and what drifts before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .dice import Dice
from .grounds import draw_land, draw_nearest, land_of
from .layout import Page, place_all
from .light import light_of
from .scene import Scene
from .sky import draw_sky
from .spot import Spot, draw_into
from .svg import INK
from .weather import bolt, draw_weather, fog_bank

__all__ = ["Composition", "Page", "compose", "compose_into", "settled"]

# Where a thing is at home when the words name no place.
_HOMES: Mapping[str, str] = {
    "pyramids": "desert", "sphinx": "desert", "great_wall": "mountains", "chichen_itza": "forest",
    "golden_gate_bridge": "sea", "sydney_opera_house": "sea", "lighthouse": "sea", "dolhareubang": "meadow",
    "tower_bridge": "lake", "bridge": "lake", "volcano": "volcano", "igloo": "snowfield", "empire_state": "city",
    **dict.fromkeys(("🐋", "🐳", "🐬", "⛵", "🚢", "turtle_ship", "pirate_ship", "🏄", "🌊"), "sea"),
    **dict.fromkeys(("🐙", "🦑", "🦈", "🐠", "🪼", "submarine", "mermaid", "🪸"), "underwater"),
    **dict.fromkeys(("🐪", "🐫", "🌵"), "desert"), "penguin": "snowfield", "polar_bear": "snowfield",
    **dict.fromkeys(("🪐", "alien", "🌍", "🛰"), "space"),
    **dict.fromkeys(("🪑", "🛋", "🛏", "📺", "💻", "🎹", "🎂", "table"), "room"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Composition:
    """A finished drawing and whether emoji art is in it."""

    svg: str
    uses_emoji: bool


def settled(scene: Scene) -> Scene:
    """Fill in the place that the words leave open, from the first thing named that has a home."""
    if scene.place:
        return scene
    first = scene.things[0].key if scene.things else ""
    home = _HOMES.get(first, "")
    if not home and not any(thing.key in _HOMES for thing in scene.things[:1]):
        home = next((_HOMES[thing.key] for thing in scene.things if _HOMES.get(thing.key) in _FIRM), "")
    if home in {"room", "space", "underwater"} and (scene.weather or scene.season or len(scene.things) > 1):
        home = ""
    if not home and scene.season == "winter":
        home = "snowfield"
    return replace(scene, place=home or "meadow")


_FIRM = frozenset({"desert", "mountains", "sea", "lake", "volcano"})


def compose(scene: Scene, page: Page, dice: Dice) -> Composition:
    scene = settled(scene)
    light = light_of(scene, is_from_left=dice.for_layer("lamp-side").flip())
    land = land_of(scene, light, dice, page.width, page.height)
    placed = place_all(scene, land, page, dice.for_layer("layout"))
    w, h = page.width, page.height
    far_fog = fog_bank(light, w, land.horizon - h * 0.24, land.horizon + h * 0.24, 0.78)
    middle_fog = fog_bank(light, w, land.horizon, land.horizon + h * 0.26, 0.5)
    near_fog = fog_bank(light, w, h * 0.7, h * 1.06, 0.2)
    layers = (
        draw_sky(scene, light, dice.for_layer("sky"), w, h)
        + bolt(light, dice.for_layer("bolt"), w, h)
        + draw_land(land)
        + far_fog
        + light.on_thing(placed.far, 0.2)
        + middle_fog
        + light.on_thing(placed.near)
        + draw_nearest(land)
        + near_fog
        + draw_weather(light, scene.season, dice.for_layer("weather"), w, h)
    )
    return Composition(_sheet(page, layers + _mark(page)), placed.uses_emoji)


def compose_into(spot: Spot, wish: Scene, scene: Scene, page: Page, dice: Dice) -> Composition:
    """Draw what the wish names into a spot of a picture of this scene, on nothing else: the rest is clear."""
    scene = settled(scene)
    light = light_of(scene, is_from_left=dice.for_layer("lamp-side").flip())
    land = land_of(scene, light, dice, page.width, page.height)
    drawn, uses_emoji = draw_into(spot, wish, land, (page.width, page.height))
    return Composition(_sheet(page, light.on_thing(drawn)), uses_emoji)


def _sheet(page: Page, layers: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.pixels[0]}" height="{page.pixels[1]}" '
        f'viewBox="0 0 {page.width:.3f} {page.height:.3f}" preserveAspectRatio="none">{layers}</svg>'
    )


def _mark(page: Page) -> str:
    """The word SAMPLE in both languages, small, within the art; pages put their own seal at the right."""
    x, y = 14, page.height - 38
    paper = f'<rect x="{x}" y="{y:.0f}" width="128" height="25" rx="12.5" fill="#fbf7ee" fill-opacity=".78"/>'
    return paper + (
        f'<text x="{x + 64}" y="{y + 17.5:.1f}" font-family="Noto Sans KR" font-size="14" text-anchor="middle" '
        f'letter-spacing=".6" fill="{INK}">견본 · SAMPLE</text>'
    )

"""Where everything stands, flies or swims, how large it is there, and its shadow."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .carrying import adorned
from .clusters import Cluster, build_clusters, in_a_row
from .dice import Dice
from .grounds import Land
from .landmarks import height_share, is_landmark
from .scene import SIZES, Kind, Link, Scene
from .snow import snow_capped
from .sprites import FLYING, SWIMMING, Sprite, shadow, thing_sprite
from .svg import group

_WATERS = frozenset({"sea", "underwater", "lake"})
_LIGHT_AS_AIR = frozenset("🎈🦋🐝🫧")
_ON_SEA_FLOOR = frozenset("🐚🦀🪸🦞🌟")
_RIGHT_IN_WATER = frozenset(
    {"golden_gate_bridge", "tower_bridge", "bridge", "sydney_opera_house", "lighthouse", "mount_fuji"}
)
# A child is this many units high; see figures.
_CHILD = 190


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


@dataclass(slots=True)
class Placed:
    """Drawn things: ``far`` stand in the middle ground, ``near`` before them."""

    far: str = ""
    near: str = ""
    uses_emoji: bool = False


@dataclass(slots=True)
class _Layout:
    scene: Scene
    land: Land
    page: Page
    dice: Dice
    is_mirrored: bool
    placed: Placed = field(default_factory=Placed)
    landmarks: dict[int, tuple[float, Sprite]] = field(default_factory=dict)
    busy: list[tuple[float, float]] = field(default_factory=list)  # (from, to) of what is already drawn

    def draw(self, sprite: Sprite, x: float, y: float, is_far: bool, has_shadow: bool = True) -> None:
        """Put a sprite's middle at x. The place is mirrored, not the drawing: towers lean as they do."""
        self.busy.append((x - sprite.width / 2, x + sprite.width / 2))
        at = (self.page.width - x if self.is_mirrored else x) - (sprite.left + sprite.right) / 2
        cast = shadow(sprite.base * 2, self.land.light.shadow_lean) if has_shadow else ""
        drawn = group(cast + sprite.body, at, y)
        self.placed.uses_emoji |= sprite.uses_emoji
        if is_far:
            self.placed.far += drawn
        else:
            self.placed.near += drawn

    def free_x(self, width: float, dice: Dice) -> float:
        """Return where something ``width`` wide keeps farthest from all that is drawn already."""
        places = [self.page.width * (0.1 + 0.1 * n + dice.between(-0.03, 0.03)) for n in range(9)]

        def room(x: float) -> float:
            gaps = [max(left - (x + width / 2), (x - width / 2) - right) for left, right in self.busy]
            return min([60.0, x - width / 2, self.page.width - x - width / 2, *gaps])

        best = max(room(x) for x in places)
        good = [x for x in places if room(x) >= best - 1]
        return good[dice.count(0, len(good) - 1)]

    def targets_of(self, cluster: Cluster, *links: Link) -> list[int]:
        """Return the landmarks to which something in the cluster stands in one of these links."""
        return [
            one.target
            for one in self.scene.relations
            if one.subject in cluster.members and one.link in links and one.target in self.landmarks
        ]


def place_all(scene: Scene, land: Land, page: Page, dice: Dice) -> Placed:
    scene = _in_season(scene)
    standing, clusters = build_clusters(scene, dice.for_layer("looks").count(0, 29))
    layout = _Layout(scene, land, page, dice, dice.for_layer("side").flip())
    _place_landmarks(layout, standing, bool(clusters))
    behind = [one for one in clusters if layout.targets_of(one, Link.BEHIND)]
    aloft = [one for one in clusters if one not in behind and _is_aloft(layout, one)]
    walking = [one for one in clusters if one not in aloft and one not in behind]
    _place_walking(layout, walking)
    _place_aloft(layout, aloft)
    _place_behind(layout, behind)
    return layout.placed


def _in_season(scene: Scene) -> Scene:
    """Give named trees the season's leaves."""
    leaves = {"spring": "#efb6c1", "autumn": "#d98a4a", "winter": "#dfe7ea"}.get(scene.season)
    things = [
        replace(thing, colour=leaves) if leaves and thing.key == "🌳" and not thing.colour else thing
        for thing in scene.things
    ]
    return replace(scene, things=tuple(things))


def _is_aloft(layout: _Layout, cluster: Cluster) -> bool:
    scene, thing = layout.scene, layout.scene.things[cluster.number]
    if any(one.subject in cluster.members and one.link is Link.ABOVE for one in scene.relations):
        return True
    if scene.place in _WATERS and thing.key in SWIMMING and thing.key not in _ON_SEA_FLOOR:
        return True
    if scene.place == "room":
        return thing.key in _LIGHT_AS_AIR
    if scene.place == "underwater":
        return thing.kind is Kind.EMOJI and thing.key not in _ON_SEA_FLOOR and cluster.sprite.height < 300
    is_high = scene.place in {"space", "clouds"} and thing.kind is Kind.EMOJI
    return thing.key in FLYING or is_high


def _place_landmarks(layout: _Layout, standing: list[int], has_company: bool) -> None:
    page, total = layout.page, len(standing)
    for place, number in enumerate(standing):
        own = layout.dice.for_layer(f"monument{place}")
        sprite = _landmark_sprite(layout, number, total, own)
        if total > 1:
            x = page.width * (place + 0.5 + own.between(-0.06, 0.06)) / total
        else:
            x = page.width * (own.between(0.31, 0.4) if has_company else own.between(0.4, 0.6))
        x = min(max(x, sprite.width * 0.46), page.width - sprite.width * 0.46)
        y = layout.land.middle_y
        key = layout.scene.things[number].key
        if layout.scene.place == "sea" and key not in _RIGHT_IN_WATER:
            layout.draw(layout.land.islet(sprite.width), x, y, is_far=True, has_shadow=False)
        layout.landmarks[number] = (x, sprite)
        layout.draw(sprite, x, y, is_far=True)


def _landmark_sprite(layout: _Layout, number: int, total: int, own: Dice) -> Sprite:
    thing, page = layout.scene.things[number], layout.page
    is_flown_over = any(one.target == number and one.link is Link.ABOVE for one in layout.scene.relations)
    crowding = (1.0 if total == 1 else 0.85) * (0.8 if is_flown_over else 1.0)
    share = height_share(thing) * own.between(0.94, 1.06) * crowding
    copies = [
        thing_sprite(thing, page.unit * share * (0.8 if thing.count > 1 else 1), copy)
        for copy in range(thing.count)
    ]
    sprite = adorned(layout.scene, number, in_a_row(copies))
    limit = page.width * (0.62 if total == 1 else 0.84 / total)
    if sprite.width > limit:
        sprite = sprite.scaled(limit / sprite.width)
    return snow_capped(thing.key, sprite) if layout.scene.weather == "snow" else sprite


def _place_walking(layout: _Layout, clusters: list[Cluster]) -> None:
    for cluster, x, scale in _spread(layout, clusters):
        sprite = cluster.sprite.scaled(scale)
        at = layout.page.width - x if layout.is_mirrored else x
        has_monument = any(is_landmark(layout.scene.things[number]) for number in cluster.members)
        # Everything looks into the picture's middle.
        if at > layout.page.width / 2 and not has_monument:
            sprite = sprite.scaled(1, mirror=True)
        y = layout.land.front_y - (0.02 * layout.page.unit if cluster.number % 2 else 0)
        layout.draw(sprite, x, y, is_far=False)


def _spread(layout: _Layout, clusters: list[Cluster]) -> list[tuple[Cluster, float, float]]:
    """Return (cluster, x of its middle, scale) for everything on the ground."""
    if not clusters:
        return []
    page, has_landmark = layout.page, bool(layout.landmarks)
    things = [layout.scene.things[number] for cluster in clusters for number in cluster.members]
    is_giant = any(SIZES.get(thing.size, 1.0) > 1 and not is_landmark(thing) for thing in things)
    tallest = max(cluster.sprite.height for cluster in clusters)
    share = 0.74 if is_giant else 0.48 if has_landmark else 0.66
    # A small thing all alone is seen from near.
    near = (
        min(1.5, max(1.0, 150 / tallest))
        if len(things) == 1 and not things[0].size and not has_landmark
        else 1.0
    )
    scale = min(page.unit * share / tallest, near * page.unit * (0.33 if has_landmark else 0.46) / _CHILD)
    low, high = (0.54, 0.94) if len(layout.landmarks) == 1 else (0.08, 0.92)
    if any(layout.targets_of(one, Link.IN_FRONT, Link.FACING, Link.UNDER, Link.INSIDE) for one in clusters):
        low, high = 0.36, 0.84
    room = page.width * (high - low)
    needed = sum(cluster.sprite.width for cluster in clusters) * scale * 1.08
    scale *= min(1.0, room / needed)
    spare = (room - min(needed, room)) / (len(clusters) + 1)
    x, found = page.width * low, []
    for number, cluster in enumerate(clusters):
        wide = cluster.sprite.width * scale * 1.04
        x += spare * layout.dice.for_layer(f"gap{number}").between(0.55, 1.3)
        grown = scale * layout.dice.for_layer(f"size{number}").between(0.95, 1.04)
        inner = layout.targets_of(cluster, Link.UNDER, Link.INSIDE)
        found.append((cluster, layout.landmarks[inner[0]][0] if inner else x + wide / 2, grown))
        x += wide
    return found


def _place_behind(layout: _Layout, clusters: list[Cluster]) -> None:
    """Half hidden by a landmark: what is drawn first is covered."""
    front = layout.placed.far
    layout.placed.far = ""
    for cluster in clusters:
        x, landmark = layout.landmarks[layout.targets_of(cluster, Link.BEHIND)[0]]
        tall = min(landmark.height * 0.7, layout.page.unit * 0.3 * cluster.sprite.height / _CHILD)
        sprite = cluster.sprite.scaled(tall / cluster.sprite.height)
        layout.draw(sprite, x + landmark.width * 0.5, layout.land.middle_y - 6, is_far=True)
    layout.placed.far += front


def _place_aloft(layout: _Layout, clusters: list[Cluster]) -> None:
    page, land, scene = layout.page, layout.land, layout.scene
    for place, cluster in enumerate(clusters):
        own, key = layout.dice.for_layer(f"flying{place}"), scene.things[cluster.number].key
        sprite = cluster.sprite.scaled(page.unit * 0.36 / _CHILD)
        widest = page.width * 0.8 / len(clusters)
        largest = page.unit * (0.56 if len(clusters) == 1 else 0.42)
        sprite = sprite.scaled(min(1.0, largest / sprite.height, widest / sprite.width))
        x = layout.free_x(sprite.width, own)
        over = layout.targets_of(cluster, Link.ABOVE)
        if scene.place in {"sea", "lake"} and key in SWIMMING:
            y = land.horizon + page.height * own.between(0.14, 0.18)
        elif scene.place in {"underwater", "space", "clouds"}:
            y = page.height * own.between(0.46, 0.68) + sprite.height * 0.2
        else:
            y = page.height * own.between(0.3, 0.42)
        if over:
            x, landmark = layout.landmarks[over[0]]
            x += page.width * own.between(-0.05, 0.05)
            room = max(page.unit * 0.22, land.middle_y - landmark.height - 24)
            sprite = sprite.scaled(min(1.0, room / sprite.height))
            y = max(land.middle_y - landmark.height - 14, sprite.height + 10)
        layout.draw(sprite, x, max(y, sprite.height + 14), is_far=False, has_shadow=False)

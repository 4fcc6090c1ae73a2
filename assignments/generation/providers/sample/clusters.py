"""Things that belong together: a rider on a mount, a child with what it holds, three cats in a box."""

from __future__ import annotations

from dataclasses import dataclass

from .carrying import adorned, carried, figure_with
from .figures import Pose
from .landmarks import is_landmark
from .looks import ON_FOUR_FEET, UPRIGHT
from .scene import SIZES, Kind, Link, Scene, Thing
from .sprites import Sprite, back_of, emoji_sprite, natural_height, surface_at, thing_sprite

_HELD = frozenset({Link.HOLDING, Link.WEARING})
# The subject is drawn together with its target, unless that is a landmark, which stands by itself.
_STACKED = frozenset({Link.ON, Link.RIDING, Link.INSIDE, Link.UNDER, Link.BEHIND})
_MOST_IN_A_ROW = 5


@dataclass(frozen=True, slots=True)
class Cluster:
    """One group to be placed: its sprite and the number of the thing that it stands for."""

    sprite: Sprite
    number: int
    members: frozenset[int]


def build_clusters(scene: Scene, look: int) -> tuple[list[int], list[Cluster]]:
    """Return (numbers of landmarks that stand free, clusters in the foreground).

    ``look`` is where the looks of people begin, so that each seed has its own children.
    """
    held = {one.target for one in scene.relations if one.link in _HELD}
    lifted = {
        one.subject
        for one in scene.relations
        if one.link in _STACKED and one.target not in held and not _stands_by(scene, one.link, one.target)
    }
    carriers = {one.target for one in scene.relations if one.link in {Link.ON, Link.RIDING}}
    roots = [number for number in range(len(scene.things)) if number not in held and number not in lifted]
    if not roots and scene.things:
        roots = [0]
    landmarks = [number for number in roots if is_landmark(scene.things[number]) and number not in carriers]
    return landmarks, [_cluster(scene, number, look) for number in roots if number not in landmarks]


def _stands_by(scene: Scene, link: Link, target: int) -> bool:
    """Whether this relation is told by where a thing stands, not by drawing both as one."""
    return link not in {Link.ON, Link.RIDING} and is_landmark(scene.things[target])


def _cluster(scene: Scene, number: int, look: int) -> Cluster:
    thing = scene.things[number]
    stacked = [one for one in scene.relations if one.target == number and one.link in _STACKED]
    riders = [one.subject for one in stacked if one.link is Link.RIDING]
    copies = max([thing.count, *(scene.things[rider].count for rider in riders)])
    members = {number}
    sprites = []
    for copy in range(copies):
        sprite, with_it = _single(scene, number, copy, look)
        if riders and thing.key in UPRIGHT:
            sprite = emoji_sprite(*ON_FOUR_FEET[thing.key], thing.colour)
        for rider in riders[:1]:
            sprite, more = _mounted(scene, sprite, thing, rider, copy, look)
            with_it |= more
        members |= with_it
        sprites.append(sprite)
    sprite = in_a_row(sprites)
    for one in stacked:
        if one.link is not Link.RIDING or one.subject in riders[1:]:
            sprite, more = _stack(scene, sprite, number, one.subject, one.link, look)
            members |= more
    return Cluster(sprite, number, frozenset(members))


def _single(scene: Scene, number: int, copy: int, look: int) -> tuple[Sprite, set[int]]:
    thing = scene.things[number]
    if thing.kind is Kind.FIGURE and (carried(scene, number) or _is_looking(scene, number)):
        pose = Pose.BACK if _is_looking(scene, number) else Pose.STAND
        sprite, members = figure_with(scene, number, pose, copy, look)
        sprite = sprite.scaled(SIZES.get(thing.size, 1.0))
    else:
        own = [] if copy or thing.kind is Kind.FIGURE else [at for _, at in carried(scene, number)]
        sprite, members = _sized(thing, copy, look), {number, *own}
        sprite = adorned(scene, number, sprite) if own else sprite
    # Of several, each is a little larger or smaller than the next.
    return sprite.scaled((1.0, 0.92, 1.05, 0.96, 1.02)[copy % 5] if thing.count > 1 else 1.0), members


def _sized(thing: Thing, copy: int, look: int, stretch: float = 1.0) -> Sprite:
    """Draw a thing at its size. Emoji art is drawn anew for it, so that its lines don't grow with it."""
    factor = SIZES.get(thing.size, 1.0) * stretch
    if thing.kind is Kind.MONUMENT:
        return thing_sprite(thing, 420 * factor, copy, look)
    natural = natural_height(thing)
    if natural:
        return thing_sprite(thing, natural * factor, copy, look)
    return thing_sprite(thing, None, copy, look).scaled(factor)


def in_a_row(sprites: list[Sprite]) -> Sprite:
    """Set several beside each other, in two rows when there are many, the farther row first."""
    if len(sprites) == 1:
        return sprites[0]
    wide = max(sprite.width for sprite in sprites)
    per_row = min(len(sprites), _MOST_IN_A_ROW) if len(sprites) <= _MOST_IN_A_ROW else (len(sprites) + 1) // 2
    placed = []
    for number, sprite in enumerate(sprites):
        row, column = divmod(number, per_row)
        x = (column + row * 0.5) * wide * 0.94 - (sprite.left + sprite.right) / 2
        y = -row * wide * 0.3 - (wide * 0.1 if column % 2 else 0)
        placed.append((y, sprite.moved(x, y)))
    placed.sort(key=lambda one: one[0])
    whole = placed[0][1]
    for _, sprite in placed[1:]:
        whole = whole.joined(sprite)
    whole = whole.moved(-(whole.left + whole.right) / 2, -whole.bottom)
    return whole.based((whole.right - whole.left) / 2)


def _is_looking(scene: Scene, number: int) -> bool:
    return any(
        one.subject == number and one.link is Link.FACING and is_landmark(scene.things[one.target])
        for one in scene.relations
    )


def _mounted(
    scene: Scene, base: Sprite, thing: Thing, rider: int, copy: int, look: int
) -> tuple[Sprite, set[int]]:
    """Set a rider on a mount; both look to the right."""
    subject = scene.things[rider]
    character = ON_FOUR_FEET[thing.key][0] if thing.key in ON_FOUR_FEET else thing.key
    across, down = back_of(character)
    mount = base.scaled(1.25 if base.height < 260 else 1.0, mirror=True)
    if subject.kind is Kind.FIGURE:
        seated, members = figure_with(scene, rider, Pose.RIDE, copy, look)
        seated = seated.scaled(0.92)
    else:
        top = thing_sprite(subject, None, copy, look)
        seated, members = top.scaled(min(1.0, mount.height * 0.7 / top.height)), {rider}
    seated = seated.scaled(SIZES.get(subject.size, 1.0))
    x = mount.right - mount.width * across
    return mount.joined(seated.moved(x, mount.top + mount.height * down + 4)), members


def _stack(
    scene: Scene, base: Sprite, number: int, rider: int, link: Link, look: int
) -> tuple[Sprite, set[int]]:
    """Draw what is on, in, under or behind a thing together with it."""
    subject, thing = scene.things[rider], scene.things[number]
    drawn = [_single(scene, rider, copy, look) for copy in range(subject.count)]
    members = set().union(*(one for _, one in drawn))
    top, middle = in_a_row([sprite for sprite, _ in drawn]), (base.left + base.right) / 2
    if link is Link.BEHIND:
        return base.joined(top.moved(base.right - top.left - top.width * 0.5, -16), is_behind=True), members
    if link is Link.UNDER:
        stretch = max(1.0, top.height * 1.8 / base.height)
        base = _sized(thing, 0, look, stretch) if thing.count == 1 else base.scaled(stretch)
        top = top.scaled(max(1.0, base.height * 0.17 / top.height))
        return base.joined(top.moved((base.left + base.right) / 2, 6)), members
    if link is Link.INSIDE:
        return _inside(base, top, thing), members
    limit = max(60.0, base.height * (0.62 if subject.size not in {"big", "giant"} else 0.9))
    if thing.size or subject.size:
        return base.joined(top.moved(middle, base.top + 5)), members
    if thing.kind is not Kind.MONUMENT:
        limit = max(limit, 90.0)
        base = base.scaled(max(1.0, top.width * 0.7 / base.width))
    shrink = (
        0.62 if thing.kind is Kind.MONUMENT and top.height * 0.62 < limit else min(1.0, limit / top.height)
    )
    # A bridge hangs lowest in its middle: what is on it stands there, not at its towers' height.
    floor = surface_at(base.body, round(middle)) if thing.kind is Kind.MONUMENT else None
    return base.joined(top.scaled(shrink).moved(middle, (base.top if floor is None else floor) + 5)), members


def _inside(base: Sprite, top: Sprite, thing: Thing) -> Sprite:
    """Let what is inside look out over the front edge."""
    middle = (base.left + base.right) / 2
    if thing.key == "hot_air_balloon":
        top = top.scaled(min(1.0, base.height * 0.2 / top.height, base.width * 0.24 / top.width))
        return base.joined(top.moved(middle, -base.height * 0.1), is_behind=True)
    base = base.scaled(min(1.8, max(1.0, top.width * 1.1 / base.width)))
    top = top.scaled(min(1.0, base.width * 0.84 / top.width))
    sunk = base.height - top.height * 0.45
    return base.joined(top.moved((base.left + base.right) / 2, -max(0.0, sunk)), is_behind=True)

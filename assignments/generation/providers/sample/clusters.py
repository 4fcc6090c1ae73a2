"""Things that belong together: a rider on a mount, a child with what it holds, a cat on a roof."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import Pose
from .scene import Kind, Link, Scene, Thing
from .sprites import (
    Sprite,
    back_of,
    balloon,
    emoji_sprite,
    figure_sprite,
    natural_height,
    thing_sprite,
    umbrella,
)

_HELD = {Link.HOLDING, Link.WEARING}
_STANDS_ON = {Link.ON, Link.RIDING}


@dataclass(frozen=True, slots=True)
class Cluster:
    """One group to be placed: its sprite and the number of the thing that it stands for."""

    sprite: Sprite
    number: int
    members: frozenset[int]


def build_clusters(scene: Scene) -> tuple[list[int], list[Cluster]]:
    """Return (numbers of monuments that stand free, clusters in the foreground)."""
    held = {one.target for one in scene.relations if one.link in _HELD}
    lifted = {one.subject for one in scene.relations if one.link in _STANDS_ON and one.target not in held}
    carriers = {one.target for one in scene.relations if one.link in _STANDS_ON}
    roots = [number for number in range(len(scene.things)) if number not in held and number not in lifted]
    if not roots and scene.things:
        roots = [0]
    monuments = [
        number for number in roots if scene.things[number].kind is Kind.MONUMENT and number not in carriers
    ]
    clusters = [_cluster(scene, number) for number in roots if number not in monuments]
    return monuments, clusters


def _cluster(scene: Scene, number: int) -> Cluster:
    thing = scene.things[number]
    riders = [one.subject for one in scene.relations if one.target == number and one.link in _STANDS_ON]
    members = {number}
    if thing.kind is Kind.FIGURE and (_carried(scene, number) or _is_looking(scene, number) or riders):
        sprite, with_it = _figure(scene, number, Pose.BACK if _is_looking(scene, number) else Pose.STAND)
        members |= with_it
    else:
        sprite = thing_sprite(thing, 420 if thing.kind is Kind.MONUMENT else None)
    for rider in riders[:3]:
        sprite, with_it = _mounted(scene, sprite, thing, rider)
        members |= with_it
    return Cluster(sprite, number, frozenset(members))


def _carried(scene: Scene, number: int) -> list[tuple[Link, int]]:
    return [(one.link, one.target) for one in scene.relations if one.subject == number and one.link in _HELD]


def _is_looking(scene: Scene, number: int) -> bool:
    return any(
        one.subject == number and one.link is Link.FACING and scene.things[one.target].kind is Kind.MONUMENT
        for one in scene.relations
    )


def _figure(scene: Scene, number: int, pose: Pose) -> tuple[Sprite, set[int]]:
    """Draw a figure with everything that it holds and wears."""
    carried = _carried(scene, number)
    in_hand = [target for link, target in carried if link is Link.HOLDING]
    sprite = figure_sprite(scene.things[number], pose, is_holding=bool(in_hand))
    for place, target in enumerate(in_hand[:2]):
        sprite = _hold(sprite, scene.things[target], is_second=place == 1)
    for link, target in carried:
        if link is Link.WEARING:
            sprite = _wear(sprite, scene.things[target])
    return sprite, {number} | {target for _, target in carried}


def _hold(holder: Sprite, thing: Thing, is_second: bool) -> Sprite:
    x, y = (-holder.hand[0] * 0.8, holder.hand[1] + 44) if is_second else holder.hand
    if thing.key == "☂":
        return holder.joined(umbrella(thing.colour).moved(x, y), is_behind=True)
    if thing.kind is Kind.MONUMENT:
        return holder.joined(thing_sprite(thing, 170).moved(x + 34, y + 4), is_behind=True)
    if thing.key == "🎈":
        return holder.joined(balloon(thing.colour).moved(x, y), is_behind=True)
    if thing.kind is Kind.FIGURE:
        small = thing_sprite(thing).scaled(0.5)
    else:
        small = emoji_sprite(thing.key, min(84.0, natural_height(thing)), thing.colour)
    if thing.key in {"🍭", "🪄", "🖌", "🎣"}:
        return holder.joined(small.moved(x - small.left - 8, y + 12))
    return holder.joined(small.moved(x + 4 + max(0.0, small.width / 2 - 26), y + small.height * 0.6))


def _wear(wearer: Sprite, thing: Thing) -> Sprite:
    if thing.kind is not Kind.EMOJI:
        return wearer
    if thing.key in {"👓", "🕶", "🥽"}:
        return wearer.joined(emoji_sprite(thing.key, 28, thing.colour).moved(2, -134))
    if thing.key in {"🧣", "👗", "👕", "🧥", "👘", "🎒"}:
        return wearer.joined(emoji_sprite(thing.key, 58, thing.colour).moved(0, -56))
    return wearer.joined(emoji_sprite(thing.key, 58, thing.colour).moved(0, min(-178.0, wearer.top + 24)))


def _mounted(scene: Scene, base: Sprite, thing: Thing, rider: int) -> tuple[Sprite, set[int]]:
    """Set a rider (or whatever stands there) on a base; animals look to the right like their riders."""
    subject = scene.things[rider]
    is_riding = subject.kind is Kind.FIGURE and any(
        one.subject == rider and one.link is Link.RIDING for one in scene.relations
    )
    if is_riding and thing.kind is Kind.EMOJI:
        across, down = back_of(thing.key)
        mount = base.scaled(1.25, mirror=True)
        seated, members = _figure(scene, rider, Pose.RIDE)
        x = mount.right - mount.width * across
        return mount.joined(seated.scaled(0.92).moved(x, mount.top + mount.height * down + 4)), members
    top, members = (
        _figure(scene, rider, Pose.STAND)
        if subject.kind is Kind.FIGURE and _carried(scene, rider)
        else (thing_sprite(subject), {rider})
    )
    limit = max(46.0, base.height * 0.42)
    top = top.scaled(min(1.0, limit / top.height)) if thing.kind is not Kind.MONUMENT else top.scaled(0.62)
    return base.joined(top.moved((base.left + base.right) / 2, base.top + 5)), members

"""Figures with what they hold and wear."""

from __future__ import annotations

from .figures import Pose
from .relations import FACEWEAR, ON_THE_FEET
from .scene import SIZES, Kind, Link, Scene, Thing
from .sprites import Sprite, emoji_sprite, figure_sprite, thing_sprite
from .svg import INK, group, line

_MOST_IN_HAND = 3
_LIGHT = frozenset({"🎈", "🪁"})


def carried(scene: Scene, number: int) -> list[tuple[Link, int]]:
    """Return (holding or wearing, number of the thing) for what a figure has on it."""
    return [
        (one.link, one.target)
        for one in scene.relations
        if one.subject == number and one.link in {Link.HOLDING, Link.WEARING}
    ]


def figure_with(scene: Scene, number: int, pose: Pose, copy: int, look: int) -> tuple[Sprite, set[int]]:
    """Draw the ``copy``-th of a figure with everything that it holds and wears.

    Of several figures one holds what there is one of; clothes and umbrellas are for each.
    """
    thing, own = scene.things[number], carried(scene, number)
    costume = next((scene.things[at] for link, at in own if scene.things[at].key == "hanbok"), None)
    in_hand = [at for link, at in own if link is Link.HOLDING]
    if copy:
        in_hand = [at for at in in_hand if scene.things[at].key == "☂" or scene.things[at].count > 1]
    sprite = figure_sprite(
        thing,
        pose,
        bool(in_hand),
        look + copy,
        costume="hanbok" if costume else "",
        dye=costume.colour if costume else "",
    )
    for place, at in enumerate(in_hand[:2]):
        sprite = _hold_all(sprite, scene.things[at], copy, scene.things[number].count, is_second=place == 1)
    for link, at in own:
        if link is Link.WEARING and scene.things[at].key != "hanbok":
            sprite = _wear(sprite, scene.things[at])
    return sprite, {number} | {at for _, at in own}


# Where a stone face wears its glasses: share of the height from the ground, share of the width.
_STONE_FACES = {
    "moai": (0.6, 0.26), "dolhareubang": (0.69, 0.5), "sphinx": (0.64, 0.17), "statue_of_liberty": (0.715, 0.34),
}  # fmt: skip


def adorned(scene: Scene, number: int, sprite: Sprite) -> Sprite:
    """Give a monument or an animal on four feet the hat, the glasses or the thing in hand that the words name."""
    for link, at in carried(scene, number):
        worn, key = scene.things[at], scene.things[number].key
        if link is Link.HOLDING:
            own = thing_sprite(worn)
            held = own.scaled(max(0.5, sprite.height * 0.3 / own.height) * SIZES.get(worn.size, 1.0))
            sprite = sprite.joined(held.moved(sprite.right * 0.82, -sprite.height * 0.3))
            continue
        middle = (sprite.left + sprite.right) / 2
        if worn.key in FACEWEAR:
            up, wide = _STONE_FACES.get(key, (0.8, 0.4))
            own = emoji_sprite(worn.key, sprite.height, worn.colour)
            glasses = emoji_sprite(worn.key, sprite.height * sprite.width * wide / own.width, worn.colour)
            x = middle - (0.13 * sprite.width if key == "sphinx" else 0)
            sprite = sprite.joined(glasses.moved(x, -sprite.height * up + glasses.height / 2))
        else:
            hat = emoji_sprite(worn.key, min(sprite.height * 0.24, sprite.width * 0.6), worn.colour)
            sprite = sprite.joined(hat.moved(middle, sprite.top + hat.height * 0.2))
    return sprite


def _hold_all(holder: Sprite, thing: Thing, copy: int, holders: int, is_second: bool) -> Sprite:
    """Put one, or a bunch, into a hand; several holders have one each."""
    bunch = 1 if holders > 1 else thing.count
    if thing.key in _LIGHT and bunch > 1:
        for number in range(bunch):
            turn = (number - (bunch - 1) / 2) * min(26.0, 90 / bunch)
            light = thing_sprite(thing, None, number)
            spread = Sprite(
                group(light.body, 0, -6 * (number % 2), turn=turn),
                light.left - 60,
                light.top,
                light.right + 60,
            )
            holder = holder.joined(spread.moved(*holder.hand), is_behind=True)
        return holder
    for number in range(min(bunch, _MOST_IN_HAND)):
        holder = _hold(holder, thing, is_second, copy + number, number * 30.0)
    return holder


def _hold(holder: Sprite, thing: Thing, is_second: bool, number: int, aside: float) -> Sprite:
    x, y = (-holder.hand[0] * 0.8, holder.hand[1] + 44) if is_second else holder.hand
    x, scale = x + aside, SIZES.get(thing.size, 1.0)
    if thing.key == "🪁":
        string = Sprite(line(f"M{x:.0f},{y:.0f} q20,-60 88,-128", INK, 2.2), x, y - 128, x + 88)
        kite = thing_sprite(thing, 110 * scale, number)
        return holder.joined(string, is_behind=True).joined(kite.moved(x + 96, y - 62), is_behind=True)
    if thing.key == "☂" or thing.key in _LIGHT:
        return holder.joined(thing_sprite(thing, None, number).scaled(scale).moved(x, y), is_behind=True)
    if thing.kind is Kind.MONUMENT:
        return holder.joined(thing_sprite(thing, 170 * scale).moved(x + 34, y + 4), is_behind=True)
    if thing.kind is Kind.FIGURE:
        small = thing_sprite(thing, None, number).scaled(0.5 * scale)
    else:
        whole = thing_sprite(thing, None, number)
        small = whole.scaled(min(1.0, 84.0 / whole.height) * scale)
    if thing.key in {"🍭", "🪄", "🖌", "🎣"}:
        return holder.joined(small.moved(x - small.left - 8, y + 12))
    return holder.joined(small.moved(x + 4 + max(0.0, small.width / 2 - 26), y + small.height * 0.6))


def _wear(wearer: Sprite, thing: Thing) -> Sprite:
    if thing.kind is not Kind.EMOJI:
        return wearer
    if thing.key in {"👓", "🕶", "🥽"}:
        return wearer.joined(emoji_sprite(thing.key, 28, thing.colour).moved(2, -134))
    if thing.key in {"🧣", "👗", "👕", "🧥", "👘", "🎒", "🥋", "🦺"}:
        return wearer.joined(emoji_sprite(thing.key, 58, thing.colour).moved(0, -56))
    if thing.key in ON_THE_FEET | {"🧤", "🎀"}:
        return wearer.joined(emoji_sprite(thing.key, 26, thing.colour).moved(8, 0))
    return wearer.joined(emoji_sprite(thing.key, 58, thing.colour).moved(0, min(-178.0, wearer.top + 24)))

"""From a student's words to a scene, in Korean and English."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .items import Item, find_items
from .lexicon import lexicon
from .relations import Mention, relate
from .scene import Kind, Scene, Thing
from .tokens import split_words

MOST_THINGS = 7

_KINDS = frozenset(Kind)
_SAID_ONCE = frozenset({"weather", "season", "place", "flower"})
# A number may stand this many unknown words before its noun: "three happy cats".
_REACH = 1


def read_scene(text: str) -> Scene:
    """Return what the words name; unknown words add nothing, so nothing false is drawn."""
    items = [item for item in find_items(split_words(text), lexicon()) if not item.is_left_out]
    return _build(items)


def left_out_of(text: str) -> frozenset[str]:
    """Return the keys of what the words take away: "개를 빼 줘", "without the dog"."""
    return frozenset(
        item.meaning.key for item in find_items(split_words(text), lexicon()) if item.is_left_out
    )


@dataclass(slots=True)
class _Adjectives:
    """What was said of the next noun so far."""

    colour: str = ""
    size: str = ""
    count: int = 0
    end: int = 0


@dataclass(slots=True)
class _Draft:
    """A scene while its words are being read."""

    scene: Scene = field(default_factory=Scene)
    things: list[Thing] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


def _build(items: list[Item]) -> Scene:
    draft, said = _Draft(), _Adjectives()
    for at, item in enumerate(items):
        group, key = item.meaning.group, item.meaning.key
        if group == "colour":
            if _colours_the_last(draft, items, at):
                continue
            said.colour = key
        elif group == "size":
            said.size = key
        elif group == "count":
            if item.is_ahead or not _counts_the_last(draft, items, at):
                said.count, said.end = item.count, item.end
            continue
        else:
            if group in _KINDS:
                _name(draft, item, at, said)
            else:
                _set(draft, group, key)
            said = _Adjectives()
        said.end = item.end
    relations = relate(draft.things, draft.mentions, items)
    return replace(draft.scene, things=tuple(draft.things), relations=relations)


def _name(draft: _Draft, item: Item, at: int, said: _Adjectives) -> None:
    """Note a thing; the same thing named again is the same one, not another."""
    count = said.count if item.at - said.end <= _REACH and said.count else item.count or 1
    thing = Thing(Kind(item.meaning.group), item.meaning.key, said.colour, count, said.size)
    alike = [number for number, one in enumerate(draft.things) if one.key == thing.key]
    number = next((n for n in alike if draft.things[n].colour == thing.colour or not thing.colour), None)
    if number is None:
        if len(draft.things) >= MOST_THINGS:
            return
        number = len(draft.things)
        draft.things.append(thing)
    draft.mentions.append(Mention(number, at, item.is_subject))


def _counts_the_last(draft: _Draft, items: list[Item], at: int) -> bool:
    """고양이 세 마리: the number right after a noun speaks of it."""
    last = draft.mentions[-1] if draft.mentions else None
    if last is None or last.at != at - 1 or items[at].at != items[at - 1].end:
        return False
    draft.things[last.number] = replace(draft.things[last.number], count=items[at].count)
    return True


def _colours_the_last(draft: _Draft, items: list[Item], at: int) -> bool:
    """고양이를 빨간색으로, "make the cat red": a colour right after its noun paints it."""
    last, item = (draft.mentions[-1] if draft.mentions else None), items[at]
    if last is None or last.at != at - 1 or item.at != items[at - 1].end:
        return False
    if not (item.token.text.endswith("로") if item.token.is_korean else item.following in {"", "and"}):
        return False
    draft.things[last.number] = replace(draft.things[last.number], colour=item.meaning.key)
    return True


def _set(draft: _Draft, group: str, key: str) -> None:
    scene = draft.scene
    if group == "moon":
        draft.scene = replace(scene, has_moon=True)
    elif group == "time" and scene.time in {"", "day"}:
        draft.scene = replace(scene, time=key)
    elif group in _SAID_ONCE and not getattr(scene, group):
        draft.scene = scene.saying(group, key)

"""What is in a picture, before anything is drawn."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

MOST_OF_ONE = 10
SIZES: Mapping[str, float] = MappingProxyType({"tiny": 0.45, "small": 0.7, "big": 1.4, "giant": 2.0})


class Kind(StrEnum):
    MONUMENT = "monument"
    FIGURE = "figure"
    EMOJI = "emoji"
    PROP = "prop"  # a thing that we draw ourselves


class Link(StrEnum):
    """How one thing stands to another."""

    BESIDE = "beside"
    ON = "on"
    UNDER = "under"
    INSIDE = "inside"
    ABOVE = "above"  # in the air over it
    IN_FRONT = "in_front"
    BEHIND = "behind"
    HOLDING = "holding"
    RIDING = "riding"
    WEARING = "wearing"
    FACING = "facing"


@dataclass(frozen=True, slots=True)
class Thing:
    """One kind of thing to draw.

    ``colour`` is hex, or "" for its own colours; ``count`` how many of it; ``size`` a key of ``SIZES`` or "".
    """

    kind: Kind
    key: str
    colour: str = ""
    count: int = 1
    size: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Thing number ``subject`` stands in ``link`` to thing number ``target``."""

    subject: int
    link: Link
    target: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture in words. "" means that the words did not say."""

    things: tuple[Thing, ...] = ()
    relations: tuple[Relation, ...] = ()
    time: str = ""
    weather: str = ""
    season: str = ""
    place: str = ""
    flower: str = ""
    has_moon: bool = False

    def keys(self) -> frozenset[str]:
        """Everything named in the scene, for asking whether something is in it."""
        said = (self.time, self.weather, self.season, self.place, self.flower)
        moon = ("moon_in_sky",) if self.has_moon else ()
        return frozenset({thing.key for thing in self.things} | {word for word in said if word} | set(moon))

    def saying(self, name: str, word: str) -> Scene:
        """Return the scene with its time, weather, season, place or flower set."""
        facts: dict[str, Any] = {name: word}
        return replace(self, **facts)

    def has_link(self, subject: str, link: Link, target: str) -> bool:
        return any(
            relation.link is link
            and self.things[relation.subject].key == subject
            and self.things[relation.target].key == target
            for relation in self.relations
        )

    def without(self, keys: frozenset[str]) -> Scene:
        """Return the scene with these things, times, weathers and places dropped."""
        kept = [number for number, thing in enumerate(self.things) if thing.key not in keys]
        renumbered = {old: new for new, old in enumerate(kept)}
        relations = tuple(
            Relation(renumbered[relation.subject], relation.link, renumbered[relation.target])
            for relation in self.relations
            if relation.subject in renumbered and relation.target in renumbered
        )
        said = {
            name: ""
            for name in ("time", "weather", "season", "place", "flower")
            if getattr(self, name) in keys
        }
        has_moon = self.has_moon and "moon_in_sky" not in keys
        things = tuple(self.things[number] for number in kept)
        return replace(self, things=things, relations=relations, has_moon=has_moon, **said)

    def changed_by(self, wish: Scene) -> Scene:
        """Return this scene edited: what the wish names is changed or added, the rest stays."""
        known = {thing.key: number for number, thing in enumerate(self.things)}
        things, places = list(self.things), []
        for thing in wish.things:
            if thing.key in known:
                number = known[thing.key]
                things[number] = _changed(things[number], thing)
            else:
                number = len(things)
                things.append(thing)
            places.append(number)
        relations = [
            Relation(places[relation.subject], relation.link, places[relation.target])
            for relation in wish.relations
        ]
        moved = {relation.subject for relation in relations}
        relations += [relation for relation in self.relations if relation.subject not in moved]
        said = {
            name: getattr(wish, name) or getattr(self, name)
            for name in ("time", "weather", "season", "place", "flower")
        }
        return Scene(tuple(things), tuple(relations), has_moon=self.has_moon or wish.has_moon, **said)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Scene:
        """Read a scene back.

        Raises:
            ValueError, KeyError, TypeError: the text is no scene.
        """
        facts: dict[str, Any] = json.loads(text)
        things = tuple(
            Thing(Kind(one["kind"]), one["key"], one["colour"], int(one["count"]), one["size"])
            for one in facts.pop("things")
        )
        relations = tuple(
            Relation(one["subject"], Link(one["link"]), one["target"]) for one in facts.pop("relations")
        )
        if any(not 0 <= end < len(things) for one in relations for end in (one.subject, one.target)):
            raise ValueError("A relation names a thing that is not there.")
        return cls(things, relations, **facts)


def _changed(thing: Thing, wish: Thing) -> Thing:
    return replace(
        thing,
        colour=wish.colour or thing.colour,
        count=wish.count if wish.count > 1 else thing.count,
        size=wish.size or thing.size,
    )

"""Which thing stands how to which, read from the words between them."""

from __future__ import annotations

from dataclasses import dataclass

from .items import Item
from .looks import ON_FOUR_FEET
from .scene import Kind, Link, Relation, Thing

MOUNTS = (
    frozenset("🐎🐪🦄🐉🦕🦖🐋🐳🐬🚲🛹🦒🐢🛵🏍🦓🐂🐃🦏🦛🐫🐊🦭🦘🐐🐏🦙🐆🛴🛷🚀🦅🦢🦈🐌🦣🧹🐴🫏")
    | ON_FOUR_FEET.keys()
)
HEADWEAR = frozenset("👑🎩🧢👒🎓⛑🪖")
ON_THE_FEET = frozenset("⛸🎿🛼👟🥾👢")
FACEWEAR = frozenset("👓🕶🥽")
CLOTHES = ON_THE_FEET | frozenset("👓🕶🥽🧣👗👕🧥👘🎒🧤🎀🥋🦺") | {"hanbok"}
VEHICLES = frozenset("🚗🚌🚂🚒🚓🚑🚕🚚🚜🛸✈🚁⛵🚢🚤🛶🚙🏎🚆🛥🚃🚄🚇🚛🛩🎡🎢") | {
    "hot_air_balloon", "submarine", "pirate_ship", "turtle_ship",
}  # fmt: skip
_TOYS_ON_STRINGS = frozenset("🪁🎈")
_LISTED = frozenset({"colour", "size", "count"})


@dataclass(frozen=True, slots=True)
class Mention:
    """Thing ``number`` named by item ``at``."""

    number: int
    at: int
    is_subject: bool


def relate(things: list[Thing], mentions: list[Mention], items: list[Item]) -> tuple[Relation, ...]:
    links = [
        (at, Link(item.meaning.key), item) for at, item in enumerate(items) if item.meaning.group == "link"
    ]
    targets: dict[int, Mention] = {}
    for at, _, item in links:
        target = _target(at, item.token.is_korean, mentions, items)
        if target is not None:
            targets[at] = target
    taken = {mention.at for mention in targets.values()}
    found: list[Relation] = []
    for at, link, item in links:
        if at not in targets:
            continue
        subject = _subject(at, targets[at], item.token.is_korean, mentions, taken)
        if subject is None or subject.number == targets[at].number:
            continue
        settled = _settle(link, things[subject.number], things[targets[at].number], item.token.text)
        relation = Relation(subject.number, settled, targets[at].number)
        is_told = any({one.subject, one.target} == {relation.subject, relation.target} for one in found)
        if not is_told:
            found.append(relation)
    return tuple(found)


def _target(at: int, is_korean: bool, mentions: list[Mention], items: list[Item]) -> Mention | None:
    """Korean puts the marker after its noun, English before it; adjectives and numbers may stand between."""
    step = -1 if is_korean else 1
    place = at + step
    while 0 <= place < len(items) and items[place].meaning.group in _LISTED:
        place += step
    return next((mention for mention in mentions if mention.at == place), None)


def _subject(
    at: int, target: Mention, is_korean: bool, mentions: list[Mention], taken: set[int]
) -> Mention | None:
    free = [mention for mention in mentions if mention.at not in taken]
    before = [mention for mention in free if mention.at < min(at, target.at)]
    after = [mention for mention in free if mention.at > max(at, target.at)]
    if not is_korean:
        return before[-1] if before else (after[0] if after else None)
    if before and before[-1].is_subject:
        return before[-1]
    return after[0] if after else (before[0] if before else None)


def _settle(link: Link, subject: Thing, target: Thing, word: str) -> Link:
    """Sitting on a horse is riding; standing under an umbrella is holding it."""
    is_figure = subject.kind is Kind.FIGURE
    if target.key == "☂" and link in {Link.WEARING, Link.UNDER}:
        return Link.HOLDING if is_figure else Link.UNDER
    if link in {Link.ON, Link.INSIDE} and is_figure and target.key in MOUNTS:
        return Link.RIDING
    if link is Link.RIDING and target.key in ON_THE_FEET:
        return Link.WEARING if is_figure else Link.BESIDE
    if link is Link.RIDING:
        return link if target.key in MOUNTS else Link.INSIDE if target.key in VEHICLES else Link.ON
    if word in {"날리는", "flying"} and target.key not in _TOYS_ON_STRINGS:
        return Link.RIDING if target.key in MOUNTS else Link.BESIDE
    if link is Link.INSIDE:
        return _within(is_figure, target)
    if link in {Link.HOLDING, Link.WEARING}:
        return _carrying(link, subject, target, word)
    return link


def _within(is_figure: bool, target: Thing) -> Link:
    if is_figure and target.key in HEADWEAR | CLOTHES:
        return Link.WEARING
    if target.key in {"🌳", "🌲", "🎄"}:
        return Link.ON
    return Link.INSIDE if target.kind is not Kind.FIGURE else Link.BESIDE


def _carrying(link: Link, subject: Thing, target: Thing, word: str) -> Link:
    is_figure, is_monument = subject.kind is Kind.FIGURE, subject.kind is Kind.MONUMENT
    if is_monument and link is Link.WEARING and target.key in HEADWEAR | FACEWEAR:
        return link
    if (
        link is Link.HOLDING
        and subject.kind in {Kind.EMOJI, Kind.MONUMENT}
        and target.kind in {Kind.EMOJI, Kind.PROP}
    ):
        return Link.BESIDE if word == "with" or target.key in MOUNTS else link
    if not is_figure or target.kind is Kind.FIGURE:
        return Link.BESIDE
    if link is Link.WEARING:
        return link if target.key in HEADWEAR | CLOTHES else Link.HOLDING
    is_too_large = target.key in MOUNTS or target.kind is Kind.MONUMENT
    return Link.BESIDE if word == "with" and is_too_large else link

"""From a student's words to a scene: plain look-up on whole words, in Korean and English."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .lexicon import Lexicon, Meaning, lexicon
from .scene import Kind, Link, Relation, Scene, Thing
from .tokens import Token, nouns_of, split_words

MOST_THINGS = 7

_THINGS = frozenset(Kind)
_NOT_THERE_KO = {"없는", "없이", "없고", "말고", "빼고", "아닌"}
_NOT_THERE_EN = {"no", "without", "not"}
_ARTICLES = {"a", "an", "the", "any", "his", "her", "their", "its"}
# 눈 is an eye, not snow, when the words around it say what eyes do or look like.
_EYE_VERBS = ("감", "뜨", "뜬", "큰", "크", "반짝이", "동그", "마주", "맑은", "초롱")
_EYE_LOOKS = ("큰", "파란", "동그란", "초롱초롱한", "맑은", "까만", "갈색", "반짝이는")
_SPEECH_VERBS = ("하", "없", "했", "걸", "안")
_SUBJECT_MARKS = {"은", "는", "이", "가", "들은", "들이"}
_NUMBERS_KO = {"한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "몇", "여러"}
_ON_GROUND_KO = ("달리", "걷", "걸어", "탐험", "여행", "밟", "뛰", "산책", "착륙")
MOUNTS = frozenset("🐎🐘🐪🦄🐉🦕🐄🐋🐬🚲🛹🦒🐢🐑🛵🏍🦓🦌🐂🐃🐖🦏🦛🐫🐊🦭🐴🚗🛶⛵🦘🐐🐏🦙🐅🐆🐕🐈🚜🛴🛷🐒")
_CAN_BE_HELD_KINDS = frozenset({Kind.EMOJI, Kind.MONUMENT})


@dataclass(frozen=True, slots=True)
class _Item:
    """One meaning at its place in the words."""

    meaning: Meaning
    token: Token
    previous: str
    following: str
    before_previous: str
    is_subject: bool = False


def read_scene(text: str) -> Scene:
    """Return what the words name; unknown words add nothing, so nothing false is drawn."""
    items = [item for item in _find_items(split_words(text), lexicon()) if not _is_left_out(item)]
    return _build(items)


def _find_items(tokens: tuple[Token, ...], words: Lexicon) -> list[_Item]:
    items: list[_Item] = []
    texts = [token.text for token in tokens]
    at = 0
    while at < len(tokens):
        length, meaning, is_subject = _longest(tokens, at, words)
        around = (
            texts[at - 1] if at else "",
            texts[at + length] if at + length < len(texts) else "",
            texts[at - 2] if at > 1 else "",
        )
        if meaning is not None:
            last = tokens[at + length - 1]
            items += [_Item(one, last, *around, is_subject) for one in _in_context(meaning, last, around)]
        elif tokens[at].is_korean and len(tokens[at].text) > 2:
            items += [_Item(inner, tokens[at], *around) for inner in _inside(tokens[at], words)]
        at += length
    return items


def _inside(token: Token, words: Lexicon) -> list[Meaning]:
    """Return what a word written together says: its nouns, or two known names that make it up."""
    for form in token.forms:
        for cut in range(2, len(form) - 1):
            first, second = words.korean.get(form[:cut]), words.korean.get(form[cut:])
            if first and second:
                return [first, second]
    found = ((noun, words.korean.get(noun)) for noun in nouns_of(token.text))
    return [inner for noun, inner in found if inner and (len(noun) > 1 or inner.group == "link")]


def _longest(tokens: tuple[Token, ...], at: int, words: Lexicon) -> tuple[int, Meaning | None, bool]:
    """Return (words used, meaning, whether it is marked as the subject) of the longest name that begins here."""
    is_korean = tokens[at].is_korean
    for length in range(min(words.most_words, len(tokens) - at), 0, -1):
        run = tokens[at : at + length]
        last = run[-1]
        if any(token.is_korean != is_korean for token in run) and not _is_mixed_name(run):
            continue
        table, gap = (words.korean, "") if last.is_korean else (words.english, " ")
        head = gap.join(token.text for token in run[:-1])
        for form in last.forms:
            meaning = table.get(f"{head}{gap}{form}" if head else form)
            if meaning and (len(head + form) > 1 or not last.is_korean or _is_noun(form, last)):
                return length, meaning, last.is_korean and last.text[len(form) :] in _SUBJECT_MARKS
    return 1, None, False


def _is_mixed_name(run: tuple[Token, ...]) -> bool:
    return run[0].text == "n" and run[-1].is_korean


def _is_noun(form: str, token: Token) -> bool:
    if form in {"든", "탄", "쓴", "쥔", "낀"} or form in {"옆", "위", "앞", "뒤", "곁"}:
        return True
    if form in {"흰"}:
        return True
    return form in nouns_of(token.text)


def _in_context(meaning: Meaning, token: Token, around: tuple[str, str, str]) -> list[Meaning]:
    """Settle words that mean two things by the words beside them."""
    previous, following, _ = around
    if meaning.group == "moon":
        return [_moon(token, around)]
    if meaning.key == "dog" and "개" in token.forms and previous in _NUMBERS_KO:
        return []
    if meaning == Meaning("weather", "snow") and "눈" in token.forms:
        is_eye = following.startswith(_EYE_VERBS) or previous in _EYE_LOOKS
        return [] if is_eye else [meaning]
    if (
        meaning.key == "🐎"
        and token.is_korean
        and token.forms[-1] == "말"
        and following.startswith(_SPEECH_VERBS)
    ):
        return []
    if meaning.key == "🍊" and token.text == "orange" and following not in {"", "and", "on", "in"}:
        return [Meaning("colour", "#e98b45")]
    if (
        meaning.key == "day"
        and meaning.group == "time"
        and previous in {"rainy", "snowy", "birthday", "every", "foggy"}
    ):
        return []
    return [meaning]


def _moon(token: Token, around: tuple[str, str, str]) -> Meaning:
    previous, following, before_previous = around
    if token.is_korean:
        stands = token.text in {"달에", "달에서", "달에는", "달위에", "달위의"} and not following.startswith(
            ("비친", "비치")
        )
        moves = token.text in {"달을", "달로"} and following.startswith(_ON_GROUND_KO)
        is_place = stands or moves or following in {"위", "위의", "위에", "위에서", "위를", "표면", "표면에"}
    else:
        before = before_previous if previous in _ARTICLES else previous
        is_place = before in {"on", "across", "onto", "to"}
    return Meaning("place", "moon") if is_place else Meaning("moon", "moon")


def _is_left_out(item: _Item) -> bool:
    if item.token.is_korean:
        return item.following in _NOT_THERE_KO
    return item.previous in _NOT_THERE_EN or (
        item.previous in _ARTICLES and item.before_previous in _NOT_THERE_EN
    )


@dataclass(slots=True)
class _Mention:
    number: int
    at: int
    is_subject: bool


def _build(items: list[_Item]) -> Scene:
    scene, colour = Scene(), ""
    things: list[Thing] = []
    mentions: list[_Mention] = []
    links: list[tuple[int, Link, bool]] = []
    for at, item in enumerate(items):
        group, key = item.meaning.group, item.meaning.key
        if group in _THINGS:
            thing = Thing(Kind(group), key, colour)
            if thing not in things and len(things) < MOST_THINGS:
                things.append(thing)
            if thing in things:
                mentions.append(_Mention(things.index(thing), at, item.is_subject))
        elif group == "link":
            links.append((at, Link(key), item.token.is_korean))
        elif group == "moon":
            scene = replace(scene, has_moon=True)
        elif group == "time" and (scene.time in {"", "day"}):
            scene = replace(scene, time=key)
        elif group in {"weather", "season", "place", "flower"} and not getattr(scene, group):
            scene = scene.saying(group, key)
        colour = key if group == "colour" else ""
    relations = _relate(things, mentions, links, items)
    return replace(scene, things=tuple(things), relations=relations)


def _relate(
    things: list[Thing], mentions: list[_Mention], links: list[tuple[int, Link, bool]], items: list[_Item]
) -> tuple[Relation, ...]:
    targets: dict[int, _Mention] = {}
    for at, _, is_korean in links:
        target = _target(at, is_korean, mentions, items)
        if target is not None:
            targets[at] = target
    taken = {mention.at for mention in targets.values()}
    found: list[Relation] = []
    for at, link, is_korean in links:
        if at not in targets:
            continue
        subject = _subject(at, targets[at], is_korean, mentions, taken)
        if subject is None or subject.number == targets[at].number:
            continue
        settled = _settle(link, things[subject.number], things[targets[at].number], items[at].token.text)
        relation = Relation(subject.number, settled, targets[at].number)
        if relation not in found:
            found.append(relation)
    return tuple(found)


def _target(at: int, is_korean: bool, mentions: list[_Mention], items: list[_Item]) -> _Mention | None:
    """Korean puts the marker after its noun, English before it; an adjective may stand between."""
    step = -1 if is_korean else 1
    place = at + step
    while 0 <= place < len(items) and items[place].meaning.group == "colour":
        place += step
    return next((mention for mention in mentions if mention.at == place), None)


def _subject(
    at: int, target: _Mention, is_korean: bool, mentions: list[_Mention], taken: set[int]
) -> _Mention | None:
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
    if link is Link.ON and subject.kind is Kind.FIGURE and target.key in MOUNTS:
        return Link.RIDING
    if link is Link.RIDING and target.kind is not Kind.EMOJI:
        return Link.ON
    if link is Link.WEARING and target.key in {"☂", "🎈"}:
        return Link.HOLDING
    if link is Link.HOLDING and (
        target.kind not in _CAN_BE_HELD_KINDS or (word == "with" and target.key in MOUNTS)
    ):
        return Link.BESIDE
    if link is Link.HOLDING and word in {"with", "under"} and target.kind is Kind.MONUMENT:
        return Link.BESIDE
    return link

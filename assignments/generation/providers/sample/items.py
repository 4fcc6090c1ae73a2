"""From words to meanings: plain look-up on whole words, settled by the words beside them."""

from __future__ import annotations

from dataclasses import dataclass

from .amounts import A_FEW, count_at, is_plural
from .lexicon import Lexicon, Meaning
from .scene import Kind, Link
from .tokens import Token, nouns_of
from .verbs import link_of

_NOT_THERE_KO = ("없는", "없이", "없고", "없애", "말고", "빼", "아닌", "지우", "지워", "치우", "치워", "삭제")
_NOT_THERE_EN = {"no", "without", "not", "remove", "delete", "erase"}
_ARTICLES = {"a", "an", "the", "any", "his", "her", "their", "its"}
# 눈 is an eye, not snow, when the words around it say what eyes do or look like.
_EYE_VERBS = ("감", "뜨", "뜬", "큰", "크", "반짝이", "동그", "마주", "맑은", "초롱")
_EYE_LOOKS = ("큰", "파란", "동그란", "초롱초롱한", "맑은", "까만", "갈색", "반짝이는")
_SPEECH_VERBS = ("하", "없", "했", "걸", "안")
_SUBJECT_MARKS = {"은", "는", "이", "가", "들은", "들이"}
_ON_GROUND_KO = ("달리", "걷", "걸어", "탐험", "여행", "밟", "뛰", "산책", "착륙")
_BODY_PARTS = ("눈", "귀", "코", "입", "손", "발", "꼬리", "목", "소리", "날개", "뿔")
# One-syllable words that are nouns or verbs of ours even where the dictionary reads an ending in them.
_SHORT_WORDS = frozenset("든탄쓴쥔낀옆위앞뒤곁안속밑흰큰연")
_MIND_A_FEW = frozenset({Kind.FIGURE, Kind.EMOJI, Kind.PROP})


@dataclass(frozen=True, slots=True)
class Item:
    """One meaning at its place in the words.

    ``at`` numbers its first word and ``end`` the word after it. ``count`` is 0 where the word says none;
    ``is_ahead`` marks a number that speaks of what follows.
    """

    meaning: Meaning
    token: Token
    previous: str
    following: str
    before_previous: str
    at: int
    end: int
    is_subject: bool = False
    count: int = 0
    is_ahead: bool = True

    @property
    def is_left_out(self) -> bool:
        if self.token.is_korean:
            return self.following.startswith(_NOT_THERE_KO)
        return self.previous in _NOT_THERE_EN or (
            self.previous in _ARTICLES and self.before_previous in _NOT_THERE_EN
        )


@dataclass(frozen=True, slots=True)
class _Found:
    length: int
    meaning: Meaning | None
    form: str = ""
    is_subject: bool = False


def find_items(tokens: tuple[Token, ...], words: Lexicon) -> list[Item]:
    """Return every meaning in the order of the words; unknown words give none."""
    items: list[Item] = []
    texts = [token.text for token in tokens]
    at = 0
    while at < len(tokens):
        found = _longest(tokens, at, words)
        counted, count, is_ahead = (0, 1, True) if found.length > 1 else count_at(tokens, at)
        length = counted or found.length
        around = (
            texts[at - 1] if at else "",
            texts[at + length] if at + length < len(texts) else "",
            texts[at - 2] if at > 1 else "",
        )
        last = tokens[at + length - 1]
        if counted:
            meanings = [Meaning("count", str(count))]
        elif found.meaning:
            meanings = _in_context(found.meaning, last, around)
            count = A_FEW if _says_several(found, last) else 0
        else:
            meanings, count = _unlisted(tokens[at], words), 0
        items += [
            Item(one, last, *around, at, at + length, found.is_subject, count, is_ahead) for one in meanings
        ]
        at += length
    return items


def _says_several(found: _Found, last: Token) -> bool:
    return found.meaning is not None and found.meaning.group in _MIND_A_FEW and is_plural(last, found.form)


def _unlisted(token: Token, words: Lexicon) -> list[Meaning]:
    """Return what a word that no list holds still says: a verb that binds two things, or nouns written together."""
    if not token.is_korean:
        return []
    link = link_of(token.text)
    if link:
        return [Meaning("link", link)]
    return _inside(token, words) if len(token.text) > 2 else []


def _inside(token: Token, words: Lexicon) -> list[Meaning]:
    """Return what a word written together says: its nouns, or two known names that make it up."""
    for form in token.forms:
        for cut in range(2, len(form) - 1):
            first, second = words.korean.get(form[:cut]), words.korean.get(form[cut:])
            if first and second:
                return [first, second]
    found = ((noun, words.korean.get(noun)) for noun in nouns_of(token.text))
    return [inner for noun, inner in found if inner and (len(noun) > 1 or inner.group == "link")]


def _longest(tokens: tuple[Token, ...], at: int, words: Lexicon) -> _Found:
    """Return the longest name that begins here."""
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
                is_subject = last.is_korean and last.text[len(form) :] in _SUBJECT_MARKS
                return _Found(length, meaning, form, is_subject)
    return _Found(1, None)


def _is_mixed_name(run: tuple[Token, ...]) -> bool:
    """A Korean name may begin with a letter or a number: N서울타워, 63빌딩."""
    return len(run) == 2 and run[0].text in {"n", "63"} and run[-1].is_korean


def _is_noun(form: str, token: Token) -> bool:
    return form in _SHORT_WORDS or form in nouns_of(token.text)


def _in_context(meaning: Meaning, token: Token, around: tuple[str, str, str]) -> list[Meaning]:
    """Settle words that mean two things by the words beside them."""
    previous, following, _ = around
    if meaning.group == "moon":
        return [_moon(token, around)]
    if meaning == Meaning("weather", "snow") and "눈" in token.forms:
        is_eye = following.startswith(_EYE_VERBS) or previous in _EYE_LOOKS
        return [] if is_eye else [meaning]
    if meaning.group == "size" and previous.startswith(_BODY_PARTS) and previous.endswith(("이", "가")):
        return []
    is_speech = meaning.key == "🐎" and token.is_korean and token.forms[-1] == "말"
    if is_speech and following.startswith(_SPEECH_VERBS):
        return []
    if meaning.key == "🍊" and token.text == "orange" and following not in {"", "and", "on", "in"}:
        return [Meaning("colour", "#e98b45")]
    if meaning == Meaning("time", "day") and previous in {"rainy", "snowy", "birthday", "every", "foggy"}:
        return []
    if meaning.key == "clouds" and _is_sky_above(token, around):
        return []
    if meaning == Meaning("link", Link.ON) and following.startswith(("나는", "날", "떠", "뜬", "뜨", "둥둥")):
        return [Meaning("link", Link.ABOVE)]
    return [meaning]


def _is_sky_above(token: Token, around: tuple[str, str, str]) -> bool:
    """A blue sky, or the sky that something is under, is no place to float in."""
    previous, following, before_previous = around
    if "하늘" in token.forms:
        return following.startswith(("아래", "밑", "을배경")) or previous in {
            "파란",
            "푸른",
            "맑은",
            "높은",
            "가을",
        }
    is_over = "under" in {previous, before_previous}
    return token.text == "sky" and (is_over or previous in {"blue", "clear", "starry", "night", "sunny"})


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

import re
import unicodedata
from functools import lru_cache

import emoji

# Letters and marks drawn as nothing: Hangul fillers, the Braille blank, Khmer inherent vowels, variation selectors
# of Mongolian and ideographs. The source is Unicode's Default_Ignorable_Code_Point, and the Braille blank.
_BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
_JOINERS = "\u200d\ufe0e\ufe0f"
_PICTURES = "\u2190-\u21ff\u231a-\u23ff\u25aa-\u2767\u2794-\u27bf\u2b05-\u2bff\U0001f300-\U0001faff"
# A joiner between emoji and the choice of an emoji's dress belong to the picture; elsewhere they only hide something.
_STRAY = re.compile(
    rf"(?<![{_PICTURES}])[\ufe0e\ufe0f](?!\u20e3)|\u200d(?![{_PICTURES}])"
    rf"|(?<![{_PICTURES}])(?<![{_PICTURES}][\ufe0e\ufe0f])\u200d"
)
_PLAIN = re.compile(r"[가-힣ㄱ-ㅣ -~]*")


@lru_cache(maxsize=8_192)
def is_unseen(character: str) -> bool:
    """Whether a character is drawn as nothing, or has no agreed drawing: it can only hide something or part a word.

    White space is seen, and so are emoji newer than the Unicode tables of this Python.
    """
    if character.isspace():
        return False
    category = unicodedata.category(character)
    if category == "Cn":
        return character not in emoji.EMOJI_DATA
    return category in ("Cc", "Cf", "Cs", "Co") or character in _BLANKS


def visible_line(text: str) -> str:
    """What a reader sees of a text, on one line: nothing unseen, each run of white space one space, none at the ends.

    The policy judges a prompt so, and a prompt is sent so: what is judged is what is sent.
    """
    return text if _is_plain_line(text) else " ".join(visible_text(text).split())


def visible_text(text: str) -> str:
    """The same with line breaks and other white space as they are."""
    if _PLAIN.fullmatch(text):
        return text
    return _STRAY.sub("", "".join(sign for sign in text if sign in _JOINERS or not is_unseen(sign)))


def visible_places(text: str) -> list[int] | None:
    """Where each character of `visible_line` stands in the text (white space: its first), None if it is the text."""
    if _is_plain_line(text):
        return None
    places = [at for at, sign in enumerate(text) if sign in _JOINERS or not is_unseen(sign)]
    stray = {found.start() for found in _STRAY.finditer("".join(text[at] for at in places))}
    kept: list[int] = []
    for at in (at for index, at in enumerate(places) if index not in stray):
        if not text[at].isspace() or (kept and not text[kept[-1]].isspace()):
            kept.append(at)
    if kept and text[kept[-1]].isspace():
        kept.pop()
    return kept


def _is_plain_line(text: str) -> bool:
    return _PLAIN.fullmatch(text) is not None and "  " not in text and text == text.strip()

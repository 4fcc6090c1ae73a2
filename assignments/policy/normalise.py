import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from assignments.policy.visible import is_unseen

# Braces are not plain: a prompt is sent with round brackets in their place, and has to be read so.
_PLAIN = re.compile(r"[가-힣ㄱ-ㅣ -z|~]*")
_RUNS = re.compile(r"(?P<plain>[가-힣ㄱ-ㅣ -z|~]+)|.", re.DOTALL)
_BRACKETS = str.maketrans("{}‹›", "()<>")

# Letters of other scripts that are drawn like a Latin one. The source is the look of the common screen faces.
_LOOKALIKES = str.maketrans(
    "авсԁеһіјӏкмнорԛѕтхуѡгьпєёαβγδεηικμνοπρτυχωϲșłøđħıŧɑɡɩʟɴʀƙꜱᴀʙᴄᴅᴇɢʜᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢցĸ∅ꜰʏɪ",
    "abcdehijlkmhopqstxywrbneeabydenikmvonptuxwcslodhitagilnrksabcdeghjkmoptuvwzgkofyi",
)

_LEAD, _VOWEL, _TAIL = 0x1100, 0x1161, 0x11A7
LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
TAILS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_VOWEL_PAIRS = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
}
_TAIL_PAIRS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ", "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}  # fmt: skip
_PAIRED_TAILS = frozenset(_TAIL_PAIRS.values())
_LEAD_INDEX = {letter: index for index, letter in enumerate(LEADS)}
_VOWEL_INDEX = {letter: index for index, letter in enumerate(VOWELS)}
_TAIL_INDEX = {letter: index for index, letter in enumerate(TAILS)}

_LOOSE = re.compile(r"[ㄱ-ㅣ]")
# A loose vowel after a consonant, or one or two loose consonants after an open syllable; laughter is neither.
_JOINABLE = re.compile(
    r"[ㄱ-ㅎ][ .,\-_*/~]{0,2}[ㅏ-ㅣ]|[가-힣][ㄱ-ㅎ]{1,2}(?![ㄱ-ㅎ])|[가-힣][ㄱ-ㅎ]+[ㅏ-ㅣ]|"
    r"[가-힣][^가-힣a-z]{0,2}[ㄱ-ㅎ]"
)
# A gap before a whole syllable of jamo parts two syllables (ㅊㅗㅇ ㅊㅗㅇ); any other pulls one apart (ㅊ ㅗ ㅇ).
_LOOSE_GAP = re.compile(r"(?<=[ㄱ-ㅣ])[ .,\-_*/~]{1,2}(?=[ㄱ-ㅣ])(?![ㄱ-ㅎ][ㅏ-ㅣ])")


@dataclass(frozen=True, slots=True)
class Text:
    """Text made fit for matching, with the way back: character i came from `source[starts[i]:ends[i]]`.

    `starts` and `ends` are None where every character stands for itself.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span in the source of the half-open span `start`, `end` here (not empty)."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def is_joined(self, at: int) -> bool:
        """Whether a letter was put together from several characters."""
        return self.starts is not None and self.ends is not None and self.ends[at] - self.starts[at] > 1


def normalise(source: str) -> Text:
    """Fold a prompt: composed Hangul, small plain Latin letters, one kind of space, nothing invisible.

    Compatibility jamo stay as they are: composing ㅋㅏㄹ is a guess, made by `recompose` in a view of its own.
    """
    if _PLAIN.fullmatch(source):
        return Text(source.lower())
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for run in _RUNS.finditer(source):
        first, last = run.span()
        if run.lastgroup:
            letters += run.group().lower()
            starts += range(first, last)
            ends += range(first + 1, last + 1)
        else:
            _add_character(run.group(), first, letters, starts, ends)
    return Text("".join(letters), starts, ends)


def _add_character(
    character: str, index: int, letters: list[str], starts: list[int], ends: list[int]
) -> None:
    code = ord(character)
    if _VOWEL <= code < _VOWEL + 21 and letters and _LEAD <= ord(letters[-1]) < _LEAD + 19:
        letters[-1] = chr(0xAC00 + ((ord(letters[-1]) - _LEAD) * 21 + code - _VOWEL) * 28)
        ends[-1] = index + 1
    elif _TAIL < code <= _TAIL + 27 and letters and is_open(letters[-1]):
        letters[-1] = chr(ord(letters[-1]) + code - _TAIL)
        ends[-1] = index + 1
    else:
        folded = _fold(character)
        letters += folded
        starts += [index] * len(folded)
        ends += [index + 1] * len(folded)


def fold_term(text: str) -> str:
    """A line of a list in the same shape as a prompt's text, its spaces reduced to single ones."""
    folded = text.lower() if _PLAIN.fullmatch(text) else normalise(text).text
    return " ".join(folded.split()) if " " in folded else folded


def is_searchable(folded: str) -> bool:
    """Whether a folded term holds a letter, a digit or a sign beyond ASCII such as an emoji."""
    return folded[:1].isalnum() or any(
        character.isalnum() or (character > "\x7f" and unicodedata.category(character)[0] == "S")
        for character in folded
    )


def is_open(letter: str) -> bool:
    """Whether a letter is a Hangul syllable without a final consonant."""
    return "가" <= letter <= "힣" and (ord(letter) - 0xAC00) % 28 == 0


def split_syllable(letter: str) -> tuple[int, int, int]:
    """Indices into LEADS, VOWELS and TAILS of a Hangul syllable."""
    code = ord(letter) - 0xAC00
    return code // 588, code % 588 // 28, code % 28


def join_syllable(lead: int, vowel: int, tail: int) -> str:
    return chr(0xAC00 + (lead * 21 + vowel) * 28 + tail)


@lru_cache(maxsize=8_192)
def _fold(character: str) -> str:
    code = ord(character)
    if code < 128:
        if code < 32 or code == 127:
            return " " if character.isspace() else ""
        return character.lower().translate(_BRACKETS)
    if "가" <= character <= "힣" or "ㄱ" <= character <= "ㅣ":
        return character
    if 0x1F150 <= code <= 0x1F189:
        # Negative circled and squared capitals have no decomposition.
        return chr(ord("a") + (code - 0x1F150) % 32) if (code - 0x1F150) % 32 < 26 else character
    if character.isspace():
        return " "
    if is_unseen(character) or unicodedata.category(character) in ("Mn", "Me"):
        return ""
    if 0xFFA1 <= code <= 0xFFDC:
        return chr(int(unicodedata.decomposition(character).split()[1], 16))
    if 0x1100 <= code <= 0x11FF:
        return character
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF:
        return character
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKD", character))
    if len(folded) == 1 and folded != character and "가" <= folded <= "힣":
        return folded
    bare = "".join(
        mark for mark in unicodedata.normalize("NFKD", folded.lower()) if not unicodedata.combining(mark)
    )
    return unicodedata.normalize("NFC", bare.translate(_LOOKALIKES)).translate(_BRACKETS)


def recompose(text: Text) -> Text | None:
    """The view in which loose jamo are put together (카ㄹ to 칼, ㅋㅏㄹ to 칼), or None without loose jamo.

    Runs of consonants alone, such as laughter, stay as they are.
    """
    if not _LOOSE.search(text.text) or not _JOINABLE.search(text.text):
        return None
    starts = text.starts if text.starts is not None else list(range(len(text.text)))
    ends = text.ends if text.ends is not None else [start + 1 for start in starts]
    source = _drop_gaps(text.text, starts, ends)
    letters: list[str] = []
    kept_starts: list[int] = []
    kept_ends: list[int] = []
    index = 0
    while index < len(source):
        if (
            index + 1 < len(source)
            and "가" <= source[index][0] <= "힣"
            and not "ㄱ" <= source[index + 1][0] <= "ㅣ"
        ):
            letters.append(source[index][0])
            kept_starts.append(source[index][1])
            kept_ends.append(source[index][2])
            index += 1
            continue
        joined, used = _next_syllable(source, index, letters)
        if joined is None:
            letters.append(source[index][0])
            kept_starts.append(source[index][1])
            kept_ends.append(source[index][2])
            index += 1
        elif used < 0:
            letters[-1] = joined
            index -= used
            kept_ends[-1] = source[index - 1][2]
        else:
            letters.append(joined)
            kept_starts.append(source[index][1])
            index += used
            kept_ends.append(source[index - 1][2])
    return Text("".join(letters), kept_starts, kept_ends)


def _drop_gaps(text: str, starts: list[int], ends: list[int]) -> list[tuple[str, int, int]]:
    dropped = {at for gap in _LOOSE_GAP.finditer(text) for at in range(gap.start(), gap.end())}
    return [(letter, starts[at], ends[at]) for at, letter in enumerate(text) if at not in dropped]


def _next_syllable(
    source: list[tuple[str, int, int]], index: int, letters: list[str]
) -> tuple[str | None, int]:
    """What the jamo from `index` make: a new syllable and how many were used, or, with a negative count, the
    syllable before with its final consonant."""
    ahead = "".join(letter for letter, _, _ in source[index : index + 6])
    if ahead[0] in _LEAD_INDEX and len(ahead) > 1 and ahead[1] in _VOWEL_INDEX:
        vowel, used = ahead[1], 2
        if len(ahead) > 2 and ahead[1:3] in _VOWEL_PAIRS:
            vowel, used = _VOWEL_PAIRS[ahead[1:3]], 3
        tail, tail_used = _tail_of(ahead[used:])
        return join_syllable(_LEAD_INDEX[ahead[0]], _VOWEL_INDEX[vowel], tail), used + tail_used
    if letters and is_open(letters[-1]):
        tail, tail_used = _tail_of(ahead)
        if tail:
            return chr(ord(letters[-1]) + tail), -tail_used
    return None, 0


def _tail_of(ahead: str) -> tuple[int, int]:
    """The final consonant that a run of jamo begins with: its index and the letters used, zeros for none."""
    if ahead[:1] in _PAIRED_TAILS:
        return _TAIL_INDEX[ahead[0]], 1
    run = 0
    while run < len(ahead) and ahead[run] in _LEAD_INDEX:
        run += 1
    is_vowel_next = run < len(ahead) and ahead[run] in _VOWEL_INDEX
    free = run - 1 if is_vowel_next else run
    if free == 1 and ahead[0] in _TAIL_INDEX:
        return _TAIL_INDEX[ahead[0]], 1
    if free == 2 and ahead[:2] in _TAIL_PAIRS:
        return _TAIL_INDEX[_TAIL_PAIRS[ahead[:2]]], 2
    return 0, 0

import re
from collections.abc import Iterator
from functools import lru_cache

import emoji

from assignments.policy.compiled import Compiled
from assignments.policy.normalise import fold_term
from assignments.policy.scan_english import scan_english
from assignments.policy.scan_korean import Hit, scan_plain
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Rule

_EMOJI = re.compile("[\u231a-\u27bf\u2b05-\u2bff\U0001f000-\U0001faff]")


@lru_cache(maxsize=1)
def _own_names() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in read_rows("emoji.tsv")}


@lru_cache(maxsize=1)
def _load_korean() -> None:
    emoji.config.load_language("ko")


@lru_cache(maxsize=4_096)
def names_of(symbol: str) -> tuple[str, str]:
    """What an emoji shows, in Korean and English: in our own words, else by its CLDR names; empty if it has none."""
    own = _own_names().get(symbol)
    if own is not None:
        return own
    _load_korean()
    facts = emoji.EMOJI_DATA.get(symbol) or emoji.EMOJI_DATA.get(symbol + "\ufe0f") or {}
    korean, english = (str(facts.get(language, "")).strip(":").replace("_", " ") for language in ("ko", "en"))
    return korean, fold_term(english)


def scan_emoji(prompt: str, compiled: Compiled) -> Iterator[Hit]:
    """The patterns that name what an emoji shows, in either language; spans are of the prompt itself."""
    if prompt.isascii():
        return
    for found in _EMOJI.finditer(prompt):
        end = found.end()
        while end < len(prompt) and prompt[end] in "\ufe0e\ufe0f":
            end += 1
        for pattern in _patterns(found.group(), compiled):
            yield Hit(pattern, found.start(), end, Rule.EMOJI)


def _patterns(symbol: str, compiled: Compiled) -> tuple[int, ...]:
    known = compiled.emojis.get(symbol)
    if known is None:
        korean, english = names_of(symbol)
        hits = list(scan_english(english, compiled))
        if compiled.korean:
            hits += scan_plain(korean, compiled)
        known = compiled.emojis[symbol] = tuple(dict.fromkeys(hit.pattern for hit in hits))
    return known

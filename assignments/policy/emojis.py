import re
from collections.abc import Iterator
from functools import lru_cache

from assignments.policy.compiled import Compiled
from assignments.policy.scan_english import scan_english
from assignments.policy.scan_korean import Hit, scan_plain
from assignments.policy.shipped import read_rows
from assignments.policy.verdict import Rule

_EMOJI = re.compile("[\u231a-\u27bf\u2b05-\u2bff\U0001f000-\U0001faff]")


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in read_rows("emoji.tsv")}


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


def _patterns(emoji: str, compiled: Compiled) -> tuple[int, ...]:
    known = compiled.emojis.get(emoji)
    if known is None:
        korean, english = _names().get(emoji, ("", ""))
        hits = list(scan_english(english, compiled))
        if compiled.korean:
            hits += scan_plain(korean, compiled)
        known = compiled.emojis[emoji] = tuple(dict.fromkeys(hit.pattern for hit in hits))
    return known

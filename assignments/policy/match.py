import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from assignments.policy.compiled import Compiled, Phrase, compile_policy
from assignments.policy.emojis import scan_emoji
from assignments.policy.normalise import Text, normalise
from assignments.policy.scan_english import scan_english
from assignments.policy.scan_korean import (
    Hit,
    scan_jamo,
    scan_keys,
    scan_plain,
    scan_sound,
    scan_spaced,
)
from assignments.policy.scan_repeats import scan_repeated, scan_stretched
from assignments.policy.terms import Policy, Term
from assignments.policy.verdict import Match, Rule, hint_for

_PER_WORD = 24
_PER_LINE = 100  # a word told a hundred times is told
_SENTENCE_END = re.compile(r"[.!?。！？](?:\s|$)")
_ALNUM = re.compile(r"[a-z0-9]")


def find_terms(prompt: str, policy: Policy) -> tuple[Match, ...]:
    """Every line of the policy's list that the prompt holds, in order of place."""
    compiled = compile_policy(policy)
    if not compiled.phrases:
        return ()
    hits = _source_hits(prompt, compiled)
    found = {
        _match(prompt, policy.terms[phrase.line], start, end, rule)
        for phrase, start, end, rule in _assemble(prompt, hits, compiled)
    }
    return tuple(sorted(_longest(found), key=_order))


def _source_hits(prompt: str, compiled: Compiled) -> list[Hit]:
    """Hits of all patterns, in spans of the prompt as typed."""
    text = normalise(prompt)
    hits = [
        _located(hit, text) for hit in (*scan_english(text.text, compiled), *_literals(text.text, compiled))
    ]
    if compiled.korean:
        for scan in (scan_plain, scan_spaced, scan_repeated, scan_stretched, scan_sound):
            hits += (_located(hit, text) for hit in scan(text.text, compiled))
        hits += (_located(hit, view) for hit, view in scan_jamo(text, compiled))
        hits += scan_keys(prompt, text, compiled)
    hits += scan_emoji(prompt, compiled)
    return hits


def _located(hit: Hit, text: Text) -> Hit:
    start, end = text.span(hit.start, hit.end)
    return Hit(hit.pattern, start, end, hit.rule)


def _literals(text: str, compiled: Compiled) -> Iterator[Hit]:
    anywhere = compiled.anywhere
    for start, end, patterns in compiled.literals.iter(text):
        for pattern in patterns:
            if pattern in anywhere:
                yield Hit(pattern, start, end, Rule.ANYWHERE)
            elif _is_apart(text, start, end):
                yield Hit(pattern, start, end, Rule.WORD)


def _is_apart(text: str, start: int, end: int) -> bool:
    """Whether a term of digits or signs stands alone: no Latin letter or digit goes on where it begins or ends."""
    before = start > 0 and _ALNUM.match(text[start]) and _ALNUM.match(text[start - 1])
    after = end < len(text) and _ALNUM.match(text[end - 1]) and _ALNUM.match(text[end])
    return not before and not after


def _assemble(
    prompt: str, hits: Iterable[Hit], compiled: Compiled
) -> Iterator[tuple[Phrase, int, int, Rule]]:
    by_pattern: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits:
        by_pattern[hit.pattern].append(hit)
    if not by_pattern:
        return
    for phrase in compiled.phrases_of(by_pattern):
        if len(phrase.patterns) == 1:
            for hit in by_pattern[phrase.patterns[0]][:_PER_LINE]:
                yield phrase, hit.start, hit.end, hit.rule
        elif all(pattern in by_pattern for pattern in phrase.patterns):
            for start, end in _together(prompt, phrase, by_pattern):
                yield phrase, start, end, Rule.PHRASE


def _together(prompt: str, phrase: Phrase, by_pattern: dict[int, list[Hit]]) -> Iterator[tuple[int, int]]:
    """Spans in which all words of a phrase stand close together in one sentence, in any order."""
    groups = [sorted(set(by_pattern[pattern]), key=_hit_order)[:_PER_WORD] for pattern in phrase.patterns]
    for anchor in groups[0]:
        chosen = [anchor]
        for group in groups[1:]:
            free = [
                hit for hit in group if all(hit.end <= one.start or one.end <= hit.start for one in chosen)
            ]
            if not free:
                break
            chosen.append(min(free, key=lambda hit: (abs(hit.start - anchor.start), *_hit_order(hit))))
        if len(chosen) < len(groups) or (
            phrase.is_ordered and chosen != sorted(chosen, key=lambda hit: hit.start)
        ):
            continue
        chosen.sort(key=lambda hit: hit.start)
        gaps = [prompt[one.end : two.start] for one, two in itertools.pairwise(chosen)]
        if all(_is_close(gap, phrase.reach) for gap in gaps):
            yield chosen[0].start, max(hit.end for hit in chosen)


def _hit_order(hit: Hit) -> tuple[int, int, int]:
    # Every field takes part: hits that begin together would else stand in the order of their hashes.
    return hit.start, -hit.end, _RANK[hit.rule]


def _is_close(gap: str, reach: int) -> bool:
    # The particle on the word before belongs to it and is not a word between.
    between = gap.split()
    if gap and not gap[0].isspace() and between:
        between = between[1:]
    return len(between) <= reach and not _SENTENCE_END.search(gap)


def _match(prompt: str, term: Term, start: int, end: int, rule: Rule) -> Match:
    slice_ = prompt[start:end]
    return Match(
        term=None if term.is_secret else term.text,
        rule=rule,
        start=start,
        end=end,
        text=slice_,
        list_name=term.list_name,
        version=term.version,
        group=term.group,
        hint=hint_for(rule, term.group),
    )


def _longest(found: set[Match]) -> Iterator[Match]:
    """Of matches of the same line at overlapping places, the longest, so that a word is told once."""
    kept: dict[tuple[str | None, str, int, str], Match] = {}
    for match in sorted(found, key=lambda one: (one.start, -one.end, _RANK[one.rule])):
        line = (match.term, match.list_name, match.version, match.group)
        before = kept.get(line)
        if before is not None and match.start < before.end:
            if match.end - match.start > before.end - before.start:
                kept[line] = match
            continue
        if before is not None:
            yield before
        kept[line] = match
    yield from kept.values()


_RANK = {rule: rank for rank, rule in enumerate(Rule)}


def _order(match: Match) -> tuple[int, int, str, str, int, str]:
    return match.start, match.end, match.term or "", match.list_name, match.version, match.rule.value

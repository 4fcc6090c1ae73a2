import re
from collections.abc import Iterator

from assignments.policy.normalise import Text, fold_term
from assignments.policy.verdict import Match, Rule, hint_for


def scan_people(text: Text, prompt: str, names: tuple[str, ...], rule: Rule) -> Iterator[Match]:
    """Artists or people of an admin's list, with or without the spaces of their names; spans are of the prompt."""
    for name in names:
        folded = fold_term(name)
        if not folded:
            continue
        for found in _pattern(folded).finditer(text.text):
            start, end = text.span(*found.span())
            yield Match(name, rule, start, end, prompt[start:end], list_name=rule.value, hint=hint_for(rule))


def _pattern(name: str) -> re.Pattern[str]:
    # The regular expression module keeps compiled patterns itself.
    words = r"[\s\-·]*".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![a-z가-힣]){words}(?![a-z])")

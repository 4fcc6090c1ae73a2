"""What rules, lists and versions are called where teachers and admins read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from assignments import policy as engine

RULE_LABELS = {
    "word": gettext_lazy("the word itself"),
    "anywhere": gettext_lazy("the letters, anywhere"),
    "phrase": gettext_lazy("all words of the phrase"),
    "compound": gettext_lazy("part of a compound"),
    "inflection": gettext_lazy("an inflected form"),
    "lemma": gettext_lazy("another form of the word"),
    "derived": gettext_lazy("a word made from it"),
    "jamo": gettext_lazy("written in single letters"),
    "spacing": gettext_lazy("written apart or together"),
    "lookalike": gettext_lazy("letters that look alike"),
    "leet": gettext_lazy("digits for letters"),
    "repeat": gettext_lazy("stretched letters"),
    "emoji": gettext_lazy("an emoji of it"),
    "keys": gettext_lazy("Korean typed on Latin keys"),
    "sound": gettext_lazy("spelled by sound"),
    "too_long": gettext_lazy("too long"),
    "personal_phone": gettext_lazy("a telephone number"),
    "personal_rrn": gettext_lazy("a resident registration number"),
    "personal_email": gettext_lazy("an e-mail address"),
    "personal_address": gettext_lazy("a postal address"),
    "personal_account": gettext_lazy("an account name"),
    "personal_name": gettext_lazy("a name of this class"),
    "artist": gettext_lazy("a living artist"),
    "person": gettext_lazy("a real person"),
    "injection": gettext_lazy("words aimed at the model"),
    "self_harm": gettext_lazy("self-harm"),
    "threat": gettext_lazy("a threat"),
}
_VERSION_PART = re.compile(r"(school|class|policy):(\d+)")


@dataclass(frozen=True, slots=True)
class VersionPart:
    """One part of a verdict's version label: which list, and its number."""

    name: str
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A caught stretch of a prompt with its term and rule, and all the lists that say so, in words."""

    text: str
    term: str | None
    rule: str
    lists: str


def findings_of(matches: Iterable[Mapping[str, Any]]) -> list[Finding]:
    """Matches as they stand with a generation, those of the same stretch, term and rule joined."""
    lists: dict[tuple[int, int, str, str | None, str], list[str]] = {}
    for match in matches:
        key = (match["start"], match["end"], match["text"], match.get("term"), str(match["rule"]))
        lists.setdefault(key, []).append(list_label(match.get("list") or ""))
    return [
        Finding(text, term, rule_label(rule), ", ".join(dict.fromkeys(names)))
        for (_start, _end, text, term, rule), names in lists.items()
    ]


def rule_label(rule: str) -> str:
    return str(RULE_LABELS.get(str(rule), rule))


def list_label(name: str) -> str:
    """What the list of a match is called; rules that belong to no list are built in."""
    if name.startswith("group:"):
        return _("shipped group: %(group)s") % {"group": group_label(name.partition(":")[2])}
    return {
        "school": _("the school's list"),
        "class": _("the class's list"),
        "unsaved": _("not saved yet"),
    }.get(name, _("built in"))


def group_label(key: str) -> str:
    return engine.shipped.group_labels(language_of_page()).get(key, key)


def language_of_page() -> str:
    """The one of the engine's languages that the page is in."""
    return "ko" if (get_language() or "").startswith("ko") else "en"


def version_parts(label: str) -> tuple[VersionPart, ...]:
    """The versions that stand with a verdict, such as "school:12 class:3 policy:5", each in words."""
    words = {
        "school": _("school's list, version %(number)d"),
        "class": _("class's list, version %(number)d"),
        "policy": _("settings, version %(number)d"),
    }
    return tuple(
        VersionPart(name, int(number), words[name] % {"number": int(number)})
        for name, number in _VERSION_PART.findall(label)
    )

import re

from assignments.policy.english import lemma
from assignments.policy.shipped import alternatives
from assignments.policy.verdict import Match, Rule

_WORD = re.compile(r"\S+")
_ARTICLES = ("a", "an", "the", "his", "her", "their", "my", "our", "its", "this", "that")
_BEFORE_NOUN = (*_ARTICLES, "two", "three", "four", "some", "many", "with", "and", "of", "in")
_AFTER_NOUN = (
    "in", "on", "at", "by", "with", "near", "under", "over", "behind", "beside", "from", "of", "and", "to", "next",
    "inside", "above", "around", "across", "through", "between", "for", "who", "that", "is", "are", "",
)  # fmt: skip
_HOLDING = (
    "with",
    "holding",
    "carrying",
    "holds",
    "carries",
    "waving",
    "raising",
    "and",
    "hold",
    "or",
    "add",
    "draw",
    "put",
)
_DRINKING = (*_HOLDING, "drinking", "drinks", "enjoying", "drink")
_ADJECTIVES = (
    "naked", "nude", "drunk", "dead", "evil", "stupid", "dumb", "topless", "haunted", "brutal", "horror", "adult",
)  # fmt: skip
_ADJECTIVE_ENDINGS = ("y", "ed", "ing", "ous", "ent", "ic", "ful", "ish", "ly", "ist", "al")
_PEOPLE = ("er", "or", "ers", "ors", "man", "men", "ist", "ists", "assassin", "assassins")
# What is left of a fight is no kind picture, whatever stands before it: a friendly battle.
_EVENTS = re.compile(r"\b(?:(?:sword|gun)?fights?|battles?|wars?|attacks?|murders?|duels?|deaths?)\b", re.I)
_FRIENDLY = ("friendly", "cheerful", "bright")
# What a figure does instead: without an object, and with one.
_ALONE = ("smile", "dance", "wave")
_TO_OTHERS = ("hug", "greet", "help")
_FORMS = {
    "smile": ("smiling", "smiled", "smiles"), "dance": ("dancing", "danced", "dances"),
    "wave": ("waving", "waved", "waves"), "hug": ("hugging", "hugged", "hugs"),
    "greet": ("greeting", "greeted", "greets"), "help": ("helping", "helped", "helps"),
}  # fmt: skip


def reword_english(prompt: str, matches: tuple[Match, ...], choice: int) -> str:
    """The prompt without its refused words, still a whole sentence; empty where no rule can promise that.

    `choice` takes other words of the tables.
    """
    words = [(found.group(), found.start(), found.end()) for found in _WORD.finditer(prompt)]
    if len(words) < 2:
        return ""
    new: list[str] = [word for word, _, _ in words]
    for match in matches:
        first = next(index for index, word in enumerate(words) if match.start < word[2])
        last = next(index for index, word in enumerate(words) if match.end <= word[2])
        bare = [_bare(word) for word in new]
        changed = _change(bare, match, first, last, choice)
        if not changed:
            return ""
        is_begun = first == 0 or words[first - 1][0].endswith((".", "!", "?"))
        if is_begun and words[first][0][0].isupper():
            changed = changed[0].upper() + changed[1:]
        tail = re.search(r"[.,!?;:]*$", words[last][0])
        new[first : last + 1] = [changed + (tail.group() if tail else "")] + [""] * (last - first)
    worded = " ".join(word for word in new if word)
    return "" if _EVENTS.search(worded) else with_articles(worded)


def _bare(word: str) -> str:
    return word.strip(".,!?;:\"'()").lower()


def _change(words: list[str], match: Match, first: int, last: int, choice: int) -> str:
    """The word or words that take the place of one match, empty where none would fit."""
    before = words[first - 1] if first else ""
    after = words[last + 1] if last + 1 < len(words) else ""
    is_after_noun = after in _AFTER_NOUN or after.endswith("ing")
    if match.rule is Rule.EMOJI:
        return "a " + _thing(match.hint, choice) if is_after_noun and before not in _ARTICLES else ""
    word = words[first]
    if before in (*_ARTICLES, "") and not is_after_noun and after not in _ARTICLES and _is_adjective(word):
        return _FRIENDLY[choice]
    form = _verb_form(word, before)
    if form is not None and (before not in _BEFORE_NOUN or word.endswith("ing")):
        verbs = _ALONE if is_after_noun else _TO_OTHERS
        return _FORMS[verbs[choice]][form] if is_after_noun or after in _ARTICLES else ""
    return _noun(words, match, first, word, choice) if is_after_noun else ""


def _is_adjective(word: str) -> bool:
    return word in _ADJECTIVES or word.endswith(_ADJECTIVE_ENDINGS)


def _verb_form(word: str, before: str) -> int | None:
    """Which of the forms of `_FORMS` a verb has: -ing, past, or -s after its subject."""
    base = lemma(word)
    if word.endswith("ing"):
        return 0
    if base == word or word.endswith(("er", "y")):
        return None
    if word.endswith("s") and not base.endswith("s"):
        return 2 if before and before not in _BEFORE_NOUN else None
    return 1


def _noun(words: list[str], match: Match, first: int, word: str, choice: int) -> str:
    before = words[first - 1] if first else ""
    governing = next((one for one in reversed(words[:first]) if one not in (*_ARTICLES, *_FRIENDLY)), "")
    allowed = _DRINKING if match.hint == "substances" else _HOLDING
    if (
        first
        and governing
        and governing not in (*allowed, "two", "three", "some", "many")
        and (governing.endswith(("ing", "ed", "s")) or governing == "of")
    ):
        return ""
    is_person = word.endswith(_PEOPLE) and match.rule is not Rule.WORD
    things, people = alternatives(match.hint, "en")
    choices = people if is_person else things
    chosen = choices[choice % len(choices)]
    is_many = (word.endswith("s") and lemma(word) != word) or word == "knives"
    if is_many:
        return _plural(chosen)
    if before in (*_ARTICLES, *_FRIENDLY):
        return chosen
    return "a " + chosen if before in ("", *_HOLDING) else ""


def _thing(hint: str, choice: int) -> str:
    things, _ = alternatives(hint, "en")
    return things[choice % len(things)]


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("sh", "ch", "x", "s")) else "s")


def with_articles(text: str) -> str:
    """The article before each word as its sound wants it, and the case the prompt began with."""
    text = re.sub(r"\b([Aa])n?(?= [aeiouAEIOU])(?! (?:uni|one|use|eu))", r"\1n", text)
    return re.sub(r"\b([Aa])n(?= [^aeiouAEIOUh\W])", r"\1", text)

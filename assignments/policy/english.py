import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import simplemma

from assignments.policy.shipped import read_rows, species

WORD = re.compile(r"[a-z]+")
LONGEST_WORD = 32
"""Longer runs of Latin letters are taken as they are."""

# Plurals that have a life of their own: dice are no death.
_OWN_LEMMAS = frozenset(("dice",))
_VOWELS = "aeiou"

# Endings that make another word of the same thing, longest first.
_DERIVING = (
    "iness", "fully", "ously", "ently", "antly", "ingly", "iously", "liness", "ishly",
    "ness", "ment", "less", "like", "ship", "hood", "ers", "ors", "ist", "ism", "ity", "ish", "ous", "ful", "est",
    "ing", "ied", "ies", "ier", "ily", "ery", "ion", "ory",
    "ed", "er", "or", "ly", "es", "al", "ic", "ry", "en", "s", "y",
)  # fmt: skip
_NEGATING = ("less",)
_INFLECTING = frozenset(("ing", "ied", "ies", "ier", "ed", "es", "er", "en", "s", "est"))

# How a noun of state points to its adjective or verb (violence -> violent, nudity -> nude).
_NOUN_ENDINGS = (
    ("ence", ("ent",)), ("ance", ("ant",)), ("ity", ("", "e")), ("ness", ("",)), ("ism", ("ist",)),
    ("ion", ("", "e")), ("ation", ("e",)), ("iness", ("y",)),
)  # fmt: skip

_LEET = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "i", "|": "li", "+": "t", "€": "e", "£": "l", "¡": "i", "¢": "c",
}  # fmt: skip
LEET_TOKEN = re.compile(
    r"(?<![a-z0-9@$!|+€£¡¢])(?=[a-z]*[^a-z\s])[a-z0-9@$!|+€£¡¢]{3,32}(?![a-z0-9@$!|+€£¡¢])"
)
_MAX_VARIANTS = 48

_NOT_COMPOUNDING = frozenset([
    "the", "and", "her", "his", "its", "our", "are", "was", "has", "had", "not", "for", "but", "you",
    "she", "him", "who", "how", "why", "can", "may", "ion", "ing", "ist", "ish", "ness", "ment", "less",
    "able", "age", "ant", "ate", "ent", "ery", "est", "ful", "ial", "ian", "ier", "ily", "ine", "ion",
    "ism", "ity", "ive", "ize", "ous", "ure", "ward", "wise", "ern", "een", "end", "den", "son", "ton",
    "ham", "ley", "ville", "burg", "shire", "land", "ster", "ling", "ette", "aceous", "con", "dis",
    "mis", "non", "per", "pre", "pro", "sub", "sup", "tan", "ten", "ter", "ther", "tion", "una", "und",
    "inter", "over", "under", "out", "para", "anti", "micro", "macro", "multi", "semi", "tele", "auto",
    "trans", "super", "ultra",
])  # fmt: skip


@lru_cache(maxsize=50_000)
def is_known(word: str) -> bool:
    """Whether the lemma dictionary holds a word."""
    return len(word) <= LONGEST_WORD and simplemma.is_known(word, lang="en")


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    if word in _OWN_LEMMAS:
        return word
    return simplemma.lemmatize(word, lang="en").lower()


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, ...]]:
    """For each word, the words it is kin to: of its family, and the stem of an irregular form."""
    heads: dict[str, tuple[str, ...]] = {}
    for name in ("families.en.tsv", "irregular.en.tsv"):
        for head, members, *_ in read_rows(name):
            for word in members.split():
                heads[word] = (*heads.get(word, ()), head)
    return heads


@lru_cache(maxsize=50_000)
def token_bases(token: str) -> tuple[str, ...]:
    """The words a token may be a form of, nearest first: itself, its lemma, what it is derived from."""
    if len(token) > LONGEST_WORD:
        return (token,)
    found = dict.fromkeys((token, lemma(token), *_without_e(token)))
    for word in tuple(found):
        found.update(dict.fromkeys(_families().get(word, ())))
    for word in tuple(found):
        found.update(dict.fromkeys(_stripped(word, depth=2)))
    return tuple(found)


def _without_e(token: str) -> Iterator[str]:
    """The base of a form to which the lemma dictionary gives an e too many (mixe for mixes)."""
    for ending in ("es", "ed", "ing"):
        base = token.removesuffix(ending)
        if (
            base != token
            and base.endswith(("x", "ch", "sh", "ss", "zz"))
            and len(base) > 2
            and is_known(base)
        ):
            yield base


@lru_cache(maxsize=50_000)
def term_bases(term: str) -> tuple[str, ...]:
    """The words that stand for a term in the index: itself, its lemma, the adjective behind a noun of state."""
    found = dict.fromkeys((term, lemma(term)))
    for ending, replacements in _NOUN_ENDINGS:
        if term.endswith(ending) and len(term) - len(ending) >= 3:
            for replacement in replacements:
                base = term[: -len(ending)] + replacement
                if is_known(base) and len(base) >= 4:
                    found[base] = None
    return tuple(found)


def _stripped(word: str, depth: int) -> Iterator[str]:
    for ending in _DERIVING:
        if ending in _NEGATING or not word.endswith(ending) or len(word) - len(ending) < 3:
            continue
        stem = word[: -len(ending)]
        # A regular inflection of a word the dictionary knows was settled by its lemma; that is odd at times
        # (sweare for swearing), so a stem that would not double its last letter is tried all the same.
        if ending in _INFLECTING and is_known(word) and lemma(word) != word and not _keeps_its_end(stem):
            continue
        for base in _restored(stem, ending):
            if _is_other_word(word, base, ending):
                continue
            if (len(base) >= 4 or word[len(base) : len(base) + 1] == base[-1]) and is_known(base):
                yield base
                if depth > 1:
                    yield from _stripped(base, depth - 1)


def _is_other_word(word: str, base: str, ending: str) -> bool:
    """Whether a short word with an ending is likely a word of its own: hammer is no ham, sandal no sand.

    The kin of such short words are told one by one in `families.en.tsv`.
    """
    if len(base) > 4 or lemma(word) != word:
        return False
    is_doubled = len(base) == 3 and word[len(base) : len(base) + 1] == base[-1]
    return (is_doubled and ending in ("er", "ers", "ery", "en", "y", "or", "ie", "ing", "ed")) or ending in (
        "al", "ic", "ory", "ery", "ry", "en", "ion",
    )  # fmt: skip


def _keeps_its_end(stem: str) -> bool:
    """Whether a stem takes an ending without a change: it ends in two consonants, or in two vowels and one."""
    last = "".join("v" if letter in _VOWELS else "c" for letter in stem[-3:])
    return last.endswith("cc") or last == "vvc"


def _restored(stem: str, ending: str) -> Iterator[str]:
    if ending[0] == "i" and ending in ("ied", "ies", "ier", "ily", "iness"):
        yield stem + "y"
        return
    yield stem
    if ending[0] in _VOWELS + "y":
        yield stem + "e"
        if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            yield stem[:-1]


def leet_variants(token: str) -> Iterator[str]:
    """The words a token of letters, digits and signs may stand for; nothing for a token that is no such mixture."""
    core = token.strip("!|+$@") if token[-1] in "!|+" else token
    letters = sum(character.isalpha() for character in core)
    if not letters or letters == len(core) or len(core) < 3:
        return
    choices = [
        (_LEET.get(character, character) if not character.isalpha() else character) for character in core
    ]
    total = 1
    for choice in choices:
        total *= len(choice)
    if total > _MAX_VARIANTS:
        choices = [choice[0] for choice in choices]
    for combination in product(*choices):
        variant = "".join(combination)
        if variant.isalpha():
            yield variant


_RUN = re.compile(r"([a-z])\1+")


@lru_cache(maxsize=50_000)
def repeat_variants(token: str) -> tuple[str, ...]:
    """The words a token with stretched letters may stand for (knifeeee -> knife, bloood -> blood, gungun -> gun)."""
    if len(token) > LONGEST_WORD:
        return ()
    half, is_odd = divmod(len(token), 2)
    if half > 2 and not is_odd and token[:half] == token[half:] and not is_known(token):
        return (token[:half],)
    runs = [run for run in _RUN.finditer(token) if run.end() - run.start() > 2]
    if not runs and len(token) > 3 and not is_known(token) and not is_known(token.removesuffix("less")):
        runs = list(_RUN.finditer(token))
    if not runs or len(runs) > 5:
        return ()
    found: dict[str, None] = {}
    for lengths in product((1, 2), repeat=len(runs)):
        pieces, at = [], 0
        for run, length in zip(runs, lengths, strict=True):
            pieces += [token[at : run.start()], run.group(1) * length]
            at = run.end()
        found["".join(pieces) + token[at:]] = None
    found.pop(token, None)
    return tuple(found)


@lru_cache(maxsize=1)
def _closed_compounds() -> dict[tuple[str, str], frozenset[str]]:
    """For terms that are also an ending or the beginning of other words: what they do stand beside, by side."""
    return {(term, side): frozenset(words.split()) for term, side, words, *_ in read_rows("compounds.en.tsv")}


def is_compound_part(rest: str, term: str, is_rest_last: bool) -> bool:
    """Whether what is left of a word beside a term is a word of its own, so that the whole is a compound.

    A word that ends in the name of a kind of animal or plant names one of them (swordfish).
    """
    if is_rest_last and rest in ("man", "men"):
        return True
    closed = _closed_compounds().get((term, "first" if is_rest_last else "last"))
    if closed is not None:
        return rest in closed
    if is_rest_last and rest in species("en"):
        return False
    if len(rest) < (3 if len(term) > 3 else 4) or rest in _NOT_COMPOUNDING:
        return False
    is_plural = is_rest_last and rest.endswith("s") and lemma(rest) == rest[:-1]
    return is_known(rest) and (lemma(rest) == rest or rest == "men" or is_plural)


def splits(token: str) -> Iterator[tuple[str, str]]:
    """(part, rest) for every way to cut a word in two, the linking s of swordsman left out."""
    for cut in range(3, len(token) - 2):
        head, tail = token[:cut], token[cut:]
        yield head, tail
        yield tail, head
        if tail[0] == "s" and len(tail) > 3:
            yield head, tail[1:]

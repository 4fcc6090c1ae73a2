"""Korean verbs that bind two things, in whatever ending a child writes them: 먹는, 먹고, 먹는다, 먹었어요."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .scene import Link

_ENDING = r"(?:는|은|ㄴ|고|며|면서|던|다|는다|어|아|여|었|았|였|어요|아요|습니다|자|네)"
_STEMS: Mapping[Link, tuple[str, ...]] = {
    Link.HOLDING: (
        r"(?:먹|읽|안|껴안|쥐|잡|붙잡|끌어안)" + _ENDING,
        r"(?:들고|드는|든다|들었|들어|마시[는고며]|마신다|마셨|날리[는고며]|날린다|품[은고]|가지고|갖고)",
        r"(?:연주하|연주한|연주해|치[는고]|친다|불[고며]|부는|흔드|흔들|그리[는고]|던지)",
    ),
    Link.RIDING: (
        r"(?:타[고는며요]|탄다|탔|타면서|올라타|올라탄|올라탔|몰[고며]|모는|운전하|운전한|조종하)",
    ),
    Link.WEARING: (
        r"(?:쓰[고는며]|썼|쓴다|입[은고는었]|두르|둘렀|신[은고는었]|끼[고는]|꼈|매[고는]|맨|메[고는]|멘)",
    ),
    Link.FACING: (r"(?:바라|쳐다|올려다|내려다)(?:보|봐|봤|본)|(?:구경하|구경한|지켜보|보[고며]|본다)",),
    Link.ON: (r"(?:건너|건넌|올라가|올라간|오르|기어오)",),
    Link.ABOVE: (r"(?:뛰어넘|날아넘|넘어가)",),
}
_LINKS = tuple((link, re.compile("^(?:" + "|".join(stems) + ")")) for link, stems in _STEMS.items())


def link_of(word: str) -> Link | None:
    """Return what a Korean verb form says of two things; None for any other word."""
    return next((link for link, form in _LINKS if form.match(word)), None)

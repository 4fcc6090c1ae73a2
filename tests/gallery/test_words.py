"""No sign that a reader doesn't see stays in what people write for others."""

import pytest

from edu4all.web.problems import Invalid
from gallery.services.exhibitions import create_exhibition
from gallery.services.words import clean_line, clean_text
from tests.cast import Cast
from tests.gallery.works import hand_in_work, make_work


@pytest.mark.parametrize(
    "unseen",
    ["\u202e", "\u2067", "\u200b", "\u200d", "\u3164", "\u2800", "\u0378", "\x01", "\ue000", "\ud800"],
    ids=ascii,
)
def test_what_nobody_sees_is_not_kept(unseen: str) -> None:
    assert clean_line(f" {unseen}morning{unseen} \n walk ") == "morning walk"
    assert clean_text(f"one{unseen}\r\ntwo\u2028three") == "one\ntwo three"


def test_what_is_seen_stays() -> None:
    words = "경복궁 위의 👩\u200d🚀 and café ☀\ufe0f"
    assert clean_line(words) == words


@pytest.mark.django_db
def test_nothing_on_a_wall_is_written_backwards_or_parted_unseen(cast: Cast) -> None:
    picture = make_work(cast)
    for title in ("\u2066폭\u2069력", "kn\u3164ife"):
        with pytest.raises(Invalid) as refused:
            hand_in_work(cast, picture, title=title)
        assert refused.value.code == "words"
    work = hand_in_work(
        cast, picture, title="\u202e8765-4321-010", monument="\u202eefink", reflection="\u202ea"
    )
    assert (work.title, work.monument, work.reflection) == ("8765-4321-010", "efink", "a")
    exhibition = create_exhibition(
        classroom=cast.classroom, creator=cast.teacher, title="\u202eefink", text="\u202eefink"
    )
    assert (exhibition.title, exhibition.text) == ("efink", "efink")

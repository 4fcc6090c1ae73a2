"""What hangs on a wall, for whom, and how it comes off."""

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from assignments.models import ClassPolicy, HiddenPicture, Picture
from edu4all.accounts.models import Membership
from edu4all.web.problems import Invalid
from gallery.models import Exhibit
from gallery.services.exhibitions import create_exhibition, hang_pictures, open_exhibition, record_consent
from gallery.services.reviews import review_picture
from gallery.services.walls import walls_of
from tests.cast import Cast, make_assignment

from .works import costs_the_same, hand_in_work, make_students, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def hung(cast: Cast, work: Picture) -> Picture:
    review_picture(picture=work, reviewer=cast.teacher, decision="approve")
    return work


def wall_of(cast: Cast) -> str:
    return reverse("gallery:wall", args=[cast.classroom.pk])


def hanging(page) -> list[int]:
    return [picture.pk for picture in page.context["page"]]


def test_approved_pictures_hang_with_their_labels(cast: Cast, hung: Picture, visit: Callable) -> None:
    make_work(cast)
    make_work(cast, moderation="rejected")
    hand_in_work(cast, hung, title="Morning walk", monument="Eiffel Tower")
    page = visit(cast.student2).get(wall_of(cast))
    assert hanging(page) == [hung.pk]
    for words in ("Morning walk", "Bora", "Eiffel Tower"):
        assert words in page.content.decode()


def test_who_walks_along(cast: Cast, hung: Picture, visit: Callable) -> None:
    expected = {"student": 200, "teacher": 200, "admin": 200}
    outside = dict.fromkeys(
        ("student3", "teacher2", "stranger", "stranger_teacher", "stranger_admin", "operator"), 404
    )
    for name, status in (expected | outside).items():
        assert visit(getattr(cast, name)).get(wall_of(cast)).status_code == status, name


def test_a_closed_wall_shows_a_student_only_their_own(cast: Cast, hung: Picture, visit: Callable) -> None:
    ClassPolicy.objects.filter(classroom=cast.classroom).update(is_wall_open=False)
    assert hanging(visit(cast.student2).get(wall_of(cast))) == []
    assert hanging(visit(cast.student).get(wall_of(cast))) == [hung.pk]
    assert hanging(visit(cast.teacher).get(wall_of(cast))) == [hung.pk]


def test_what_somebody_hid_is_gone_for_them_alone(cast: Cast, hung: Picture, visit: Callable) -> None:
    HiddenPicture.objects.create(picture=hung, person=cast.student2)
    assert hanging(visit(cast.student2).get(wall_of(cast))) == []
    assert hanging(visit(cast.teacher).get(wall_of(cast))) == [hung.pk]


def test_one_press_takes_off_and_one_hangs_back(cast: Cast, hung: Picture, visit: Callable) -> None:
    client = visit(cast.teacher)
    assert "Take off the wall" in client.get(wall_of(cast)).content.decode()
    url = reverse("gallery:review", args=[hung.pk])
    back = f"{wall_of(cast)}?taken={hung.pk}"
    page = client.post(url, {"decision": "reject", "back": back}, follow=True)
    assert hanging(page) == []
    assert "Hang it back" in page.content.decode()
    assert hanging(visit(cast.student2).get(wall_of(cast))) == []
    page = client.post(url, {"decision": "approve", "back": wall_of(cast)}, follow=True)
    assert hanging(page) == [hung.pk]


def test_a_student_is_offered_hiding_and_not_taking_off(cast: Cast, hung: Picture, visit: Callable) -> None:
    theirs = visit(cast.student2).get(wall_of(cast)).content.decode()
    assert reverse("assignments:hide", args=[hung.pk]) in theirs
    assert reverse("gallery:review", args=[hung.pk]) not in theirs
    assert (
        reverse("assignments:hide", args=[hung.pk])
        not in visit(cast.student).get(wall_of(cast)).content.decode()
    )


def test_the_projector_shows_no_names_unless_asked(cast: Cast, hung: Picture, visit: Callable) -> None:
    client = visit(cast.teacher)
    assert "Bora" not in client.get(wall_of(cast), {"show": "projector"}).content.decode()
    assert "Bora" in client.get(wall_of(cast), {"show": "projector", "names": "1"}).content.decode()


def test_one_task_at_a_time(cast: Cast, hung: Picture, visit: Callable) -> None:
    other = make_work(cast, moderation="approved", assignment=make_assignment(cast.classroom, "A bridge"))
    client = visit(cast.student2)
    assert hanging(client.get(wall_of(cast))) == [other.pk, hung.pk]
    assert hanging(client.get(wall_of(cast), {"assignment": cast.assignment.pk})) == [hung.pk]
    assert hanging(client.get(wall_of(cast), {"assignment": cast.assignment2.pk})) == []
    assert client.get(wall_of(cast), {"assignment": "x", "page": "99"}).status_code == 200


def test_the_walls_lead_to_the_only_one_or_show_each(cast: Cast, hung: Picture, visit: Callable) -> None:
    url = reverse("gallery:walls")
    assert visit(cast.student).get(url).headers["Location"] == wall_of(cast)
    Membership.objects.create(user=cast.student, classroom=cast.classroom2)
    page = visit(cast.student).get(url)
    newest = {
        classroom.pk: [picture.pk for picture in pictures] for classroom, pictures in page.context["rows"]
    }
    assert newest == {cast.classroom.pk: [hung.pk], cast.classroom2.pk: []}


def test_queries_do_not_grow_with_the_wall(cast: Cast, hung: Picture, visit: Callable) -> None:
    def grow(start: int = 0, count: int = 20) -> None:
        for student in make_students(cast, count, start):
            hand_in_work(cast, make_work(cast, student=student, moderation="approved"))

    grow(0, 2)
    Membership.objects.create(user=cast.student2, classroom=cast.classroom2)
    costs_the_same(visit(cast.student2), wall_of(cast), lambda: grow(100))
    costs_the_same(visit(cast.teacher), wall_of(cast), lambda: grow(200))
    costs_the_same(visit(cast.student2), reverse("gallery:walls"), lambda: grow(300))


class TestHiddenByItsStudent:
    """A student's word about the own picture counts before the teacher's approval."""

    @pytest.fixture
    def withdrawn(self, cast: Cast, work: Picture) -> Picture:
        HiddenPicture.objects.create(picture=work, person=cast.student)
        return work

    def test_approved_it_still_hangs_nowhere_until_its_student_shows_it(
        self, cast: Cast, withdrawn: Picture, visit: Callable
    ) -> None:
        review_picture(picture=withdrawn, reviewer=cast.teacher, decision="approve")
        file = reverse("assignments:picture_file", args=[withdrawn.pk, "page"])
        for person in (cast.student2, cast.teacher):
            assert hanging(visit(person).get(wall_of(cast))) == []
        assert (
            visit(cast.student2).get(reverse("assignments:picture", args=[withdrawn.pk])).status_code == 404
        )
        assert visit(cast.student2).get(file).status_code == 404
        assert list(walls_of(cast.teacher).values_list("picture_count", flat=True)) == [0]
        assert visit(cast.student).post(reverse("assignments:unhide", args=[withdrawn.pk])).status_code == 302
        assert hanging(visit(cast.student2).get(wall_of(cast))) == [withdrawn.pk]
        assert list(walls_of(cast.teacher).values_list("picture_count", flat=True)) == [1]

    def test_it_is_not_shown_to_the_public(self, cast: Cast, hung: Picture, visit: Callable) -> None:
        show = create_exhibition(classroom=cast.classroom, creator=cast.teacher, title="Spring")
        hang_pictures(exhibition=show, actor=cast.teacher, pictures=[hung])
        record_consent(
            exhibit=show.exhibits.get(), actor=cast.teacher, consented_by="Kim", consented_at=date(2026, 1, 5)
        )
        open_exhibition(exhibition=show, actor=cast.teacher)
        assert Exhibit.objects.public().count() == 1
        HiddenPicture.objects.create(picture=hung, person=cast.student)
        assert Exhibit.objects.public().count() == 0
        page = visit(cast.teacher).get(reverse("gallery:exhibition", args=[show.pk]))
        assert page.context["shown_count"] == 0
        assert "Off the wall, so not shown" in page.content.decode()

    def test_it_is_not_offered_to_be_handed_in(self, cast: Cast, withdrawn: Picture, visit: Callable) -> None:
        other = make_work(cast)
        page = visit(cast.student).get(reverse("gallery:hand_in", args=[cast.assignment.pk]))
        assert list(page.context["pictures"]) == [other]
        with pytest.raises(Invalid):
            hand_in_work(cast, withdrawn)

    def test_at_a_glance_it_has_no_tick_and_approving_all_leaves_it(
        self, cast: Cast, withdrawn: Picture, visit: Callable
    ) -> None:
        other = make_work(cast)
        client = visit(cast.teacher)
        text = client.get(reverse("gallery:reviews"), {"view": "all"}).content.decode()
        assert f'value="{other.pk}"' in text
        assert f'value="{withdrawn.pk}"' not in text
        assert text.count("Its student has hidden it") == 1
        client.post(reverse("gallery:approve_many"), {"pictures": [withdrawn.pk, other.pk]})
        states = Picture.objects.in_bulk([withdrawn.pk, other.pk])
        assert (states[withdrawn.pk].moderation, states[other.pk].moderation) == ("shown", "approved")
        assert HiddenPicture.objects.get().answered_at is None

    def test_the_desk_says_so(self, cast: Cast, withdrawn: Picture, visit: Callable) -> None:
        text = visit(cast.teacher).get(reverse("gallery:reviews")).content.decode()
        assert "Its student has hidden it" in text
        assert "Its student sees it" not in text

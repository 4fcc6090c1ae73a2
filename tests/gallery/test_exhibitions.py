"""Works in public: approved, with consent on record, behind a link that can be closed."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assignments.models import Picture
from edu4all.accounts.models import AuditEvent
from edu4all.web.problems import Conflict, Invalid
from gallery.models import Exhibit, Exhibition
from gallery.services import exhibitions as service
from gallery.services.reviews import review_picture
from tests.cast import Cast, make_classroom

from .works import costs_the_same, hand_in_work, make_students, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibition(cast: Cast) -> Exhibition:
    return service.create_exhibition(
        classroom=cast.classroom, creator=cast.teacher, title="Monuments", text="Welcome!"
    )


def hang(cast: Cast, exhibition: Exhibition, *, has_consent: bool = True, **facts) -> Exhibit:
    picture = make_work(cast, moderation="approved", **facts)
    hand_in_work(cast, picture, title=f"Walk {picture.pk}")
    service.hang_pictures(exhibition=exhibition, actor=cast.teacher, pictures=[picture])
    exhibit = exhibition.exhibits.get(picture=picture)
    if has_consent:
        consent(cast, exhibit)
    return exhibit


def consent(cast: Cast, exhibit: Exhibit) -> None:
    day = timezone.localdate()
    service.record_consent(
        exhibit=exhibit, actor=cast.teacher, consented_by="mother, on paper", consented_at=day
    )


def public_url(exhibition: Exhibition) -> str:
    exhibition.refresh_from_db()
    return reverse("gallery:public_exhibition", args=[exhibition.key])


def file_url(exhibit: Exhibit, name: str = "page") -> str:
    key = Exhibition.objects.get(pk=exhibit.exhibition_id).key
    return reverse("gallery:public_file", args=[key, exhibit.pk, name])


class TestPublicPage:
    def test_shows_consented_works_without_names(self, cast: Cast, exhibition: Exhibition) -> None:
        shown = hang(cast, exhibition, has_files=True)
        unasked = hang(cast, exhibition, student=cast.student2, has_consent=False, has_files=True)
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        answer = Client().get(public_url(exhibition))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert f"Walk {shown.picture_id}" in text
        assert f"Walk {unasked.picture_id}" not in text
        assert "Bora" not in text
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex' in text
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer.headers["Cache-Control"]
        picture = Client().get(file_url(shown))
        assert picture.headers["Content-Type"] == "image/webp"
        assert b"trainedAlgorithmicMedia" in b"".join(picture.streaming_content)
        assert Client().get(file_url(unasked)).status_code == 404
        assert Client().get(file_url(shown, "thumb")).status_code == 404

    def test_a_name_stands_there_when_a_teacher_wrote_one(self, cast: Cast, exhibition: Exhibition) -> None:
        exhibit = hang(cast, exhibition)
        service.label_exhibit(exhibit=exhibit, actor=cast.teacher, title="Dog", artist_label="B., 9 years")
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        text = Client().get(public_url(exhibition)).content.decode()
        assert "B., 9 years" in text

    def test_a_childs_words_are_not_read_out(self, cast: Cast, exhibition: Exhibition) -> None:
        exhibit = hang(cast, exhibition, prompt="my brother Minjun and a dog")
        Picture.objects.filter(pk=exhibit.picture_id).update(alt_en="", alt_ko="")
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        assert "Minjun" not in Client().get(public_url(exhibition)).content.decode()

    @pytest.mark.parametrize("what", ["withdrawn", "off the wall", "taken out", "closed", "over"])
    def test_goes_at_once(self, cast: Cast, exhibition: Exhibition, what: str) -> None:
        exhibit = hang(cast, exhibition, has_files=True)
        other = hang(cast, exhibition, student=cast.student2, has_files=True)
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        page, file = public_url(exhibition), file_url(exhibit)
        assert b"".join(Client().get(file).streaming_content)
        acts: dict[str, Callable] = {
            "withdrawn": lambda: service.withdraw_consent(exhibit=exhibit, actor=cast.teacher),
            "off the wall": lambda: review_picture(
                picture=exhibit.picture, reviewer=cast.teacher, decision="reject"
            ),
            "taken out": lambda: service.take_down_exhibit(exhibit=exhibit, actor=cast.teacher),
            "closed": lambda: service.close_exhibition(exhibition=exhibition, actor=cast.teacher),
            "over": lambda: Exhibition.objects.update(ends_at=timezone.now()),
        }
        acts[what]()
        assert Client().get(file).status_code == 404
        answer = Client().get(page)
        if what in ("closed", "over"):
            assert answer.status_code == 404
        else:
            assert [shown.pk for shown in answer.context["exhibits"]] == [other.pk]

    def test_an_old_link_stays_dead_when_it_opens_again(self, cast: Cast, exhibition: Exhibition) -> None:
        hang(cast, exhibition)
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        old = public_url(exhibition)
        service.close_exhibition(exhibition=exhibition, actor=cast.teacher)
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        assert Client().get(old).status_code == 404
        assert Client().get(public_url(exhibition)).status_code == 200

    def test_a_file_of_one_exhibition_does_not_open_with_the_key_of_another(
        self, cast: Cast, exhibition: Exhibition
    ) -> None:
        closed = service.create_exhibition(classroom=cast.classroom, creator=cast.teacher, title="Closed")
        exhibit = hang(cast, closed, has_files=True)
        hang(cast, exhibition, student=cast.student2)
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        exhibition.refresh_from_db()
        assert (
            Client()
            .get(reverse("gallery:public_file", args=[exhibition.key, exhibit.pk, "page"]))
            .status_code
            == 404
        )


class TestConsent:
    def test_who_when_and_by_whom_are_on_record(self, cast: Cast, exhibition: Exhibition) -> None:
        exhibit = hang(cast, exhibition)
        exhibit.refresh_from_db()
        assert (exhibit.consented_by, exhibit.consent_recorded_by) == ("mother, on paper", cast.teacher)
        service.withdraw_consent(exhibit=exhibit, actor=cast.admin)
        exhibit.refresh_from_db()
        assert exhibit.consent_withdrawn_at is not None
        assert exhibit.consented_by == "mother, on paper"
        events = AuditEvent.objects.filter(verb__startswith="consent.").order_by("pk")
        assert [(event.verb, event.actor) for event in events] == [
            ("consent.recorded", cast.teacher),
            ("consent.withdrawn", cast.admin),
        ]

    @pytest.mark.parametrize(("who", "days"), [("  ", 0), ("mother", 1)])
    def test_nobody_or_a_day_to_come_is_no_consent(
        self, cast: Cast, exhibition: Exhibition, who: str, days: int
    ) -> None:
        exhibit = hang(cast, exhibition, has_consent=False)
        day = timezone.localdate() + timedelta(days=days)
        with pytest.raises(Invalid):
            service.record_consent(exhibit=exhibit, actor=cast.teacher, consented_by=who, consented_at=day)

    def test_nothing_opens_without_any(self, cast: Cast, exhibition: Exhibition) -> None:
        hang(cast, exhibition, has_consent=False)
        with pytest.raises(Conflict) as caught:
            service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        assert caught.value.code == "no_consent"

    def test_only_approved_pictures_of_the_class_hang_and_each_once(
        self, cast: Cast, exhibition: Exhibition
    ) -> None:
        foreign = make_work(cast, student=cast.student3, assignment=cast.assignment2, moderation="approved")
        pictures = [make_work(cast), make_work(cast, moderation="approved"), foreign]
        for expected in (1, 0):
            assert (
                service.hang_pictures(exhibition=exhibition, actor=cast.teacher, pictures=pictures)
                == expected
            )


class TestPages:
    def test_from_the_first_title_to_the_open_door(self, cast: Cast, visit: Callable) -> None:
        picture = make_work(cast, moderation="approved")
        client = visit(cast.teacher)
        data = {"classroom": cast.classroom.pk, "title": "Monuments", "text": ""}
        assert client.post(reverse("gallery:exhibitions"), data).status_code == 302
        exhibition = Exhibition.objects.get()
        page = reverse("gallery:exhibition", args=[exhibition.pk])
        client.post(reverse("gallery:hang", args=[exhibition.pk]), {"pictures": [picture.pk]})
        exhibit = exhibition.exhibits.get()
        client.post(
            reverse("gallery:label_exhibit", args=[exhibit.pk]), {"title": "Dog", "artist_label": "B."}
        )
        client.post(reverse("gallery:open_exhibition", args=[exhibition.pk]))
        exhibition.refresh_from_db()
        assert not exhibition.is_open
        day = date.today().isoformat()
        client.post(
            reverse("gallery:consent", args=[exhibit.pk]), {"consented_by": "father", "consented_at": day}
        )
        assert "Consent: father" in client.get(page).content.decode()
        client.post(reverse("gallery:open_exhibition", args=[exhibition.pk]), {"ends_on": day})
        assert public_url(exhibition) in client.get(page).content.decode()
        text = Client(headers={"accept-language": "ko"}).get(public_url(exhibition)).content.decode()
        assert "Dog" in text
        assert 'lang="ko"' in text

    def test_the_consent_is_recorded_with_the_name_written_beside_it(
        self, cast: Cast, exhibition: Exhibition, visit: Callable
    ) -> None:
        exhibit = hang(cast, exhibition, has_consent=False)
        client = visit(cast.teacher)
        page = client.get(reverse("gallery:exhibition", args=[exhibition.pk])).content.decode()
        record = reverse("gallery:consent", args=[exhibit.pk])
        form = page[page.index(f'action="{reverse("gallery:label_exhibit", args=[exhibit.pk])}"') :]
        assert f'formaction="{record}"' in form[: form.index("</form>")]
        written = {"title": "Dog", "artist_label": "B.", "consented_by": "father"}
        client.post(record, written | {"consented_at": "someday"})
        exhibit.refresh_from_db()
        assert (exhibit.artist_label, exhibit.is_consented) == ("", False)
        client.post(record, written | {"consented_at": date.today().isoformat()})
        exhibit.refresh_from_db()
        assert (exhibit.title, exhibit.artist_label, exhibit.is_consented) == ("Dog", "B.", True)

    def test_who_gets_in(self, cast: Cast, exhibition: Exhibition, visit: Callable) -> None:
        exhibit = hang(cast, exhibition)
        page = reverse("gallery:exhibition", args=[exhibition.pk])
        acts = [
            reverse(f"gallery:{name}", args=[exhibition.pk])
            for name in ("hang", "open_exhibition", "close_exhibition")
        ]
        acts += [
            reverse(f"gallery:{name}", args=[exhibit.pk])
            for name in ("label_exhibit", "consent", "withdraw_consent", "take_down")
        ]
        for name in ("student", "student2", "teacher2", "stranger_teacher", "stranger_admin", "operator"):
            client = visit(getattr(cast, name))
            assert client.get(page).status_code == 404, name
            assert {client.post(url).status_code for url in acts} == {404}, name
        assert visit(cast.student).get(reverse("gallery:exhibitions")).status_code == 403
        assert visit(cast.admin).get(page).status_code == 200
        exhibit.refresh_from_db()
        assert exhibit.is_consented

    def test_queries_do_not_grow_with_the_works(
        self, cast: Cast, exhibition: Exhibition, visit: Callable
    ) -> None:
        def grow(start: int = 0, count: int = 20) -> None:
            for place, student in enumerate(make_students(cast, count, start)):
                if place % 2:
                    hang(cast, exhibition, student=student)
                else:
                    make_work(cast, student=student, moderation="approved")

        grow(0, 4)
        service.open_exhibition(exhibition=exhibition, actor=cast.teacher)
        costs_the_same(
            visit(cast.teacher), reverse("gallery:exhibition", args=[exhibition.pk]), lambda: grow(100)
        )
        costs_the_same(visit(cast.teacher), reverse("gallery:exhibitions"), lambda: grow(200))
        costs_the_same(Client(), public_url(exhibition), lambda: grow(300))


def test_coming_from_a_class_it_is_chosen_already(cast: Cast, visit: Callable) -> None:
    make_classroom(cast.school, "5-1", teacher=cast.teacher, students=[], mode="at_once")
    client = visit(cast.teacher)
    for name in ("assignments:classroom", "gallery:wall"):
        page = client.get(reverse(name, args=[cast.classroom.pk])).content.decode()
        (address,) = re.findall(r'href="(/[^"]*exhibitions/\?class=\d+)"', page)
        assert f'<option value="{cast.classroom.pk}" selected>' in client.get(address).content.decode()

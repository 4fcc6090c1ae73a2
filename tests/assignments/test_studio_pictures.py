"""Pictures one by one: who sees them, how their bytes travel, hiding and telling."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from assignments.models import ClassPolicy, HiddenPicture, Picture
from assignments.services.moderation import moderate_picture
from tests.assignments.rows import make_generation, make_picture
from tests.cast import Cast


@pytest.fixture
def picture(cast: Cast) -> Picture:
    return make_picture(make_generation(cast))


def file_url(picture: Picture, name: str = "page") -> str:
    return reverse("assignments:picture_file", args=[picture.pk, name])


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def status_of(answer: Any) -> int:
    read(answer)
    return answer.status_code


def approve(picture: Picture) -> None:
    Picture.objects.filter(pk=picture.pk).update(moderation="approved")


class TestFile:
    def test_streams_webp_and_lets_nobody_keep_it_unasked(
        self, cast: Cast, picture: Picture, visit: Callable
    ) -> None:
        for name, width in (("thumb", 384), ("page", 960), ("large", 1536)):
            answer = visit(cast.student).get(file_url(picture, name))
            body = read(answer)
            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == "image/webp"
            assert answer.headers["Cache-Control"] == "private, no-cache"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Content-Disposition"] == "inline"
            assert int(answer.headers["Content-Length"]) == len(body)
            assert Image.open(io.BytesIO(body)).width == width

    def test_is_not_sent_twice(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        client = visit(cast.student)
        first = client.get(file_url(picture))
        read(first)
        again = client.get(file_url(picture), headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "private, no-cache"

    def test_what_was_taken_away_is_not_confirmed_either(
        self, cast: Cast, picture: Picture, visit: Callable
    ) -> None:
        client = visit(cast.student)
        first = client.get(file_url(picture))
        read(first)
        Picture.objects.filter(pk=picture.pk).update(moderation="rejected")
        again = client.get(file_url(picture), headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 404

    def test_who_sees_it(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        def status(person: Any) -> int:
            answer = visit(person).get(file_url(picture))
            return status_of(answer)

        outsiders = [
            cast.stranger,
            cast.stranger_teacher,
            cast.stranger_admin,
            cast.student3,
            cast.teacher2,
            cast.operator,
        ]
        for person in outsiders:
            assert status(person) == 404
        assert Client().get(file_url(picture)).status_code == 302
        assert [status(person) for person in (cast.student, cast.teacher, cast.admin)] == [200, 200, 200]
        assert status(cast.student2) == 404
        approve(picture)
        assert status(cast.student2) == 200
        assert [status(person) for person in outsiders] == [404] * len(outsiders)
        ClassPolicy.objects.update(is_wall_open=False)
        assert status(cast.student2) == 404

    @pytest.mark.parametrize("moderation", ["waiting", "rejected"])
    def test_its_student_waits_for_the_teacher(
        self, cast: Cast, picture: Picture, visit: Callable, moderation: str
    ) -> None:
        Picture.objects.filter(pk=picture.pk).update(moderation=moderation)
        assert visit(cast.student).get(file_url(picture)).status_code == 404
        assert visit(cast.student).get(reverse("assignments:picture", args=[picture.pk])).status_code == 404

    def test_sizes_that_are_not_there(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        assert visit(cast.student).get(file_url(picture, "huge")).status_code == 404
        for row in picture.files.all():
            default_storage.delete(row.file)
        assert visit(cast.student).get(file_url(picture)).status_code == 404
        assert visit(cast.student).get(reverse("assignments:download", args=[picture.pk])).status_code == 404


class TestPage:
    def page(self, client: Client, picture: Picture) -> Any:
        return client.get(reverse("assignments:picture", args=[picture.pk]))

    def test_tells_its_student_everything(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        Picture.objects.filter(pk=picture.pk).update(credits=["OpenMoji, CC BY-SA 4.0"], is_sample=True)
        text = self.page(visit(cast.student), picture).content.decode()
        for words in (
            "A dog beside the Eiffel Tower",
            "A dog beside a tall tower",
            "Sample",
            "OpenMoji",
            "A practice picture",
        ):
            assert words in text

    def test_classmates_see_the_picture_without_the_words(
        self, cast: Cast, picture: Picture, visit: Callable
    ) -> None:
        approve(picture)
        text = self.page(visit(cast.student2), picture).content.decode()
        assert "A dog beside a tall tower" in text
        assert "A dog beside the Eiffel Tower" not in text
        assert "Save a copy" not in text
        assert "Another one like it" not in text

    def test_speaks_of_it_in_the_readers_language(
        self, cast: Cast, picture: Picture, visit: Callable
    ) -> None:
        assert "높은 탑 옆의 개" in self.page(visit(cast.student, language="ko"), picture).content.decode()


class TestDownload:
    def test_is_a_marked_png_named_after_the_task(
        self, cast: Cast, picture: Picture, visit: Callable
    ) -> None:
        answer = visit(cast.student).get(reverse("assignments:download", args=[picture.pk]))
        assert answer.headers["Content-Type"] == "image/png"
        assert (
            f'filename="A_monument_in_another_place-{picture.pk}.png"'
            in answer.headers["Content-Disposition"]
        )
        assert "trainedAlgorithmicMedia" in Image.open(io.BytesIO(answer.content)).info["XML:com.adobe.xmp"]

    def test_korean_titles_make_good_names(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        type(cast.assignment).objects.filter(pk=cast.assignment.pk).update(title='낯선 곳의 "기념물"/../')
        header = (
            visit(cast.student)
            .get(reverse("assignments:download", args=[picture.pk]))
            .headers["Content-Disposition"]
        )
        assert header.startswith("attachment")
        assert "%EB%82%AF" in header
        assert "/" not in header

    def test_classmates_take_nothing_along(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        approve(picture)
        url = reverse("assignments:download", args=[picture.pk])
        assert visit(cast.student2).get(url).status_code == 403
        assert visit(cast.teacher).get(url).status_code == 200


class TestHide:
    def hide(self, client: Client, picture: Picture, **data: str) -> Any:
        return client.post(reverse("assignments:hide", args=[picture.pk]), data)

    def test_one_press_hides_it_and_tells(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        approve(picture)
        client = visit(cast.student2)
        for _ in range(2):
            assert "Your teacher knows" in self.hide(client, picture).content.decode()
        told = HiddenPicture.objects.get()
        assert (told.person, told.picture, told.answered_at) == (cast.student2, picture, None)
        assert client.get(file_url(picture)).status_code == 404
        assert status_of(visit(cast.student).get(file_url(picture))) == 200

    def test_can_be_undone(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        approve(picture)
        client = visit(cast.student2)
        self.hide(client, picture)
        answer = client.post(reverse("assignments:unhide", args=[picture.pk]), {"next": "/wall/"})
        assert answer.headers["Location"] == "/wall/"
        assert status_of(client.get(file_url(picture))) == 200

    def test_stays_once_a_teacher_has_answered(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        approve(picture)
        client = visit(cast.student2)
        self.hide(client, picture)
        HiddenPicture.objects.update(answered_at=timezone.now())
        assert client.post(reverse("assignments:unhide", args=[picture.pk])).status_code == 404
        assert HiddenPicture.objects.count() == 1

    def test_ones_own_picture_leaves_the_wall_of_the_studio(
        self, cast: Cast, picture: Picture, visit: Callable
    ) -> None:
        client = visit(cast.student)
        self.hide(client, picture)
        text = client.get(reverse("assignments:studio", args=[cast.assignment.pk])).content.decode()
        assert "You hid this picture" in text
        assert file_url(picture) not in text

    def test_a_fragment_for_the_wall(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        text = self.hide(visit(cast.student, htmx=True), picture).content.decode()
        assert "<html" not in text
        assert reverse("assignments:unhide", args=[picture.pk]) in text

    def test_never_leads_to_another_house(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        text = self.hide(visit(cast.student), picture, next="https://elsewhere.example/").content.decode()
        assert "elsewhere.example" not in text

    def test_is_for_those_who_see_it(self, cast: Cast, picture: Picture, visit: Callable) -> None:
        for person in (cast.student2, cast.stranger, cast.student3):
            assert self.hide(visit(person), picture).status_code == 404
            assert visit(person).post(reverse("assignments:unhide", args=[picture.pk])).status_code == 404
        assert self.hide(visit(cast.teacher), picture).status_code == 403
        assert not HiddenPicture.objects.exists()


class TestGivenBack:
    def look(self, cast: Cast, visit: Callable) -> str:
        return (
            visit(cast.student).get(reverse("assignments:studio", args=[cast.assignment.pk])).content.decode()
        )

    def test_the_reason_stays_though_other_tries_came_after(self, cast: Cast, visit: Callable) -> None:
        early = make_picture(make_generation(cast, prompt="A tower at noon"), has_files=False)
        make_picture(make_generation(cast, prompt="A tower at night"), has_files=False)
        moderate_picture(picture=early, decision="reject", reason="Read the task once more.")
        text = self.look(cast, visit)
        assert "Your teacher gave this picture back" in text
        assert text.count("Read the task once more.") == 2  # on the wall and in the list of tries
        assert "Given back" in text
        assert "Not drawn" not in text

    def test_the_newest_is_told_once_at_the_desk(self, cast: Cast, visit: Callable) -> None:
        picture = make_picture(make_generation(cast), has_files=False)
        moderate_picture(picture=picture, decision="reject")
        text = self.look(cast, visit)
        assert text.count("Your teacher gave this picture back") == 1
        assert "Ask your teacher why." in text

    def test_one_of_two_pictures_of_a_press(self, cast: Cast, visit: Callable) -> None:
        press = make_generation(cast, status="held")
        first, second = (
            make_picture(press, position=place, has_files=False, moderation="waiting") for place in range(2)
        )
        moderate_picture(picture=first, decision="reject", reason="A face can be seen.")
        moderate_picture(picture=second, decision="approve")
        assert "A face can be seen." in self.look(cast, visit)
        moderate_picture(picture=first, decision="approve")
        press.refresh_from_db()
        assert (press.status, press.refusal_reason) == ("ready", "")
        assert "gave this picture back" not in self.look(cast, visit)

from collections.abc import Callable

import pytest
from django.core.files.storage import default_storage

from assignments.models import HiddenPicture, Picture
from tests.cast import Cast
from tests.gallery.works import make_work

ROLES = ("student", "student2", "teacher", "admin", "teacher2", "student3", "stranger", "stranger_admin")
SEEN_BY = {
    "waiting": {"teacher", "admin"},
    "shown": {"student", "teacher", "admin"},
    "approved": {"student", "student2", "teacher", "admin"},
    "rejected": {"teacher", "admin"},
}


@pytest.mark.parametrize("moderation", SEEN_BY)
def test_moderation_alone_decides_who_sees_it(cast: Cast, program: Callable, moderation: str) -> None:
    picture = make_work(cast, moderation=moderation, has_files=True)
    for name in ROLES:
        client = program(getattr(cast, name))
        expected = 200 if name in SEEN_BY[moderation] else 404
        for address in (f"/api/v1/pictures/{picture.pk}/", f"/api/v1/pictures/{picture.pk}/file/"):
            assert client.get(address).status_code == expected, f"{name} {address}"


def test_tells_what_is_to_be_seen(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, moderation="approved", has_files=True)
    address = f"/api/v1/pictures/{picture.pk}/"
    body = program(cast.student).get(address).json()
    assert body == {
        "id": picture.pk,
        "width": 1536,
        "height": 864,
        "file": f"http://testserver/api/v1/pictures/{picture.pk}/file/",
        "alt": "A dog beside a tall tower",
    }
    assert program(cast.student, language="ko").get(address).json()["alt"] == "높은 탑 옆의 개"


def test_classmates_never_read_the_words_of_a_prompt(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, moderation="approved")
    Picture.objects.filter(pk=picture.pk).update(alt_en="", alt_ko="")
    address = f"/api/v1/pictures/{picture.pk}/"
    told = {
        name: program(getattr(cast, name)).get(address).json()["alt"]
        for name in ("student", "teacher", "student2")
    }
    assert told["student"] == told["teacher"] == picture.generation.prompt
    assert told["student2"] == "A picture from class"


def test_the_file_is_the_largest_marked_size(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, has_files=True)
    answer = program(cast.student).get(f"/api/v1/pictures/{picture.pk}/file/")
    data = b"".join(answer.streaming_content)
    largest = max(picture.files.all(), key=lambda file: file.width)
    assert len(data) == largest.size_bytes == int(answer["Content-Length"])
    assert answer["Content-Type"] == "image/webp"
    assert data[:4] == b"RIFF"
    assert b"trainedAlgorithmicMedia" in data
    assert answer["Cache-Control"] == "private, no-cache"
    assert {"Authorization", "Cookie"} <= {part.strip() for part in answer["Vary"].split(",")}
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_same_bytes_are_not_sent_twice(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, has_files=True)
    client, address = program(cast.student), f"/api/v1/pictures/{picture.pk}/file/"
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again["ETag"]) == (304, etag)
    Picture.objects.filter(pk=picture.pk).update(moderation="rejected")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 404


def test_an_image_may_be_asked_for_as_an_image(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, has_files=True)
    address = f"/api/v1/pictures/{picture.pk}/file/"
    assert program(cast.student).get(address, headers={"accept": "image/webp"}).status_code == 200
    assert program(cast.stranger).get(address, headers={"accept": "image/webp"}).status_code == 404


def test_a_picture_without_its_file_is_404(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, has_files=True)
    default_storage.delete(picture.files.get(name="large").file)
    client = program(cast.student)
    assert client.get(f"/api/v1/pictures/{picture.pk}/file/").status_code == 404
    bare = make_work(cast)
    assert client.get(f"/api/v1/pictures/{bare.pk}/file/").status_code == 404


def test_who_hid_a_picture_does_not_meet_it(cast: Cast, program: Callable) -> None:
    picture = make_work(cast, moderation="approved")
    HiddenPicture.objects.create(picture=picture, person=cast.student2)
    assert program(cast.student2).get(f"/api/v1/pictures/{picture.pk}/").status_code == 404

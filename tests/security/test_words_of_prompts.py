"""The words of a prompt are for its student and the teachers; classmates see pictures."""

import pytest
from django.urls import reverse

from assignments.models import Picture
from tests.cast import Cast
from tests.gallery.works import make_work

pytestmark = pytest.mark.django_db

WORDS = "my grandmother's old house in Busan"


@pytest.fixture
def undescribed(cast: Cast) -> Picture:
    """On the wall, from a model that doesn't say what is to be seen."""
    picture = make_work(cast, moderation="approved", has_files=True, prompt=WORDS)
    Picture.objects.filter(pk=picture.pk).update(alt_ko="", alt_en="")
    return picture


@pytest.mark.parametrize("show", ["", "projector"])
def test_a_classmate_reads_no_prompt_on_the_wall(cast: Cast, client, undescribed: Picture, show: str) -> None:
    client.force_login(cast.student2)
    page = client.get(reverse("gallery:wall", args=[cast.classroom.pk]), {"show": show})
    assert reverse("assignments:picture_file", args=[undescribed.pk, "large" if show else "page"]) in (
        page.content.decode()
    )
    assert "grandmother" not in page.content.decode()


def test_a_classmate_reads_no_prompt_beside_the_picture(cast: Cast, client, undescribed: Picture) -> None:
    client.force_login(cast.student2)
    page = client.get(reverse("assignments:picture", args=[undescribed.pk])).content.decode()
    assert "A picture from class" in page
    assert "grandmother" not in page


@pytest.mark.parametrize("name", ["student", "teacher"])
def test_its_student_and_the_teacher_do(cast: Cast, client, undescribed: Picture, name: str) -> None:
    client.force_login(getattr(cast, name))
    page = client.get(reverse("assignments:picture", args=[undescribed.pk])).content.decode()
    assert "grandmother&#x27;s old house" in page


def test_a_described_picture_says_so_to_everybody(cast: Cast, client) -> None:
    picture = make_work(cast, moderation="approved", has_files=True, prompt=WORDS)
    client.force_login(cast.student2)
    page = client.get(reverse("gallery:wall", args=[cast.classroom.pk])).content.decode()
    assert f'alt="{picture.alt_en}"' in page

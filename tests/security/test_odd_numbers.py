"""Numbers that no database can hold are answered like any other that leads nowhere."""

import pytest
from django.urls import reverse

from gallery.services.exhibitions import create_exhibition
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ODD = ["9" * 25, "9" * 5000, "-1", "１２", "1e5", "\x00", ""]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_number_of_a_colleague_is_nobody(cast: Cast, client, odd: str) -> None:
    client.force_login(cast.teacher)
    url = reverse("accounts:add_class_teacher", args=[cast.classroom.pk])
    assert client.post(url, {"teacher": odd}).status_code == 404


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_number_of_a_picture_hangs_nothing(cast: Cast, client, odd: str) -> None:
    client.force_login(cast.teacher)
    exhibition = create_exhibition(classroom=cast.classroom, creator=cast.teacher, title="Bridges")
    assert client.post(reverse("gallery:hang", args=[exhibition.pk]), {"pictures": odd}).status_code == 302
    assert not exhibition.exhibits.exists()

"""Looking at pictures: opening a file, taking a marked copy along, hiding one and telling the teacher."""

from __future__ import annotations

import logging
from typing import IO

from django.db.models import Q
from django.utils.translation import gettext as _

from assignments.generation import images, storing
from assignments.models import HiddenPicture, Picture, PictureFile
from edu4all.accounts.models import User
from edu4all.web.problems import NotAllowed, Unavailable

logger = logging.getLogger(__name__)


def open_file(picture_file: PictureFile) -> IO[bytes]:
    """The bytes of a derived size, as an open file.

    Raises:
        FileNotFoundError: the storage doesn't have it.
        Unavailable: the storage doesn't answer.
    """
    try:
        return storing.open_stored(picture_file.file)
    except storing.StorageFailed as error:
        logger.error("picture file %s can't be read: %s", picture_file.pk, error)
        raise Unavailable(_("The picture is safe, but it can't be fetched right now.")) from error


def make_download(picture: Picture, language: str) -> bytes:
    """A PNG to take away, with a seal that a person sees and a mark that a machine reads.

    Raises:
        FileNotFoundError: the storage doesn't have the picture's largest size.
        Unavailable: the storage doesn't answer.
    """
    largest = picture.files.filter(name="large").first()
    if largest is None:
        raise FileNotFoundError(picture.pk)
    with open_file(largest) as file:
        return images.mark_for_download(file.read(), language, is_ai=not picture.is_sample)


def hide_picture(*, picture: Picture, person: User) -> HiddenPicture:
    """Hide a picture for this person; the row is also the word to the teacher. Twice is once."""
    if not person.is_student:
        raise NotAllowed
    return HiddenPicture.objects.get_or_create(picture=picture, person=person)[0]


def unhide_picture(*, picture_pk: int, person: User) -> bool:
    """Show it again. What a teacher has answered stays hidden, but one's own picture is always one's own to show.

    Returns:
        True when the picture is no longer hidden.
    """
    # By way of the picture: a foreign key compared with a number that no column can hold is an error.
    pictures = Picture.objects.filter(pk=picture_pk)
    may_show = Q(answered_at=None) | Q(picture__generation__student=person)
    deleted, _by_model = HiddenPicture.objects.filter(may_show, picture__in=pictures, person=person).delete()
    return deleted > 0

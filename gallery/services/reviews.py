"""A person decides what may be seen. Review is the log; ``Picture.moderation`` is the fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import HiddenPicture, Picture
from assignments.services.moderation import moderate_picture
from edu4all.accounts.models import User
from edu4all.web.problems import Conflict, Invalid
from gallery.models import Review

from .rights import require_manager
from .submissions import return_with_picture
from .words import clean_line, limited

Word = Literal["approve", "reject"]
OUTCOME: dict[str, tuple[Word, Picture.Moderation]] = {
    Review.Decision.APPROVE: ("approve", Picture.Moderation.APPROVED),
    Review.Decision.REJECT: ("reject", Picture.Moderation.REJECTED),
}
MOST_AT_ONCE = 60


def review_picture(
    *, picture: Picture, reviewer: User, decision: str, reason: str = "", seen: str = ""
) -> Review:
    """Approve a picture, or return it to its student with a reason; also takes an approved one off the wall.

    The same decision twice is one: the second gives back the first one's row. A decision also answers
    everybody who hid the picture and told the teacher. Work that holds a returned picture goes back with it.

    Args:
        seen: how the picture stood when the reviewer looked at it; empty for whatever it is.

    Raises:
        NotAllowed: the reviewer doesn't run the class.
        Conflict: code ``decided``, a colleague has decided otherwise since ``seen``.
        Invalid: an unknown decision, or a reason over 300 characters.
    """
    if decision not in OUTCOME:
        raise Invalid(_("Choose to approve or to return the picture."), code="decision")
    word, outcome = OUTCOME[decision]
    reason = limited(clean_line(reason), 300)
    require_manager(classroom=picture.generation.classroom, person=reviewer)
    with transaction.atomic():
        locked = _locked(picture.pk)
        _check_nobody_decided_since(locked, seen, outcome)
        reports = HiddenPicture.objects.filter(picture=locked, answered_at=None)
        answered = reports.update(answered_at=timezone.now(), answered_by=reviewer)
        if locked.moderation == outcome:
            last = Review.objects.filter(picture=locked).first()
            if last is not None and last.decision == decision and not answered:
                return last
        was_on_wall = locked.moderation == Picture.Moderation.APPROVED
        moderate_picture(picture=locked, decision=word, reason=reason)
        if decision == Review.Decision.REJECT:
            return_with_picture(picture=locked, teacher=reviewer, reason=reason)
        return Review.objects.create(
            picture=locked,
            reviewer=reviewer,
            decision=decision,
            reason=reason,
            is_takedown=was_on_wall and decision == Review.Decision.REJECT,
        )


def _check_nobody_decided_since(picture: Picture, seen: str, outcome: Picture.Moderation) -> None:
    was_decided = picture.moderation not in Picture.UNDECIDED
    if seen and was_decided and picture.moderation not in (seen, outcome):
        raise Conflict(
            _("A colleague has decided on this picture in the meantime. Look at it again, then decide."),
            code="decided",
        )


def _locked(pk: int) -> Picture:
    """The row as it is now, held until the transaction ends: of two teachers who decide at once one comes second."""
    return Picture.objects.select_for_update(of=("self",)).select_related("generation__classroom").get(pk=pk)


def approve_pictures(*, pictures: Iterable[Picture], reviewer: User) -> int:
    """Approve several that the reviewer has before their eyes; how many.

    Pictures that somebody has decided on since are left as they are; and so are those that somebody hid and
    told of, be it a moment ago: they need a look of their own.

    Raises:
        Invalid: more than ``MOST_AT_ONCE``.
    """
    chosen = list(pictures)
    if len(chosen) > MOST_AT_ONCE:
        raise Invalid(_("That is too many at once."), code="too_many")
    approved = 0
    for picture in chosen:
        with transaction.atomic():
            locked = _locked(picture.pk)
            is_told = HiddenPicture.objects.filter(picture=locked, answered_at=None).exists()
            if is_told or locked.moderation not in Picture.UNDECIDED:
                continue
            review_picture(picture=picture, reviewer=reviewer, decision=Review.Decision.APPROVE)
            approved += 1
    return approved

"""Errors of image providers, classed by what the engine should do next.

Every error carries a stable ``kind`` (stored with the call in the ledger), a public text in the
reader's language and, apart from it, a ``detail`` for the log that no student ever sees.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

_MAX_DETAIL = 2000
_MAX_CATEGORY = 80


class Action(StrEnum):
    """What the engine does with a call that failed."""

    RETRY = "retry"  # draw again, at most once more; the call may have cost money
    WAIT = "wait"  # back to the queue with its own start; costs no try
    REFUSE = "refuse"  # the provider refused the words or the picture
    STOP = "stop"  # stop this model's queue and tell the admin
    FAIL = "fail"  # give up on this generation only


def storable(text: str, most: int) -> str:
    """At most so many characters of somebody else's text, as any database takes them.

    JSON can carry halves of surrogate pairs, which are no UTF-8, and NUL, which PostgreSQL refuses.
    """
    return text[:most].replace("\0", " ").encode("utf-8", "replace").decode()


class GenerationError(Exception):
    """Base of everything that can go wrong with one call.

    Attributes:
        kind: stable identifier, stored with the call.
        action: what the engine should do.
        public_text: what a student or teacher may read.
        is_billed: True when the provider may have been paid although no picture came.
        retry_after_seconds: how long the provider asked us to wait; None when it didn't say.
        categories: what the provider says it refused (violence, ...), in its own words.
        parameter: the parameter that the provider complains of, "" when it names none.
    """

    kind: ClassVar[str] = "failed"
    action: ClassVar[Action] = Action.FAIL
    is_billed: ClassVar[bool] = False
    public_text: ClassVar[Promise | str] = _("The picture could not be drawn. Your try was given back.")

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after_seconds: float | None = None,
        request_id: str = "",
        status_code: int | None = None,
        categories: tuple[str, ...] = (),
        parameter: str = "",
    ) -> None:
        super().__init__(detail or self.kind)
        self.detail = storable(detail, _MAX_DETAIL)
        self.retry_after_seconds = retry_after_seconds
        self.request_id = request_id
        self.status_code = status_code
        self.categories = tuple(storable(name, _MAX_CATEGORY) for name in categories)
        self.parameter = parameter


class RateLimited(GenerationError):
    kind = "rate_limited"
    action = Action.WAIT
    public_text = _("Many pictures are being drawn right now. Yours keeps its place and is next in turn.")


class Unreachable(GenerationError):
    """No connection was made, so nothing can have been drawn or billed."""

    kind = "unreachable"
    action = Action.RETRY
    public_text = _("The drawing service can't be reached right now. Your try was given back.")


class ConnectionLost(GenerationError):
    """The connection broke after the request went out; the provider may still draw and bill it."""

    kind = "connection_lost"
    action = Action.RETRY
    is_billed = True
    public_text = _("The line to the drawing service broke. Your try was given back.")


class ServerFault(GenerationError):
    kind = "server_fault"
    action = Action.RETRY
    public_text = _("The drawing service had a fault. Your try was given back.")


class TimedOut(GenerationError):
    """The call ran into our own deadline; the provider may still draw and bill it."""

    kind = "timed_out"
    action = Action.RETRY
    is_billed = True
    public_text = _("The drawing service took too long. Your try was given back.")


class BadAnswer(GenerationError):
    """The answer is not what the API promises: a string, no data, an error inside 200, no image."""

    kind = "bad_answer"
    action = Action.RETRY
    is_billed = True
    public_text = _("The drawing service sent something that is not a picture. Your try was given back.")


class EmptyAnswer(BadAnswer):
    kind = "empty_answer"


class ErrorInsideAnswer(BadAnswer):
    kind = "error_inside_answer"
    is_billed = False


class StreamIgnored(BadAnswer):
    """Events came where one body was asked for, or one body where events were."""

    kind = "stream_ignored"


class TruncatedAnswer(BadAnswer):
    kind = "truncated_answer"


class OversizedAnswer(BadAnswer):
    kind = "oversized_answer"
    action = Action.FAIL


class ImageUnreadable(BadAnswer):
    kind = "image_unreadable"


class ImageBomb(BadAnswer):
    kind = "image_bomb"
    action = Action.FAIL


class ImageWrongFormat(BadAnswer):
    kind = "image_wrong_format"


class ImageWrongSize(BadAnswer):
    kind = "image_wrong_size"


class ImageBlank(BadAnswer):
    kind = "image_blank"


class ImageGrey(BadAnswer):
    kind = "image_grey"


class PromptRefused(GenerationError):
    kind = "prompt_refused"
    action = Action.REFUSE
    public_text = _("The drawing service did not want to draw these words. Try saying it another way.")


class PictureRefused(GenerationError):
    kind = "picture_refused"
    action = Action.REFUSE
    is_billed = True
    public_text = _("The drawing service drew something that it did not want to show. Try another idea.")


class QuotaExhausted(GenerationError):
    kind = "quota_exhausted"
    action = Action.STOP
    public_text = _("The school's drawing account is used up. Your teacher and the school know about it.")


class AccountBlocked(GenerationError):
    kind = "account_blocked"
    action = Action.STOP
    public_text = _(
        "The drawing service has blocked the school for now. Your teacher and the school know about it."
    )


class KeyRejected(GenerationError):
    kind = "key_rejected"
    action = Action.STOP
    public_text = _(
        "The school's key for the drawing service is not accepted. Your teacher and the school know about it."
    )


class ModelGone(GenerationError):
    kind = "model_gone"
    action = Action.STOP
    public_text = _("This image model no longer exists. Your teacher and the school know about it.")


class RequestInvalid(GenerationError):
    """The provider says that we asked wrongly (unknown parameter, wrong size): our mistake."""

    kind = "request_invalid"
    public_text = _("The drawing service did not understand our request. Your try was given back.")


class AddressForbidden(GenerationError):
    """The endpoint's address is private, redirects, or is not the one its key belongs to."""

    kind = "address_forbidden"
    action = Action.STOP
    public_text = _(
        "The address of the drawing service is not allowed. Your teacher and the school know about it."
    )


class SourceMissing(GenerationError):
    """The picture that was to be varied or edited is no longer in the storage."""

    kind = "source_missing"
    public_text = _("The picture to start from is no longer here. Your try was given back.")


class CapabilityMissing(GenerationError):
    kind = "capability_missing"
    public_text = _("This image model can't do that.")

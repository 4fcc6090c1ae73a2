"""Problems that a person can understand: a stable code, a public text, nothing for the log."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    """What was asked for can't be done, for a reason the asker may read.

    Attributes:
        code: stable identifier, part of the API's contract.
        status_code: HTTP status for the API and for pages.
        detail: the text in the asker's language.
        extra: further members of the API's answer.
    """

    code = "problem"
    status_code = 400

    def __init__(self, detail: Any = "", *, code: str = "", **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.extra = extra


class Invalid(Problem):
    code = "invalid"


class NotAllowed(Problem):
    """Visible, but not this person's to do."""

    code = "not_allowed"
    status_code = 403


class Unavailable(Problem):
    """A service behind us doesn't answer; the same request works again later."""

    code = "unavailable"
    status_code = 503


class Conflict(Problem):
    """The state of things doesn't allow it now."""

    code = "conflict"
    status_code = 409

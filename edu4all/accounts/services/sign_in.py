"""How fast passwords may be tried: by account and never by address, since a whole school is one address.

The pauses are short, so that nobody shuts a classmate out of a lesson by typing wrong passwords; they
grow to a minute, so that guessing a first password of 2.7e7 possibilities still takes decades.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from knox.models import AuthToken

from edu4all.accounts.models import FailedSignIns, User

PAUSES_SECONDS = (10, 20, 40, 60)
FORGOTTEN_AFTER = timedelta(minutes=15)
KEPT = timedelta(hours=1)
INSIDE = "inside"  # in place of a browser: all tries of whoever is signed in as that person


def take_try(username: str, browser: str = "") -> int:
    """Take one try at an account's password; 0 when it may be made, else the seconds to wait first.

    The try counts as wrong from the start, so that a hundred at once are no more than one after the other;
    ``forgive`` takes the count back.
    """
    with transaction.atomic():
        now = timezone.now()
        row = FailedSignIns.objects.select_for_update().get_or_create(
            account=account_key(username), browser=browser, defaults={"last_at": now}
        )[0]
        rest = _seconds_left(row.rests_until, now)
        if rest:
            return rest
        failures = row.failures + 1 if now - row.last_at < FORGOTTEN_AFTER else 1
        FailedSignIns.objects.filter(pk=row.pk).update(
            failures=failures, last_at=now, rests_until=_rest_after(failures, now)
        )
    return 0


def rest_seconds(username: str, browser: str = "") -> int:
    """How long the account still rests; 0 when its password may be tried."""
    rows = FailedSignIns.objects.filter(account=account_key(username), browser=browser)
    return _seconds_left(rows.values_list("rests_until", flat=True).first(), timezone.now())


def forgive(username: str, browser: str | None = None) -> None:
    """The right password was given in this browser, or there is a new one for all: failures don't count."""
    rows = FailedSignIns.objects.filter(account=account_key(username))
    (rows if browser is None else rows.filter(browser=browser)).delete()


def end_access(*, user: User) -> None:
    """Programs that speak for somebody must sign in again, and earlier wrong passwords don't count.

    Sessions end by themselves when the password changes.
    """
    AuthToken.objects.filter(user=user).delete()
    forgive(user.username)


def end_sessions(*, user: User) -> None:
    """Every browser must sign in again, also when the account was stopped and let in meanwhile."""
    User.objects.filter(pk=user.pk).update(stops=F("stops") + 1)


def is_password_of(user: User, password: str) -> bool:
    """Whether this is the password of somebody who is signed in already.

    Tries are counted here too, apart from those at the door: there anybody may type wrong ones, and they
    would keep the owner from changing a password that is known to others.
    """
    if take_try(user.username, INSIDE) or not user.check_password(password):
        return False
    forgive(user.username, INSIDE)
    return True


def forget_old_failures(now: datetime | None = None) -> int:
    """Delete counts that no longer matter; how many there were."""
    return FailedSignIns.objects.filter(last_at__lt=(now or timezone.now()) - KEPT).delete()[0]


def account_key(username: str) -> str:
    """A name as it is counted: however it was typed, and not to be read back."""
    name = unicodedata.normalize("NFKC", username).strip().casefold()
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def _seconds_left(until: datetime | None, now: datetime) -> int:
    return 0 if until is None else max(0, math.ceil((until - now).total_seconds()))


def _rest_after(failures: int, now: datetime) -> datetime | None:
    beyond = failures - settings.SIGN_IN_FAILURE_LIMIT
    if beyond < 0:
        return None
    return now + timedelta(seconds=PAUSES_SECONDS[min(beyond, len(PAUSES_SECONDS) - 1)])

"""Times in a child's words, and the facts of a picture that templates can't reach."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

register = template.Library()

NEAR_DAYS = 7
# Translators: Django's date format for a day and its month.
DAY_AND_MONTH = gettext_noop("j F")


@register.filter
def until(moment: datetime | None) -> str:
    """A due date as one says it: "Until Friday, 3 days left"; a past one says so and when it was."""
    if moment is None:
        return ""
    due, now = timezone.localtime(moment), timezone.localtime()
    days = (due.date() - now.date()).days
    facts = {
        "time": date_format(due, "TIME_FORMAT"),
        "weekday": date_format(due, "l"),
        "date": date_format(due, _(DAY_AND_MONTH)),
        "days": days,
    }
    if due < now:
        return _("Was due on %(weekday)s, %(date)s") % facts
    if days == 0:
        return _("Until today, %(time)s") % facts
    if days == 1:
        return _("Until tomorrow, %(time)s") % facts
    if days < NEAR_DAYS:
        return (
            ngettext("Until %(weekday)s, %(days)s day left", "Until %(weekday)s, %(days)s days left", days)
            % facts
        )
    return _("Until %(weekday)s, %(date)s") % facts


@register.filter
def clock(moment: datetime) -> str:
    """When something was made: today by the clock, earlier with the day."""
    local = timezone.localtime(moment)
    facts = {
        "time": date_format(local, "TIME_FORMAT"),
        "date": date_format(local, _(DAY_AND_MONTH)),
    }
    if local.date() == timezone.localdate():
        return _("Today, %(time)s") % facts
    return _("%(date)s, %(time)s") % facts

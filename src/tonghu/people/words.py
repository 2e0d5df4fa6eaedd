"""How a child's life is said: age as exactly as it is known, birth, stretches of time."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tonghu.look.templatetags.look import day_of_year
from tonghu.people.ages import Birth
from tonghu.people.constants import Precision
from tonghu.people.models.families import Span


def age(born_on: dt.date | None, precision: str, on: dt.date) -> str:
    """Return a child's age in years, or the two it lies between; never a guess."""
    birth = Birth.known(born_on, precision)
    if birth is None:
        return _("age not known")
    least, most = (max(years, 0) for years in birth.age(on))
    if most == 0:
        return _("under 1 year old")
    if least != most:
        return _("%(least)s to %(most)s years old") % {"least": least, "most": most}
    return ngettext("%(n)s year old", "%(n)s years old", most) % {"n": most}


def birth(born_on: dt.date | None, precision: str) -> str:
    """Return a birth date no more exactly than it is known."""
    if born_on is None:
        return _("not known")
    if precision == Precision.DAY:
        return day_of_year(born_on)
    if precision == Precision.MONTH:
        return month(born_on)
    year = date_format(born_on, pgettext("date format: a year alone", "Y"))
    return _("about %(year)s, estimated") % {"year": year} if _is_guess(precision) else year


def _is_guess(precision: str) -> bool:
    return precision == Precision.ESTIMATED


def month(on: dt.date) -> str:
    """Return the month of a day with its year."""
    return date_format(on, pgettext("date format: a month of a year", "M Y"))


def stretch(span: Span, on: dt.date) -> str:
    """Return from when to when something held; what is only known since a day says so."""
    since = day_of_year(span.from_on)
    if span.until_on is None or span.until_on >= on:
        if span.since_known:
            return _("since %(day)s") % {"day": since}
        return _("since %(day)s at the latest") % {"day": since}
    words = {"since": since, "until": day_of_year(span.until_on)}
    if span.since_known:
        return _("%(since)s to %(until)s") % words
    return _("%(since)s or earlier, to %(until)s") % words


def together(words: list[str]) -> str:
    """Return several names or words as one list in the reader's language."""
    return pgettext("between names", ", ").join(words)

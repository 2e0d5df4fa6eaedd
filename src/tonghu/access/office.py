"""Is somebody at the office? What leaves outside its hours waits, and can be stopped (R83)."""

import datetime as dt
from typing import Final
from uuid import UUID

from django.utils.timezone import localtime

from tonghu.access.models import OfficeHours
from tonghu.kernel.working_days import is_working_day

OPENS, CLOSES = dt.time(8, 30), dt.time(18, 0)
LONGEST: Final = dt.timedelta(hours=12)
"""Longer than this nobody is at an office: an agency may be stricter, not looser."""
WAITS_FOR: Final = dt.timedelta(hours=12)


def hours_of(agency_id: UUID) -> tuple[dt.time, dt.time]:
    """Return from when to when the agency's office is open on a working day."""
    rows = OfficeHours.objects.unscoped("asked for what leaves the house, no row about a person")
    held = rows.filter(agency_id=agency_id).first()
    return (held.opens, held.closes) if held else (OPENS, CLOSES)


def is_open(agency_id: UUID, at: dt.datetime) -> bool:
    """Tell whether the agency's office is open at a moment, in the time of its place."""
    local = localtime(at)
    opens, closes = hours_of(agency_id)
    return is_working_day(local.date()) and opens <= local.time() < closes

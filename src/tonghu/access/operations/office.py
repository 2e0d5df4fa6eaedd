"""Setting the office hours, outside which an export waits (R83)."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.models import OfficeHours, Organisation
from tonghu.access.office import LONGEST
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged


class HoursWrong(Refused):
    """An office opens before it closes, and not for longer than twelve hours."""


@operation("access.office_hours.changed")
@upholds("R37", "R83")
def set_office_hours(
    *, opens: dt.time, closes: dt.time, by: Actor, at: dt.datetime
) -> Outcome[OfficeHours]:
    """Say from when to when somebody is at the office on working days; the head alone.

    :raises Forbidden: unless ``by`` is the head.
    :raises HoursWrong: when it closes before it opens, or is open for more than twelve hours.
    """
    house = Organisation(id=by.agency_id)
    CONFIGURATION.require(Action.APPROVE, by, house, on=day(at))
    lasts = dt.timedelta(hours=closes.hour - opens.hour, minutes=closes.minute - opens.minute)
    if not dt.timedelta(0) < lasts <= LONGEST:
        raise HoursWrong(
            _("The office closes after it opens, and is open for twelve hours at most. Not saved.")
        )
    rows = OfficeHours.objects.unscoped("asked its Rule above").filter(agency_id=by.agency_id)
    held = rows.first()
    if held is None:
        held = OfficeHours(agency_id=by.agency_id, opens=opens, closes=closes)
        held.save(force_insert=True)
        return changed(held, {"opens": (None, opens), "closes": (None, closes)})
    changes = assign(held, opens=opens, closes=closes)
    return changed(held, changes) if changes else unchanged(held)

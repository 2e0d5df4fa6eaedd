"""Telling supervisors and heads each Monday of the reasons of the week before (R65)."""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.access.digest import DIGESTED, WEEK, monday_of, readers_of, reasons_of, was_told
from tonghu.access.models import Organisation
from tonghu.access.notices import tell
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged


@operation("access.reasons.digested")
@upholds("R65")
def tell_of_reasons(*, by: Actor, at: dt.datetime) -> Outcome[Organisation]:
    """Put a notice before each supervisor and head who answers for a reason of the week before.

    Once a week for each; who has none to read is told nothing.
    """
    rows = Organisation.objects.unscoped("the program tells the agency's own people")
    house = rows.get(pk=by.agency_id)
    monday = monday_of(day(at))
    told = {
        one.account_id
        for one in readers_of(by.agency_id, on=day(at))
        if not was_told(one, monday) and reasons_of(one, monday - WEEK, on=day(at)).exists()
    }
    accounts = {one for one in told if one is not None}
    if not accounts:
        return unchanged(house)
    tell(accounts, house, event=DIGESTED, by=by, at=at)
    return changed(house)

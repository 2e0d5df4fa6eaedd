"""What is arranged with the family of a case stands among what the case owes."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.casework.constants import ALIVE, OPEN
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import Case
from tonghu.casework.queries import cases_of
from tonghu.look.addresses import address
from tonghu.people.models import Child
from tonghu.services.linking import knows_times
from tonghu.services.models import Appointment
from tonghu.services.queries import unscoped_arranged


@offers_due
def arranged(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say what was arranged with the families, for the open case where a child has two."""
    at_work = sorted(cases, key=lambda case: case.state in OPEN)
    by_child = {case.child_id: case for case in at_work}
    for one in unscoped_arranged(by_child):
        yield Due(
            by_child[one.child_id],
            one.what,
            _("Arranged with the family."),
            one.on,
            _("Begin the visit"),
            visit_of(one),
            "calendar",
            one.time,
        )


def visit_of(one: Appointment) -> str:
    """Return where the visit that was arranged is written down."""
    return f"{address('contact-new', one.child_id)}?keeps={one.pk}"


@knows_times
def best_time(child: Child, by: Actor, on: dt.date) -> str:
    """Say when the family of a case can be met, as it said itself."""
    found = cases_of(child, by, on=on).filter(state__in=ALIVE).exclude(best_time="").first()
    return found.best_time if found else ""

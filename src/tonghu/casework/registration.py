"""What casework signs up for with the floors below, when the product starts."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.roles import AgencyHead, SocialWorker, Supervisor
from tonghu.casework import (  # noqa: F401 -- what a case owes, tells and offers
    assessed,
    beginnings,
    capable,
    clocks,
    desk,
    supervised,
    telling,
)
from tonghu.casework.due import due_in
from tonghu.casework.operations import (  # noqa: F401 -- their Rules are on the page of rules
    assessing,
    capacity,
    leads,
    risk,
    scoring,
    submitting,
    supervising,
)
from tonghu.casework.queries import cases_of
from tonghu.look.navigation import Entry, register
from tonghu.people.coming import Coming, offers_coming
from tonghu.people.models import Child

register(
    Entry(
        "cases",
        "case-list",
        "user",
        _("Cases"),
        frozenset({AgencyHead.key, SocialWorker.key, Supervisor.key}),
        order=12,
    )
)
say(
    {
        "casework.lead.recorded": _("wrote a lead down"),
        "casework.case.screened": _("began the intake of a case"),
        "casework.case.declined": _("did not take a case on"),
        "casework.case.known": _("put a lead to the open case"),
        "casework.case.danger_over": _("said that the danger is not there"),
        "casework.case.accepted": _("took a case on"),
        "casework.case.begun_in_emergency": _("began a case in an emergency"),
        "casework.case.reopened": _("opened a case again"),
        "casework.case.suspended": _("paused a case"),
        "casework.case.resumed": _("went on with a paused case"),
        "casework.risk.judged": _("judged the risk of a case"),
        "casework.paper.submitted": _("put a paper before the supervisor"),
        "casework.paper.commented": _("wrote beside a paper"),
        "casework.paper.approved": _("approved a paper"),
        "casework.paper.returned": _("returned a paper"),
    }
)


@offers_coming
def due_on_the_file(child: Child, by: Actor, on: dt.date) -> Iterator[Coming]:
    """Say on a child's file what its cases owe."""
    for one in due_in(list(cases_of(child, by, on=on).select_related("child__person")), on=on):
        yield Coming(one.on, one.what, "", one.address)

"""What incidents and conferences sign up for: words of events, entries, ways on from a case."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.casework.beginnings import may, to
from tonghu.casework.constants import OPEN
from tonghu.casework.incidents import conferences_of, incidents_of
from tonghu.casework.models import Case
from tonghu.casework.operations import (
    incidents as operations,  # noqa: F401 -- its Rules are on the page of rules
)
from tonghu.casework.policy import CASES
from tonghu.casework.sections import Way, way
from tonghu.casework.timeline import KINDS, Told, tells
from tonghu.look.addresses import address

say(
    {
        "casework.incident.recorded": gettext_lazy("wrote an incident down"),
        "casework.incident.notified": gettext_lazy("noted who was told of an incident"),
        "casework.incident.reviewed": gettext_lazy("looked back on an incident"),
        "casework.conference.recorded": gettext_lazy("wrote a case conference down"),
        "casework.decision.finished": gettext_lazy("said what came of a decision"),
    }
)
KINDS.register("incident", gettext_lazy("Incidents and conferences"))


@tells
def incidents(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell that something happened; what, stands on its own page."""
    for row in incidents_of(case, by, on=on):
        yield Told(
            row.happened_at,
            "incident",
            "alert-triangle",
            _("Incident"),
            "",
            row.author.called,
            address("incident", row.pk),
            badge=row.get_harm_display(),
            mood="h",
        )


@tells
def conferences(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell that people met about the case."""
    for row in conferences_of(case, by, on=on):
        yield Told(
            row.recorded_at,
            "incident",
            "users-group",
            _("Case conference"),
            row.discussed,
            row.author.called if row.author else "",
            address("conference", row.pk),
        )


way(Way("incident", gettext_lazy("An incident"), to("incident-new"), OPEN, may(CASES), order=72))
way(
    Way(
        "conference",
        gettext_lazy("A case conference"),
        to("conference-new"),
        OPEN,
        may(CASES),
        order=74,
    )
)

"""Words of the events of reports of harm, its place in the menu, and its kind on timelines."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.roles import AgencyHead, ChildDirector, SocialWorker, Supervisor
from tonghu.casework.beginnings import may, to
from tonghu.casework.constants import OPEN, CaseState
from tonghu.casework.models import Case
from tonghu.casework.operations import (  # noqa: F401 -- their Rules are on the page of rules
    emergency,
    reporting,
)
from tonghu.casework.policy import CASES
from tonghu.casework.reports import reports_in
from tonghu.casework.sections import Way, way
from tonghu.casework.timeline import KINDS, Told, tells
from tonghu.look.addresses import address
from tonghu.look.navigation import Entry, register
from tonghu.people import numbers

REPORTS = frozenset({SocialWorker.key, Supervisor.key, AgencyHead.key, ChildDirector.key})

register(
    Entry(
        "report-new",
        "report-new",
        "alert-triangle",
        gettext_lazy("Report harm"),
        REPORTS,
        order=15,
    )
)
say(
    {
        "casework.emergency.declared": gettext_lazy("said that a child is in danger now"),
        "casework.report.recorded": gettext_lazy("reported harm to a child"),
        "casework.report.delivered": gettext_lazy("told an authority of harm"),
        "casework.report.reply_noted": gettext_lazy("noted what an authority said"),
        "casework.report.placed": gettext_lazy("put a report of harm to a file"),
        "casework.report.end_proposed": gettext_lazy("proposed to end a report of harm"),
    }
)
KINDS.register("report", gettext_lazy("Reports of harm"))


@tells
def reports(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell that a report was made, to who may know of it; what it says stands on its own page."""
    for one in reports_in(case, by, on=on):
        yield Told(
            one.recorded_at,
            "report",
            "alert-triangle",
            _("Report of harm %(number)s") % {"number": numbers.shown(one.number)},
            address=address("report", one.pk),
            badge="" if one.answered_at else _("not answered yet"),
            mood="h",
        )


def _anybody(case: Case, by: Actor, on: dt.date) -> bool:
    return True


way(
    Way(
        "emergency",
        gettext_lazy("In danger now"),
        to("case-emergency"),
        (CaseState.LEAD, *OPEN),
        may(CASES),
        order=92,
        icon="alert-triangle",
    )
)
way(
    Way(
        "report",
        gettext_lazy("Report harm"),
        lambda case: address("report-of-child", case.child_id),
        tuple(CaseState),
        _anybody,
        order=95,
        icon="alert-triangle",
    )
)

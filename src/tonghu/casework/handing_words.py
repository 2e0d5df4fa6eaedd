"""What handing over signs up for: words of events, ways on from a case, entries."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.events import say
from tonghu.access.sheets import Action, Answer
from tonghu.casework.beginnings import may, to
from tonghu.casework.constants import ALIVE
from tonghu.casework.handing import GIVES, handovers_of, holder_of
from tonghu.casework.models import Case
from tonghu.casework.operations import handing  # noqa: F401 -- its Rules are on the page of rules
from tonghu.casework.policy import CASES
from tonghu.casework.sections import Way, way
from tonghu.casework.timeline import Told, tells
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.policy import ASSIGNMENTS

say(
    {
        "casework.handover.prepared": gettext_lazy("wrote a handover"),
        "casework.handover.accepted": gettext_lazy("took a case over"),
        "casework.cover.arranged": gettext_lazy("let a colleague stand in"),
        "casework.caseload.given": gettext_lazy("gave the files of a colleague to others"),
    }
)


@tells
def handovers(case: Case, by: Actor, on: dt.date) -> Iterator[Told]:
    """Tell who handed the case to whom."""
    for row in handovers_of(case, by, on=on):
        yield Told(
            row.taken_at or row.handed_at,
            "step",
            "arrows-right-left",
            _("Handover"),
            "",
            row.taken_by.called if row.taken_by else row.handed_by.called,
            address("handover", row.pk),
            badge=_("taken over") if row.taken_at else _("waits to be taken"),
        )


def _gives(case: Case, by: Actor, on: dt.date) -> bool:
    if by.role_key not in GIVES or holder_of(case, on=on) is None:
        return False
    return ASSIGNMENTS.judge(Action.WRITE, by, case.child, on=on) is Answer.ALLOW


def _caseload(case: Case) -> str:
    return address("caseload", holder_of(case, on=clock.day(clock.now())))


way(
    Way(
        "hand-over",
        gettext_lazy("Hand to a colleague"),
        to("handover-new"),
        ALIVE,
        may(CASES),
        order=82,
    )
)
way(Way("caseload", gettext_lazy("Give the whole caseload on"), _caseload, ALIVE, _gives, order=84))

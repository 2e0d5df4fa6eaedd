"""A hidden value in an emergency: for one minute, with a second person at that moment (R68)."""

import datetime as dt
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.looks import record_look
from tonghu.access.models import BreakGlass, Proposal
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Hidden, Refused
from tonghu.kernel.law import upholds
from tonghu.people.confidential import Shown, in_words
from tonghu.people.constants import LookReason
from tonghu.people.hiding import hidden_of, newest_of
from tonghu.people.models import Child, HiddenField
from tonghu.people.policy import HIDDEN_IN_EMERGENCY

ACT = "people.whereabouts.shown_in_emergency"
AT_THAT_MOMENT = dt.timedelta(minutes=5)
"""For the second person to say yes, and then for the look."""


class NobodyConfirmed(Refused):
    """No second person has said yes within the last five minutes."""


@dataclass(frozen=True)
class Asked:
    """How it stands: what is hidden, whether somebody was asked, whether she has said yes."""

    child: Child
    fields: list[HiddenField]
    waiting: Proposal | None
    confirmed: Proposal | None

    @property
    def until(self) -> dt.datetime | None:
        """Return until when the second person can answer, or the value be looked at."""
        if self.confirmed and self.confirmed.decided_at:
            return self.confirmed.decided_at + AT_THAT_MOMENT
        return self.waiting.proposed_at + AT_THAT_MOMENT if self.waiting else None


def file_of(glass: BreakGlass, by: Actor, *, on: dt.date) -> Child:
    """Return the file of an open emergency whose hidden values a second person may let show.

    :raises Hidden: unless a supervisor or the head opened it herself and it still runs.
    """
    if glass.account_id != by.account_id:
        raise Hidden
    rows = Child.objects.select_related("person")
    return HIDDEN_IN_EMERGENCY.get(Action.READ, rows, by, glass.target_id, on=on)


def asked_for(glass: BreakGlass, by: Actor, *, at: dt.datetime) -> Asked:
    """Return what is hidden of the file, never the values, and how far the asking is.

    :raises Hidden: unless ``by`` is a supervisor or head who opened it and it still runs.
    """
    child = file_of(glass, by, on=day(at))
    rows = Proposal.objects.unscoped("one's own proposal, the Rule was asked above")
    mine = rows.filter(act=ACT, subject_id=glass.pk, proposed_by=by.account_id)
    waiting = mine.filter(state=ProposalState.WAITING, proposed_at__gte=at - AT_THAT_MOMENT)
    said = mine.filter(state=ProposalState.CONFIRMED, decided_at__gte=at - AT_THAT_MOMENT)
    return Asked(
        child,
        newest_of(child),
        waiting.order_by("-proposed_at").first(),
        said.order_by("-decided_at").first(),
    )


@upholds("R68", "R80", says=gettext_lazy("a second person confirmed within the last five minutes"))
def show(glass: BreakGlass, *, by: Actor, at: dt.datetime) -> Shown:
    """Return the hidden value that a second person has let show; that it is looked at is on record.

    :raises Hidden: unless ``by`` is a supervisor or head who opened it and it still runs.
    :raises NobodyConfirmed: without the yes of a second person in the last five minutes.
    """
    asked = asked_for(glass, by, at=at)
    if asked.confirmed is None:
        raise NobodyConfirmed(
            _("No second person has said yes within the last five minutes. Nothing was shown.")
        )
    wanted = json.loads(asked.confirmed.details)["field"]
    field = hidden_of(asked.child).filter(pk=wanted).first()
    if field is None:
        raise Hidden
    record_look(
        field,
        about=asked.child.pk,
        singly=True,
        reason=asked.confirmed.reason or "",
        code=LookReason.EMERGENCY,
        by=by,
        at=at,
    )
    return in_words(asked.child, field)

"""Keeping a file as it is for a court, the police or an inspection; lifted by two persons."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.models import Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.sheets import Action
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged
from tonghu.people.constants import HoldAuthority
from tonghu.people.models import Child, LegalHold
from tonghu.people.numbers import shown
from tonghu.people.operations.spans import ReasonMissing
from tonghu.people.rights_policy import HOLDS, lifts_a_hold


class HoldEnded(Refused):
    """The hold was lifted before."""


@operation("people.hold.placed")
@upholds("R53")
def place_hold(
    *, child: Child, authority: HoldAuthority, reason: str, by: Actor, at: dt.datetime
) -> Outcome[LegalHold]:
    """Keep a child's file as it is from now on, for whoever the law gives the right to it.

    :raises Refused: unless ``by`` heads the agency, in person.
    :raises ReasonMissing: without a reason.
    """
    HOLDS.require(Action.WRITE, by, child, on=day(at))
    if by.account is None:
        raise Forbidden(_("A named person decides this, not the program."))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what this rests on."))
    hold = LegalHold(
        agency_id=child.agency_id,
        child=child,
        authority=authority,
        reason=reason.strip(),
        from_on=day(at),
        placed_by=by.account,
        placed_at=at,
    )
    hold.save(force_insert=True)
    return changed(hold, {"authority": (None, authority)}, about=child.pk)


@operation("people.hold.lifting_proposed")
@upholds("R83")
def propose_lifting(
    *, hold: LegalHold, reason: str, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Ask a second person to lift a hold; until she agrees the file is kept.

    :raises Refused: unless ``by`` supervises the file or heads the agency.
    :raises HoldEnded: when it was lifted before.
    :raises ReasonMissing: without a reason.
    """
    HOLDS.require(Action.APPROVE, by, hold.child, on=day(at))
    if hold.until_on:
        raise HoldEnded(_("This was lifted before. Nothing was changed."))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence what this rests on."))
    rows = Proposal.objects.unscoped("the file's Rule was asked above")
    waiting = rows.filter(act=LIFT.key, subject_id=hold.child_id, state=ProposalState.WAITING)
    if same := next((one for one in waiting if str(hold.pk) in one.details), None):
        return unchanged(same)
    details = {
        "hold": str(hold.pk),
        "number": hold.child.number,
        "authority": hold.authority,
        "since": f"{hold.from_on:%F}",
    }
    proposal = propose(
        act=LIFT.key, subject=hold.child, details=details, reason=reason.strip(), by=by, at=at
    )
    return changed(proposal, about=hold.child_id)


def _lifted(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> LegalHold:
    hold = LegalHold.objects.unscoped("the confirmed act").get(pk=details["hold"])
    # A hold covers whole days; lifted today it no longer keeps anything from today on.
    assign(hold, until_on=max(hold.from_on, day(at) - dt.timedelta(days=1)))
    return hold


def _told(details: dict[str, Any]) -> dict[Any, Any]:
    return {
        gettext_lazy("File number"): shown(details["number"]),
        gettext_lazy("Was kept for"): HoldAuthority(details["authority"]).label,
        gettext_lazy("Kept since"): details["since"],
    }


LIFT = declare(
    TwoPersonAct(
        "people.hold.lifted",
        gettext_lazy("No longer keep a file for a court, the police or an inspection"),
        lifts_a_hold,
        _lifted,
        _told,
    )
)

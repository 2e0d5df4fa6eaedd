"""Proposing, confirming, declining and withdrawing what takes two persons."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.models import Account, Proposal
from tonghu.access.office import WAITS_FOR, is_open
from tonghu.access.policy import stops_what_leaves
from tonghu.access.tenancy import require_at_home
from tonghu.access.two_persons import ACTS, act_of
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Forbidden, Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation


class AlreadyDecided(Refused):
    """Somebody has confirmed, declined or withdrawn it before."""


class TooLate(Refused):
    """The act was for that moment, and the moment is over."""


class ProveAgain(Refused):
    """The second factor is asked once more before this."""


class TooEarly(Refused):
    """The act waits for its delay, so that the head can still stop it."""


@operation("access.proposal.made")
def propose(
    *,
    act: str,
    subject: Model,
    details: Mapping[str, Any],
    concerns: Account | None = None,
    reason: str = "",
    by: Actor,
    at: dt.datetime,
) -> Outcome[Proposal]:
    """Put an act before a second person; nothing happens until she confirms it.

    ``details`` is what will change, as JSON values; the second person reads all of it. The
    caller has asked its own Rule whether ``by`` may propose this.

    :raises Forbidden: when nobody in person proposes.
    """
    if by.account is None:
        raise Forbidden(_("Two persons are needed, and the first is a person too."))
    declared = ACTS[act]
    proposal = Proposal(
        agency_id=by.agency_id,
        act=declared.key,
        subject_kind=subject._meta.label_lower,
        subject_id=subject.pk,
        concerns=concerns,
        details=json.dumps(dict(details), ensure_ascii=False),
        reason=reason or None,
        proposed_by=by.account,
        proposed_role=by.role_key,
        proposed_at=at,
        not_before=at + declared.delay,
    )
    proposal.save(force_insert=True)
    return changed(proposal, {"act": (None, act)}, reason=reason, about=subject.pk)


@operation("access.proposal.confirmed")
@upholds(
    "R38",
    "R83",
    "R84",
    says=gettext_lazy("who proposed an act, or whom it concerns, cannot confirm it"),
)
def confirm(
    *, proposal: Proposal, proved_again: bool = False, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Do what was proposed, as the second person; what leaves the house at night waits 12 hours.

    :raises Forbidden: for the author, the person concerned, and whoever may not confirm this.
    :raises Hidden: for another agency's.
    :raises AlreadyDecided: when it no longer waits.
    :raises TooEarly: before its delay is over.
    :raises TooLate: when the act was for a moment that is over.
    :raises ProveAgain: when the act asks for the second factor once more.
    """
    proposal = _waiting(proposal, by)
    if by.account_id in (proposal.proposed_by_id, proposal.concerns_id):
        raise Forbidden(
            _("A second person confirms this: not who proposed it, nor whom it concerns.")
        )
    act = act_of(proposal)
    act.confirm.require(by, proposal, on=day(at))
    if at < proposal.not_before:
        raise TooEarly(_("This waits until its time, so that it can still be stopped."))
    if act.is_over(proposal, at):
        raise TooLate(_("The moment for this is over. Nothing was changed; it can be asked anew."))
    if act.proved and not proved_again:
        raise ProveAgain(_("Show once more that it is you, then confirm."))
    if act.leaves and not is_open(by.agency_id, at):
        _decide(proposal, ProposalState.LEAVING, by, at)
        assign(proposal, not_before=at + WAITS_FOR)
        return changed(proposal, {"act": (None, proposal.act)}, about=proposal.subject_id)
    done = act.perform(proposal, json.loads(proposal.details), by, at)
    _decide(proposal, ProposalState.CONFIRMED, by, at)
    changes = {"act": (None, proposal.act), "done": (None, done)}
    return changed(proposal, changes, about=proposal.subject_id)


@operation("access.proposal.declined")
def decline(*, proposal: Proposal, reason: str, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Say no to what was proposed, with a reason; nothing changes.

    :raises Forbidden: for the author, the person concerned, and whoever may not confirm this.
    :raises Hidden: for another agency's.
    :raises AlreadyDecided: when it no longer waits.
    """
    proposal = _waiting(proposal, by)
    if by.account_id == proposal.proposed_by_id:
        raise Forbidden(_("You proposed this. You can withdraw it."))
    if by.account_id == proposal.concerns_id:
        raise Forbidden(_("This concerns you: a second person decides it."))
    act_of(proposal).confirm.require(by, proposal, on=day(at))
    _decide(proposal, ProposalState.DECLINED, by, at)
    return changed(proposal, reason=reason, about=proposal.subject_id)


@operation("access.proposal.withdrawn")
def withdraw(*, proposal: Proposal, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Take back what one proposed oneself.

    :raises Forbidden: unless ``by`` proposed it.
    :raises Hidden: for another agency's.
    :raises AlreadyDecided: when it no longer waits.
    """
    proposal = _waiting(proposal, by)
    if by.account_id != proposal.proposed_by_id:
        raise Forbidden(_("Only who proposed this can withdraw it."))
    _decide(proposal, ProposalState.WITHDRAWN, by, at)
    return changed(proposal, about=proposal.subject_id)


@operation("access.proposal.left")
@upholds("R83")
def let_leave(*, proposal: Proposal, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Do what two persons decided outside the office hours, once its twelve hours are over.

    :raises Hidden: for another agency's.
    :raises AlreadyDecided: when it was stopped, or has left.
    :raises TooEarly: before its time.
    """
    proposal = _waiting(proposal, by, ProposalState.LEAVING)
    if at < proposal.not_before:
        raise TooEarly(_("This waits until its time, so that it can still be stopped."))
    done = act_of(proposal).perform(proposal, json.loads(proposal.details), by, at)
    assign(proposal, state=ProposalState.CONFIRMED)
    return changed(proposal, {"done": (None, done)}, about=proposal.subject_id)


@operation("access.proposal.stopped")
@upholds("R83", says=gettext_lazy("what waits to leave the house is stopped by the head"))
def stop(*, proposal: Proposal, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Stop what two persons let leave outside the office hours, before it has left.

    :raises Forbidden: unless ``by`` is the head or one of the two.
    :raises Hidden: for another agency's.
    :raises AlreadyDecided: when it has left, or was stopped.
    """
    proposal = _waiting(proposal, by, ProposalState.LEAVING)
    stops_what_leaves.require(by, proposal, on=day(at))
    if by.account_id == proposal.proposed_by_id:
        _decide(proposal, ProposalState.WITHDRAWN, by, at)
    else:
        _decide(proposal, ProposalState.DECLINED, by, at)
    return changed(proposal, about=proposal.subject_id)


@operation("access.proposal.dropped")
def drop(*, proposal: Proposal, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Withdraw what concerns somebody who has left. Leaving calls this inside its own Rule.

    :raises Hidden: for another agency's.
    :raises AlreadyDecided: when it no longer waits.
    """
    proposal = _waiting(proposal, by, ProposalState.WAITING, ProposalState.LEAVING)
    _decide(proposal, ProposalState.WITHDRAWN, by, at)
    return changed(proposal, about=proposal.subject_id)


def _waiting(proposal: Proposal, by: Actor, *states: ProposalState) -> Proposal:
    require_at_home(by, proposal)
    rows = Proposal.objects.unscoped("locked, then its Rule is asked").select_for_update()
    fresh = rows.get(pk=proposal.pk)
    if fresh.state not in (states or (ProposalState.WAITING,)):
        raise AlreadyDecided(_("This has been decided already. Nothing was changed."))
    return fresh


def _decide(proposal: Proposal, state: ProposalState, by: Actor, at: dt.datetime) -> None:
    assign(proposal, state=state, decided_by=by.account, decided_at=at)

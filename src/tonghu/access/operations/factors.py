"""A lost phone: two persons take a second factor away, so that a new one can be set up."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor, memberships_of
from tonghu.access.grants import require_set_up
from tonghu.access.leaving import end_sessions
from tonghu.access.models import Account, Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import confirms_new_factors
from tonghu.access.tenancy import require_known
from tonghu.access.two_persons import TwoPersonAct, declare
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation


class KnownElsewhere(Refused):
    """She works for another agency too, whose people have not agreed."""


@operation("access.factors.clearing_proposed")
@upholds("R59", "R83")
def propose_clearing(*, account: Account, by: Actor, at: dt.datetime) -> Outcome[Proposal]:
    """Ask a second person to take away the second factors of somebody who lost hers.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises Hidden: for a person of another agency.
    :raises KnownElsewhere: for somebody who works for another agency as well.
    """
    require_set_up(by, day(at))
    require_known(by, account)
    if any(one.agency_id != by.agency_id for one in memberships_of(account, on=day(at))):
        raise KnownElsewhere(_("This is decided where she first signed in. Ask the operator."))
    proposal = propose(act=CLEAR.key, subject=account, details={}, concerns=account, by=by, at=at)
    return changed(proposal, about=account.pk)


def _cleared(proposal: Proposal, details: dict[str, Any], by: Actor, at: dt.datetime) -> Account:
    account = Account.objects.get(pk=proposal.subject_id)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    return account


CLEAR = declare(
    TwoPersonAct(
        "access.factors.cleared",
        gettext_lazy("Take away a lost second factor"),
        confirms_new_factors,
        _cleared,
    )
)

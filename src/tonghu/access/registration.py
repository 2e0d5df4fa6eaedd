"""What access signs up for: checks, acts for two, rotation of its secrets, what is done daily."""

import datetime as dt

from axes.models import AccessAttempt

from tonghu.access import (
    checks,  # noqa: F401 -- registers what doctor asks of the journal
    emergencies,  # noqa: F401 -- registers what doctor asks of emergencies
    factors,  # noqa: F401 -- registers secrets that the rotation would not find
)
from tonghu.access.actors import system
from tonghu.access.constants import ProposalState
from tonghu.access.journal import agencies_on_record
from tonghu.access.models import Proposal
from tonghu.access.operations import (
    deputies,  # noqa: F401 -- its Rules are on the page of rules
    digest,
    grounds,  # noqa: F401 -- declares its acts that take two persons
    journal,
    office,  # noqa: F401 -- its Rule is on the page of rules
    people,  # noqa: F401 -- declares its act that takes two persons
    two_persons,
)
from tonghu.access.operations import factors as lost_factors  # noqa: F401 -- declares its act
from tonghu.kernel.daily import every_day
from tonghu.kernel.errors import Refused

TRIES_KEPT_FOR = dt.timedelta(days=1)


@every_day
def let_leave_what_has_waited(at: dt.datetime) -> None:
    """Let leave what two persons decided outside the office hours, when its time has come (R83).

    What is refused by then, because the recipient may not have it any more, is dropped.
    """
    rows = Proposal.objects.unscoped("the program carries out what two persons decided")
    due = rows.filter(state=ProposalState.LEAVING, not_before__lte=at).order_by("not_before", "pk")
    for proposal in due:
        by = system(proposal.agency_id)
        try:
            two_persons.let_leave(proposal=proposal, by=by, at=at)
        except two_persons.AlreadyDecided:
            continue
        except Refused:
            two_persons.drop(proposal=proposal, by=by, at=at)


@every_day
def tell_of_reasons(at: dt.datetime) -> None:
    """Tell supervisors and heads once a week of the reasons that were written down (R65)."""
    for agency_id in agencies_on_record():
        digest.tell_of_reasons(by=system(agency_id), at=at)


@every_day
def forget_tries(at: dt.datetime) -> None:
    """Delete failed tries at signing in that no lock-out needs any more: they hold names."""
    AccessAttempt.objects.filter(attempt_time__lt=at - TRIES_KEPT_FOR).delete()


@every_day
def sign_heads(at: dt.datetime) -> None:
    """Sign the end of every agency's journal, once a day."""
    for agency_id in agencies_on_record():
        journal.sign_head(by=system(agency_id), at=at)

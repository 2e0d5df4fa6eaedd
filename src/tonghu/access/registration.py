"""What access signs up for: checks, acts for two, rotation of its secrets, what is done daily."""

import datetime as dt

from axes.models import AccessAttempt

from tonghu.access import (
    checks,  # noqa: F401 -- registers what doctor asks of the journal
    emergencies,  # noqa: F401 -- registers what doctor asks of emergencies
    factors,  # noqa: F401 -- registers secrets that the rotation would not find
)
from tonghu.access.actors import system
from tonghu.access.journal import agencies_on_record
from tonghu.access.operations import (
    deputies,  # noqa: F401 -- its Rules are on the page of rules
    grounds,  # noqa: F401 -- declares its acts that take two persons
    journal,
    people,  # noqa: F401 -- declares its act that takes two persons
)
from tonghu.access.operations import factors as lost_factors  # noqa: F401 -- declares its act
from tonghu.kernel.daily import every_day

TRIES_KEPT_FOR = dt.timedelta(days=1)


@every_day
def forget_tries(at: dt.datetime) -> None:
    """Delete failed tries at signing in that no lock-out needs any more: they hold names."""
    AccessAttempt.objects.filter(attempt_time__lt=at - TRIES_KEPT_FOR).delete()


@every_day
def sign_heads(at: dt.datetime) -> None:
    """Sign the end of every agency's journal, once a day."""
    for agency_id in agencies_on_record():
        journal.sign_head(by=system(agency_id), at=at)

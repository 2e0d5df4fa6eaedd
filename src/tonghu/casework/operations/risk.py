"""How much danger there is: a person says so, with a reason, until the next look."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import RiskLevel
from tonghu.casework.models import Case, RiskFinding
from tonghu.casework.moving import ReasonMissing
from tonghu.casework.policy import CASES_ASSESSED
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation


class NextLookMissing(Refused):
    """A level holds until somebody looks again, so it says when."""


@operation("casework.risk.judged")
@upholds("R28")
def judge_risk(
    *,
    case: Case,
    level: RiskLevel | str,
    reason: str,
    review_on: dt.date,
    by: Actor,
    at: dt.datetime,
) -> Outcome[RiskFinding]:
    """Set how much danger there is, and when it is looked at again. No score ever does (PIPL 24).

    :raises Refused: unless ``by`` may assess the case.
    :raises ReasonMissing: without a reason.
    :raises NextLookMissing: when the next look lies before today.
    """
    CASES_ASSESSED.require(Action.WRITE, by, case, on=day(at))
    if not reason.strip():
        raise ReasonMissing(_("Write in a sentence why it is judged so. Nothing is lost."))
    if review_on < day(at):
        raise NextLookMissing(_("Name a day to look at it again, from today on."))
    found = RiskFinding(
        agency_id=case.agency_id,
        case=case,
        level=level,
        reason=reason.strip(),
        set_by=by.account,
        set_on=day(at),
        set_at=at,
        review_on=review_on,
    )
    found.save(force_insert=True)
    changes = assign(case, risk_level=level)
    return changed(found, changes, reason=reason, about=case.child_id)

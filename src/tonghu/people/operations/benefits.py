"""Whether what is due to a child arrives: asked about, noted, asked about again."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.people.constants import Benefit, BenefitState
from tonghu.people.definitions.facts import ARRIVING
from tonghu.people.models import BenefitCheck, Child
from tonghu.people.policy import CHILDREN
from tonghu.people.timeline import begin


class AmountsDisagree(Refused):
    """What is said to arrive and what is said to be due do not fit together."""


class NextCheckPassed(Refused):
    """The day on which to ask again lies before the day of asking."""


@operation("people.benefit.checked")
def check_benefit(
    *,
    child: Child,
    benefit: Benefit,
    state: BenefitState,
    checked_on: dt.date,
    monthly: int | None = None,
    due: int | None = None,
    received_from: dt.date | None = None,
    asked: str = "",
    next_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[BenefitCheck]:
    """Note how a benefit stands, in fen a month; a check of the same day is corrected.

    :raises Refused: unless ``by`` may write the file.
    :raises AmountsDisagree: when something arrives that is said not to, or short is not short.
    :raises NextCheckPassed: when the day to ask again is not after the day of asking.
    """
    CHILDREN.require(Action.WRITE, by, child, on=day(at))
    _require_sense(state, monthly, due, ahead=next_on is None or next_on > checked_on)
    span = BenefitCheck(
        agency_id=child.agency_id,
        child=child,
        benefit=benefit,
        state=state,
        monthly=monthly,
        due=due,
        received_from=received_from if state in ARRIVING else None,
        asked=asked.strip(),
        next_on=next_on,
        from_on=checked_on,
        noted_by=by.account,
    )
    rows = BenefitCheck.objects.unscoped("the file's Rule was asked above")
    held, changes = begin(rows.filter(child=child, benefit=benefit), span)
    return changed(held, changes, about=child.pk) if changes else unchanged(held)


def _require_sense(
    state: BenefitState, monthly: int | None, due: int | None, *, ahead: bool
) -> None:
    if not ahead:
        raise NextCheckPassed(_("The day to ask again comes after the day of asking."))
    if state not in ARRIVING and monthly:
        raise AmountsDisagree(
            _("An amount arrives, but the benefit is said not to. Nothing was saved; look at both.")
        )
    if state == BenefitState.PARTIAL and monthly is not None and due is not None and monthly >= due:
        raise AmountsDisagree(
            _("What arrives short is less than what is due. Nothing was saved; look at both.")
        )

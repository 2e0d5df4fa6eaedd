"""A safety plan: what the child does when it becomes dangerous, and to whom it can go."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case, SafetyPlan
from tonghu.casework.policy import CASES_KEPT_SAFE
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation

A_DAY = dt.timedelta(days=1)


class SafetyIncomplete(Refused):
    """A safety plan names the signs, what to do, a safe adult, and whom to call."""


@operation("casework.safety_plan.recorded")
@upholds("R29", "R66")
def write_safety_plan(
    *,
    case: Case,
    signs: str,
    child_does: str,
    safe_adults: str,
    call: str,
    by: Actor,
    at: dt.datetime,
) -> Outcome[SafetyPlan]:
    """Write the safety plan that holds from now on; the one before stays in the history.

    Who broke the glass writes it too, standing before the child (R66).

    :raises Refused: unless ``by`` may plan in the case, or opened the file in an emergency.
    :raises SafetyIncomplete: with an empty answer.
    """
    CASES_KEPT_SAFE.require(Action.WRITE, by, case, on=day(at))
    locked = Case.objects.unscoped("its Rule was asked above").select_for_update().get(pk=case.pk)
    require_open(locked.state, ["safety"])
    said = {"signs": signs, "child_does": child_does, "safe_adults": safe_adults, "call": call}
    if not all(words.strip() for words in said.values()):
        raise SafetyIncomplete(
            _("Name the signs, what the child does, a safe adult, whom to call. Nothing is lost.")
        )
    rows = SafetyPlan.objects.unscoped("its Rule was asked above")
    for last in rows.filter(case=case, until_on=None):
        assign(last, until_on=max(last.from_on, day(at) - A_DAY))
    plan = SafetyPlan(
        agency_id=case.agency_id,
        case=case,
        from_on=day(at),
        written_by=by.account,
        written_at=at,
        **{name: words.strip() for name, words in said.items()},
    )
    plan.save(force_insert=True)
    return changed(plan, {"from_on": (None, plan.from_on)}, about=case.child_id)

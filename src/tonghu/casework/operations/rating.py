"""Where the goals stand, and which goals a contact was about."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import Scale
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case, ContactGoal, Goal, GoalRating
from tonghu.casework.operations.planning import NotDoneYet, OffTheScale
from tonghu.casework.policy import CASES_PLANNED
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.services.models import Contact
from tonghu.services.policy import CONTACTS


class NotOfThisChild(Refused):
    """A contact is about goals of the child whom it was with."""


@operation("casework.goal.rated")
@upholds("R29")
def rate_goal(
    *, goal: Goal, level: int, on: dt.date, note: str = "", by: Actor, at: dt.datetime
) -> Outcome[GoalRating]:
    """Say where a goal stands on a day, and what shows it; earlier ratings stay.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises OffTheScale: when the goal's scale does not have the level.
    :raises NotDoneYet: when the day has not come.
    """
    CASES_PLANNED.require(Action.WRITE, by, goal.case, on=day(at))
    case = Case.objects.unscoped("its Rule was asked above").get(pk=goal.case_id)
    require_open(case.state, ["rating"])
    if level not in (range(-2, 3) if goal.scale == Scale.GAS else range(11)):
        raise OffTheScale(_("This is not a step of the goal’s scale. Choose one that it has."))
    if on > day(at):
        raise NotDoneYet(_("This day has not come yet. Correct it; nothing is lost."))
    row = GoalRating(
        agency_id=goal.agency_id,
        case_id=goal.case_id,
        goal=goal,
        level=level,
        on=on,
        note=note.strip(),
        by=by.account,
        at=at,
    )
    row.save(force_insert=True)
    return changed(row, {"level": (None, level)}, about=goal.case.child_id)


@operation("casework.goal.contact_linked")
@upholds("R29")
def link(
    *, contact: Contact, goals: Sequence[Goal], by: Actor, at: dt.datetime
) -> Outcome[Contact]:
    """Say which goals a contact was about; what was said before is replaced.

    :raises Refused: unless ``by`` may write the contact.
    :raises NotOfThisChild: when a goal is another child's.
    """
    CONTACTS.require(Action.WRITE, by, contact, on=day(contact.happened_at))
    if any(one.case.child_id != contact.child_id for one in goals):
        raise NotOfThisChild(_("One of these goals is another child’s. Choose among this child’s."))
    rows = ContactGoal.objects.unscoped("its Rule was asked above").filter(contact=contact)
    before = set(rows.values_list("goal_id", flat=True))
    after = {one.pk for one in goals}
    if before == after:
        return unchanged(contact)
    rows.exclude(goal__in=after).delete()
    for goal in goals:
        if goal.pk not in before:
            row = ContactGoal(
                agency_id=contact.agency_id, case_id=goal.case_id, contact=contact, goal=goal
            )
            row.save(force_insert=True)
    return changed(contact, {"goals": (len(before), len(after))}, about=contact.child_id)

"""The plan is written with the family: goals, who does what, what stays between us."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import Decision, Scale
from tonghu.casework.editions import ChangedMeanwhile, edition_of
from tonghu.casework.fields import require_open
from tonghu.casework.models import Case, Goal, Plan, PlanAction, Submission
from tonghu.casework.plans import unscoped_goals, unscoped_newest
from tonghu.casework.policy import CASES_PLANNED
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.ids import new_id
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged

MOST_GOALS = 5
PLAN_SAYS = ("unpaid_helper", "no_helper_why", "limits", "told_child", "told_guardian", "review_on")
GOAL_SAYS = (
    "words",
    "own_words",
    "set_by",
    "scale",
    "much_less",
    "less",
    "hoped",
    "more",
    "much_more",
    "baseline",
    "target",
    "target_on",
    "weight",
)
ACTION_SAYS = ("goal_id", "what", "who", "who_named", "due_on", "suits")


class PlanFixed(Refused):
    """This version lies with the supervisor, or is approved; the next one is written on."""


class DraftThere(Refused):
    """A version is being written already."""


class TooManyGoals(Refused):
    """A plan with more than five goals is none."""


class BaselineMissing(Refused):
    """A goal says where it stands now, or nobody sees later what changed."""


class OffTheScale(Refused):
    """A figure that the goal's scale does not have."""


class OtherNotNamed(Refused):
    """Somebody else who does something has a name."""


@operation("casework.plan.begun")
@upholds("R29")
def begin_plan(*, case: Case, by: Actor, at: dt.datetime) -> Outcome[Plan]:
    """Begin the next version of a plan, with what the last one says; ratings go on.

    :raises Refused: unless ``by`` may plan in the case, in its state.
    :raises DraftThere: while a version is written on.
    """
    CASES_PLANNED.require(Action.WRITE, by, case, on=day(at))
    require_open(case.state, ["plan"])
    last = unscoped_newest(case)
    if last is not None and not _is_fixed(last):
        raise DraftThere(_("A version is being written already. Open it and go on with it."))
    plan = Plan(
        agency_id=case.agency_id,
        case=case,
        version=last.version + 1 if last else 1,
        written_by=by.account,
        written_at=at,
    )
    for name in PLAN_SAYS if last else ():
        setattr(plan, name, getattr(last, name))
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError:
        raise DraftThere(_("Somebody began this version just now. Open it.")) from None
    if last:
        _carry_over(last, plan)
    return changed(plan, {"version": (None, plan.version)}, about=case.child_id)


@operation("casework.plan.described")
@upholds("R29")
def describe_plan(
    *, plan: Plan, said: Mapping[str, Any], base: str = "", by: Actor, at: dt.datetime
) -> Outcome[Plan]:
    """Write what a plan says besides its goals: who helps unpaid, what stays between us, when next.

    ``said`` holds columns of :data:`PLAN_SAYS`; ``base`` is the edition the form was opened on.

    :raises Refused: unless ``by`` may do this in the case.
    :raises PlanFixed: when the supervisor has it, or it was approved.
    :raises ChangedMeanwhile: when somebody else wrote in it since.
    """
    now = _writable(plan, by, at)
    _require_edition(now, PLAN_SAYS, base)
    changes = assign(plan, **{name: said[name] for name in PLAN_SAYS if name in said})
    return changed(plan, _silent(changes), about=plan.case.child_id) if changes else unchanged(plan)


@operation("casework.goal.named")
@upholds("R29")
def set_goal(*, plan: Plan, said: Mapping[str, Any], by: Actor, at: dt.datetime) -> Outcome[Goal]:
    """Put a goal into a plan, in the child's or the family's words, with where it stands now.

    :raises Refused: unless ``by`` may do this in the case.
    :raises PlanFixed: when the supervisor has the plan, or it was approved.
    :raises TooManyGoals: when there are five.
    :raises BaselineMissing: without where it stands now.
    :raises OffTheScale: when a figure is not one of its scale.
    """
    _writable(plan, by, at)
    there = unscoped_goals(plan)
    if len(there) >= MOST_GOALS:
        raise TooManyGoals(_("There are five goals. Leave one out first, or put two together."))
    _require_measurable(said)
    goal = Goal(
        agency_id=plan.agency_id,
        case_id=plan.case_id,
        plan=plan,
        order=max((one.order for one in there), default=0) + 1,
        **{name: said[name] for name in GOAL_SAYS if name in said},
    )
    goal.save(force_insert=True)
    return changed(goal, {"order": (None, goal.order)}, about=plan.case.child_id)


@operation("casework.goal.described")
@upholds("R29")
def describe_goal(
    *, goal: Goal, said: Mapping[str, Any], base: str = "", by: Actor, at: dt.datetime
) -> Outcome[Goal]:
    """Change the words or the steps of a goal while its plan is written.

    :raises Refused: unless ``by`` may do this in the case.
    :raises PlanFixed: when the supervisor has the plan, or it was approved.
    :raises ChangedMeanwhile: when somebody else changed it since.
    :raises BaselineMissing: without where it stands now.
    :raises OffTheScale: when a figure is not one of its scale.
    """
    _writable(goal.plan, by, at)
    now = Goal.objects.unscoped("its Rule was asked above").select_for_update().get(pk=goal.pk)
    _require_edition(now, GOAL_SAYS, base)
    _require_measurable({name: getattr(now, name) for name in GOAL_SAYS} | dict(said))
    changes = assign(goal, **{name: said[name] for name in GOAL_SAYS if name in said})
    return changed(goal, _silent(changes), about=goal.case.child_id) if changes else unchanged(goal)


@operation("casework.goal.left_out")
@upholds("R29")
def leave_goal_out(*, goal: Goal, is_out: bool = True, by: Actor, at: dt.datetime) -> Outcome[Goal]:
    """Leave a goal out of the plan that is written, or put it back; nothing of it is lost.

    :raises Refused: unless ``by`` may do this in the case.
    :raises PlanFixed: when the supervisor has the plan, or it was approved.
    :raises TooManyGoals: when it comes back to five others.
    """
    _writable(goal.plan, by, at)
    if not is_out and len(unscoped_goals(goal.plan)) >= MOST_GOALS:
        raise TooManyGoals(_("There are five goals. Leave one out first, or put two together."))
    changes = assign(goal, is_out=is_out)
    return changed(goal, changes, about=goal.case.child_id) if changes else unchanged(goal)


@operation("casework.plan_action.agreed")
@upholds("R29")
def agree_action(
    *, plan: Plan, said: Mapping[str, Any], by: Actor, at: dt.datetime
) -> Outcome[PlanAction]:
    """Put down who does what, by when, at a time that suits the family.

    :raises Refused: unless ``by`` may do this in the case.
    :raises PlanFixed: when the supervisor has the plan, or it was approved.
    :raises OtherNotNamed: when somebody else does it and has no name.
    """
    _writable(plan, by, at)
    _require_named(said)
    action = PlanAction(
        agency_id=plan.agency_id,
        case_id=plan.case_id,
        plan=plan,
        **{name: said[name] for name in ACTION_SAYS if name in said},
    )
    action.save(force_insert=True)
    return changed(action, {"due_on": (None, action.due_on)}, about=plan.case.child_id)


@operation("casework.plan_action.left_out")
@upholds("R29")
def leave_action_out(
    *, action: PlanAction, is_out: bool = True, by: Actor, at: dt.datetime
) -> Outcome[PlanAction]:
    """Leave something out of the plan that is written, or put it back.

    :raises Refused: unless ``by`` may do this in the case.
    :raises PlanFixed: when the supervisor has the plan, or it was approved.
    """
    _writable(action.plan, by, at)
    changes = assign(action, is_out=is_out)
    return changed(action, changes, about=action.case.child_id) if changes else unchanged(action)


@operation("casework.plan_action.finished")
@upholds("R29")
def note_done(
    *, action: PlanAction, done_on: dt.date | None, by: Actor, at: dt.datetime
) -> Outcome[PlanAction]:
    """Say on which day something of the plan was done, or that it was not after all.

    :raises Refused: unless ``by`` may plan in the case.
    :raises NotDoneYet: when the day has not come.
    """
    CASES_PLANNED.require(Action.WRITE, by, action.case, on=day(at))
    if done_on is not None and done_on > day(at):
        raise NotDoneYet(_("This day has not come yet. Correct it; nothing is lost."))
    changes = assign(action, done_on=done_on)
    return changed(action, changes, about=action.case.child_id) if changes else unchanged(action)


class NotDoneYet(Refused):
    """What is done was done today or before."""


def _writable(plan: Plan, by: Actor, at: dt.datetime) -> Plan:
    """Return the plan as it is now, locked, if it is still written on."""
    CASES_PLANNED.require(Action.WRITE, by, plan.case, on=day(at))
    case = Case.objects.unscoped("its Rule was asked above").get(pk=plan.case_id)
    require_open(case.state, ["plan"])
    now = Plan.objects.unscoped("its Rule was asked above").select_for_update().get(pk=plan.pk)
    if _is_fixed(now):
        raise PlanFixed(
            _("The supervisor has this version or approved it. Begin the next; nothing is lost.")
        )
    return now


def _is_fixed(plan: Plan) -> bool:
    if plan.agreed_on is not None:
        return True
    rows = Submission.objects.unscoped("the plan's Rule was asked by the operation")
    newest = rows.filter(paper=plan.pk).order_by("version").last()
    return newest is not None and newest.decision != Decision.RETURNED


def _carry_over(last: Plan, plan: Plan) -> None:
    """Begin with the goals of the last version and with what is not done yet."""
    places: dict[UUID | None, UUID] = {}
    for goal in unscoped_goals(last):
        old = goal.pk
        goal.pk, goal.plan = new_id(), plan
        goal.save(force_insert=True)
        places[old] = goal.pk
    actions = PlanAction.objects.unscoped("the plan's Rule was asked by the operation")
    for action in actions.filter(plan=last, is_out=False, done_on=None).order_by("due_on", "id"):
        action.pk, action.plan = new_id(), plan
        action.goal_id = places.get(action.goal_id)
        action.save(force_insert=True)


def _require_edition(now: Any, names: tuple[str, ...], base: str) -> None:
    if base and edition_of(now, names) != base:
        raise ChangedMeanwhile(
            _("Somebody changed this while you wrote. Both versions stand below; nothing is lost.")
        )


def _require_measurable(said: Mapping[str, Any]) -> None:
    if said.get("baseline") is None:
        raise BaselineMissing(
            _("Say where the goal stands now. Without it nobody sees later what changed.")
        )
    is_gas = said["scale"] == Scale.GAS
    allowed = range(-2, 3) if is_gas else range(11)
    target = said.get("target") or 0
    if said["baseline"] not in allowed or target not in allowed or (is_gas and target):
        raise OffTheScale(_("This is not a step of the goal’s scale. Choose one that it has."))


def _require_named(said: Mapping[str, Any]) -> None:
    if said["who"] == "OTHER" and not str(said.get("who_named", "")).strip():
        raise OtherNotNamed(_("Say who the other one is; nothing is lost."))


def _silent(changes: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Return which columns changed, without the words: the journal does not tell a plan."""
    return dict.fromkeys(changes, (None, None))

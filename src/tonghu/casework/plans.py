"""Questions about plans, goals, safety plans and who agreed; each asks the plans' sheet."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import OPEN, Decision, Scale
from tonghu.casework.gas import t_score
from tonghu.casework.models import (
    Case,
    Goal,
    GoalRating,
    Plan,
    PlanAction,
    SafetyPlan,
    Signature,
    Submission,
)
from tonghu.casework.policy import PLANS, SAFETY_PLANS
from tonghu.people.models import Child


@dataclass(frozen=True)
class Standing:
    """A goal with its ratings, the oldest first; the baseline counts until somebody rates it."""

    goal: Goal
    ratings: list[GoalRating] = field(default_factory=list)

    @property
    def level(self) -> int:
        """Return where the goal stands."""
        return self.ratings[-1].level if self.ratings else self.goal.baseline

    @property
    def is_gas(self) -> bool:
        """Tell whether it is measured in five steps."""
        return self.goal.scale == Scale.GAS


@dataclass(frozen=True)
class WholePlan:
    """A version of a plan with all that belongs to it, for a page or a paper."""

    plan: Plan
    goals: list[Standing]
    actions: list[PlanAction]
    signatures: list[Signature]
    submission: Submission | None

    @property
    def is_waiting(self) -> bool:
        """Tell whether the supervisor has it."""
        return self.submission is not None and self.submission.decision == ""

    @property
    def is_approved(self) -> bool:
        """Tell whether the supervisor approved it as it is."""
        return self.submission is not None and self.submission.decision == Decision.APPROVED

    @property
    def is_open(self) -> bool:
        """Tell whether it is still written on."""
        return not (self.plan.agreed_on or self.is_waiting or self.is_approved)

    @property
    def attainment(self) -> float | None:
        """Return T of the goals that are measured in five steps."""
        rated = [one for one in self.goals if one.is_gas]
        return t_score([one.level for one in rated], [one.goal.weight for one in rated])


def plan_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Plan:
    """Return one version of a plan.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Plan.objects.select_related("case__child__person", "written_by")
    return PLANS.get(action, rows, by, pk, on=on)


def goal_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Goal:
    """Return one goal.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Goal.objects.select_related("plan", "case__child__person")
    return PLANS.get(action, rows, by, pk, on=on)


def action_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> PlanAction:
    """Return one thing somebody does.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = PlanAction.objects.select_related("plan", "case__child__person")
    return PLANS.get(action, rows, by, pk, on=on)


def signature_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Signature:
    """Return one signature.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Signature.objects.select_related("plan", "case__child__person", "person", "account")
    return PLANS.get(action, rows, by, pk, on=on)


def plans_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Plan]":
    """Return the versions of a case's plan, the newest first."""
    rows = Plan.objects.filter(case=case).select_related("written_by")
    return PLANS.rows(Action.READ, rows, by, on=on).order_by("-version")


def safety_plan_of(case: Case, by: Actor, *, on: dt.date) -> SafetyPlan | None:
    """Return the safety plan that holds."""
    rows = SafetyPlan.objects.filter(case=case, until_on=None).select_related("written_by")
    return SAFETY_PLANS.rows(Action.READ, rows, by, on=on).first()


def whole(plan: Plan, by: Actor, *, on: dt.date) -> WholePlan:
    """Return a version with goals, ratings, actions and signatures, as far as one may read it."""
    goals = PLANS.rows(Action.READ, Goal.objects.filter(plan=plan, is_out=False), by, on=on)
    actions = PLANS.rows(Action.READ, PlanAction.objects.filter(plan=plan), by, on=on)
    signed = PLANS.rows(Action.READ, Signature.objects.filter(plan=plan), by, on=on)
    sent = Submission.objects.unscoped("of a plan that was found under its Rule")
    return WholePlan(
        plan,
        standings(list(goals.order_by("order", "id"))),
        list(actions.filter(is_out=False).select_related("goal").order_by("due_on", "id")),
        list(signed.filter(withdrawn_at=None).select_related("person", "account").order_by("id")),
        sent.filter(paper=plan.pk).select_related("decided_by").order_by("version").last(),
    )


def standings(goals: Sequence[Goal]) -> list[Standing]:
    """Return goals with their ratings through all versions; they were found under their Rule."""
    rows = GoalRating.objects.unscoped("of goals that were found under their Rule")
    threads = {one.thread for one in goals}
    rows = rows.filter(goal__thread__in=threads, case__in={one.case_id for one in goals})
    by_thread: dict[UUID, list[GoalRating]] = {}
    for row in rows.select_related("goal").order_by("on", "at"):
        by_thread.setdefault(row.goal.thread, []).append(row)
    return [Standing(one, by_thread.get(one.thread, [])) for one in goals]


def unscoped_newest(case: Case) -> Plan | None:
    """Return the newest version, agreed or not; the caller asked the case's Rule."""
    rows = Plan.objects.unscoped("the caller asked the case's Rule")
    return rows.filter(case=case).order_by("-version").first()


def unscoped_in_force(case: Case) -> Plan | None:
    """Return the version that holds; the caller asked the case's Rule."""
    rows = Plan.objects.unscoped("the caller asked the case's Rule")
    return rows.filter(case=case, agreed_on__isnull=False).order_by("-version").first()


def unscoped_goals(plan: Plan | None) -> list[Goal]:
    """Return the goals of a version; the caller asked the case's Rule."""
    rows = Goal.objects.unscoped("the caller asked the case's Rule")
    return list(rows.filter(plan=plan, is_out=False).order_by("order", "id")) if plan else []


def goals_to_choose(child: Child, by: Actor, *, on: dt.date) -> list[Goal]:
    """Return the goals that a contact on a file may be about: those of the plan that holds."""
    rows = Plan.objects.filter(case__child=child, case__state__in=OPEN, agreed_on__isnull=False)
    plan = PLANS.rows(Action.READ, rows, by, on=on).order_by("-version").first()
    return unscoped_goals(plan)


def goals_in(contact: UUID, by: Actor, *, on: dt.date) -> list[Goal]:
    """Return the goals that a contact was about, as far as one may read them."""
    rows = Goal.objects.filter(contacts__contact=contact)
    return list(PLANS.rows(Action.READ, rows, by, on=on).order_by("order", "id"))

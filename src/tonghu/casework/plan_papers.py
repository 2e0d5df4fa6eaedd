"""The plan as the supervisor reads it: part by part, and what it lacks."""

import datetime as dt
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.casework.constants import PaperKind, RiskLevel, Scale
from tonghu.casework.models import Goal, Plan, PlanAction, SafetyPlan, Submission
from tonghu.casework.plans import unscoped_goals
from tonghu.casework.policy import CASES_PLANNED
from tonghu.casework.reviewing import KINDS, Part, Reviewed
from tonghu.look.addresses import address

STEPS = (
    ("much_less", -2),
    ("less", -1),
    ("hoped", 0),
    ("more", 1),
    ("much_more", 2),
)
LIMITS = gettext_lazy(
    "What you tell me stays between us. There are three times when I must tell others: when "
    "somebody hurts you or you could be hurt, when you want to hurt yourself or somebody else, and "
    "when a court or the police ask by law. Then I tell you first, if I can."
)
"""What a plan begins with saying about confidentiality; the worker makes it fit the child."""


def _load(pk: UUID) -> Plan:
    rows = Plan.objects.unscoped("the submission's Rule was asked by the operation")
    return rows.select_related("case__child__person").get(pk=pk)


def _parts(plan: Plan) -> list[Part]:
    goals = [
        Part(f"goal-{one.thread}", _("Goal %(n)s") % {"n": number}, goal_in_words(one))
        for number, one in enumerate(unscoped_goals(plan), 1)
    ]
    actions = "\n".join(action_in_words(one) for one in _actions(plan))
    helper = plan.unpaid_helper or plan.no_helper_why
    return [
        *goals,
        Part("actions", gettext_lazy("Who does what"), actions),
        Part("helper", gettext_lazy("Who helps without being paid"), helper),
        Part("limits", gettext_lazy("Limits of confidentiality"), plan.limits),
        Part("review_on", gettext_lazy("Reviewed by"), f"{plan.review_on or ''}"),
    ]


def goal_in_words(goal: Goal) -> str:
    """Return a goal as running text."""
    lines = [goal.words]
    if goal.own_words:
        lines.append(f"“{goal.own_words}”")
    lines.append(f"{goal.get_set_by_display()} · {goal.target_on}")
    if goal.scale == Scale.GAS:
        lines += [f"{level:+d} {getattr(goal, name)}" for name, level in STEPS]
        lines.append(_("now %(level)s") % {"level": f"{goal.baseline:+d}"})
    else:
        lines.append(f"{goal.baseline} → {goal.target}")
    return "\n".join(lines)


def action_in_words(action: PlanAction) -> str:
    """Return what somebody does as one line."""
    who = action.who_named or action.get_who_display()
    return " · ".join(str(one) for one in (action.what, who, action.due_on, action.suits) if one)


def _missing(plan: Plan) -> list[str | Promise]:
    found: list[str | Promise] = []
    goals = unscoped_goals(plan)
    if not goals:
        found.append(gettext_lazy("A goal in the child’s or the family’s words."))
    found += [
        _("“%(goal)s”: five steps in words.") % {"goal": one.words}
        for one in goals
        if one.scale == Scale.GAS and not all(getattr(one, name) for name, _level in STEPS)
    ]
    if not _actions(plan):
        found.append(gettext_lazy("Who does what, by when."))
    if not (plan.unpaid_helper or plan.no_helper_why):
        found.append(gettext_lazy("Somebody who helps without being paid, or why nobody does."))
    if not plan.limits or not (plan.told_child and plan.told_guardian):
        found.append(gettext_lazy("The limits of confidentiality, said to child and guardian."))
    if plan.review_on is None:
        found.append(gettext_lazy("The day of the review."))
    if _needs_safety(plan):
        found.append(gettext_lazy("A safety plan: the risk is high."))
    return found


def _needs_safety(plan: Plan) -> bool:
    rows = SafetyPlan.objects.unscoped("of a case that was found under its Rule")
    in_danger = plan.case.risk_level in (RiskLevel.L1_URGENT, RiskLevel.L2_HIGH)
    return in_danger and not rows.filter(case=plan.case_id, until_on=None).exists()


def _actions(plan: Plan) -> list[PlanAction]:
    rows = PlanAction.objects.unscoped("of a plan that was found under its Rule")
    return list(rows.filter(plan=plan, is_out=False).order_by("due_on", "id"))


def missing_in(plan: Plan) -> list[str | Promise]:
    """Return what a plan lacks before it goes to the supervisor; the caller asked its Rule."""
    return _missing(plan)


def _decided(plan: Plan, submission: Submission, by: Actor, at: dt.datetime) -> None:
    """An approved plan waits for its signatures; a returned one is written on."""


KINDS.register(
    PaperKind.PLAN,
    Reviewed(
        PaperKind.PLAN,
        CASES_PLANNED,
        _load,
        _parts,
        _missing,
        _decided,
        lambda plan: address("plan", plan.pk),
    ),
)

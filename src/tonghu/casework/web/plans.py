"""A plan on its page, and the pages on which it is written."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.beginnings import may
from tonghu.casework.models import Goal, Plan
from tonghu.casework.operations import planning, rating, safety
from tonghu.casework.plan_papers import missing_in
from tonghu.casework.plan_sections import drawn
from tonghu.casework.plans import action_for, goal_for, plan_for, plans_of, safety_plan_of, whole
from tonghu.casework.policy import CASES_KEPT_SAFE, CASES_PLANNED, PLANS
from tonghu.casework.queries import case_for
from tonghu.casework.web.plan_forms import (
    ActionForm,
    DoneForm,
    GoalForm,
    PlanForm,
    RatingForm,
    SafetyForm,
)
from tonghu.casework.web.writing import Writing, case_to_plan, written
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.web.changes import either_way


@page(PLANS, Action.READ)
@require_GET
def plan(request: Request, plan_id: UUID) -> HttpResponse:
    """Show a version of a plan: goals with their steps, who does what, who agreed."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = plan_for(by, plan_id, on=on)
    record_look(found, by=by, at=at, about=found.case.child_id)
    shown = whole(found, by, on=on)
    writes = may(CASES_PLANNED)(found.case, by, on)
    context = {
        "plan": found,
        "case": found.case,
        "name": found.case.child.person.called,
        "shown": shown,
        "goals": drawn(shown.goals),
        "writes": writes and shown.is_open,
        "signs": writes and shown.is_approved and not found.agreed_on,
        "notes_done": writes,
        "left_out": _left_out(found) if writes and shown.is_open else [],
        "missing": missing_in(found) if shown.is_open else [],
    }
    return render(request, "casework/plan.html", context)


def _left_out(plan: Plan) -> list[Goal]:
    rows = Goal.objects.unscoped("of a plan that was found under its Rule")
    return list(rows.filter(plan=plan, is_out=True).order_by("order", "id"))


@page(CASES_PLANNED, Action.READ)
@require_GET
def case_plan(request: Request, case_id: UUID) -> HttpResponse:
    """Lead to the newest version of a case's plan."""
    on, by = clock.day(clock.now()), request.actor
    case = case_for(by, case_id, on=on, sheet=CASES_PLANNED)
    newest = plans_of(case, by, on=on).first()
    return redirect(address("plan", newest.pk) if newest else address("case", case.pk))


@page(CASES_PLANNED, Action.WRITE)
@either_way
def plan_new(request: Request, case_id: UUID) -> HttpResponse:
    """Begin a version of the plan."""
    at = clock.now()
    case = case_to_plan(request, case_id)
    what = Writing(
        _("The plan"),
        _("Begin a version"),
        address("case-plan", case.pk),
        _("It begins with what the last one says; goals keep their ratings."),
    )
    return written(
        request, case, forms.Form(request.POST or None), planning.begin_plan, what, at=at, case=case
    )


@page(PLANS, Action.WRITE)
@either_way
def plan_edit(request: Request, plan_id: UUID) -> HttpResponse:
    """Write who helps unpaid, what stays between us, when it is looked at again."""
    at = clock.now()
    found = plan_for(request.actor, plan_id, on=clock.day(at), action=Action.WRITE)
    form = PlanForm(request.POST or None, plan=found)
    what = Writing(
        _("Helpers, confidentiality, review"),
        _("Save"),
        address("plan", found.pk),
        row=found,
        columns=planning.PLAN_SAYS,
    )
    said = form.cleaned_data if form.is_valid() else {}
    return written(
        request, found.case, form, planning.describe_plan, what, at=at, plan=found, said=said
    )


@page(PLANS, Action.WRITE)
@either_way
def goal_new(request: Request, plan_id: UUID) -> HttpResponse:
    """Put a goal into a plan."""
    at = clock.now()
    found = plan_for(request.actor, plan_id, on=clock.day(at), action=Action.WRITE)
    form = GoalForm(request.POST or None)
    what = Writing(_("A goal"), _("Save the goal"), address("plan", found.pk))
    said = form.said() if form.is_valid() else {}
    return written(request, found.case, form, planning.set_goal, what, at=at, plan=found, said=said)


@page(PLANS, Action.WRITE)
@either_way
def goal_edit(request: Request, goal_id: UUID) -> HttpResponse:
    """Change a goal while its plan is written."""
    at = clock.now()
    goal = goal_for(request.actor, goal_id, on=clock.day(at), action=Action.WRITE)
    form = GoalForm(request.POST or None, goal=goal)
    what = Writing(
        _("A goal"),
        _("Save the goal"),
        address("plan", goal.plan_id),
        row=goal,
        columns=planning.GOAL_SAYS,
    )
    said = form.said() if form.is_valid() else {}
    return written(
        request, goal.case, form, planning.describe_goal, what, at=at, goal=goal, said=said
    )


@page(PLANS, Action.WRITE)
@either_way
def goal_out(request: Request, goal_id: UUID) -> HttpResponse:
    """Leave a goal out, or put it back."""
    at = clock.now()
    goal = goal_for(request.actor, goal_id, on=clock.day(at), action=Action.WRITE)
    what = Writing(
        _("Put the goal back?") if goal.is_out else _("Leave the goal out?"),
        _("Put it back") if goal.is_out else _("Leave it out"),
        address("plan", goal.plan_id),
        goal.words,
    )
    form = forms.Form(request.POST or None)
    act, is_out = planning.leave_goal_out, not goal.is_out
    return written(request, goal.case, form, act, what, at=at, goal=goal, is_out=is_out)


@page(PLANS, Action.WRITE)
@either_way
def goal_rate(request: Request, goal_id: UUID) -> HttpResponse:
    """Say where a goal stands."""
    at = clock.now()
    goal = goal_for(request.actor, goal_id, on=clock.day(at), action=Action.WRITE)
    form = RatingForm(request.POST or None, goal=goal, on=clock.day(at))
    then = f"{address('case', goal.case_id)}#goals"
    what = Writing(_("Where the goal stands"), _("Save"), then, goal.words)
    said = form.cleaned_data if form.is_valid() else {}
    return written(request, goal.case, form, rating.rate_goal, what, at=at, goal=goal, **said)


@page(PLANS, Action.WRITE)
@either_way
def action_new(request: Request, plan_id: UUID) -> HttpResponse:
    """Put down who does what."""
    at = clock.now()
    by, on = request.actor, clock.day(at)
    found = plan_for(by, plan_id, on=on, action=Action.WRITE)
    goals = [one.goal for one in whole(found, by, on=on).goals]
    form = ActionForm(request.POST or None, goals=goals)
    what = Writing(_("Who does what"), _("Save"), address("plan", found.pk))
    said = form.said() if form.is_valid() else {}
    return written(
        request, found.case, form, planning.agree_action, what, at=at, plan=found, said=said
    )


@page(PLANS, Action.WRITE)
@either_way
def action_done(request: Request, action_id: UUID) -> HttpResponse:
    """Note on which day something was done."""
    at = clock.now()
    action = action_for(request.actor, action_id, on=clock.day(at), action=Action.WRITE)
    form = DoneForm(request.POST or None, initial={"done_on": action.done_on or clock.day(at)})
    what = Writing(_("Is it done?"), _("Save"), address("plan", action.plan_id), action.what)
    said = form.cleaned_data if form.is_valid() else {}
    return written(
        request, action.case, form, planning.note_done, what, at=at, action=action, **said
    )


@page(PLANS, Action.WRITE)
@either_way
def action_out(request: Request, action_id: UUID) -> HttpResponse:
    """Leave something out that somebody was to do, or put it back."""
    at = clock.now()
    action = action_for(request.actor, action_id, on=clock.day(at), action=Action.WRITE)
    what = Writing(
        _("Put it back?") if action.is_out else _("Leave it out?"),
        _("Put it back") if action.is_out else _("Leave it out"),
        address("plan", action.plan_id),
        action.what,
    )
    form = forms.Form(request.POST or None)
    act, is_out = planning.leave_action_out, not action.is_out
    return written(request, action.case, form, act, what, at=at, action=action, is_out=is_out)


@page(CASES_KEPT_SAFE, Action.WRITE)
@either_way
def safety_new(request: Request, case_id: UUID) -> HttpResponse:
    """Write the safety plan, with what the last one says."""
    at = clock.now()
    by, on = request.actor, clock.day(at)
    case = case_for(by, case_id, on=on, action=Action.WRITE, sheet=CASES_KEPT_SAFE)
    last = safety_plan_of(case, by, on=on)
    names = ("signs", "child_does", "safe_adults", "call")
    known = {name: getattr(last, name) for name in names} if last else None
    form = SafetyForm(request.POST or None, initial=known)
    what = Writing(
        _("Safety plan"),
        _("Save the safety plan"),
        address("case", case.pk) + "#safety",
        _("Write it with the child, in its words. The one before stays in the history."),
    )
    said = form.cleaned_data if form.is_valid() else {}
    return written(request, case, form, safety.write_safety_plan, what, at=at, case=case, **said)

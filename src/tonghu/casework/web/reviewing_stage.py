"""The pages of a review: what it lacks, what child and guardian say, and going on."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.casework.beginnings import may
from tonghu.casework.ending_papers import stage_lacks
from tonghu.casework.endings import stage_for
from tonghu.casework.operations import reviews
from tonghu.casework.plan_sections import drawn
from tonghu.casework.plans import standings, unscoped_goals, unscoped_in_force
from tonghu.casework.policy import CASES_PLANNED, PLANS
from tonghu.casework.queries import case_for
from tonghu.casework.web.ending_forms import StageForm
from tonghu.casework.web.writing import Writing, written
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.web.changes import either_way


@page(CASES_PLANNED, Action.WRITE)
@either_way
def case_review(request: Request, case_id: UUID) -> HttpResponse:
    """Begin a review."""
    at = clock.now()
    case = case_for(
        request.actor, case_id, on=clock.day(at), action=Action.WRITE, sheet=CASES_PLANNED
    )
    what = Writing(
        _("Look at the plan together"),
        _("Begin the review"),
        address("case", case.pk),
        _("Every goal is rated, the risk judged again, child and guardian are asked."),
    )
    form = forms.Form(request.POST or None)
    return written(request, case, form, reviews.begin_review, what, at=at, case=case)


@page(PLANS, Action.READ)
@require_GET
def stage(request: Request, stage_id: UUID) -> HttpResponse:
    """Show a review: the goals, what was said, what it lacks."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = stage_for(by, stage_id, on=on)
    record_look(found, by=by, at=at, about=found.case.child_id)
    goals = standings(unscoped_goals(unscoped_in_force(found.case)))
    writes = found.done_on is None and may(CASES_PLANNED)(found.case, by, on)
    context = {
        "stage": found,
        "case": found.case,
        "name": found.case.child.person.called,
        "goals": drawn(goals),
        "writes": writes,
        "missing": stage_lacks(found) if writes else [],
    }
    return render(request, "casework/stage.html", context)


@page(PLANS, Action.WRITE)
@either_way
def stage_edit(request: Request, stage_id: UUID) -> HttpResponse:
    """Write what child and guardian say, and what changes."""
    at = clock.now()
    found = stage_for(request.actor, stage_id, on=clock.day(at), action=Action.WRITE)
    form = StageForm(request.POST or None, stage=found)
    what = Writing(
        _("What they say of the work"),
        _("Save"),
        address("stage", found.pk),
        row=found,
        columns=reviews.STAGE_SAYS,
    )
    said = form.cleaned_data if form.is_valid() else {}
    act = reviews.describe_review
    return written(request, found.case, form, act, what, at=at, stage=found, said=said)


@page(CASES_PLANNED, Action.WRITE)
@either_way
def case_go_on(request: Request, case_id: UUID) -> HttpResponse:
    """End the review; the supervisor gets it to read."""
    at = clock.now()
    case = case_for(
        request.actor, case_id, on=clock.day(at), action=Action.WRITE, sheet=CASES_PLANNED
    )
    what = Writing(
        _("Is the review done?"),
        _("Go on with the case"),
        address("case", case.pk),
        _("The supervisor gets it to read; the work does not wait for her."),
    )
    form = forms.Form(request.POST or None)
    return written(request, case, form, reviews.go_on, what, at=at, case=case)

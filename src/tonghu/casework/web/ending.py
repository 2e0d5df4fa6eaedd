"""The pages on which a case ends, and on which somebody comes again."""

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
from tonghu.casework.constants import CaseState
from tonghu.casework.ending_papers import closure_lacks
from tonghu.casework.endings import (
    closure_for,
    follow_up_for,
    follow_ups_of,
    unscoped_follow_ups,
    unscoped_open_closure,
)
from tonghu.casework.operations import closings
from tonghu.casework.policy import CASES, CASES_PLANNED, PLANS
from tonghu.casework.queries import case_for
from tonghu.casework.web.ending_forms import ClosureForm, FollowUpForm
from tonghu.casework.web.plan_forms import WhyForm
from tonghu.casework.web.writing import Writing, case_to_plan, written
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.people.web.changes import either_way


@page(CASES_PLANNED, Action.WRITE)
@either_way
def case_closing(request: Request, case_id: UUID) -> HttpResponse:
    """Write why a case ends, and when somebody comes again."""
    at = clock.now()
    case = case_to_plan(request, case_id)
    there = unscoped_open_closure(case)
    days = [one.due_on for one in unscoped_follow_ups(case)]
    form = ClosureForm(request.POST or None, closure=there, days=days, on=clock.day(at))
    what = Writing(
        _("Why the case ends"),
        _("Save, then look at it once more"),
        address("case-propose", case.pk),
        _("Nothing goes to the supervisor yet."),
        there,
        closings.CLOSURE_SAYS if there else (),
    )
    said = form.said() if form.is_valid() else {}
    return written(request, case, form, closings.describe_closure, what, at=at, case=case, **said)


@page(CASES_PLANNED, Action.WRITE)
@either_way
def case_propose(request: Request, case_id: UUID) -> HttpResponse:
    """Put the closing before the supervisor."""
    at = clock.now()
    case = case_to_plan(request, case_id)
    what = Writing(
        _("Put the closing before the supervisor?"),
        _("Put it before the supervisor"),
        address("case", case.pk),
        _("She approves it and the case is closed, or she returns it with what is missing."),
    )
    form = forms.Form(request.POST or None)
    return written(request, case, form, closings.propose_closing, what, at=at, case=case)


@page(PLANS, Action.READ)
@require_GET
def closure(request: Request, closure_id: UUID) -> HttpResponse:
    """Show why a case ends, what remains, what each of them says."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = closure_for(by, closure_id, on=on)
    record_look(found, by=by, at=at, about=found.case.child_id)
    is_written = found.case.state in (CaseState.ACTIVE, CaseState.REVIEW)
    writes = is_written and found.closed_on is None and may(CASES_PLANNED)(found.case, by, on)
    names = closings.CLOSURE_SAYS[1:]
    said = [(found._meta.get_field(name).verbose_name, getattr(found, name)) for name in names]  # type: ignore[union-attr]
    context = {
        "closure": found,
        "case": found.case,
        "name": found.case.child.person.called,
        "said": [(label, value) for label, value in said if value not in (None, "")],
        "follow_ups": follow_ups_of(found.case, by, on=on),
        "writes": writes,
        "missing": closure_lacks(found) if writes else [],
    }
    return render(request, "casework/closure.html", context)


@page(PLANS, Action.WRITE)
@either_way
def follow_up(request: Request, follow_up_id: UUID) -> HttpResponse:
    """Write a follow-up down."""
    at = clock.now()
    row = follow_up_for(request.actor, follow_up_id, on=clock.day(at), action=Action.WRITE)
    form = FollowUpForm(request.POST or None, initial={"on": clock.day(at)})
    what = Writing(
        _("How is it now?"),
        _("Save the follow-up"),
        address("case", row.case_id),
        _("Somebody comes again: is the child well, and did it last?"),
    )
    said = form.said() if form.is_valid() else {}
    act = closings.record_follow_up
    return written(request, row.case, form, act, what, at=at, follow_up=row, **said)


@page(PLANS, Action.WRITE)
@either_way
def follow_up_off(request: Request, follow_up_id: UUID) -> HttpResponse:
    """Call a follow-up off."""
    at = clock.now()
    row = follow_up_for(request.actor, follow_up_id, on=clock.day(at), action=Action.WRITE)
    form = WhyForm(request.POST or None)
    what = Writing(
        _("Call the follow-up off"),
        _("Call it off"),
        address("case", row.case_id),
        _("It stays in the history, with your reason."),
    )
    said = form.cleaned_data if form.is_valid() else {}
    act = closings.call_off_follow_up
    return written(request, row.case, form, act, what, at=at, follow_up=row, **said)


@page(CASES, Action.WRITE)
@either_way
def case_archive(request: Request, case_id: UUID) -> HttpResponse:
    """Put a case into the archive."""
    at = clock.now()
    case = case_for(request.actor, case_id, on=clock.day(at), action=Action.WRITE)
    what = Writing(
        _("Put the case into the archive?"),
        _("Archive"),
        address("case", case.pk),
        _("It can be opened again at any time, with a reason."),
    )
    form = forms.Form(request.POST or None)
    return written(request, case, form, closings.archive, what, at=at, case=case)

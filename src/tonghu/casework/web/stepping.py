"""The short pages of a case: a lead, the steps that ask little, the risk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action, Sheet
from tonghu.access.web.pages import Request, page
from tonghu.casework.models import Case
from tonghu.casework.operations import leads, risk
from tonghu.casework.policy import CASES, CASES_ASSESSED
from tonghu.casework.queries import case_for, open_case_of
from tonghu.casework.web.forms import AcceptForm, DeclineForm, LeadForm, ReasonForm, RiskForm
from tonghu.kernel import clock
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused
from tonghu.services.policy import NOTES


@dataclass(frozen=True)
class Ask:
    """One short page of a case: its words, its form, the operation behind it."""

    heading: str | Promise
    verb: str | Promise
    form: type[forms.Form]
    act: Callable[..., Any]
    sheet: Sheet = CASES
    why: str | Promise = ""


class NothingToAsk(forms.Form):
    """A step that needs no words."""


def asked(request: Request, case_id: UUID, ask: Ask, **also: Any) -> HttpResponse:
    """Ask what an operation on a case takes and call it; what it refuses is said on the page."""
    at = clock.now()
    by = request.actor
    found = case_for(by, case_id, on=clock.day(at), action=Action.WRITE, sheet=ask.sheet)
    record_look(found, by=by, at=at, about=found.child_id)
    form = ask.form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data, **also}
        refusal = refused(ask.act, case=found, **said, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("case", case_id=found.pk)
        form.add_error(None, refusal)
    return shown(request, found, form, heading=ask.heading, verb=ask.verb, why=ask.why)


def shown(request: Request, case: Case, form: forms.Form, **said: Any) -> HttpResponse:
    """Show the short page of a case."""
    context = {"case": case, "form": form, "name": case.child.person.called}
    return render(request, "casework/step.html", context | said)


SCREEN = Ask(
    gettext_lazy("Look into it"),
    gettext_lazy("Begin the intake"),
    NothingToAsk,
    leads.begin_screening,
    why=gettext_lazy("If nobody holds the file yet, you hold it from now on."),
)
DECLINE = Ask(
    gettext_lazy("Do not take it on"),
    gettext_lazy("Save the decision"),
    DeclineForm,
    leads.decline,
    why=gettext_lazy("It can be opened again at any time."),
)
ACCEPT = Ask(
    gettext_lazy("Take the case on"),
    gettext_lazy("Take it on"),
    AcceptForm,
    leads.accept,
    CASES_ASSESSED,
    why=gettext_lazy("The assessment comes next."),
)
SUSPEND = Ask(
    gettext_lazy("Pause the case"),
    gettext_lazy("Pause it"),
    ReasonForm,
    leads.suspend,
    why=gettext_lazy("Nothing is due while it is paused."),
)
RESUME = Ask(gettext_lazy("Go on with the case"), gettext_lazy("Go on"), NothingToAsk, leads.resume)
REOPEN = Ask(
    gettext_lazy("Open the case again"),
    gettext_lazy("Open it again"),
    ReasonForm,
    leads.reopen,
    why=gettext_lazy("It begins with the intake; all that was written stays."),
)
SAFE = Ask(
    gettext_lazy("The child is not in danger"),
    gettext_lazy("Save"),
    ReasonForm,
    leads.end_danger,
    why=gettext_lazy("Say what you saw. What was feared stays in the history."),
)
RISK = Ask(
    gettext_lazy("How much danger is there?"),
    gettext_lazy("Save the level"),
    RiskForm,
    risk.judge_risk,
    CASES_ASSESSED,
    why=gettext_lazy("A person sets the level. No score does."),
)


@page(NOTES, Action.WRITE)
@either_way
def lead_new(request: Request, child_id: UUID) -> HttpResponse:
    """Write down what somebody worries about."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE, sheet=NOTES)
    form = LeadForm(request.POST or None, initial={"heard_on": on})
    if request.method == "POST" and form.is_valid():
        refusal = refused(leads.record_lead, child=child, **form.said(), by=by, at=at)
        if not refusal:
            messages.success(request, _("Written down. It stands on Today until somebody looks."))
            return redirect("child", child_id=child.pk)
        form.add_error(None, refusal)
    context = {
        "child": child,
        "form": form,
        "name": child.person.called,
        "open_case": open_case_of(child, by, on=on),
    }
    return render(request, "casework/lead_new.html", context)


@page(CASES, Action.WRITE)
@either_way
def case_screen(request: Request, case_id: UUID) -> HttpResponse:
    """Begin the intake of a lead."""
    return asked(request, case_id, SCREEN)


@page(CASES, Action.WRITE)
@either_way
def case_decline(request: Request, case_id: UUID) -> HttpResponse:
    """Do not take a case on."""
    return asked(request, case_id, DECLINE)


@page(CASES, Action.WRITE)
@either_way
def case_known(request: Request, case_id: UUID) -> HttpResponse:
    """Say that a lead belongs to the case that is open."""
    on = clock.day(clock.now())
    found = case_for(request.actor, case_id, on=on, action=Action.WRITE)
    open_case = open_case_of(found.child, request.actor, on=on)
    if open_case is None:
        messages.warning(request, _("The child has no open case. Begin the intake of this one."))
        return redirect("case", case_id=found.pk)
    known = Ask(
        _("It belongs to the open case"),
        _("Put it there"),
        NothingToAsk,
        leads.mark_known,
        why=_("The lead stays readable; the open case goes on."),
    )
    return asked(request, case_id, known, as_=open_case)


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def case_accept(request: Request, case_id: UUID) -> HttpResponse:
    """Take a case on."""
    return asked(request, case_id, ACCEPT)


@page(CASES, Action.WRITE)
@either_way
def case_suspend(request: Request, case_id: UUID) -> HttpResponse:
    """Pause a case."""
    return asked(request, case_id, SUSPEND)


@page(CASES, Action.WRITE)
@either_way
def case_resume(request: Request, case_id: UUID) -> HttpResponse:
    """Go on with a paused case."""
    return asked(request, case_id, RESUME)


@page(CASES, Action.WRITE)
@either_way
def case_reopen(request: Request, case_id: UUID) -> HttpResponse:
    """Open a case again."""
    return asked(request, case_id, REOPEN)


@page(CASES, Action.WRITE)
@either_way
def case_safe(request: Request, case_id: UUID) -> HttpResponse:
    """Say that the danger a lead spoke of is not there."""
    return asked(request, case_id, SAFE)


@page(CASES_ASSESSED, Action.WRITE)
@either_way
def risk_new(request: Request, case_id: UUID) -> HttpResponse:
    """Judge the risk."""
    return asked(request, case_id, RISK)

"""The emergency path: one sentence, then what comes before any form."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page
from tonghu.casework.constants import RiskLevel
from tonghu.casework.emergencies import first_things
from tonghu.casework.models import Case
from tonghu.casework.operations.emergency import act_at_once
from tonghu.casework.policy import CASES
from tonghu.casework.queries import case_for, cases_of, open_case_of
from tonghu.kernel import clock
from tonghu.people.models import Child
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused
from tonghu.services.policy import NOTES


class EmergencyForm(forms.Form):
    """What is happening, in a sentence."""

    reason = forms.CharField(
        label=gettext_lazy("What is happening?"),
        help_text=gettext_lazy("One sentence. Everything else can wait."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@page(NOTES, Action.WRITE)
@either_way
def emergency_new(request: Request, child_id: UUID) -> HttpResponse:
    """Begin the work for a child in danger; a lead or case that is there is taken."""
    on, by = clock.day(clock.now()), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE, sheet=NOTES)
    lead = cases_of(child, by, on=on).filter(state="LEAD").first()
    return _declared(request, child, open_case_of(child, by, on=on) or lead)


@page(CASES, Action.WRITE)
@either_way
def case_emergency(request: Request, case_id: UUID) -> HttpResponse:
    """Show what comes before paper in this case; before that, ask what is happening."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = case_for(by, case_id, on=on, action=Action.WRITE)
    record_look(found, by=by, at=at, about=found.child_id)
    is_declared = found.in_danger and found.risk_level == RiskLevel.L1_URGENT
    if request.method == "POST" or not is_declared:
        return _declared(request, found.child, found)
    context = {
        "case": found,
        "name": found.child.person.called,
        "things": first_things(found, by, on=on),
    }
    return render(request, "casework/case_emergency.html", context)


def _declared(request: Request, child: Child, case: Case | None) -> HttpResponse:
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made: list[Case] = []
        refusal = refused(
            lambda **said: made.append(act_at_once(**said)),
            child=child,
            case=case,
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        )
        if not refusal:
            on = clock.day(clock.now())
            if CASES.judge(Action.WRITE, request.actor, made[0], on=on) is Answer.ALLOW:
                return redirect("case-emergency", case_id=made[0].pk)
            messages.success(
                request, _("Said. Who holds the file, the supervisor and the head know.")
            )
            return redirect("today")
        form.add_error(None, refusal)
    context = {"child": child, "form": form, "name": child.person.called}
    return render(request, "casework/emergency_new.html", context)

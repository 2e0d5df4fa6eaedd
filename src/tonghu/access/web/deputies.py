"""The page on which the head says who stands in for her (R10)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tonghu.access import deputies as questions
from tonghu.access.models import Account
from tonghu.access.operations import deputies as operations
from tonghu.access.policy import DEPUTIES
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Hidden, Refused
from tonghu.look.forms import DayField

CONFLICT, ABSENCE = "conflict", "absence"


class DeputyForm(forms.Form):
    """Who stands in, for what, on which days."""

    who = forms.ChoiceField(label=gettext_lazy("Who stands in"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=gettext_lazy("For what"),
        choices=[
            (CONFLICT, gettext_lazy("Where the head is kin or in conflict: those files alone")),
            (ABSENCE, gettext_lazy("While the head is away: the whole role, on these days")),
        ],
        widget=forms.RadioSelect,
    )
    from_on = DayField(label=gettext_lazy("First day"))
    until_on = DayField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Only for an absence."),
        required=False,
    )

    def __init__(self, data: Any, people: list[Account], today: dt.date) -> None:
        super().__init__(data, initial={"kind": CONFLICT, "from_on": today})
        self.people = {str(one.pk): one for one in people}
        who: Any = self.fields["who"]
        who.choices = [(key, one.called) for key, one in self.people.items()]

    def clean(self) -> dict[str, Any]:
        """An absence ends."""
        said = super().clean() or {}
        if said.get("kind") == ABSENCE and not said.get("until_on"):
            self.add_error("until_on", _("Write the last day of the absence."))
        return said

    def carry_out(self, request: Request) -> str:
        """Name her, or propose it; return what became of it in a sentence."""
        said, by, at = self.cleaned_data, request.actor, clock.now()
        account = self.people[said["who"]]
        if said["kind"] == CONFLICT:
            operations.name_deputy(account=account, from_on=said["from_on"], by=by, at=at)
            return _("Named. It holds from the first day on; the person has been told.")
        operations.cover_absence(
            account=account, from_on=said["from_on"], until_on=said["until_on"], by=by, at=at
        )
        return _("Proposed. It holds once the administrator has confirmed it.")


@page(DEPUTIES, Action.READ)
@require_http_methods(["GET", "POST"])
def deputies(request: Request) -> HttpResponse:
    """Show who stands in for the head; the head names somebody here."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    may_name = DEPUTIES.is_offered(Action.WRITE, by, on=on)
    people = questions.can_stand_in(by, on=on) if may_name else []
    form = DeputyForm(request.POST or None, people, on)
    if request.method == "POST":
        DEPUTIES.require_for_any(Action.WRITE, by, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, form.carry_out(request))
        except (Forbidden, Hidden):
            raise
        except Refused as refusal:
            form.add_error("who", str(refusal))
        else:
            return redirect("deputies")
    context = {
        "named": questions.deputies_for(by, on=on),
        "absences": questions.absences_for(by, on=on),
        "form": form if may_name and people else None,
        "may_name": may_name,
    }
    return render(request, "access/deputies.html", context)


@page(DEPUTIES, Action.WRITE)
@require_POST
def deputy_end(request: Request, deputy_id: UUID) -> HttpResponse:
    """Let somebody stand in no longer."""
    at, by = clock.now(), request.actor
    deputy = questions.deputy_for(by, deputy_id, on=clock.day(at))
    operations.end_deputy(deputy=deputy, by=by, at=at)
    messages.success(request, _("Ends with today. Name another person if nobody is left."))
    return redirect("deputies")

"""The page on which the head sets the office hours (R83)."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tonghu.access import queries
from tonghu.access.office import hours_of
from tonghu.access.operations.office import set_office_hours
from tonghu.access.policy import CONFIGURATION
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Forbidden, Refused


class OfficeHoursForm(forms.Form):
    """From when to when somebody is at the office."""

    opens = forms.TimeField(
        label=gettext_lazy("Opens"),
        widget=forms.TimeInput(format="%H:%M"),
        help_text=gettext_lazy("As 8:30; Monday to Friday."),
    )
    closes = forms.TimeField(
        label=gettext_lazy("Closes"),
        widget=forms.TimeInput(format="%H:%M"),
        help_text=gettext_lazy("Twelve hours later at most."),
    )


@page(CONFIGURATION, Action.APPROVE)
@require_http_methods(["GET", "POST"])
def office_hours(request: Request) -> HttpResponse:
    """Set the office hours, outside which an export waits for twelve hours."""
    at, by = clock.now(), request.actor
    CONFIGURATION.require(Action.APPROVE, by, queries.agency_of(by), on=clock.day(at))
    opens, closes = hours_of(by.agency_id)
    form = OfficeHoursForm(request.POST or None, initial={"opens": opens, "closes": closes})
    if request.method == "POST" and form.is_valid():
        try:
            set_office_hours(**form.cleaned_data, by=by, at=at)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error("closes", str(refusal))
        else:
            messages.success(request, _("Saved. What leaves outside these hours waits."))
            return redirect("set-up")
    return render(request, "access/office_hours.html", {"form": form})

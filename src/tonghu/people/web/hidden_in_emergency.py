"""The page on which a supervisor or head waits for the second person, and looks for a minute."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tonghu.access.emergencies import glass_for
from tonghu.access.models import BreakGlass
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.kernel.errors import Hidden, Refused
from tonghu.people import hidden_in_emergency, numbers
from tonghu.people.models import HiddenField
from tonghu.people.operations.hidden_in_emergency import ask_to_show
from tonghu.people.policy import HIDDEN_IN_EMERGENCY
from tonghu.people.web.changes import either_way, refused
from tonghu.people.web.fields import OneOf, offer
from tonghu.people.web.hiding import SECONDS
from tonghu.people.web.hiding_forms import WHY, called

LOOKS_AGAIN = 10
"""Seconds after which the page looks whether the second person has answered, without script."""


class AskForm(forms.Form):
    """What has to be known now, and why."""

    what = OneOf(label=gettext_lazy("What has to be known"), widget=forms.RadioSelect)
    words = forms.CharField(**WHY)

    def __init__(self, data: Any, fields: list[HiddenField], child_id: Any) -> None:
        super().__init__(data, initial={"what": fields[0].pk if len(fields) == 1 else None})
        offer(self, "what", called(fields, child_id))


@page(HIDDEN_IN_EMERGENCY, Action.READ)
@either_way
def emergency_hidden(request: Request, glass_id: UUID) -> HttpResponse:
    """Ask a second person for one hidden value; then wait here for her yes."""
    at, by = clock.now(), request.actor
    glass = _glass(request, glass_id)
    asked = hidden_in_emergency.asked_for(glass, by, at=at)
    form = AskForm(request.POST or None, asked.fields, asked.child.pk)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        refusal = refused(
            ask_to_show, glass=glass, field=said["what"], words=said["words"], by=by, at=at
        )
        if not refusal:
            return redirect("emergency-hidden", glass_id=glass.pk)
        form.add_error("words", refusal)
    context = {
        "glass": glass,
        "asked": asked,
        "number": numbers.shown(asked.child.number),
        "form": form,
    }
    answer = render(request, "people/emergency_hidden.html", context)
    if asked.waiting and not asked.confirmed:
        answer.headers["Refresh"] = f"{LOOKS_AGAIN}; url={request.path}"
    return answer


@page(HIDDEN_IN_EMERGENCY, Action.READ)
@require_POST
def emergency_hidden_show(request: Request, glass_id: UUID) -> HttpResponse:
    """Show it for a minute; the page then leads back by itself, without script."""
    at, by = clock.now(), request.actor
    glass = _glass(request, glass_id)
    try:
        shown = hidden_in_emergency.show(glass, by=by, at=at)
    except Hidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("emergency-hidden", glass_id=glass.pk)
    back = reverse("emergency-hidden", args=[glass.pk])
    answer = render(request, "people/hidden_show.html", {"shown": shown, "back": back})
    answer.headers["Refresh"] = f"{SECONDS}; url={back}"
    return answer


def _glass(request: Request, glass_id: UUID) -> BreakGlass:
    on = clock.day(clock.now())
    return glass_for(request.actor, glass_id, on=on)

"""Arranging, moving and calling off; and a line in passing."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tonghu.access.looks import record_look
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page, way_back
from tonghu.kernel import clock
from tonghu.look.addresses import address
from tonghu.look.forms import DayField
from tonghu.people.queries import child_for
from tonghu.people.web.changes import either_way, refused
from tonghu.services.linking import times_of
from tonghu.services.operations import appointments
from tonghu.services.operations.notes import LONGEST, add_note
from tonghu.services.policy import CONTACTS, NOTES
from tonghu.services.queries import appointment_for


class MoveForm(forms.Form):
    """The day and the hour that suit the family."""

    on = DayField(label=gettext_lazy("On which day"))
    time = forms.TimeField(
        label=gettext_lazy("At what time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )


class ArrangeForm(MoveForm):
    """What is arranged, and for when."""

    what = forms.CharField(label=gettext_lazy("What for"), max_length=160)
    field_order = ["what", "on", "time"]


class OffForm(forms.Form):
    """Why it does not take place."""

    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=160, widget=forms.Textarea(attrs={"rows": 2})
    )


@page(NOTES, Action.WRITE)
@either_way
def appointment_new(request: Request, child_id: UUID) -> HttpResponse:
    """Arrange something with a family."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    child = child_for(by, child_id, on=on, action=Action.WRITE, sheet=NOTES)
    form = ArrangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = appointments.arrange
        refusal = refused(act, child=child, **form.cleaned_data, by=by, at=at)
        if not refusal:
            messages.success(request, _("Arranged. It stands on Today on that day."))
            return redirect(_back(request, "child", child.pk))
        form.add_error(None, refusal)
    context = {
        "child": child,
        "name": child.person.called,
        "form": form,
        "heading": _("Arrange a visit"),
        "verb": _("Arrange it"),
        "times": times_of(child, by, on=on),
    }
    return render(request, "services/appointment.html", context)


@page(CONTACTS, Action.WRITE)
@either_way
def appointment(request: Request, appointment_id: UUID) -> HttpResponse:
    """Put what is arranged on another day."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    found = appointment_for(by, appointment_id, on=on)
    record_look(found, by=by, at=at, about=found.child_id)
    form = MoveForm(request.POST or None, initial={"on": found.on, "time": found.time})
    if request.method == "POST" and form.is_valid():
        act = appointments.move_appointment
        refusal = refused(act, appointment=found, **form.cleaned_data, by=by, at=at)
        if not refusal:
            messages.success(request, _("Moved. It stands on Today on that day."))
            return redirect("today")
        form.add_error(None, refusal)
    context = {
        "child": found.child,
        "name": found.child.person.called,
        "form": form,
        "appointment": found,
        "is_open": not found.kept_by_id and not found.called_off_at,
        "heading": found.what,
        "verb": _("Move it"),
        "times": times_of(found.child, by, on=on),
    }
    return render(request, "services/appointment.html", context)


@page(CONTACTS, Action.WRITE)
@either_way
def appointment_off(request: Request, appointment_id: UUID) -> HttpResponse:
    """Call off what is arranged."""
    at = clock.now()
    by = request.actor
    found = appointment_for(by, appointment_id, on=clock.day(at))
    record_look(found, by=by, at=at, about=found.child_id)
    form = OffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        refusal = refused(appointments.call_off, appointment=found, why=why, by=by, at=at)
        if not refusal:
            messages.success(request, _("Called off. It can be taken up again here."))
            return redirect("appointment", appointment_id=found.pk)
        form.add_error(None, refusal)
    context = {
        "child": found.child,
        "name": found.child.person.called,
        "form": form,
        "heading": _("Call off: %(what)s") % {"what": found.what},
        "verb": _("Call it off"),
        "is_last": True,
    }
    return render(request, "services/appointment.html", context)


@page(CONTACTS, Action.WRITE)
@require_POST
def appointment_again(request: Request, appointment_id: UUID) -> HttpResponse:
    """Take up again what was called off."""
    at = clock.now()
    found = appointment_for(request.actor, appointment_id, on=clock.day(at))
    act = appointments.take_up_again
    refusal = refused(act, appointment=found, by=request.actor, at=at)
    if refusal:
        messages.error(request, str(refusal))
    return redirect("appointment", appointment_id=found.pk)


@page(NOTES, Action.WRITE)
@require_POST
def note_new(request: Request, child_id: UUID) -> HttpResponse:
    """Write a line on a file, and go back to the page it was written on."""
    at = clock.now()
    by = request.actor
    child = child_for(by, child_id, on=clock.day(at), action=Action.WRITE, sheet=NOTES)
    words = request.POST.get("words", "")[: LONGEST + 1]
    refusal = refused(add_note, child=child, words=words, by=by, at=at)
    if refusal:
        messages.error(request, str(refusal))
    return redirect(_back(request, "child", child.pk))


def _back(request: Request, name: str, number: UUID) -> str:
    from_form = request.POST.get("next") or request.GET.get("next", "")
    if from_form:
        return way_back(request, from_form)
    return address(name, number)

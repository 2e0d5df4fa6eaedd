"""Where the agency works, who works there, who supervises whom: part of the set-up."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tonghu.access.constants import DutyKind
from tonghu.access.policy import CONFIGURATION
from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.access.sheets import Action
from tonghu.access.web.pages import Request, page
from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people import teams
from tonghu.people.constants import PlaceKind
from tonghu.people.operations import places as operations
from tonghu.people.web.changes import refused
from tonghu.people.web.fields import OneOf, offer

A_DAY = dt.timedelta(days=1)


class PlaceForm(forms.Form):
    """A village or urban community."""

    name = forms.CharField(label=gettext_lazy("Name of the village or community"), max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=PlaceKind,
        initial=PlaceKind.VILLAGE,
        widget=forms.RadioSelect,
    )
    region_code = forms.RegexField(
        label=gettext_lazy("Region code"),
        help_text=gettext_lazy("Twelve digits of the statistics bureau, if you have them."),
        regex=r"^\d{12}$",
        error_messages={"invalid": gettext_lazy("A region code has 12 digits.")},
        required=False,
    )


class TeamForm(forms.Form):
    """Who works in which place."""

    account = OneOf(label=gettext_lazy("Who"))
    place = OneOf(label=gettext_lazy("Works in"))
    from_on = DayField(label=gettext_lazy("From which day"))


class SupervisionForm(forms.Form):
    """Who supervises whom."""

    worker = OneOf(label=gettext_lazy("Social worker"))
    supervisor = OneOf(label=gettext_lazy("Is supervised by"))
    from_on = DayField(label=gettext_lazy("From which day"))


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def places(request: Request) -> HttpResponse:
    """Show where the agency works, with whom, and add a place."""
    at = clock.now()
    on, by = clock.day(at), request.actor
    worked, supervised = teams.places_worked(by, on=on), teams.supervision(by, on=on)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = refused(operations.add_place, **form.cleaned_data, by=by, at=at)
        if not refusal:
            messages.success(request, _("Added. Say who works there next."))
            return redirect("places")
        form.add_error("name", refusal)
    context = {"form": form, "worked": worked, "supervised": supervised}
    return render(request, "people/places.html", context)


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def team_new(request: Request) -> HttpResponse:
    """Put somebody in the team of a place."""
    on, by = clock.day(clock.now()), request.actor
    form = TeamForm(request.POST or None, initial={"from_on": on} | _asked(request, "place"))
    people = teams.who_works_with_children(by, on=on)
    offer(form, "account", [(one, one.called) for one in people])
    offer(form, "place", [(one.place, one.place.name) for one in teams.places_worked(by, on=on)])
    return _answer(
        request,
        form,
        operations.put_in_team,
        heading=_("Who works in which place"),
        why=_("The team of a place finds its children and works with those nobody holds yet."),
        verb=_("Put in the team"),
    )


@page(CONFIGURATION, Action.WRITE)
@require_http_methods(["GET", "POST"])
def supervision_new(request: Request) -> HttpResponse:
    """Give a worker a supervisor."""
    on, by = clock.day(clock.now()), request.actor
    begin = {"from_on": on} | _asked(request, "worker")
    form = SupervisionForm(request.POST or None, initial=begin)
    for name, role in (("worker", SocialWorker.key), ("supervisor", Supervisor.key)):
        offer(form, name, [(one, one.called) for one in teams.people_in(by, role, on=on)])
    return _answer(
        request,
        form,
        operations.supervise,
        heading=_("Who supervises whom"),
        why=_("A supervisor reads and approves what her workers hold."),
        verb=_("Give the supervisor"),
    )


@page(CONFIGURATION, Action.WRITE)
@require_POST
def team_end(request: Request, duty_id: UUID) -> HttpResponse:
    """Take somebody out of the team of a place."""
    return _ended(request, duty_id, DutyKind.TEAM, operations.leave_team)


@page(CONFIGURATION, Action.WRITE)
@require_POST
def supervision_end(request: Request, duty_id: UUID) -> HttpResponse:
    """Let a supervision end."""
    return _ended(request, duty_id, DutyKind.SUPERVISION, operations.end_supervision)


def _answer(
    request: Request, form: forms.Form, act: Callable[..., Any], **words: Any
) -> HttpResponse:
    at = clock.now()
    if request.method == "POST" and form.is_valid():
        refusal = refused(act, **form.cleaned_data, by=request.actor, at=at)
        if not refusal:
            messages.success(request, _("Saved. It holds from the first day."))
            return redirect("places")
        form.add_error(None, refusal)
    return render(request, "people/place_change.html", {"form": form, **words})


def _ended(
    request: Request, duty_id: UUID, kind: DutyKind, end: Callable[..., Any]
) -> HttpResponse:
    """End a duty with yesterday; one that began today holds until midnight."""
    at = clock.now()
    on = clock.day(at)
    duty = teams.duty_for(request.actor, duty_id, kind, on=on)
    ended = end(duty=duty, until_on=on - A_DAY, by=request.actor, at=at)
    holds_today = ended.until_on >= on
    messages.success(
        request, _("It ends at midnight: it began today.") if holds_today else _("Ended.")
    )
    return redirect("places")


def _asked(request: Request, name: str) -> dict[str, str]:
    """Return what a link on the page before has chosen already."""
    return {name: request.GET[name]} if name in request.GET else {}

"""Pages of incidents and of case conferences."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tonghu.access.looks import record_look
from tonghu.access.models import Account
from tonghu.access.sheets import Action, Answer
from tonghu.access.web.pages import Request, page
from tonghu.casework import incidents as asked
from tonghu.casework.harm import HarmType, Notified
from tonghu.casework.operations import incidents
from tonghu.casework.policy import CASES, PARTS_OF_CASES
from tonghu.casework.queries import case_for
from tonghu.casework.web.report_forms import lines, moment, now_said, time_field
from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people.web.changes import either_way, refused
from tonghu.people.web.fields import PastDayField

DECISIONS = 4
"""Lines for decisions on the form; more conferences take more."""


class IncidentForm(forms.Form):
    """What happened."""

    harm = forms.ChoiceField(label=gettext_lazy("What kind"), choices=HarmType)
    on = PastDayField(label=gettext_lazy("On which day"))
    time = time_field(gettext_lazy("At what time"))
    place = forms.CharField(label=gettext_lazy("Where did it happen?"), max_length=120)
    hurt = forms.CharField(label=gettext_lazy("Who was hurt, and how badly?"), max_length=160)
    what = forms.CharField(label=gettext_lazy("What took place"), widget=lines(4))
    response = forms.CharField(label=gettext_lazy("What I did"), widget=lines(), required=False)

    def said(self) -> incidents.Happened:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return incidents.Happened(happened_at=moment(said.pop("on"), said.pop("time")), **said)


class NotifiedForm(forms.Form):
    """Who was told."""

    whom = forms.ChoiceField(
        label=gettext_lazy("Who was told"), choices=Notified, widget=forms.RadioSelect
    )
    on = PastDayField(label=gettext_lazy("On which day"))
    time = time_field(gettext_lazy("At what time"))
    words = forms.CharField(
        label=gettext_lazy("What did they say?"), max_length=160, required=False
    )

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return said | {"told_at": moment(said.pop("on"), said.pop("time"))}


class FindingForm(forms.Form):
    """What is learnt."""

    finding = forms.CharField(label=gettext_lazy("What is learnt from it?"), widget=lines())


class DoneForm(forms.Form):
    """What came of a decision."""

    words = forms.CharField(label=gettext_lazy("What came of it?"), max_length=160)


class ConferenceForm(forms.Form):
    """Who met, what was talked about, what was decided."""

    held_on = PastDayField(label=gettext_lazy("Held on"))
    members = forms.MultipleChoiceField(
        label=gettext_lazy("Who of us was there?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    outside = forms.CharField(
        label=gettext_lazy("Who came from elsewhere?"),
        help_text=gettext_lazy("As “class teacher, Mr Zhao; police station, Officer Li”."),
        widget=lines(2),
        required=False,
    )
    discussed = forms.CharField(
        label=gettext_lazy("What was talked about?"),
        help_text=gettext_lazy("Only of this child. Others have their own page."),
        widget=lines(4),
    )

    def __init__(self, data: Any = None, *, people: list[Account], **also: Any) -> None:
        super().__init__(data, **also)
        self.people = {str(one.pk): one for one in people}
        members: Any = self.fields["members"]
        members.choices = [(key, one.called) for key, one in self.people.items()]
        for number in range(1, DECISIONS + 1):
            label = {"number": number}
            self.fields[f"what{number}"] = forms.CharField(
                label=_("Decision %(number)s") % label, max_length=160, required=False
            )
            self.fields[f"owner{number}"] = forms.CharField(
                label=_("Who does decision %(number)s") % label, max_length=60, required=False
            )
            self.fields[f"due{number}"] = DayField(
                label=_("Decision %(number)s is done by") % label, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the three parts of each decision."""
        said: dict[str, Any] = super().clean() or {}
        for number in range(1, DECISIONS + 1):
            parts = [bool(said.get(f"{name}{number}")) for name in ("what", "owner", "due")]
            if any(parts) and not all(parts):
                raise ValidationError(_("A decision says what, who and by when."))
        return said

    def said(self) -> incidents.Met:
        """Return what the operation takes."""
        said = self.cleaned_data
        return incidents.Met(
            held_on=said["held_on"],
            members=[self.people[key] for key in said["members"]],
            discussed=said["discussed"],
            outside=said["outside"],
            decided=[
                incidents.Decided(said[f"what{n}"], said[f"owner{n}"], said[f"due{n}"])
                for n in range(1, DECISIONS + 1)
                if said.get(f"what{n}")
            ],
        )


def _on_a_case(
    request: Request, case_id: UUID, form_of: Any, act: Any, **words: str
) -> HttpResponse:
    at, by = clock.now(), request.actor
    found = case_for(by, case_id, on=clock.day(at), action=Action.WRITE)
    record_look(found, by=by, at=at, about=found.child_id)
    form = form_of(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = refused(act, case=found, said=form.said(), by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect("case", case_id=found.pk)
        form.add_error(None, refusal)
    context = {"case": found, "form": form, "name": found.child.person.called}
    return render(request, "casework/step.html", context | words)


@page(CASES, Action.WRITE)
@either_way
def incident_new(request: Request, case_id: UUID) -> HttpResponse:
    """Write an incident down."""
    return _on_a_case(
        request,
        case_id,
        lambda data: IncidentForm(data, initial=now_said()),
        incidents.record_incident,
        heading=_("An incident or a crisis"),
        verb=_("Save the incident"),
        why=_("Supervisor and head are told at once. Who else was told is written down after it."),
    )


@page(CASES, Action.WRITE)
@either_way
def conference_new(request: Request, case_id: UUID) -> HttpResponse:
    """Write a conference down."""
    people = asked.colleagues(request.actor, on=clock.day(clock.now()))
    return _on_a_case(
        request,
        case_id,
        lambda data: ConferenceForm(data, people=people),
        incidents.hold_conference,
        heading=_("A case conference"),
        verb=_("Save the conference"),
        why=_("Each decision stands on Today until it is done."),
    )


@page(PARTS_OF_CASES, Action.READ)
@require_GET
def incident(request: Request, incident_id: UUID) -> HttpResponse:
    """Show an incident, who was told of it, what was learnt."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    found = asked.incident_for(by, incident_id, on=on)
    record_look(found, by=by, at=at, about=found.case.child_id)
    approves = PARTS_OF_CASES.judge(Action.APPROVE, by, found, on=on) is Answer.ALLOW
    context = {
        "incident": found,
        "case": found.case,
        "name": found.case.child.person.called,
        "notices": asked.notices_of(found, by, on=on),
        "may_write": PARTS_OF_CASES.judge(Action.WRITE, by, found, on=on) is Answer.ALLOW,
        "may_review": approves and not found.reviewed_at and found.author_id != by.account_id,
    }
    return render(request, "casework/incident.html", context)


@page(PARTS_OF_CASES, Action.READ)
@require_GET
def conference(request: Request, conference_id: UUID) -> HttpResponse:
    """Show a conference and what it decided."""
    at, by = clock.now(), request.actor
    on = clock.day(at)
    found = asked.conference_for(by, conference_id, on=on)
    record_look(found, by=by, at=at, about=found.case.child_id)
    context = {
        "conference": found,
        "case": found.case,
        "name": found.case.child.person.called,
        "members": asked.members_of(found, by, on=on),
        "decisions": asked.decisions_of(found, by, on=on),
    }
    return render(request, "casework/conference.html", context)


def _entry(request: Request, case: Any, form: Any, **said: Any) -> HttpResponse:
    """Show the short page of one entry and call what is behind it."""
    act, thing, words = said.pop("act"), said.pop("thing"), said
    at, by = clock.now(), request.actor
    record_look(case, by=by, at=at, about=case.child_id)
    if request.method == "POST" and form.is_valid():
        given = form.said() if hasattr(form, "said") else form.cleaned_data
        refusal = refused(act, **thing, **given, by=by, at=at)
        if not refusal:
            messages.success(request, _("Saved."))
            return redirect(*words["to"])
        form.add_error(None, refusal)
    context = {"case": case, "form": form, "name": case.child.person.called}
    return render(request, "casework/step.html", context | words)


@page(PARTS_OF_CASES, Action.WRITE)
@either_way
def incident_notified(request: Request, incident_id: UUID) -> HttpResponse:
    """Write down who was told of an incident."""
    on = clock.day(clock.now())
    found = asked.incident_for(request.actor, incident_id, on=on, action=Action.WRITE)
    return _entry(
        request,
        found.case,
        NotifiedForm(request.POST or None, initial=now_said()),
        act=incidents.note_notified,
        thing={"incident": found},
        to=("incident", found.pk),
        heading=_("Somebody was told of the incident"),
        verb=_("Save"),
    )


@page(PARTS_OF_CASES, Action.APPROVE)
@either_way
def incident_review(request: Request, incident_id: UUID) -> HttpResponse:
    """Look back on an incident."""
    on = clock.day(clock.now())
    found = asked.incident_for(request.actor, incident_id, on=on, action=Action.APPROVE)
    return _entry(
        request,
        found.case,
        FindingForm(request.POST or None),
        act=incidents.review_incident,
        thing={"incident": found},
        to=("incident", found.pk),
        heading=_("Look back on the incident"),
        verb=_("Save"),
    )


@page(PARTS_OF_CASES, Action.WRITE)
@either_way
def decision(request: Request, decision_id: UUID) -> HttpResponse:
    """Say what came of a decision."""
    on = clock.day(clock.now())
    found = asked.decision_for(request.actor, decision_id, on=on, action=Action.WRITE)
    return _entry(
        request,
        found.case,
        DoneForm(request.POST or None),
        act=incidents.finish_decision,
        thing={"decision": found},
        to=("conference", found.conference_id),
        heading=found.what,
        verb=_("It is done"),
        why=_("Decided in a case conference; %(owner)s does it.") % {"owner": found.owner},
    )

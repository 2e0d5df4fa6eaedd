"""The forms of reports of harm: few questions, no proof."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tonghu.casework.harm import Channel, Concerns, Situation
from tonghu.casework.operations.reporting import Feared
from tonghu.kernel import clock
from tonghu.people.web.fields import PastDayField

YES_NO = [("yes", _("Yes, or I cannot tell")), ("no", _("No"))]


def lines(rows: int = 3) -> forms.Textarea:
    """Return a field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def time_field(label: Any) -> forms.TimeField:
    """Return the field of an hour."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


def now_said() -> dict[str, Any]:
    """Return this day and hour as a form begins with them."""
    here = timezone.localtime(clock.now())
    return {"on": here.date(), "time": here.strftime("%H:%M")}


def moment(on: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment of a day and an hour here."""
    return timezone.make_aware(dt.datetime.combine(on, time))


class ReportForm(forms.Form):
    """A report of harm: which child, what, since when, who was told."""

    child_words = forms.CharField(
        label=_("Which child?"),
        help_text=_("In any words: a name, a house, a class. Also a child on no list."),
        max_length=200,
    )
    danger = forms.ChoiceField(
        label=_("Is the child in danger now?"), choices=YES_NO, widget=forms.RadioSelect
    )
    situations = forms.MultipleChoiceField(
        label=_("Which situation?"),
        help_text=_("Suspected is enough. You need no proof."),
        choices=Situation,
        widget=forms.CheckboxSelectMultiple,
    )
    facts = forms.CharField(
        label=_("What did you see or hear?"),
        help_text=_("In the child’s own words where you can. Do not question the child."),
        widget=lines(4),
        required=False,
    )
    concerns = forms.ChoiceField(
        label=_("Who may have done it?"),
        help_text=_("They are told nothing."),
        choices=Concerns,
        initial=Concerns.UNKNOWN,
        widget=forms.RadioSelect,
    )
    on = PastDayField(label=_("Found on"))
    time = time_field(_("At what time"))
    channels = forms.MultipleChoiceField(
        label=_("Whom have you told already?"),
        choices=Channel,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    receipt = forms.CharField(
        label=_("Receipt number they gave you"), max_length=60, required=False
    )
    reporter = forms.CharField(
        label=_("Who told you of it"),
        help_text=_("Only if they offer their name. Kept apart, under a key of its own."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any = None, *, of_a_file: bool = False) -> None:
        super().__init__(data, initial=now_said())
        if of_a_file:
            del self.fields["child_words"]

    def said(self) -> Feared:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        found_at = moment(said.pop("on"), said.pop("time"))
        return Feared(in_danger=said.pop("danger") == "yes", found_at=found_at, **said)


class ToldForm(forms.Form):
    """An authority was told."""

    channel = forms.ChoiceField(label=_("Who was told"), choices=Channel, widget=forms.RadioSelect)
    on = PastDayField(label=_("On which day"))
    time = time_field(_("At what time"))
    receipt = forms.CharField(
        label=_("Receipt number they gave you"), max_length=60, required=False
    )
    words = forms.CharField(label=_("What was said"), widget=lines(2), required=False)

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return said | {"told_at": moment(said.pop("on"), said.pop("time"))}


class HeardForm(forms.Form):
    """Something came back."""

    words = forms.CharField(label=_("What did they say?"), widget=lines(), required=False)
    receipt = forms.CharField(
        label=_("Receipt number they gave you"), max_length=60, required=False
    )
    answered = forms.BooleanField(
        label=_("This is their answer: they took it up, or say why not"), required=False
    )
    on = PastDayField(label=_("On which day"))
    time = time_field(_("At what time"))

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return said | {"heard_at": moment(said.pop("on"), said.pop("time"))}


class PlaceForm(forms.Form):
    """Which file a report belongs to."""

    number = forms.CharField(label=_("Number of the child’s file"), max_length=12)


class EndForm(forms.Form):
    """Why a report is at its end."""

    reason = forms.CharField(label=_("Why"), widget=lines(2))

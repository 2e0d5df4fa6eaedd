"""The form of a contact: the first questions are the ones that matter most."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people.web.fields import PastDayField
from tonghu.services.constants import Confirmed, ContactKind, Mode, Result, RiskChange
from tonghu.services.operations.contacts import Said

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class ContactForm(forms.Form):
    """What a worker says of a contact; eight answers are required, the rest may stay empty."""

    result = forms.ChoiceField(
        label=_("Did you see the child yourself?"), choices=Result, widget=forms.RadioSelect
    )
    seen_alone = forms.ChoiceField(
        label=_("Did you talk with the child alone?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    risk_change = forms.ChoiceField(
        label=_("How does it seem to you, compared with last time?"),
        choices=RiskChange,
        widget=forms.RadioSelect,
        initial=RiskChange.SAME,
    )
    mode = forms.ChoiceField(label=_("Where or how"), choices=Mode, initial=Mode.HOME)
    kind = forms.ChoiceField(label=_("What for"), choices=ContactKind, initial=ContactKind.ROUTINE)
    on = PastDayField(label=_("On which day"))
    time = forms.TimeField(
        label=_("At what time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=_("How long, in minutes"), min_value=0, max_value=1440, initial=45
    )
    with_whom = forms.CharField(label=_("Who was there"), required=False, max_length=120)
    happened = forms.CharField(
        label=_("What took place"),
        help_text=_("Facts before opinion: “silent for 15 minutes”, not “uncooperative”."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    done = forms.CharField(
        label=_("What I did"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )
    reaction = forms.CharField(
        label=_("How the child and the family took it"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    next_step = forms.CharField(label=_("Next step"), required=False, max_length=160)
    next_on = DayField(label=_("On which day"), required=False)
    confirmed = forms.ChoiceField(
        label=_("Who confirmed the service"), choices=Confirmed, initial=Confirmed.NONE
    )
    reflection = forms.CharField(
        label=_("For myself and my supervisor"),
        help_text=_("Kept sealed, never printed, not handed on with the file."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(self, data: Any = None) -> None:
        here = timezone.localtime(clock.now())
        super().__init__(data, initial={"on": here.date(), "time": here.strftime("%H:%M")})

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a next step."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("next_step")) != bool(said.get("next_on")):
            raise ValidationError(_("A next step has a day, and a day says what for."))
        return said

    def said(self) -> Said:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        moment = dt.datetime.combine(said.pop("on"), said.pop("time"))
        alone = {"yes": True, "no": False}.get(said.pop("seen_alone"))
        return Said(happened_at=timezone.make_aware(moment), seen_alone=alone, **said)

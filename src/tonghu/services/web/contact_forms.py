"""The form of a contact: the first questions are the ones that matter most."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people.models import Child
from tonghu.people.web.fields import PastDayField
from tonghu.people.words import together
from tonghu.services.constants import (
    MET,
    Confirmed,
    ContactKind,
    Mode,
    Result,
    RiskChange,
    Safety,
)
from tonghu.services.drafting import Written, numbers_in
from tonghu.services.linking import LINKS
from tonghu.services.models import Contact
from tonghu.services.operations.contacts import Said

YES_NO = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
FIRST = ("result", "seen_alone", "safety", "happened", "next_step", "next_on")
"""The questions that stand first; what a contact was about comes between them."""
ASKED_WHERE_SOMEBODY_WAS_MET = ("safety", "happened", "minutes")
TAKEN_OVER = (
    *("result", "safety", "risk_change", "mode", "kind", "minutes", "with_whom", "happened"),
    *("done", "reaction", "next_step", "next_on", "confirmed"),
)


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class ContactForm(forms.Form):
    """What a worker says of a contact: eight answers are required, of a closed door five.

    Where somebody was met, how safe the child is, what took place and how long it took are asked
    for; where nobody was, they may stay empty.
    """

    result = forms.ChoiceField(choices=Result, widget=forms.RadioSelect)
    seen_alone = forms.ChoiceField(
        label=gettext_lazy("Did you talk with the child alone?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        required=False,
    )
    safety = forms.ChoiceField(choices=Safety, widget=forms.RadioSelect, required=False)
    happened = forms.CharField(
        label=gettext_lazy("What took place"),
        help_text=gettext_lazy(
            "Facts before opinion: “silent for 15 minutes”, not “uncooperative”."
        ),
        widget=_lines(4),
        required=False,
    )
    next_step = forms.CharField(label=gettext_lazy("Next step"), required=False, max_length=160)
    next_on = DayField(label=gettext_lazy("On which day next"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("Where or how"), choices=Mode, initial=Mode.HOME)
    kind = forms.ChoiceField(
        label=gettext_lazy("What for"), choices=ContactKind, initial=ContactKind.ROUTINE
    )
    on = PastDayField(label=gettext_lazy("On which day"))
    time = forms.TimeField(
        label=gettext_lazy("At what time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How long, in minutes"),
        min_value=0,
        max_value=1440,
        required=False,
    )
    family = forms.MultipleChoiceField(
        label=gettext_lazy("Who of the family was there"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    with_whom = forms.CharField(
        label=gettext_lazy("Who else was there"), required=False, max_length=120
    )
    done = forms.CharField(label=gettext_lazy("What I did"), widget=_lines(2), required=False)
    reaction = forms.CharField(
        label=gettext_lazy("How the child and the family took it"), widget=_lines(2), required=False
    )
    risk_change = forms.ChoiceField(
        label=gettext_lazy("How does it seem to you, compared with last time?"),
        choices=RiskChange,
        widget=forms.RadioSelect,
        initial=RiskChange.SAME,
        required=False,
    )
    confirmed = forms.ChoiceField(
        label=gettext_lazy("Who confirmed the service"), choices=Confirmed, initial=Confirmed.NONE
    )
    reflection = forms.CharField(
        label=gettext_lazy("For myself and my supervisor"),
        help_text=gettext_lazy("Kept sealed, never printed, not handed on with the file."),
        widget=_lines(2),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        child: Child,
        family: Sequence[str],
        by: Actor,
        initial: dict[str, Any] | None = None,
    ) -> None:
        here = timezone.localtime(clock.now())
        now = {"on": here.date(), "time": here.strftime("%H:%M")}
        super().__init__(data, initial=now | (initial or {}))
        name = {"name": child.person.called}
        self.fields["result"].label = _("Did you see %(name)s?") % name
        self.fields["safety"].label = _("How safe is %(name)s?") % name
        self.fields["family"].choices = [(one, one) for one in family]  # type: ignore[attr-defined]
        if not family:
            del self.fields["family"]
        for key, link in LINKS.items():
            if offered := link.offer(child, by, here.date()):
                self.fields[key] = forms.MultipleChoiceField(
                    label=str(link.question),
                    choices=[(str(number), words) for number, words in offered],
                    widget=forms.CheckboxSelectMultiple,
                    required=False,
                )

    @property
    def links(self) -> list[forms.BoundField]:
        """Return the questions what the contact was about."""
        return [self[key] for key in LINKS if key in self.fields]

    @property
    def more(self) -> list[forms.BoundField]:
        """Return the questions that stand after the first ones."""
        return [one for one in self if one.name not in FIRST and one.name not in LINKS]

    def clean(self) -> dict[str, Any]:
        """Ask for both halves of a next step, and for the rest where somebody was met."""
        said: dict[str, Any] = super().clean() or {}
        if bool(said.get("next_step")) != bool(said.get("next_on")):
            raise ValidationError(_("A next step has a day, and a day says what for."))
        if said.get("result") in MET:
            for name in ASKED_WHERE_SOMEBODY_WAS_MET:
                if name not in self.errors and said.get(name) in (None, ""):
                    self.add_error(name, self.fields[name].error_messages["required"])
        return said

    def said(self) -> Said:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        moment = dt.datetime.combine(said.pop("on"), said.pop("time"))
        alone = {"yes": True, "no": False}.get(said.pop("seen_alone"))
        links = {key: numbers_in(said.pop(key)) for key in LINKS if key in said}
        there = [*said.pop("family", []), *filter(None, [said.pop("with_whom").strip()])]
        return Said(
            happened_at=timezone.make_aware(moment),
            seen_alone=alone,
            minutes=said.pop("minutes") or 0,
            risk_change=said.pop("risk_change") or RiskChange.SAME,
            with_whom=together(there)[:200],
            links=links,
            **{name: value for name, value in said.items() if name != "why"},
        )


class CorrectionForm(ContactForm):
    """The same once more, as it should have been, and why."""

    why = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=160)


def as_it_was(contact: Contact) -> dict[str, Any]:
    """Return the answers of a contact as its form takes them."""
    moment = timezone.localtime(contact.happened_at)
    alone = {True: "yes", False: "no", None: ""}[contact.seen_alone]
    now = {"on": moment.date(), "time": moment.strftime("%H:%M"), "seen_alone": alone}
    return now | {name: getattr(contact, name) for name in TAKEN_OVER}


def as_far_as(written: Written, form: type[ContactForm]) -> dict[str, Any]:
    """Return the answers of a draft as the form takes them."""
    several = {"family", *LINKS}
    return {
        name: values if name in several else values[0]
        for name, values in written.items()
        if values and (name in form.base_fields or name in LINKS)
    }

"""The forms about suggestions and benefits."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.look.forms import DayField
from tonghu.people.constants import Benefit, BenefitState
from tonghu.people.definitions.entitlements import due_for
from tonghu.people.definitions.facts import facts_of
from tonghu.people.definitions.rulesets import RULESETS
from tonghu.people.models import BenefitCheck
from tonghu.people.web.changing import EMPTY, ChangeForm
from tonghu.people.web.fields import PastDayField, YuanField

CONFIRM, DECLINE = "confirm", "decline"


class SuggestionForm(forms.Form):
    """What a person says to one suggestion, with the reason."""

    rule = forms.ChoiceField(
        choices=[(rule.key, rule.key) for rule in RULESETS], widget=forms.HiddenInput
    )
    span = forms.UUIDField(widget=forms.HiddenInput, required=False)
    from_on = PastDayField(label=_("Since when it holds"), required=False)
    until_on = PastDayField(label=_("Last day"), required=False)
    reason = forms.CharField(
        label=_("Your reason, for either answer"),
        help_text=_("One sentence that somebody who checks it later understands."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=400,
    )
    evidence = forms.CharField(label=_("Paper seen"), max_length=160, required=False)

    def __init__(self, data: Any, *, rule: str, on: dt.date, span: UUID | None = None) -> None:
        first = {"rule": rule, "from_on": on, "until_on": on, "span": span}
        super().__init__(data, initial=first, auto_id=f"{rule}-%s")
        for name in ("from_on", "evidence") if span or self["span"].value() else ("until_on",):
            del self.fields[name]


class BenefitForm(ChangeForm):
    """How a benefit stands, as it was learned on a day; the operation judges what fits."""

    benefit = forms.ChoiceField(label=_("Benefit"))
    state = forms.ChoiceField(
        label=_("Does it arrive"), choices=BenefitState, widget=forms.RadioSelect
    )
    checked_on = PastDayField(label=_("Asked on"))
    monthly = YuanField(label=_("Arrives in a month, in yuan"))
    due = YuanField(
        label=_("Due in a month, in yuan"), help_text=_("The local standard, where you know it.")
    )
    received_from = PastDayField(label=_("Arrives since"), required=False)
    asked = forms.CharField(
        label=_("Who was asked"),
        help_text=_("As the village accountant, or the bank book."),
        max_length=80,
        required=False,
    )
    next_on = DayField(label=_("Ask again on"), required=False)

    def __init__(self, data: Any, *, check: BenefitCheck | None = None, **said: Any) -> None:
        self.check = check
        super().__init__(data, **said)

    def known(self) -> dict[str, Any]:
        """Begin with what the last check said; the day is today's."""
        if self.check is None:
            return {"checked_on": self.on}
        names = ("benefit", "state", "monthly", "due", "received_from", "asked")
        return {name: getattr(self.check, name) for name in names} | {"checked_on": self.on}

    def prepare(self) -> None:
        """Offer first what follows from the child's categories."""
        follow = [one.benefit for one in due_for(self._categories(), on=self.on)]
        others = [one for one in Benefit if one not in follow]
        offered = [(one.value, one.label) for one in [*follow, *others]]
        self.fields["benefit"].choices = [*EMPTY, *offered]  # type: ignore[attr-defined]

    def _categories(self) -> list[str]:
        return list(facts_of([self.child], on=self.on)[self.child.pk].held)

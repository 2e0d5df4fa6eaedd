"""The forms of an assessment: one part of life, the whole, a score from paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.casework.instruments import instruments
from tonghu.casework.measures import Answered
from tonghu.casework.operations.assessing import TEN, NeedSaid, WholeSaid
from tonghu.people.web.fields import PastDayField

ALONE = [("yes", _("Yes")), ("no", _("No"))]


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NeedForm(forms.Form):
    """One part of a child's life; every answer may stay empty."""

    facts = forms.CharField(
        label=_("What is so"),
        help_text=_("What you saw or were told, before what you make of it."),
        widget=_lines(4),
        required=False,
    )
    needed = forms.CharField(label=_("What is needed"), widget=_lines(2), required=False)
    strength = forms.CharField(label=_("What is strong already"), widget=_lines(2), required=False)
    evidence = forms.CharField(
        label=_("How you know it"),
        help_text=_("As “seen at home”, “told by the class teacher”."),
        widget=_lines(2),
        required=False,
    )
    score = forms.IntegerField(
        label=_("How good it is, from 0 to 10"), min_value=0, max_value=TEN, required=False
    )

    def said(self) -> NeedSaid:
        """Return what the operation takes."""
        return NeedSaid(**self.cleaned_data)


class WholeForm(forms.Form):
    """What the parts come to; what is missing is said before the supervisor sees it."""

    informants = forms.CharField(
        label=_("Who told you"),
        help_text=_("As “the child, grandmother, class teacher”."),
        max_length=200,
        required=False,
    )
    seen_alone = forms.ChoiceField(
        label=_("Did you talk with the child alone?"),
        choices=ALONE,
        widget=forms.RadioSelect,
        required=False,
    )
    child_opinion = forms.CharField(
        label=_("What the child thinks"),
        help_text=_("In the child’s own words. Where there are none, why."),
        widget=_lines(),
        required=False,
    )
    risk_factors = forms.CharField(
        label=_("What makes it dangerous"), widget=_lines(), required=False
    )
    protective_factors = forms.CharField(
        label=_("What protects the child"), widget=_lines(), required=False
    )
    problems = forms.CharField(label=_("What comes first"), widget=_lines(2), required=False)
    summary = forms.CharField(label=_("What it comes to"), widget=_lines(), required=False)

    def said(self) -> WholeSaid:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        alone = {"yes": True, "no": False}.get(said.pop("seen_alone"))
        return WholeSaid(seen_alone=alone, **said)


class ScoreForm(forms.Form):
    """A score worked out on paper."""

    instrument = forms.ChoiceField(
        label=_("Which instrument"),
        help_text=_("Typed in from paper. No question of it is kept here."),
    )
    answered_by = forms.ChoiceField(
        label=_("Who answered"), choices=Answered, widget=forms.RadioSelect
    )
    raw = forms.DecimalField(label=_("Score"), max_digits=6, decimal_places=2)
    on = PastDayField(label=_("On which day"))

    def __init__(self, *args: Any, **said: Any) -> None:
        super().__init__(*args, **said)
        chosen = self.fields["instrument"]
        chosen.choices = [(key, one.name) for key, one in instruments().items()]  # type: ignore[attr-defined]

    def clean_raw(self) -> str:
        """Return the number as it was written."""
        return str(self.cleaned_data["raw"])

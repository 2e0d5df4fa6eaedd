"""The short forms of a case: a lead, and what a step asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.casework.constants import CaseKind, NotAccepted, RiskLevel, Source
from tonghu.look.forms import DayField
from tonghu.people.web.fields import PastDayField


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LeadForm(forms.Form):
    """The first word of a worry: four answers are required."""

    problem = forms.CharField(
        label=_("What is the worry?"),
        help_text=_("In the words of the child or the family, if you have them."),
        widget=_lines(),
    )
    in_danger = forms.ChoiceField(
        label=_("Is the child in danger now?"),
        choices=[("no", _("No")), ("yes", _("Yes, or I cannot tell"))],
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(label=_("How did you hear of it?"), choices=Source)
    heard_on = PastDayField(label=_("On which day"))
    referrer = forms.CharField(
        label=_("Who told you"),
        help_text=_("As “class teacher, Mr Zhao”. Never the name of somebody who reported harm."),
        required=False,
        max_length=60,
    )
    child_view = forms.CharField(label=_("What the child says"), widget=_lines(2), required=False)
    best_time = forms.CharField(
        label=_("When the family can be reached"),
        help_text=_("As “after 8 in the evening, Sundays”."),
        required=False,
        max_length=60,
    )

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return said | {"in_danger": said["in_danger"] == "yes"}


class ReasonForm(forms.Form):
    """A step that asks why."""

    reason = forms.CharField(label=_("Why"), widget=_lines(2))


class DeclineForm(ReasonForm):
    """Not taking a case on: what happens instead, and why."""

    instead = forms.ChoiceField(
        label=_("What happens instead"), choices=NotAccepted, widget=forms.RadioSelect
    )
    field_order = ["instead", "reason"]


class AcceptForm(forms.Form):
    """Taking a case on."""

    kind = forms.ChoiceField(
        label=_("What kind of case"), choices=CaseKind, initial=CaseKind.STANDARD
    )


class RiskForm(forms.Form):
    """How much danger somebody sees."""

    level = forms.ChoiceField(
        label=_("How much danger is there?"), choices=RiskLevel, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What you saw or heard that says so, and what protects the child."),
        widget=_lines(),
    )
    review_on = DayField(label=_("Look at it again on"))

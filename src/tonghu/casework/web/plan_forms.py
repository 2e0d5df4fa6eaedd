"""The forms of a plan: goals, actions, signatures, safety."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.casework.constants import Doer, Scale, SetBy, SignWay
from tonghu.casework.models import Goal, Plan
from tonghu.casework.operations.planning import GOAL_SAYS, PLAN_SAYS
from tonghu.casework.plan_papers import LIMITS
from tonghu.look.forms import DayField
from tonghu.people.web.fields import PastDayField

MARKS = (
    ("much_less", -2, "−2"),
    ("less", -1, "−1"),
    ("hoped", 0, "0"),
    ("more", 1, "+1"),
    ("much_more", 2, "+2"),
)
"""The five steps of a goal: the column that says one in words, its figure, how it is written."""


def lines(rows: int = 3) -> forms.Textarea:
    """Return a field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class PlanForm(forms.Form):
    """What a plan says besides its goals."""

    unpaid_helper = forms.CharField(
        label=_("Who helps without being paid?"),
        help_text=_("As “the neighbour, aunt Li”; when the service ends, this one stays."),
        required=False,
        max_length=120,
    )
    no_helper_why = forms.CharField(label=_("If nobody does, why"), widget=lines(2), required=False)
    limits = forms.CharField(label=_("What stays between us, and what does not"), widget=lines(5))
    told_child = forms.BooleanField(label=_("I said this to the child"), required=False)
    told_guardian = forms.BooleanField(label=_("I said this to the guardian"), required=False)
    review_on = DayField(label=_("We look at it together again on"), required=False)

    def __init__(self, data: Any, *, plan: Plan) -> None:
        known = {name: getattr(plan, name) for name in PLAN_SAYS}
        super().__init__(data, initial=known | {"limits": plan.limits or LIMITS})


class GoalForm(forms.Form):
    """A goal in the child's or the family's words."""

    words = forms.CharField(
        label=_("What shall be different?"),
        help_text=_("So that the child understands it, as “to school on time every day”."),
        max_length=160,
    )
    own_words = forms.CharField(
        label=_("How the child or the family said it"), required=False, max_length=160
    )
    set_by = forms.ChoiceField(
        label=_("Whose goal is it?"), choices=SetBy, widget=forms.RadioSelect
    )
    scale = forms.ChoiceField(
        label=_("How do you see that it changes?"),
        choices=Scale,
        widget=forms.RadioSelect,
        initial=Scale.GAS,
    )
    much_less = forms.CharField(label=_("−2 much less than hoped"), required=False, max_length=160)
    less = forms.CharField(label=_("−1 a little less than hoped"), required=False, max_length=160)
    hoped = forms.CharField(label=_("0 as hoped"), required=False, max_length=160)
    more = forms.CharField(label=_("+1 better than hoped"), required=False, max_length=160)
    much_more = forms.CharField(
        label=_("+2 much better than hoped"), required=False, max_length=160
    )
    baseline = forms.IntegerField(
        label=_("Where does it stand now?"),
        help_text=_("Five steps: −2 to 2, mostly −2 or −1. Figure: 0 to 10."),
    )
    target = forms.IntegerField(
        label=_("Which figure is hoped for?"),
        help_text=_("Only with a figure from 0 to 10; in five steps it is 0."),
        required=False,
    )
    target_on = DayField(label=_("Reached by"))
    weight = forms.IntegerField(
        label=_("How much it counts, 1 to 5"), min_value=1, max_value=5, initial=1
    )

    def __init__(self, data: Any, *, goal: Goal | None = None) -> None:
        known = {name: getattr(goal, name) for name in GOAL_SAYS} if goal else {}
        super().__init__(data, initial=known)

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return said | {"target": said["target"] or 0}


class RatingForm(forms.Form):
    """Where a goal stands on a day."""

    level = forms.TypedChoiceField(
        label=_("Where does it stand?"), coerce=int, widget=forms.RadioSelect
    )
    on = PastDayField(label=_("On which day"))
    note = forms.CharField(label=_("What shows it"), required=False, max_length=160)

    def __init__(self, data: Any, *, goal: Goal, on: Any) -> None:
        super().__init__(data, initial={"on": on})
        if goal.scale == Scale.GAS:
            steps = [(n, mark, getattr(goal, name)) for name, n, mark in MARKS]
            offered = [(n, f"{mark} · {words}") for n, mark, words in steps]
        else:
            offered = [(n, str(n)) for n in range(11)]
        self.fields["level"].choices = offered  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    """Who does what, by when."""

    what = forms.CharField(label=_("What is done?"), max_length=160)
    who = forms.ChoiceField(label=_("Who does it?"), choices=Doer, widget=forms.RadioSelect)
    who_named = forms.CharField(
        label=_("Name"),
        help_text=_("As “director Wang”. It is asked for where somebody else does it."),
        required=False,
        max_length=60,
    )
    due_on = DayField(label=_("Done by"))
    suits = forms.CharField(
        label=_("When it suits the family"),
        help_text=_("As “after 8 in the evening, Sundays”."),
        required=False,
        max_length=60,
    )
    goal = forms.ChoiceField(label=_("For which goal"), required=False)

    def __init__(self, data: Any, *, goals: list[Goal]) -> None:
        super().__init__(data)
        offered = [(str(one.pk), one.words) for one in goals]
        self.fields["goal"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]

    def said(self) -> dict[str, Any]:
        """Return what the operation takes."""
        said = dict(self.cleaned_data)
        return said | {"goal_id": said.pop("goal") or None}


class DoneForm(forms.Form):
    """On which day something was done."""

    done_on = PastDayField(
        label=_("Done on"), required=False, help_text=_("Empty: it is not done after all.")
    )


class WhyForm(forms.Form):
    """Why something does not hold or is called off."""

    why = forms.CharField(label=_("Why"), widget=lines(2), max_length=160)


class SignForm(forms.Form):
    """Who agrees, how, on which day."""

    who = forms.ChoiceField(label=_("Who signs?"), widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=_("How?"), choices=SignWay, widget=forms.RadioSelect, initial=SignWay.PAPER
    )
    witness = forms.CharField(
        label=_("Witness"),
        help_text=_("Asked for where somebody agrees by word."),
        required=False,
        max_length=60,
    )
    on = PastDayField(label=_("On which day"))

    def __init__(self, data: Any, *, offered: list[tuple[str, str]], on: Any) -> None:
        super().__init__(data, initial={"on": on})
        self.fields["who"].choices = offered  # type: ignore[attr-defined]


class SafetyForm(forms.Form):
    """Four questions, in the child's words."""

    signs = forms.CharField(
        label=_("How does the child see that it becomes dangerous?"), widget=lines()
    )
    child_does = forms.CharField(label=_("What does the child do then?"), widget=lines())
    safe_adults = forms.CharField(
        label=_("To which grown-ups can it go? With telephones."),
        help_text=_("One a line, as “aunt Wang, child director, 161…”."),
        widget=lines(),
    )
    call = forms.CharField(label=_("Whom does it call?"), widget=lines(2), initial="110")

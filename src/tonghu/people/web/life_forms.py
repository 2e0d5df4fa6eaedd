"""The short forms about what holds from a day on: home, registration, care, school, category."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import (
    CareArrangement,
    Category,
    Fitness,
    HukouKind,
    Reach,
    SchoolState,
)
from tonghu.people.queries import life_of, places_for
from tonghu.people.web.changing import EMPTY, FamilyForm, SpanForm
from tonghu.people.web.fields import (
    OneOf,
    PastDayField,
    offer,
)


class ResidenceForm(SpanForm):
    """Where the child lives from a day on."""

    place = OneOf(label=_("Village or community"), required=False)
    address = forms.CharField(
        label=_("House, group, or the town where it is elsewhere"), max_length=160, required=False
    )
    field_order = ("place", "address")

    def prepare(self) -> None:
        """Offer the places in which the agency works."""
        places = places_for(self.by, on=self.on)
        offer(self, "place", [(one, one.name) for one in places], _("Elsewhere"))

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two at least."""
        said = super().clean() or {}
        if not said.get("place") and not said.get("address"):
            self.add_error("address", _("Choose a place, or write where it is."))
        return said


class HukouForm(SpanForm):
    """Where the household is registered."""

    region = forms.CharField(
        label=_("Registered in"),
        help_text=_("County and township, as in the booklet."),
        max_length=80,
    )
    kind = forms.ChoiceField(
        label=_("Kind"), choices=HukouKind, widget=forms.RadioSelect, required=False
    )
    reach = forms.ChoiceField(
        label=_("How far that is from where the child lives"),
        help_text=_("It decides whether the child counts as a migrant child."),
        choices=Reach,
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ("region", "reach", "kind")


YES_NO = [("", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]


class CareForm(SpanForm, FamilyForm):
    """Who cares for the child, and with entrusted care what the law asks of it (art. 22, 23)."""

    arrangement = forms.ChoiceField(
        label=_("Who cares for the child day by day"), choices=[*EMPTY, *CareArrangement.choices]
    )
    carer = OneOf(
        label=_("Who that is"),
        help_text=_("Somebody who is missing here is added as a relative first."),
        required=False,
    )
    is_entrusted = forms.BooleanField(
        label=_("The parents are away and have entrusted the child to this person"), required=False
    )
    fitness = forms.ChoiceField(
        label=_("May this person care for a child"),
        help_text=_("Not who has harmed a child, is addicted, or long cannot (article 22)."),
        choices=Fitness,
        initial=Fitness.UNCHECKED,
        widget=forms.RadioSelect,
    )
    school_told_on = PastDayField(label=_("School told in writing on"), required=False)
    committee_told_on = PastDayField(label=_("Committee told in writing on"), required=False)
    weekly_contact = forms.TypedChoiceField(
        label=_("Parents and child speak every week"),
        choices=YES_NO,
        coerce=lambda said: said == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    field_order = ("arrangement", "carer", "from_on", "learned", "is_entrusted")

    def prepare(self) -> None:
        """Offer the family as carers."""
        offer(self, "carer", self.kin(), _("Nobody in particular"))


class SchoolForm(SpanForm):
    """How the child stands with school."""

    state = forms.ChoiceField(label=_("How it stands"), choices=[*EMPTY, *SchoolState.choices])
    school = forms.CharField(label=_("School"), max_length=80, required=False)
    grade = forms.CharField(label=_("Grade"), max_length=20, required=False)
    class_name = forms.CharField(label=_("Class"), max_length=20, required=False)
    field_order = ("state", "school", "grade", "class_name")


class LastDayForm(forms.Form):
    """Until which day something held."""

    until_on = PastDayField(label=_("Last day"))


class CategoryForm(SpanForm):
    """What a child is entitled by, confirmed with the reason."""

    category = forms.ChoiceField(label=_("Category"))
    reason = forms.CharField(
        label=_("What it rests on"),
        help_text=_("One sentence that somebody who checks it later understands."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=400,
    )
    evidence = forms.CharField(
        label=_("Paper seen"),
        help_text=_("As the disability card, or the decision of the bureau."),
        max_length=160,
        required=False,
    )
    field_order = ("category", "reason", "evidence")

    def prepare(self) -> None:
        """Offer the categories that do not hold yet."""
        held = {one.category for one in life_of(self.child).categories if one.until_on is None}
        left = [choice for choice in Category.choices if choice[0] not in held]
        self.fields["category"].choices = [*EMPTY, *left]  # type: ignore[attr-defined]


class CategoryEndForm(LastDayForm):
    """Until which day a category held, and why no longer."""

    reason = forms.CharField(
        label=_("Why it holds no longer"), widget=forms.Textarea(attrs={"rows": 3}), max_length=400
    )

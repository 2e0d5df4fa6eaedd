"""The short forms about the family: who belongs to it, who is guardian, who lives together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.people.constants import (
    GuardianshipBasis,
    ParentStatus,
    Relation,
)
from tonghu.people.web.changing import EMPTY, ChangeForm, FamilyForm, SpanForm
from tonghu.people.web.fields import (
    OneOf,
    SomeOf,
    offer,
)


class RelativeForm(ChangeForm):
    """Somebody of the family who is not on the page yet."""

    name = forms.CharField(label=_("Name"), max_length=80)
    relation = forms.ChoiceField(
        label=_("What she or he is to the child"), choices=[*EMPTY, *Relation.choices]
    )


class GuardianForm(SpanForm, FamilyForm):
    """Who is guardian, and on what it rests."""

    guardian = OneOf(label=_("Guardian"))
    basis = forms.ChoiceField(label=_("It rests on"), choices=[*EMPTY, *GuardianshipBasis.choices])
    field_order = ("guardian", "basis")

    def prepare(self) -> None:
        """Offer the family."""
        offer(self, "guardian", self.kin())


class ParentForm(SpanForm, FamilyForm):
    """How a parent is from a day on."""

    parent = OneOf(label=_("Parent"))
    status = forms.ChoiceField(label=_("How she or he is"), choices=[*EMPTY, *ParentStatus.choices])
    field_order = ("parent", "status")

    def prepare(self) -> None:
        """Offer the parents who are on the page."""
        offer(self, "parent", self.kin((Relation.FATHER, Relation.MOTHER, Relation.STEP)))


class HouseholdForm(SpanForm, FamilyForm):
    """Who lives together with the child."""

    members = SomeOf(label=_("Who lives with the child"), required=False)
    best_time = forms.CharField(label=_("Best time for a visit"), max_length=60, required=False)
    field_order = ("members", "from_on", "learned", "best_time")

    def prepare(self) -> None:
        """Offer the family."""
        offer(self, "members", self.kin())


class JoinForm(SpanForm, FamilyForm):
    """Somebody who lives with the child from a day on."""

    person = OneOf(label=_("Who lives there too"))
    field_order = ("person",)

    def prepare(self) -> None:
        """Offer the family."""
        offer(self, "person", self.kin())

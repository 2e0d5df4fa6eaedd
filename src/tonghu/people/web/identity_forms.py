"""The short forms about who a child is, how it is reached, and who holds its file."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel import clock
from tonghu.look.forms import DayField
from tonghu.people.constants import (
    NameKind,
    Precision,
    Sex,
)
from tonghu.people.queries import places_for
from tonghu.people.web import numbers
from tonghu.people.web.changing import ChangeForm, FamilyForm
from tonghu.people.web.fields import (
    BirthField,
    OneOf,
    as_written,
    offer,
)


class RegisterForm(forms.Form):
    """A new child: the name is enough."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As people write it, or what the child is called by."),
        max_length=80,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect, required=False)
    born = BirthField()
    is_estimated = forms.BooleanField(label=_("The year is estimated"), required=False)
    place = OneOf(label=_("Village or community"), required=False)
    address = forms.CharField(label=_("House or group"), max_length=160, required=False)

    def __init__(self, *args: Any, by: Actor, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = places_for(by, on=on, action=Action.WRITE)
        offer(self, "place", [(one, one.name) for one in here], _("Not known yet"))

    def said(self) -> dict[str, Any]:
        """Return what the operation is called with."""
        return born_of(dict(self.cleaned_data))


def born_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a form said with the birth in the words of the operations."""
    born_on, precision = said.pop("born")
    if said.pop("is_estimated") and born_on:
        born_on, precision = born_on.replace(month=1, day=1), Precision.ESTIMATED
    return said | {"born_on": born_on, "precision": precision}


class IdentityForm(ChangeForm):
    """Who a child is."""

    name = forms.CharField(
        label=_("Name"), help_text=_("A name it had before stays as a former name."), max_length=80
    )
    latin_name = forms.CharField(
        label=_("Name in Latin letters"),
        help_text=_("Shown on English pages."),
        max_length=120,
        required=False,
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=Sex, widget=forms.RadioSelect, required=False)
    born = BirthField()
    is_estimated = forms.BooleanField(label=_("The year is estimated"), required=False)
    ethnicity = forms.CharField(label=_("Ethnic group"), max_length=20, required=False)

    def known(self) -> dict[str, Any]:
        """Return what the file says now."""
        person = self.child.person
        return {
            "name": person.name,
            "latin_name": person.latin_name,
            "sex": person.sex,
            "born": as_written(person),
            "is_estimated": person.precision == Precision.ESTIMATED,
            "ethnicity": person.ethnicity,
        }

    def said(self) -> dict[str, Any]:
        """Return what the operation is called with."""
        return born_of(super().said())


class NumberForm(ChangeForm):
    """The identity number; it is kept as written, and what does not fit is said."""

    number = forms.RegexField(
        label=_("Identity number"),
        help_text=_(
            "Kept sealed; the page shows the last four signs. A child without one loses nothing."
        ),
        regex=r"\d",
        error_messages={"invalid": _("Write the number as it stands on the paper.")},
        max_length=30,
    )
    number.widget.attrs["autocomplete"] = "off"

    def hints(self) -> list[str]:
        """Return what does not fit: the check sign, the birth inside, the sex inside."""
        return numbers.doubts(self.cleaned_data["number"], self.child.person, on=self.on)


class NameForm(ChangeForm):
    """Another name by which the child is found."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("What it is"), choices=NameKind, widget=forms.RadioSelect, initial=NameKind.NICK
    )


class PhoneForm(FamilyForm):
    """A telephone, and whose it is."""

    person = OneOf(label=_("Whose telephone"))
    number = forms.RegexField(
        label=_("Telephone number"),
        regex=r"^\+?[\d\s\-()]{5,24}$",
        error_messages={"invalid": _("Write digits, as 139 0000 4471.")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    whose = forms.CharField(
        label=_("In the family's words"),
        help_text=_("As “grandmother, mornings only”."),
        max_length=20,
        required=False,
    )

    def prepare(self) -> None:
        """Offer the child and its family."""
        own = (self.child.person, self.child.person.called)
        offer(self, "person", [*self.kin(), own])


class GiveForm(forms.Form):
    """To whom a file is given, and from when."""

    worker = OneOf(label=_("Who holds the file from then on"), widget=forms.RadioSelect)
    from_on = DayField(label=_("From which day"))

    def clean_from_on(self) -> dt.date:
        """Return the first day; a file is not given in hindsight."""
        day: dt.date = self.cleaned_data["from_on"]
        if day < clock.day(clock.now()):
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

"""The forms about what is hidden of a child: hiding, one look, showing it again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.people import contact
from tonghu.people.constants import LookReason
from tonghu.people.models import HiddenField
from tonghu.people.queries import family_of
from tonghu.people.web.changing import ChangeForm
from tonghu.people.web.fields import OneOf, SomeOf, offer

WHY: dict[str, Any] = {
    "label": _("Why, in one sentence"),
    "help_text": _("Stays in the journal. Do not write the address or the number here."),
    "widget": forms.Textarea(attrs={"rows": 2}),
    "max_length": 400,
}


class HideForm(ChangeForm):
    """What of a child is hidden from this moment on."""

    address = forms.BooleanField(label=_("The address"), required=False)
    phones = SomeOf(label=_("Telephones"), required=False)
    place = forms.BooleanField(
        label=_("The village or community as well"),
        help_text=_("The team goes on with the file; lists of the village no longer show it."),
        required=False,
    )
    school = forms.BooleanField(label=_("The school as well"), required=False)
    words = forms.CharField(**WHY)

    def known(self) -> dict[str, Any]:
        """Begin with the address: it is what this page is mostly opened for."""
        return {"address": True}

    def prepare(self) -> None:
        """Offer the telephones on the child's page that are not hidden yet."""
        kin = family_of(self.child, self.by, on=self.on).kin
        called = {one.relative_id: one.relative.called for one in kin}
        called[self.child.pk] = self.child.person.called
        found = contact.phones_of(self.child, list(called), self.by, on=self.on)
        phones = [one for of_one in found.values() for one in of_one if not one.is_hidden]
        offer(self, "phones", [(one, f"{one.number} · {called[one.person_id]}") for one in phones])
        if not phones:
            del self.fields["phones"]


def called(fields: Iterable[HiddenField], child_id: Any) -> list[tuple[HiddenField, str]]:
    """Return hidden fields by what they are and whose, for a choice among them."""
    return [
        (one, str(one.get_kind_display()))
        if one.person_id == child_id
        else (one, f"{one.get_kind_display()} · {one.person.called}")
        for one in fields
    ]


class LookForm(forms.Form):
    """One look at one hidden value, and why."""

    what = OneOf(label=_("What to show"), widget=forms.RadioSelect)
    code = forms.ChoiceField(label=_("Reason"), choices=LookReason, widget=forms.RadioSelect)
    words = forms.CharField(**WHY)

    def __init__(self, data: Any, fields: list[HiddenField], child_id: Any) -> None:
        super().__init__(data, initial={"what": fields[0].pk if len(fields) == 1 else None})
        offer(self, "what", called(fields, child_id))


class LiftForm(forms.Form):
    """What ordinary pages shall show again, and why."""

    fields_hidden = SomeOf(label=_("What ordinary pages shall show again"))
    words = forms.CharField(**WHY)

    def __init__(self, data: Any, fields: list[HiddenField], child_id: Any) -> None:
        super().__init__(data)
        offer(self, "fields_hidden", called(fields, child_id))

"""What the list of children is narrowed to: saved views as tabs, filters as chips.

The address is the state: it carries codes and numbers, never a name (R82).
"""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.roles import SocialWorker, Supervisor
from tonghu.people.constants import CareArrangement, Category
from tonghu.people.listing import View
from tonghu.people.models import Place
from tonghu.people.queries import ChildFilter

LABELS = {
    View.MINE: _("My children"),
    View.TEAM: _("The whole team"),
    View.NOBODYS: _("Nobody holds them yet"),
}
MISSING = ("missing", _("Due, but not received"))
OF_SUPERVISORS = {View.MINE: _("My workers' children")}
OF_OTHERS = {View.TEAM: _("All children")}


class FilterForm(forms.Form):
    """What the list can be narrowed to; whoever reads no file narrows by place alone."""

    place = forms.ChoiceField(label=_("Village or community"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    care = forms.ChoiceField(label=_("Who cares"), required=False)
    benefit = forms.ChoiceField(label=_("Benefits"), required=False)

    def __init__(self, said: QueryDict, *, places: list[Place], reads_files: bool) -> None:
        super().__init__(said)
        self._said = said
        everything = [("", _("All"))]
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            *everything,
            *((str(one.pk), one.name) for one in places),
        ]
        if reads_files:
            self.fields["category"].choices = [*everything, *Category.choices]  # type: ignore[attr-defined]
            self.fields["care"].choices = [*everything, *CareArrangement.choices]  # type: ignore[attr-defined]
            self.fields["benefit"].choices = [*everything, MISSING]  # type: ignore[attr-defined]
        else:
            del self.fields["category"], self.fields["care"], self.fields["benefit"]

    def wanted(self) -> ChildFilter:
        """Return the filter; what is no choice of ours narrows nothing."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        place = said.pop("place", None)
        return ChildFilter(place=UUID(place) if place else None, **said)

    def chips(self) -> list["Chip"]:
        """Return the filters that are on, each with the address that takes it away."""
        chosen = [name for name, value in self.cleaned_data.items() if value]
        return [Chip(self._label_of(name), _without(self._said, name)) for name in chosen]

    def _label_of(self, name: str) -> str | Promise:
        labels = dict(self.fields[name].choices)  # type: ignore[attr-defined]
        label: str | Promise = labels[self.cleaned_data[name]]
        return label


@dataclass(frozen=True)
class Chip:
    """One filter that is on."""

    label: str | Promise
    href: str


@dataclass(frozen=True)
class Tab:
    """One saved view."""

    label: str | Promise
    href: str
    is_current: bool


def view_of(said: QueryDict, by: Actor) -> View:
    """Return the saved view that was asked for, or the one this role begins with."""
    offered = views_for(by)
    asked = said.get("view", "")
    return next((one for one in offered if one.value == asked), offered[0])


def views_for(by: Actor) -> list[View]:
    """Return the saved views of a role: who holds no file has none of her own."""
    if by.role_key in (SocialWorker.key, Supervisor.key):
        return list(View)
    return [View.TEAM, View.NOBODYS]


def tabs_of(said: QueryDict, by: Actor, view: View) -> list[Tab]:
    """Return the saved views as tabs; filters stay as they are."""
    return [Tab(label_of(one, by), _with_view(said, one), one is view) for one in views_for(by)]


def label_of(view: View, by: Actor) -> str | Promise:
    """Return what a view is called for this role."""
    if by.role_key == Supervisor.key:
        return OF_SUPERVISORS.get(view, LABELS[view])
    if by.role_key != SocialWorker.key:
        return OF_OTHERS.get(view, LABELS[view])
    return LABELS[view]


def _with_view(said: QueryDict, view: View) -> str:
    kept = said.copy()
    kept.pop("after", None)
    kept["view"] = view.value
    return f"?{kept.urlencode()}"


def _without(said: QueryDict, name: str) -> str:
    kept = said.copy()
    for gone in ("after", name):
        kept.pop(gone, None)
    return f"?{kept.urlencode()}"

"""What the short forms of a child's file share: the child, who writes, the day, the family."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.people.models import Child, Person
from tonghu.people.queries import family_of
from tonghu.people.web.fields import (
    PastDayField,
)

Offer = Iterator[tuple[Person, str]]
EMPTY = [("", "—")]


class ChangeForm(forms.Form):
    """A change of one child's file; knows the child, who writes, and the day."""

    def __init__(self, data: Any, *, child: Child, by: Actor, on: dt.date) -> None:
        self.child, self.by, self.on = child, by, on
        super().__init__(data, initial=self.known())
        self.prepare()

    def known(self) -> dict[str, Any]:
        """Return what the form begins with."""
        return {"from_on": self.on}

    def prepare(self) -> None:
        """Offer what can be chosen on this file."""

    def said(self) -> dict[str, Any]:
        """Return what the operation is called with."""
        return dict(self.cleaned_data)

    def hints(self) -> list[str]:
        """Return what is worth a second look, though it was kept."""
        return []


class SpanForm(ChangeForm):
    """Something that holds from a day on, whether that day is known or not."""

    from_on = PastDayField(label=_("Since when"))
    learned = forms.BooleanField(
        label=_("Since when is not known; this is the day on which I learned it"), required=False
    )

    def said(self) -> dict[str, Any]:
        """Return what the operation is called with."""
        said = super().said()
        return said | {"since_known": not said.pop("learned")}


class FamilyForm(ChangeForm):
    """A form that asks for somebody on the child's page."""

    def kin(self, relations: tuple[str, ...] = ()) -> Offer:
        """Yield who is on the page, with what they are to the child."""
        for one in family_of(self.child, self.by, on=self.on).kin:
            if not relations or one.relation in relations:
                yield one.relative, f"{one.relative.called} · {one.get_relation_display()}"

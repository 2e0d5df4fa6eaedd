"""The list of children: whose, narrowed by what, and what a card of it says.

A card is what somebody may find: name, age, place, who holds the file (R21). Who cares for the
child stands in the file, so the card says it only where the file is open to the reader.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.models import Duty
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.models import CareSpan, Child, ResidenceSpan
from tonghu.people.policy import (
    CHILDREN,
    FILE,
    HOLDING,
    held_by_anybody,
    own,
    supervised,
)
from tonghu.people.queries import ChildFilter, children_for

SHOWN = (
    "pk",
    "number",
    "person__name",
    "person__latin_name",
    "person__sort_key",
    "person__born_on",
    "person__precision",
)
mine = own | supervised


class View(StrEnum):
    """The lists that people open every day, each under an address of its own."""

    MINE = "mine"
    TEAM = "team"
    NOBODYS = "nobodys"


@dataclass
class Card:
    """What a list says of one child besides name and age."""

    place: str = ""
    is_hidden: bool = False
    care: str = ""
    holders: list[str] = field(default_factory=list)


def children_in(view: View, wanted: ChildFilter, by: Actor, *, on: dt.date) -> "QuerySet[Child]":
    """Return the children of a saved view, narrowed by the filters, in the order of their names."""
    rows = children_for(by, wanted, on=on)
    if view is View.MINE:
        return rows.filter(mine.where(by, on))
    if view is View.NOBODYS:
        return rows.exclude(pk__in=held_by_anybody(by, on))
    return rows


@upholds("R21", "R67", says=_("a card says name, age, place and who holds the file; no more"))
def cards_of(found: Collection[UUID], by: Actor, *, on: dt.date) -> dict[UUID, Card]:
    """Return the cards of children the actor has found, asked for as a whole."""
    cards = {pk: Card() for pk in found}
    residences = ResidenceSpan.objects.unscoped("of children that were found under their Rule")
    for span in residences.filter(in_force(on), person__in=found).select_related("place"):
        card = cards[span.person_id]
        card.is_hidden = card.is_hidden or span.place_is_hidden
        card.place = span.place.name if span.place else card.place
    holding = Duty.objects.unscoped("of children that were found under their Rule")
    holding = holding.filter(in_force(on), kind__in=HOLDING, target_kind=FILE, target_id__in=found)
    for duty in holding.select_related("account").order_by("from_on", "id"):
        cards[duty.target_id].holders.append(duty.account.called)
    for care in _care_of(found, by, on):
        cards[care.child_id].care = care.get_arrangement_display()
    return cards


def _care_of(found: Collection[UUID], by: Actor, on: dt.date) -> "QuerySet[CareSpan]":
    """Return who cares now for those of the children whose files are open to the reader."""
    files = CHILDREN.rows(Action.READ, Child.objects.filter(pk__in=found), by, on=on)
    care = CareSpan.objects.unscoped("of files that are open to the reader")
    return care.filter(in_force(on), child__in=files.values("pk"))

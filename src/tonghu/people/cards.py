"""What a list, a search or a likeness says of a child: a card.

A card is what somebody may find: name, age, place, who holds the file (R21). Who cares for the
child stands in the file, so it is said only where the file is open to the reader.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.models import Duty
from tonghu.access.sheets import Action
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.models import CareSpan, Child, ResidenceSpan
from tonghu.people.policy import CHILDREN, FILE, HOLDING


@dataclass
class Card:
    """What may be said of one child besides name and age."""

    place: str = ""
    is_hidden: bool = False
    holders: list[str] = field(default_factory=list)


@upholds("R21", "R67", says=_("a card says name, age, place and who holds the file; no more"))
def cards_of(found: Collection[UUID], *, on: dt.date) -> dict[UUID, Card]:
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
    return cards


def care_of(found: Collection[UUID], by: Actor, *, on: dt.date) -> dict[UUID, str]:
    """Return who cares now for those of the children whose files are open to the reader."""
    files = CHILDREN.rows(Action.READ, Child.objects.filter(pk__in=found), by, on=on)
    care = CareSpan.objects.unscoped("of files that are open to the reader")
    now = care.filter(in_force(on), child__in=files.values("pk"))
    return {span.child_id: span.get_arrangement_display() for span in now}

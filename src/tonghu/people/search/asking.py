"""What somebody who searches gets: the children found, each in the few words of a card."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor, actor_for
from tonghu.access.looks import record_search
from tonghu.access.models import Account
from tonghu.kernel.chinese import is_chinese, plain
from tonghu.kernel.clock import day, now
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.tenancy import only_rows_of
from tonghu.people import words
from tonghu.people.cards import Card, cards_of
from tonghu.people.numbers import shown
from tonghu.people.policy import FILE
from tonghu.people.search.find import Found, find

LONGEST = 80
FEWEST_DIGITS, FEWEST_LETTERS = 4, 2
MATCHED: Mapping[str, Promise] = {
    "number": gettext_lazy("File number"),
    "id": gettext_lazy("Last four signs of the identity number"),
    "phone": gettext_lazy("Telephone"),
    "name": gettext_lazy("Name"),
    "kin": gettext_lazy("Somebody of the family"),
    "place": gettext_lazy("Lives there"),
    "sound": gettext_lazy("Sounds alike"),
    "initials": gettext_lazy("First letters"),
}


@dataclass(frozen=True)
class Hit:
    """A child that was found, in the words of a card; what is not known stays empty."""

    pk: UUID
    number: str
    name: str
    age: str
    place: str
    holder: str
    matched: str


def is_too_short(text: str) -> bool:
    """Tell whether a text would fit half the list: one letter, three digits, no sign at all."""
    signs = plain(text)
    if any(map(is_chinese, signs)):
        return False
    return len(signs) < (FEWEST_DIGITS if signs.isdigit() else FEWEST_LETTERS)


@upholds("R77", "R81", says=gettext_lazy("the search is on record before anybody is shown"))
def search(text: str, *, by: Actor, at: dt.datetime) -> list[Hit]:
    """Return the cards of whom the actor may find, once the search is on record."""
    on, asked = day(at), text.strip()[:LONGEST]
    if is_too_short(asked):
        return []
    found = find(asked, by, on=on)
    record_search(FILE, asked, hits=len(found), by=by, at=at)
    return _hits(found, on)


def search_as(text: str, login: str) -> dict[str, Any]:
    """Return what somebody would find today, as one document.

    :raises Refused: when nobody of that login is at work.
    """
    at = now()
    account = Account.objects.filter(login=login).first()
    by = actor_for(account, on=day(at)) if account else None
    if by is None:
        raise Refused(_("Nobody of this login is at work today."))
    with only_rows_of(by.agency_id):
        hits = search(text, by=by, at=at)
    return {"text": text, "as": login, "children": [asdict(hit) for hit in hits]}


def _hits(found: list[Found], on: dt.date) -> list[Hit]:
    cards = cards_of([one.child.pk for one in found], on=on)
    return [_hit(one, cards[one.child.pk], on) for one in found]


def _hit(one: Found, card: Card, on: dt.date) -> Hit:
    person = one.child.person
    return Hit(
        pk=one.child.pk,
        number=shown(one.child.number),
        name=person.called,
        age=words.age(person.born_on, person.precision, on),
        place=_("by arrangement") if card.is_hidden else card.place,
        holder=words.together(card.holders),
        matched=str(MATCHED[one.by]),
    )

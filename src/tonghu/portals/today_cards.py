"""What Today shows: domains register what somebody owes or should do first.

A card is a sentence with one verb. A domain offers a function that returns the cards of one
person on one day, already asked of its Rules.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.kernel.registry import Registry, named


class Group(StrEnum):
    """Where on Today a card stands."""

    OVERDUE = "overdue"
    TODAY = "today"
    FIRST = "first"


@dataclass(frozen=True)
class Card:
    """One thing to do: why it is here, and the one verb that does it."""

    group: Group
    icon: str
    title: str | Promise
    why: str | Promise
    verb: str | Promise
    address: str
    due: str | Promise = ""
    post: bool = False


Offer = Callable[[Actor, dt.datetime], Iterable[Card]]
_offers: Registry[Offer] = Registry("offers of cards")


def today_card(offer: Offer) -> Offer:
    """Register a function that returns a person's cards."""
    return _offers.register(named(offer), offer)


def cards_for(by: Actor, at: dt.datetime) -> list[Card]:
    """Return all cards of a person, overdue first."""
    order = list(Group)
    found = [card for offer in _offers.values() for card in offer(by, at)]
    return sorted(found, key=lambda card: order.index(card.group))

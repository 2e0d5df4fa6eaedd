"""Where somebody can go on from a child's file: higher domains sign up their verbs.

Each offer asks its own Rule, so that the file never offers what would be refused.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.kernel.registry import Registry, named
from tonghu.people.models import Child


@dataclass(frozen=True)
class Onward:
    """One verb and where it leads; ``is_first`` is the file's one filled button."""

    verb: str | Promise
    address: str
    icon: str
    is_first: bool = False


Offer = Callable[[Child, Actor, dt.date], Iterable[Onward]]
_offers: Registry[Offer] = Registry("ways on from a child's file")


def offers_onward(offer: Offer) -> Offer:
    """Sign up a function that returns ways on from a file, for one reader on one day."""
    return _offers.register(named(offer), offer)


def onward_from(child: Child, by: Actor, *, on: dt.date) -> list[Onward]:
    """Return the ways on from a file, in the order in which domains signed up."""
    return [one for offer in _offers.values() for one in offer(child, by, on)]

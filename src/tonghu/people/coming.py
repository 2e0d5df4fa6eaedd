"""What is to come on a child's file: higher domains sign up who offers visits, reviews, calls.

Until one does, the file says nothing of it. Each offer asks its own Rule, so that the file never
tells of a contact that its reader may not know of.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.kernel.registry import Registry, named
from tonghu.people.models import Child


@dataclass(frozen=True)
class Coming:
    """One contact to come: on which day, what, with whom, and where it stands."""

    day: dt.date
    what: str | Promise
    who: str
    address: str


Offer = Callable[[Child, Actor, dt.date], Iterable[Coming]]
_offers: Registry[Offer] = Registry("offers of what is to come")


def offers_coming(offer: Offer) -> Offer:
    """Sign up a function that returns what is to come on a file, for one reader on one day."""
    return _offers.register(named(offer), offer)


def coming_for(child: Child, by: Actor, *, on: dt.date) -> list[Coming]:
    """Return what is to come on a file, the next first."""
    found = [one for offer in _offers.values() for one in offer(child, by, on)]
    return sorted(found, key=lambda one: one.day)

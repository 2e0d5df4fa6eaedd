"""What is owed in cases, and by when: each with its rule, so that it can be argued with.

Parts of casework sign up a function that looks at some cases and says what they owe. Today, the
calendar, the case page ('next step') and the supervisor's view all ask here; nothing is ticked off,
only recorded.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.constants import ALIVE
from tonghu.casework.models import Case
from tonghu.casework.policy import CASES
from tonghu.kernel.registry import Registry, named
from tonghu.kernel.rules import through
from tonghu.people.policy import own

held_by_her = through(own, "child")


@dataclass(frozen=True)
class Due:
    """One thing a case owes: what, by which rule, on which day, and the one verb that does it."""

    case: Case
    what: str | Promise
    rule: str | Promise
    on: dt.date
    verb: str | Promise
    address: str
    icon: str = "clock"
    time: dt.time | None = None


Offer = Callable[[Sequence[Case], dt.date], Iterable[Due]]
_offers: Registry[Offer] = Registry("what cases owe")


def offers_due(offer: Offer) -> Offer:
    """Sign up a function that says what some cases owe; it is asked for many at once."""
    return _offers.register(named(offer), offer)


def due_in(cases: Sequence[Case], *, on: dt.date) -> list[Due]:
    """Return what these cases owe, the most urgent first; they were found under their Rule."""
    found = [one for offer in _offers.values() for one in offer(cases, on)] if cases else []
    return sorted(found, key=lambda one: (one.on, one.time or dt.time.max, str(one.case.pk)))


def own_cases(by: Actor, *, on: dt.date) -> list[Case]:
    """Return the living cases whose files this person holds on the day."""
    rows = Case.objects.select_related("child__person").filter(state__in=ALIVE)
    held = rows.filter(held_by_her.where(by, on))
    return list(CASES.rows(Action.WRITE, held, by, on=on).order_by("opened_on", "pk"))


def answered_for(by: Actor, *, on: dt.date) -> list[Case]:
    """Return the living cases this person answers for: hers, her workers', nobody's of a place."""
    rows = Case.objects.select_related("child__person").filter(state__in=ALIVE)
    return list(CASES.rows(Action.WRITE, rows, by, on=on).order_by("opened_on", "pk"))

"""What happened in a case, the newest first: every part of casework tells its own."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.casework.models import Case
from tonghu.kernel.registry import Registry, named


@dataclass(frozen=True)
class Told:
    """One entry: when, what kind (a filter of the page), a title, words, who, where it opens.

    ``noted_at`` is when it was written down, where that is not when it happened; ``author`` whose
    it is, so that nobody is told of her own as news; ``struck`` when a newer entry corrects it.
    """

    at: dt.datetime
    kind: str
    icon: str
    title: str | Promise
    text: str = ""
    who: str = ""
    address: str = ""
    badge: str | Promise = ""
    mood: str = ""
    goals: list[str] = field(default_factory=list)
    noted_at: dt.datetime | None = None
    author: UUID | None = None
    struck: bool = False

    def is_news(self, by: Actor, since: dt.datetime | None) -> bool:
        """Tell whether somebody else has written it down since this person last looked."""
        if since is None or (self.author is not None and self.author == by.account_id):
            return False
        return (self.noted_at or self.at) > since


Teller = Callable[[Case, Actor, dt.date], Iterable[Told]]
_tellers: Registry[Teller] = Registry("what tells of a case")
KINDS: Registry[str | Promise] = Registry("kinds of entries on a timeline")
"""The filters of the timeline: key and what it is called."""


def tells(teller: Teller) -> Teller:
    """Sign up a function that tells of a case to one reader; it asks its own Rule."""
    return _tellers.register(named(teller), teller)


def story_of(case: Case, by: Actor, *, on: dt.date, kind: str = "") -> list[Told]:
    """Return what happened in a case, the newest first, all of it or one kind."""
    told = [one for teller in _tellers.values() for one in teller(case, by, on)]
    return sorted(
        (one for one in told if not kind or one.kind == kind), key=lambda one: one.at, reverse=True
    )

"""What a contact can be tied to and what is known before it: higher floors sign up.

Services knows contacts and no plans. A floor above offers, say, the goals of the open case, and
keeps in a table of its own which of them a contact was about.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.kernel.registry import Registry, named
from tonghu.people.models import Child
from tonghu.services.models import Contact

Choice = tuple[UUID, str]


@dataclass(frozen=True)
class Link:
    """One kind of thing a contact can be about.

    ``offer`` returns what can be chosen, under its own Rule; nothing to choose, no question.
    ``keep`` is called within the operation, with those chosen among what was offered. ``of``
    returns what one contact was tied to, in words, for its page.
    """

    key: str
    question: str | Promise
    offer: Callable[[Child, Actor, dt.date], Sequence[Choice]]
    keep: Callable[[Contact, Sequence[UUID], Actor], None]
    of: Callable[[Contact, Actor, dt.date], Sequence[str]]


LINKS: Registry[Link] = Registry("what contacts are tied to")


def link(one: Link) -> Link:
    """Sign up a kind of thing that contacts are about."""
    return LINKS.register(one.key, one)


def keep_links(contact: Contact, chosen: Mapping[str, Iterable[UUID]], by: Actor) -> None:
    """Keep what a new contact was about; what was never offered to the author is left out."""
    from_day = contact.recorded_at.date()
    for key, numbers in chosen.items():
        known = LINKS[key]
        offered = {number for number, _words in known.offer(contact.child, by, from_day)}
        if kept := [number for number in numbers if number in offered]:
            known.keep(contact, kept, by)


Hint = Callable[[Child, Actor, dt.date], str]
_times: Registry[Hint] = Registry("when a family can be met")


def knows_times(hint: Hint) -> Hint:
    """Sign up a function that says in words when a family can be met, if it may be said to her."""
    return _times.register(named(hint), hint)


def times_of(child: Child, by: Actor, *, on: dt.date) -> list[str]:
    """Return in words when a family can be met."""
    return [words for hint in _times.values() if (words := hint(child, by, on))]

"""The work list of people: what is open about the files somebody answers for, kind by kind.

Whoever has questions for a person signs a list up here; each asks its own Rule, so that a count
and its rows are of the same files. A list shows its first rows and says when there are more.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import ngettext, pgettext

from tonghu.access.actors import Actor
from tonghu.kernel.registry import Registry

A_LIST = 25
"""Rows of one list on the page; what is worked off makes room for the next."""


NAMED = 3
"""Children whom Today names; the list itself has them all."""


@dataclass(frozen=True)
class Task:
    """One open thing: about whom, what, and where it is done."""

    who: str
    what: str
    address: str
    verb: str | Promise
    mood: str = ""


class Prominence(StrEnum):
    """How far a list comes to meet people: to the head of Today, onto Today, or not there."""

    URGENT = "urgent"
    TODAY = "today"
    LISTED = "listed"


Rows = Callable[[Actor, dt.date, int], list[Task]]


@dataclass(frozen=True)
class WorkList:
    """A kind of open things; ``rows`` returns the first so many of one person on one day."""

    key: str
    title: str | Promise
    why: str | Promise
    rows: Rows
    order: int = 50
    place: Prominence = Prominence.LISTED
    icon: str = "clipboard-list"


@dataclass(frozen=True)
class Open:
    """A list as one person has it today."""

    key: str
    title: str | Promise
    why: str | Promise
    place: Prominence
    icon: str
    tasks: list[Task]
    there_are_more: bool


_lists: Registry[WorkList] = Registry("work lists of people")


def work_list(one: WorkList) -> WorkList:
    """Sign a list up.

    :raises ValueError: when another list has the key.
    """
    return _lists.register(one.key, one)


def open_for(by: Actor, *, on: dt.date, at_least: Prominence = Prominence.LISTED) -> list[Open]:
    """Return the lists on which something is open for the person, the most urgent kind first.

    Today asks for those that come to meet people alone: the others cost a question each.
    """
    rank = list(Prominence)
    wanted = [one for one in _lists.values() if rank.index(one.place) <= rank.index(at_least)]
    found = []
    for one in sorted(wanted, key=lambda one: (one.order, one.key)):
        tasks = one.rows(by, on, A_LIST + 1)
        if tasks:
            more = len(tasks) > A_LIST
            of = (one.key, one.title, one.why, one.place, one.icon)
            found.append(Open(*of, tasks[:A_LIST], there_are_more=more))
    return found


def words_of_tasks(tasks: list[Task]) -> str:
    """Return whom the tasks are about, the first of them by name."""
    names = list(dict.fromkeys(task.who for task in tasks))
    told = {"names": pgettext("between names", ", ").join(names[:NAMED]), "n": len(names) - NAMED}
    if len(names) <= NAMED:
        return str(told["names"])
    return (
        ngettext("%(names)s and %(n)s more", "%(names)s and %(n)s more", len(names) - NAMED) % told
    )

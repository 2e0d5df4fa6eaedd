"""The list of children: whose it is, and narrowed by what."""

import datetime as dt
from enum import StrEnum

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.people.models import Child
from tonghu.people.policy import (
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


def children_in(view: View, wanted: ChildFilter, by: Actor, *, on: dt.date) -> "QuerySet[Child]":
    """Return the children of a saved view, narrowed by the filters, in the order of their names."""
    rows = children_for(by, wanted, on=on)
    if view is View.MINE:
        return rows.filter(mine.where(by, on))
    if view is View.NOBODYS:
        return rows.exclude(pk__in=held_by_anybody(by, on))
    return rows

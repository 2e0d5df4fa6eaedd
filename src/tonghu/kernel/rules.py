"""Permission as a row filter with words, asked alike for lists and for one thing (R2, R3)."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tonghu.kernel.errors import Forbidden
from tonghu.kernel.law import upholds

M = TypeVar("M", bound=Model)


class Actor(Protocol):
    """Who acts: one account under one membership, from one device (R19)."""

    @property
    def account_id(self) -> UUID | None:
        """Return the account, or nothing for the program itself."""

    @property
    def membership_id(self) -> UUID | None:
        """Return the membership acted under."""

    @property
    def agency_id(self) -> UUID:
        """Return the agency whose journal gets the row."""

    @property
    def role_key(self) -> str:
        """Return the role acted in."""

    @property
    def device_id(self) -> UUID | None:
        """Return the device acted from."""

    @property
    def op_id(self) -> UUID | None:
        """Return the key made before sending, for resends."""

    @property
    def made_at(self) -> dt.datetime | None:
        """Return the moment on the device."""


Where = Callable[[Any, dt.date], Q]


@upholds(
    "R2",
    "R3",
    "R4",
    says=gettext_lazy("one filter of rows for a list and for one thing, asked again each time"),
)
@dataclass(frozen=True)
class Rule:
    """Which rows an actor may act on, about a given day.

    The day is the one the act is about: today for reading, approving, exporting; the day of
    the event for writing. Nothing is remembered: the next request asks again.
    """

    says: str | Promise
    where: Where
    law: tuple[str, ...] = ()

    def __or__(self, other: "Rule") -> "Rule":
        return Rule(
            either(self.says, other.says),
            lambda by, on: joined(self.where(by, on), other.where(by, on)),
            tuple(dict.fromkeys(self.law + other.law)),
        )

    def rows(self, queryset: "QuerySet[M]", by: Any, *, on: dt.date) -> "QuerySet[M]":
        """Return the rows of the queryset that the actor may act on."""
        found = queryset.filter(self.where(by, on))
        opened = getattr(found, "opened", None)
        return opened() if opened else found

    def allows(self, by: Any, thing: Model, *, on: dt.date) -> bool:
        """Tell whether the actor may act on this one thing: the list's filter, one row."""
        rows = type(thing)._base_manager.filter(self.where(by, on), pk=thing.pk)
        return rows.exists()

    def require(self, by: Any, thing: Model, *, on: dt.date) -> None:
        """Refuse, with the rule in words, unless the actor may act on this thing.

        :raises Forbidden: when the rule does not allow it.
        """
        if not self.allows(by, thing, on=on):
            raise Forbidden(only(self.says))


def through(rule: Rule, column: str) -> Rule:
    """Return the same rule for rows that name, in a column, what the rule is about.

    A rule of files says which files; of the visits on a file it says which visits, by the column
    that holds the file. A rule about ``pk__in`` sets becomes one about ``column__in``.
    """
    if rule is NOBODY:
        return rule
    return Rule(rule.says, lambda by, on: _moved(rule.where(by, on), column), rule.law)


def _moved(where: Q, column: str) -> Q:
    if where in (NOTHING, EVERYTHING):
        return where
    parts = [
        _moved(part, column) if isinstance(part, Q) else (_under(part[0], column), part[1])
        for part in where.children
        if isinstance(part, Q | tuple)
    ]
    return Q(*parts, _connector=where.connector, _negated=where.negated)


def _under(name: str, column: str) -> str:
    head, _, rest = name.partition("__")
    if head in ("pk", "id"):
        return f"{column}__{rest}" if rest else column
    return f"{column}__{name}"


def joined(first: Q, second: Q) -> Q:
    """Return the filter of rows that either opens.

    Django drops an empty ``Q()`` from a disjunction; here it means every row, and stays so.
    """
    if first == NOTHING or second == EVERYTHING:
        return second
    return first if second == NOTHING or first == EVERYTHING else first | second


def sets_of(where: Q) -> "list[QuerySet] | None":
    """Return the sets of keys of which a filter lets only members through, if it says so.

    A Rule is mostly a choice of sets: the own files, those of a place. A database that is told
    so begins with them, not with all rows of the table. ``None`` where no such sets are said.
    """
    if where.negated or not where:
        return None
    found = [_sets_of_part(part) for part in where.children]
    said = [one for one in found if one is not None]
    if where.connector == Q.AND:
        return said[0] if said else None
    return [one for sets in said for one in sets] if len(said) == len(found) else None


def _sets_of_part(part: Any) -> "list[QuerySet] | None":
    if isinstance(part, Q):
        return sets_of(part)
    name, said = part if isinstance(part, tuple) else ("", None)
    if name != "pk__in":
        return None
    return [said] if isinstance(said, QuerySet) else None if said else []


def either(first: str | Promise, second: str | Promise) -> Promise:
    """Join the words of two rules, in the language of whoever reads them."""
    return format_lazy(gettext_lazy("{first}, {second}"), first=first, second=second)


def any_of(says: Sequence[str | Promise]) -> str | Promise:
    """Join the words of several rules."""
    first, *others = says
    for other in others:
        first = either(first, other)
    return first


@upholds("R79", says=gettext_lazy("a refusal names who can"))
def only(says: str | Promise) -> str:
    """Say who can, to somebody who cannot (R79)."""
    return _("Not yours to do. It can be done by: {who}.").format(who=says)


NOTHING = Q(pk__in=[])
EVERYTHING = Q()
NOBODY = Rule(gettext_lazy("nobody"), lambda by, on: NOTHING)

"""Whoever acts in a role: what a Rule says to her, before it is known who she is.

A Rule has one shape for each role; who asks, for which agency and day, is filled in. So its SQL
is written once for each role and not for each question, of which a child's page asks twenty.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import DateField, DateTimeField, UUIDField

from tonghu.access.actors import Actor
from tonghu.kernel import clock
from tonghu.kernel.prepared import Asked


@dataclass(frozen=True)
class _AnyMembership:
    """A membership in the role, of which only the place is asked."""

    scope_id = Asked("scope", UUIDField())


@dataclass(frozen=True)
class Anybody:
    """Somebody in a role: an actor to every Rule, with a blank for whatever is her own."""

    role_key: str
    has_account: bool
    membership: _AnyMembership | None

    agency_id = Asked("agency", UUIDField())
    on = Asked("on", DateField())
    at = Asked("at", DateTimeField())

    @property
    def account_id(self) -> Asked | None:
        """Return the blank for the account; the program itself has none."""
        return Asked("account", UUIDField()) if self.has_account else None

    @property
    def membership_id(self) -> Asked | None:
        """Return the blank for the membership, where there is one."""
        return Asked("membership", UUIDField()) if self.membership else None


def in_place_of(by: Actor) -> Anybody:
    """Return whoever acts in this actor's role."""
    if isinstance(by, Anybody):
        return by
    return _anybody(by.role_key, by.account_id is not None, by.membership is not None)


@cache
def _anybody(role_key: str, has_account: bool, has_role: bool) -> Anybody:  # noqa: FBT001 -- a key of the cache
    return Anybody(role_key, has_account, _AnyMembership() if has_role else None)


def moment_of(by: Actor | Anybody) -> Any:
    """Return the moment about which somebody asks: now, or the blank for it."""
    return by.at if isinstance(by, Anybody) else clock.now()


def said_of(by: Actor | Anybody, on: dt.date | Asked) -> dict[str, Any]:
    """Return what fills the blanks of a Rule that this actor asks about a day."""
    return {
        "account": by.account_id,
        "agency": by.agency_id,
        "membership": by.membership_id,
        "scope": by.membership.scope_id if by.membership else None,
        "on": on,
        "at": moment_of(by),
    }

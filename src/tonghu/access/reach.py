"""The places a role is tied to: whoever keeps the list of places signs up here.

This floor knows no villages. A child director belongs to one, which is the reach of her role;
workers and supervisors belong to the teams of some, which are duties beside the role.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from tonghu.access.actors import Actor
from tonghu.access.constants import ScopeKind
from tonghu.access.grants import WrongPlace
from tonghu.access.models import Membership
from tonghu.kernel.registry import Registry

Offered = list[tuple[UUID, str]]


@dataclass(frozen=True)
class Places:
    """A list of places: which an administrator may name, and how somebody joins a team."""

    offered: Callable[[Actor, dt.date], Offered]
    called: Callable[[Iterable[UUID]], list[str]]
    join: Callable[..., object]
    roles: tuple[str, ...]
    """The roles that belong to teams of places."""


LISTS: Registry[Places] = Registry("lists of places")


def keeps_places(key: str, places: Places) -> None:
    """Sign up the list of places of a domain; called when it starts."""
    LISTS.register(key, places)


def places_for(by: Actor, *, on: dt.date) -> Offered:
    """Return the places that whoever sets up the agency may name."""
    return [one for listed in LISTS.values() for one in listed.offered(by, on)]


def has_teams(role: str) -> bool:
    """Tell whether somebody in this role belongs to teams of places."""
    return any(role in listed.roles for listed in LISTS.values())


def check_places(
    by: Actor,
    role: str,
    scope: tuple[ScopeKind, UUID | None],
    places: Sequence[UUID],
    *,
    on: dt.date,
) -> None:
    """Refuse a village or team that is not on the agency's list, and teams for other roles.

    :raises WrongPlace: with what to do.
    """
    if places and not has_teams(role):
        raise WrongPlace(_("Only social workers and supervisors belong to the team of a place."))
    kind, pk = scope
    named = {*places, *([pk] if kind == ScopeKind.PLACE and pk else [])}
    if by.account_id and named - {one for one, _name in places_for(by, on=on)}:
        raise WrongPlace(_("This place is not on the agency’s list. Enter it first."))


def join_places(membership: Membership, places: Iterable[UUID], by: Actor, at: dt.datetime) -> None:
    """Put somebody whose role begins into the teams that were named with it."""
    for pk in places:
        for listed in LISTS.values():
            listed.join(membership=membership, place_id=pk, by=by, at=at)


def told_of_places(scope_id: str | None, places: Iterable[str]) -> dict[str | Promise, str]:
    """Return what the second person sees of the places of a role."""
    told: dict[str | Promise, str] = {}
    if scope_id:
        told[gettext_lazy("Village")] = _together([UUID(scope_id)])
    if places := list(places):
        told[gettext_lazy("Works in")] = _together(map(UUID, places))
    return told


def _together(pks: Iterable[UUID]) -> str:
    wanted = list(pks)
    names = [name for listed in LISTS.values() for name in listed.called(wanted)]
    return pgettext("between names", ", ").join(names)

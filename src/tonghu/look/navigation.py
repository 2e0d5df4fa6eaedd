"""Who finds what in the navigation: domains sign their pages up when Django starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest  # noqa: TID251 -- the frame of a page belongs to its request
from django.urls import NoReverseMatch
from django.utils.functional import Promise

from tonghu.kernel.registry import Registry
from tonghu.look.addresses import address

Place = Literal["home", "search", "account", "sign_out"]


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; ``waiting`` counts what waits for this person, nothing else.

    ``roles`` are the keys of the roles that see it, ``None`` means everybody at work. ``phone``
    gives it a place in the bottom bar, as long as there is room.
    """

    key: str
    url_name: str
    icon: str
    label: str | Promise
    roles: frozenset[str] | None = None
    phone: bool = True
    waiting: Callable[[HttpRequest], int] | None = None
    order: int = 50


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it on one page."""

    key: str
    href: str
    icon: str
    label: str | Promise
    phone: bool
    waiting: int
    current: bool


_entries: Registry[Entry] = Registry("entries of the navigation")
_places: dict[Place, tuple[str, frozenset[str] | None]] = {}


def register(entry: Entry) -> None:
    """Add an entry to the navigation.

    :raises ValueError: when another entry has the same key.
    """
    _entries.register(entry.key, entry)


def register_place(place: Place, url_name: str, roles: frozenset[str] | None = None) -> None:
    """Say which address the frame links to for search, the own account or signing out.

    ``roles`` are the keys of the roles that are offered it, ``None`` means everybody.
    """
    _places[place] = url_name, roles


def address_of(place: Place, role: str = "") -> str | None:
    """Return the address of a place of the frame, or nothing when no domain offers it to a role."""
    url_name, roles = _places.get(place, ("", None))
    if not url_name or (roles is not None and role not in roles):
        return None
    try:
        return address(url_name)
    except NoReverseMatch:
        return None


def entries_for(request: HttpRequest) -> list[Shown]:
    """Return what the person here finds in the navigation, in order."""
    actor = getattr(request, "actor", None)
    if not actor:
        return []
    role = actor.role.key
    seen = [entry for entry in _entries.values() if entry.roles is None or role in entry.roles]
    return [_shown(entry, request) for entry in sorted(seen, key=lambda e: (e.order, e.key))]


def _shown(entry: Entry, request: HttpRequest) -> Shown:
    match = request.resolver_match
    return Shown(
        key=entry.key,
        href=address(entry.url_name),
        icon=entry.icon,
        label=entry.label,
        phone=entry.phone,
        waiting=entry.waiting(request) if entry.waiting else 0,
        current=match is not None and match.view_name == entry.url_name,
    )

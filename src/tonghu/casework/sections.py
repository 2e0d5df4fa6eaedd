"""The parts of the case page: each part of casework brings its own, with its template."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from tonghu.access.actors import Actor
from tonghu.casework.models import Case
from tonghu.kernel.registry import Registry

SIDE, WIDE = "side", "wide"


@dataclass(frozen=True)
class Section:
    """One card of the case page: beside the timeline, or below both columns where it is wide.

    ``context`` returns what the template shows to this reader, or nothing when the part has
    nothing to say or is not hers to read; it asks its own Rule. ``template`` gets it as ``part``.
    """

    key: str
    title: str | Promise
    template: str
    context: Callable[[Case, Actor, dt.date], dict[str, Any] | None]
    order: int = 50
    place: str = SIDE


_sections: Registry[Section] = Registry("parts of the case page")


def section(one: Section) -> Section:
    """Sign up a part of the page.

    :raises ValueError: when another part has the key.
    """
    return _sections.register(one.key, one)


def sections_of(case: Case, by: Actor, *, on: dt.date) -> list[tuple[Section, dict[str, Any]]]:
    """Return the parts that have something to say to this reader, in their order."""
    return [
        (one, said)
        for one in sorted(_sections.values(), key=lambda one: (one.order, one.key))
        if (said := one.context(case, by, on)) is not None
    ]


@dataclass(frozen=True)
class Way:
    """A way on from the case page in some states: a verb, and where it leads."""

    key: str
    verb: str | Promise
    address: Callable[[Case], str]
    states: tuple[str, ...]
    allowed: Callable[[Case, Actor, dt.date], bool]
    order: int = 50
    icon: str = ""


_ways: Registry[Way] = Registry("ways on from a case")


def way(one: Way) -> Way:
    """Sign up a way on from a case in some of its states."""
    return _ways.register(one.key, one)


def ways_from(case: Case, by: Actor, *, on: dt.date) -> list[tuple[Way, str]]:
    """Return where this person can go on from a case in its state, each with its address."""
    return [
        (one, one.address(case))
        for one in sorted(_ways.values(), key=lambda one: (one.order, one.key))
        if case.state in one.states and one.allowed(case, by, on)
    ]

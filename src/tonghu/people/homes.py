"""With whom a child lived, stretch by stretch: household memberships laid over each other."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from tonghu.access.actors import Actor
from tonghu.kernel.periods import in_force
from tonghu.people.models import Child, Household, HouseholdMember, Person
from tonghu.people.policy import shut_from

A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Home:
    """A stretch of days in one household, and who else lived there all the while."""

    from_on: dt.date
    until_on: dt.date | None
    with_whom: tuple[Person, ...]


@dataclass(frozen=True)
class Roof:
    """A household in which a child lives on a day: its own stay, and those of the others."""

    household: Household
    own: HouseholdMember
    others: list[HouseholdMember]


def roofs_of(child: Child, by: Actor, *, on: dt.date) -> list[Roof]:
    """Return the households a child lives in on the day; its page asked the file's Rule.

    Who lives there and has a file closed to the actor is not named (R55).
    """
    rows = HouseholdMember.objects.unscoped("part of a child's page, which asked its Rule")
    rows = rows.filter(in_force(on)).select_related("household", "person").order_by("from_on", "id")
    own = list(rows.filter(person_id=child.pk))
    others: dict[UUID, list[HouseholdMember]] = {one.household_id: [] for one in own}
    them = rows.filter(household__in=others).exclude(person_id=child.pk)
    for member in them.exclude(person__in=shut_from(by)):
        others[member.household_id].append(member)
    return [Roof(one.household, one, others[one.household_id]) for one in own]


def homes_of(child: Child, by: Actor) -> list[Home]:
    """Return where a child belonged, the oldest first; its page asked the file's Rule."""
    rows = HouseholdMember.objects.unscoped("part of a child's page, which asked its Rule")
    own = list(rows.filter(person_id=child.pk).order_by("from_on", "id"))
    houses: dict[UUID, list[HouseholdMember]] = {one.household_id: [] for one in own}
    others = rows.filter(household__in=houses).exclude(person_id=child.pk)
    others = others.exclude(person__in=shut_from(by))
    for member in others.select_related("person").order_by("from_on", "id"):
        houses[member.household_id].append(member)
    return [home for stay in own for home in _stretches(stay, houses[stay.household_id])]


def _stretches(stay: HouseholdMember, others: list[HouseholdMember]) -> Iterator[Home]:
    """Yield the stretches of a stay; a new one begins when somebody comes or goes."""
    begins = {stay.from_on}
    for other in others:
        begins |= {other.from_on} | ({other.until_on + A_DAY} if other.until_on else set())
    inside = sorted(one for one in begins if _holds(stay, one))
    for first, after in zip(inside, [*inside[1:], None], strict=True):
        here = tuple(other.person for other in others if _holds(other, first))
        yield Home(first, after - A_DAY if after else stay.until_on, here)


def _holds(span: HouseholdMember, on: dt.date) -> bool:
    return span.from_on <= on and (span.until_on is None or on <= span.until_on)

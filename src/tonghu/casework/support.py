"""Questions about who supports a child: the maps, their ties, what is missing, what grew."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.casework.models import Case, SupportMap, SupportTie
from tonghu.casework.models.support import HOLDS, SupportKind
from tonghu.casework.policy import PLANS
from tonghu.people import words
from tonghu.people.models import Person
from tonghu.people.policy import shut_from
from tonghu.people.queries import Family, family_of

MOST_TIES = 10
"""More than these are not drawn: the table says them."""


@dataclass(frozen=True)
class Tie:
    """One tie as pages and papers show it; ``is_new`` where the map before did not have it."""

    row: SupportTie
    name: str
    relation: str
    gives: str
    is_new: bool
    at_home: bool


@dataclass(frozen=True)
class Network:
    """A map with its ties, what is missing in it, and how it grew since the first one."""

    map: SupportMap
    ties: list[Tie]
    family: Family
    gaps: list[str]
    gain: int | None


def maps_of(case: Case, by: Actor, *, on: dt.date) -> list[SupportMap]:
    """Return the maps of a case that the reader may read, the newest first."""
    rows = SupportMap.objects.filter(case=case).select_related("by")
    return list(PLANS.rows(Action.READ, rows, by, on=on).order_by("-on", "-id"))


def newest_map(case: Case, by: Actor, *, on: dt.date) -> SupportMap | None:
    """Return the map that holds now, if the reader may read one."""
    return next(iter(maps_of(case, by, on=on)), None)


def ties_of(drawn: SupportMap, by: Actor) -> list[SupportTie]:
    """Return the ties of a map that was read under its Rule.

    Somebody whose own file is closed to the reader is not among them (R55).
    """
    rows = SupportTie.objects.unscoped("of a map that was read under its Rule").filter(map=drawn)
    rows = rows.filter(Q(person=None) | ~Q(person__in=shut_from(by)))
    return list(rows.select_related("person").order_by("position"))


def network_of(case: Case, by: Actor, *, on: dt.date) -> Network | None:
    """Return who supports the child by the newest map, or nothing where none was drawn."""
    drawn = maps_of(case, by, on=on)
    if not drawn:
        return None
    family = family_of(case.child, by, on=on)
    newest = ties_of(drawn[0], by)
    before = {_key(one) for one in ties_of(drawn[1], by)} if len(drawn) > 1 else None
    home = {one.person_id for one in family.household}
    ties = [_tie(one, family.kin, before, home) for one in newest]
    gain = _leant_on(newest) - _leant_on(ties_of(drawn[-1], by)) if len(drawn) > 1 else None
    return Network(drawn[0], ties, family, gaps_in(newest, home), gain)


def _key(tie: SupportTie) -> UUID | str:
    return tie.person_id or tie.who


def _tie(row: SupportTie, kin: Sequence, before: set | None, home: set[UUID]) -> Tie:
    relation = next(
        (str(one.get_relation_display()) for one in kin if one.relative_id == row.person_id), ""
    )
    return Tie(
        row=row,
        name=row.person.called if row.person else row.who,
        relation=relation,
        gives=words.together([str(SupportKind(one).label) for one in row.kinds.split()]),
        is_new=before is not None and _key(row) not in before,
        at_home=row.person_id in home,
    )


def _leant_on(ties: Sequence[SupportTie]) -> int:
    """Count the unpaid ties that are strong or ordinary."""
    return sum(one.is_unpaid and one.strength in HOLDS for one in ties)


def gaps_in(ties: Sequence[SupportTie], home: set[UUID]) -> list[str]:
    """Return in words what is missing in a child's support; ``home`` are those it lives with."""
    good = [one for one in ties if one.strength in HOLDS]
    outside = [one for one in good if one.is_unpaid and one.person_id not in home]
    found = []
    if not outside:
        found.append(_("No unpaid helper outside the household."))
    if not any(one.at_night for one in ties):
        found.append(_("Nobody to go to at night."))
    if not any(SupportKind.EMOTIONAL in one.kinds.split() for one in good):
        found.append(_("Nobody who comforts the child."))
    if not any(one.side == "FRIEND" for one in good):
        found.append(_("No friend of its own age."))
    return found


def people_for_ties(case: Case, by: Actor, *, on: dt.date) -> list[Person]:
    """Return whom of the family a tie can name; the caller asked the case's Rule."""
    family = family_of(case.child, by, on=on)
    found = {one.relative_id: one.relative for one in family.kin}
    found |= {one.person_id: one.person for one in family.household}
    return list(found.values())


def gain_in_words(network: Network | None) -> str:
    """Return how many unpaid ties to lean on came or went since the first map."""
    if network is None or network.gain is None:
        return ""
    count = abs(network.gain)
    more = ngettext(
        "%(n)s unpaid tie to lean on more than at first",
        "%(n)s unpaid ties to lean on more than at first",
        count,
    )
    fewer = ngettext(
        "%(n)s unpaid tie to lean on fewer than at first",
        "%(n)s unpaid ties to lean on fewer than at first",
        count,
    )
    return (more if network.gain >= 0 else fewer) % {"n": count}

"""Two files side by side, for whoever answers for both and is to say whether they are one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.looks import record_look
from tonghu.access.models import JournalRow
from tonghu.access.queries import history_of
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.people import contact
from tonghu.people.holding import holders_of
from tonghu.people.merging.kin import SameKin, same_kin
from tonghu.people.merging.since import written_since
from tonghu.people.merging.teams import takes_two
from tonghu.people.models import Child, IdentityNumber, Merge, Phone, PossibleDouble
from tonghu.people.queries import Family, Life, child_for, double_for, family_of, life_of
from tonghu.people.standing import last_four_of


@dataclass(frozen=True)
class File:
    """One of the two, as far as it is open to the reader."""

    child: Child
    life: Life
    family: Family
    holders: list[str]
    last_four: str
    shows_contact: bool
    phones: Mapping[UUID, list[Phone]]


@dataclass(frozen=True)
class Beside:
    """A pair with both files, what of them is surely the same, and how it can be decided."""

    pair: PossibleDouble
    one: File
    other: File
    same_number: bool
    kin: list[SameKin]
    takes_two: bool


def side_by_side(pk: UUID, by: Actor, *, at: dt.datetime) -> Beside:
    """Return both files of a pair; the look at each is on record before they are shown.

    :raises Hidden: when the actor may not know of one of the two.
    :raises Forbidden: when she does not answer for both.
    :raises NeedsReason: when a written reason would open one of them.
    """
    on = day(at)
    pair = double_for(by, pk, on=on)
    one, other = child_for(by, pair.one_id, on=on), child_for(by, pair.other_id, on=on)
    for child in (one, other):
        record_look(child, by=by, at=at)
    return Beside(
        pair=pair,
        one=_file(one, by, on),
        other=_file(other, by, on),
        same_number=_same_number(one, other),
        kin=same_kin(one, other, by, on=on),
        takes_two=takes_two(one, other, by, on=on),
    )


def _file(child: Child, by: Actor, on: dt.date) -> File:
    family = family_of(child, by, on=on)
    people = [child.pk, *(one.relative_id for one in family.kin)]
    return File(
        child=child,
        life=life_of(child),
        family=family,
        holders=[one.account.called for one in holders_of(child, by, on=on)],
        last_four=last_four_of(child),
        shows_contact=contact.is_open(child, by, on=on),
        phones=contact.phones_of(child, people, by, on=on),
    )


def _same_number(one: Child, other: Child) -> bool:
    rows = IdentityNumber.objects.unscoped("the Rule of both files was asked above")
    told = {row.number for row in rows.filter(person__in=[one.pk, other.pk])}
    return len(told) == 1


@dataclass(frozen=True)
class SetAside:
    """What the file that was given up says of itself and of days of which the other one tells."""

    life: Life
    last_four: str


@upholds("R67", says=_("no address is told of a file with a hidden one"))
def set_aside(merge: Merge) -> SetAside:
    """Return what finds no day on the surviving file; the page of the merge asked its Rule.

    Where the whole has a hidden address, no other one is told either.
    """
    life, whole = life_of(merge.loser), life_of(merge.survivor)
    if any(one.is_hidden for one in [*whole.residences, *life.residences]):
        life.residences.clear()
    return SetAside(life, last_four_of(merge.loser))


def since_the_merge(merge: Merge, by: Actor, *, on: dt.date) -> list[JournalRow]:
    """Return how what was written since came about, as far as the file's history is hers (R35).

    Hidden things are named by what was done, never by what they say.
    """
    rows = {one.pk for one in written_since(merge)}
    told = history_of(merge.survivor_id, by, looks=False, on=on).filter(subject_id__in=rows)
    first: dict[UUID, JournalRow] = {}
    for row in told.order_by("seq"):
        if row.subject_id is not None:
            first.setdefault(row.subject_id, row)
    return list(first.values())

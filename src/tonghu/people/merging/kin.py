"""The same grandmother on both files: who of two families may be one person."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from tonghu.access.actors import Actor
from tonghu.access.sheets import Action
from tonghu.kernel.chinese import plain
from tonghu.people.models import Child, Kinship
from tonghu.people.policy import CHILDREN


@dataclass(frozen=True)
class SameKin:
    """Somebody of the file that stays, and of the other one, with one name and one relation."""

    stays: Kinship
    goes: Kinship

    @property
    def pk(self) -> UUID:
        """Return the number of the person who goes into the other."""
        return self.goes.relative_id


def same_kin(survivor: Child, loser: Child, by: Actor, *, on: dt.date) -> list[SameKin]:
    """Return who stands on both files under one name as the same relative.

    Nobody with a file of her own is among them, and nobody who stands on the page of a third
    child that ``by`` may not write.
    """
    ours = {_said(one): one for one in _kin(survivor)}
    found = [
        SameKin(ours[_said(one)], one)
        for one in _kin(loser)
        if _said(one) in ours and ours[_said(one)].relative_id != one.relative_id
    ]
    people = {person for one in found for person in (one.stays.relative_id, one.goes.relative_id)}
    barred = _with_a_file(people) | _elsewhere(people, (survivor, loser), by, on)
    return [one for one in found if not {one.stays.relative_id, one.goes.relative_id} & barred]


def _kin(child: Child) -> list[Kinship]:
    rows = Kinship.objects.unscoped("the Rule of both files was asked by the caller")
    return list(rows.filter(child=child).select_related("relative").order_by("pk"))


def _said(one: Kinship) -> tuple[str, str]:
    return one.relation, plain(one.relative.name)


def _with_a_file(people: set[UUID]) -> set[UUID]:
    rows = Child.objects.unscoped("a child is brought together by its own file alone")
    return set(rows.filter(pk__in=people).values_list("pk", flat=True))


def _elsewhere(people: set[UUID], pair: tuple[Child, Child], by: Actor, on: dt.date) -> set[UUID]:
    ties = Kinship.objects.unscoped("is somebody on the page of a third child too")
    ties = ties.filter(relative__in=people).exclude(child__in=pair)
    hers = CHILDREN.rows(Action.WRITE, Child.objects.all(), by, on=on).values("pk")
    return set(ties.exclude(child__in=hers).values_list("relative_id", flat=True))

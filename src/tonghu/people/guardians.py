"""Who may decide for a child and be told of it: its guardians, but for those suspended (R60)."""

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.constants import GuardianshipBasis
from tonghu.people.models import Child, Guardianship, GuardianSuspension, Kinship


def suspensions_of(child: Child, *, on: dt.date) -> list[GuardianSuspension]:
    """Return the suspensions in force on the day; the caller asked the file's Rule."""
    rows = GuardianSuspension.objects.unscoped("the caller asked the file's Rule")
    rows = rows.filter(in_force(on), child=child)
    return list(rows.select_related("guardian", "decided_by").order_by("from_on", "id"))


def was_ever_suspended(child: Child) -> bool:
    """Tell whether a guardian's rights on a file are or were suspended; asked by the file's Rule.

    Free text of such a file may speak of a suspicion: it is left out of what leaves the house.
    """
    rows = GuardianSuspension.objects.unscoped("the caller asked the file's Rule")
    return rows.filter(child=child).exists()


@upholds("R60", says=_("papers and exports go to guardians whose rights are not suspended"))
def guardians_who_may_know(child: Child, *, on: dt.date) -> list[Guardianship]:
    """Return the guardians who may see, copy, be told of and decide on a child's file on the day.

    Whatever leaves the house for a guardian asks this first; the caller asked the file's Rule.
    """
    suspended = GuardianSuspension.objects.unscoped("the caller asked the file's Rule")
    suspended = suspended.filter(in_force(on), child=child, guardian=OuterRef("guardian"))
    rows = guardianships_of(child, on=on).filter(~Exists(suspended))
    return list(rows.select_related("guardian").order_by("from_on", "id"))


def guardianships_of(child: Child, *, on: dt.date) -> "QuerySet[Guardianship]":
    """Return who is guardian on the day, suspended or not; the caller asked the file's Rule."""
    rows = Guardianship.objects.unscoped("the caller asked the file's Rule")
    return rows.filter(in_force(on), child=child).exclude(basis=GuardianshipBasis.NONE)


def files_of(guardian: UUID) -> set[UUID]:
    """Return the children to whose families somebody belongs, as kin or as guardian."""
    kin = Kinship.objects.unscoped("whose file it is, is what is asked")
    held = Guardianship.objects.unscoped("whose file it is, is what is asked")
    found = set(kin.filter(relative=guardian).values_list("child_id", flat=True))
    return found | set(held.filter(guardian=guardian).values_list("child_id", flat=True))

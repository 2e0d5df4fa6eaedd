"""Who of the staff is tied to a child's family, and what it closes (R55)."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Closing, Membership
from tonghu.access.policy import STAFF, confirms_for_safety
from tonghu.access.sheets import Action
from tonghu.kernel.errors import Hidden
from tonghu.kernel.periods import in_force
from tonghu.people.constants import Relation
from tonghu.people.holding import holders_of
from tonghu.people.models import Child, HouseholdMember, Kinship
from tonghu.people.policy import ASSIGNMENTS, CHILDREN, FILE

NOT_FAMILY = (
    *(Relation.TEACHER, Relation.PEER, Relation.NEIGHBOUR, Relation.VOLUNTEER),
    *(Relation.DIRECTOR, Relation.OTHER),
)


def family_files(child: Child, *, on: dt.date) -> "QuerySet[Child]":
    """Return the files of a child's family: its own, brothers' and sisters', one household's.

    Who is tied to one of them is tied to all; the caller has asked the Rule of one.
    """
    ties = Kinship.objects.unscoped("the file's Rule was asked by the operation")
    ties = ties.exclude(relation__in=NOT_FAMILY)
    relatives = ties.filter(child=child).values("relative_id")
    homes = HouseholdMember.objects.unscoped("the file's Rule was asked by the operation")
    homes = homes.filter(in_force(on))
    own = homes.filter(person_id=child.pk).values("household_id")
    files = Child.objects.unscoped("the file's Rule was asked by the operation")
    return files.filter(
        Q(pk=child.pk)
        | Q(pk__in=relatives)
        | Q(pk__in=ties.filter(relative__in=relatives).values("child_id"))
        | Q(pk__in=ties.filter(relative=child.pk).values("child_id"))
        | Q(pk__in=homes.filter(household__in=own).values("person_id"))
    ).order_by("pk")


def colleagues_for_a_tie(child: Child, by: Actor, *, on: dt.date) -> list[Account]:
    """Return of whom the actor can say that she is tied to the family: herself first.

    Then those whom the card names as holding the file, and whom else she may find.
    """
    memberships = STAFF.rows(Action.FIND, Membership.objects.all(), by, on=on)
    found = set(memberships.filter(in_force(on)).values_list("account_id", flat=True))
    if ASSIGNMENTS.is_offered(Action.READ, by, on=on):
        found |= {one.account_id for one in holders_of(child, by, on=on)}
    myself = [by.account] if by.account else []
    rows = Account.objects.filter(pk__in=found - {one.pk for one in myself}, is_active=True)
    return myself + list(rows.order_by("name", "pk"))


def closed_to(child: Child, by: Actor, *, on: dt.date) -> list[Closing]:
    """Return to whom a file is closed, for who answers for safety and may find the file.

    Nobody else is told, and never the person concerned (R89).
    """
    files = CHILDREN.rows(Action.FIND, Child.objects.filter(pk=child.pk), by, on=on)
    rows = confirms_for_safety.rows(Closing.objects.all(), by, on=on)
    rows = rows.filter(target_kind=FILE, target_id__in=files.values("pk"), lifted_at=None)
    rows = rows.filter(account__isnull=False)
    return list(rows.select_related("account").order_by("from_at", "id"))


def closing_for(child: Child, pk: UUID, by: Actor, *, on: dt.date) -> Closing:
    """Return one closing of a file, to be lifted.

    :raises Hidden: when there is none for the actor.
    """
    found = next((one for one in closed_to(child, by, on=on) if one.pk == pk), None)
    if found is None:
        raise Hidden
    return found

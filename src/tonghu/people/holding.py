"""Who holds a child's file, and to whom it can be given."""

import datetime as dt

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Account, Duty, Membership
from tonghu.access.roles import SocialWorker
from tonghu.access.sheets import Action
from tonghu.kernel.periods import in_force
from tonghu.people.models import Child, ResidenceSpan
from tonghu.people.policy import ASSIGNMENTS, FILE, HOLDING, PLACE


def holders_of(child: Child, by: Actor, *, on: dt.date) -> list[Duty]:
    """Return who holds a file on the day, assigned first, then who stands in.

    :raises Refused: when the actor may not know.
    """
    ASSIGNMENTS.require(Action.READ, by, child, on=on)
    rows = Duty.objects.unscoped("the file's Rule was asked above")
    rows = rows.filter(in_force(on), kind__in=HOLDING, target_kind=FILE, target_id=child.pk)
    return list(rows.select_related("account").order_by("kind", "from_on"))


def can_be_given(child: Child, by: Actor, *, on: dt.date, again: bool = False) -> list[Account]:
    """Return the workers to whom the actor can give a file: the team of the child's place.

    A worker can take for herself alone. Without a place, or where nobody works, every worker of
    the agency is offered to those who give. What is sent ``again`` names somebody who was
    offered before; the operation answers it.
    """
    if not again and not is_open(child, by, on=on):
        return []
    if by.role_key == SocialWorker.key:
        return [by.account] if by.account else []
    held = Membership.objects.unscoped("workers to be offered to who gives the file")
    held = held.filter(in_force(on), agency_id=by.agency_id, role=SocialWorker.key)
    workers = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    here = workers.filter(pk__in=_team_of(child, on))
    return list((here if here.exists() else workers).order_by("name", "pk"))


def is_open(child: Child, by: Actor, *, on: dt.date) -> bool:
    """Tell whether the actor may give or take the file today."""
    return ASSIGNMENTS.opens(Action.WRITE, by, child, on=on)


def _team_of(child: Child, on: dt.date) -> "QuerySet":
    residences = ResidenceSpan.objects.unscoped("the file's Rule was asked by the caller")
    places = residences.filter(in_force(on), person_id=child.pk).values("place_id")
    duties = Duty.objects.unscoped("the file's Rule was asked by the caller")
    team = duties.filter(in_force(on), kind=DutyKind.TEAM, target_kind=PLACE, target_id__in=places)
    return team.values("account_id")

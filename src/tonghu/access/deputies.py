"""Questions about who stands in for the agency head (R10)."""

import datetime as dt
from uuid import UUID

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Deputy, Membership
from tonghu.access.policy import DEPUTIES
from tonghu.access.roles import AgencyHead, Supervisor
from tonghu.access.sheets import Action
from tonghu.kernel.periods import in_force


def deputies_for(by: Actor, *, on: dt.date) -> "QuerySet[Deputy]":
    """Return who acts where the head is in conflict, today or later."""
    rows = DEPUTIES.rows(Action.READ, Deputy.objects.all(), by, on=on)
    rows = rows.filter(until_on__isnull=True) | rows.filter(until_on__gte=on)
    return rows.select_related("account", "named_by").order_by("from_on", "pk")


def absences_for(by: Actor, *, on: dt.date) -> "QuerySet[Membership]":
    """Return who holds the head's role until a last day that has not passed: the absences."""
    DEPUTIES.require_for_any(Action.READ, by, on=on)
    rows = Membership.objects.unscoped("who is head is known to everybody of the agency")
    rows = rows.filter(agency_id=by.agency_id, role=AgencyHead.key, until_on__gte=on)
    return rows.select_related("account").order_by("from_on", "pk")


def deputy_for(by: Actor, pk: UUID, *, on: dt.date) -> Deputy:
    """Return one naming of a deputy that the actor may end.

    :raises Hidden: for another agency's.
    :raises Forbidden: unless the actor is the head.
    """
    return DEPUTIES.get(Action.WRITE, Deputy.objects.select_related("account"), by, pk, on=on)


def can_stand_in(by: Actor, *, on: dt.date) -> list[Account]:
    """Return the supervisors of the agency who are at work on the day."""
    held = Membership.objects.unscoped("who may be named: the operation asks its Rule")
    held = held.filter(in_force(on), agency_id=by.agency_id, role=Supervisor.key)
    rows = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    return [one for one in rows.order_by("name", "pk") if one.pk != by.account_id]

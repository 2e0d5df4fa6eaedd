"""Who works where and who supervises whom, for those who set the agency up."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.grants import require_set_up
from tonghu.access.models import Account, Duty, Membership
from tonghu.access.policy import CONFIGURATION
from tonghu.access.roles import ChildDirector, SocialWorker, Supervisor
from tonghu.access.sheets import Action
from tonghu.kernel.errors import Hidden
from tonghu.kernel.periods import in_force
from tonghu.people.models import Place
from tonghu.people.policy import PLACE, PLACES, WORKER


@dataclass
class Worked:
    """A place with those who work in it."""

    place: Place
    team: list[Duty] = field(default_factory=list)


@dataclass(frozen=True)
class Supervised:
    """A worker, and the duties of those who supervise her."""

    worker: Account
    by: list[Duty]


def places_worked(by: Actor, *, on: dt.date) -> list[Worked]:
    """Return the places of the agency with their teams on the day.

    :raises Forbidden: unless the actor sets up the agency.
    """
    require_set_up(by, on)
    rows = PLACES.rows(Action.READ, Place.objects.all(), by, on=on).order_by("name")
    found = {place.pk: Worked(place) for place in rows}
    for duty in _duties(by, on, DutyKind.TEAM, PLACE):
        if duty.target_id in found:
            found[duty.target_id].team.append(duty)
    return list(found.values())


def places_to_name(by: Actor, on: dt.date) -> list[tuple[UUID, str]]:
    """Return the places that whoever sets up the agency may name with a role; else none."""
    rows = PLACES.rows(Action.READ, Place.objects.all(), by, on=on).order_by("name")
    if not CONFIGURATION.is_offered(Action.WRITE, by, on=on):
        return []
    return list(rows.values_list("pk", "name"))


def names_of_places(pks: Iterable[UUID]) -> list[str]:
    """Return what places are called, for the second person who confirms a role."""
    rows = Place.objects.unscoped("of the own agency, named in what is to be confirmed")
    return list(rows.filter(pk__in=list(pks)).order_by("name").values_list("name", flat=True))


def places_by_director(by: Actor, *, on: dt.date) -> tuple[list[Place], list[Place]]:
    """Return the places of the agency with a child director at work on the day, and those without.

    :raises Forbidden: unless the actor sets up the agency.
    """
    require_set_up(by, on)
    held = Membership.objects.unscoped("of the agency, for who sets it up")
    held = held.filter(in_force(on), agency_id=by.agency_id, role=ChildDirector.key)
    known = set(held.values_list("scope_id", flat=True))
    places = list(PLACES.rows(Action.READ, Place.objects.all(), by, on=on).order_by("name"))
    return [one for one in places if one.pk in known], [
        one for one in places if one.pk not in known
    ]


def supervision(by: Actor, *, on: dt.date) -> list[Supervised]:
    """Return every worker of the agency with who supervises her on the day.

    :raises Forbidden: unless the actor sets up the agency.
    """
    require_set_up(by, on)
    over: dict[UUID, list[Duty]] = {}
    for duty in _duties(by, on, DutyKind.SUPERVISION, WORKER):
        over.setdefault(duty.target_id, []).append(duty)
    return [Supervised(one, over.get(one.pk, [])) for one in people_in(by, SocialWorker.key, on=on)]


def people_in(by: Actor, *roles: str, on: dt.date) -> list[Account]:
    """Return who works at the agency in one of these roles on the day.

    :raises Forbidden: unless the actor sets up the agency.
    """
    require_set_up(by, on)
    held = Membership.objects.unscoped("of the agency, for who sets it up")
    held = held.filter(in_force(on), agency_id=by.agency_id, role__in=roles)
    accounts = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    return list(accounts.order_by("name", "pk"))


def who_works_with_children(by: Actor, *, on: dt.date) -> list[Account]:
    """Return who can belong to a team: workers and supervisors.

    :raises Forbidden: unless the actor sets up the agency.
    """
    return people_in(by, SocialWorker.key, Supervisor.key, on=on)


def duty_for(by: Actor, pk: UUID, kind: DutyKind, *, on: dt.date) -> Duty:
    """Return one duty of a team or of supervision, to be ended.

    :raises Hidden: when the agency has none such, or who asks does not set it up.
    """
    duties = Duty.objects.unscoped("of the agency, for who sets it up")
    duty = duties.filter(pk=pk, agency_id=by.agency_id, kind=kind).first()
    if duty is None or not CONFIGURATION.is_offered(Action.WRITE, by, on=on):
        raise Hidden
    return duty


def _duties(by: Actor, on: dt.date, kind: DutyKind, target_kind: str) -> "QuerySet[Duty]":
    rows = Duty.objects.unscoped("of the agency, for who sets it up")
    rows = rows.filter(in_force(on), agency_id=by.agency_id, kind=kind, target_kind=target_kind)
    return rows.select_related("account").order_by("from_on", "id")

"""Places, the teams that work there, and who supervises whom."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.grants import require_set_up
from tonghu.access.models import Account, Duty, Membership, Organisation
from tonghu.access.operations.grounds import begin_duty, end_duty
from tonghu.access.tenancy import require_at_home
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.kernel.periods import in_force
from tonghu.people.constants import PlaceKind
from tonghu.people.models import Place
from tonghu.people.policy import PLACE, WORKER


class PlaceKnown(Refused):
    """A place of that name is on the agency's list."""


class OwnSupervisor(Refused):
    """Supervision takes two people (R38)."""


@operation("people.place.added")
def add_place(
    *,
    kind: PlaceKind,
    name: str,
    region_code: str = "",
    committee: Organisation | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Place]:
    """Enter a village or urban community in which the agency works.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises PlaceKnown: when it is on the list already.
    """
    require_set_up(by, day(at))
    known = Place.objects.unscoped("the agency's own list, by who sets it up")
    name = name.strip()
    if known.filter(agency_id=by.agency_id, name=name, region_code=region_code).exists():
        raise PlaceKnown(_("This place is on the list already."))
    place = Place(
        agency_id=by.agency_id,
        kind=kind,
        name=name,
        region_code=region_code,
        committee=committee,
    )
    place.save(force_insert=True)
    return changed(place)


@operation("people.team.joined")
@upholds("R8", "R41")
def put_in_team(
    *,
    account: Account,
    place: Place,
    from_on: dt.date,
    until_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Duty]:
    """Let a worker or supervisor belong to the team of a place, from a first to a last day.

    :raises Forbidden: unless ``by`` sets up the agency.
    """
    require_set_up(by, day(at))
    if same := _held(account, DutyKind.TEAM, PLACE, place.pk, from_on):
        return unchanged(same)
    duty = begin_duty(
        account=account,
        kind=DutyKind.TEAM,
        target_kind=PLACE,
        target_id=place.pk,
        from_on=from_on,
        until_on=until_on,
        by=by,
        at=at,
    )
    return changed(duty, about=account.pk)


@operation("people.team.joined_with_role")
@upholds("R8", "R41")
def join_with_role(
    *, membership: Membership, place_id: UUID, by: Actor, at: dt.datetime
) -> Outcome[Duty]:
    """Put somebody into the team of a place on the day her role begins, for as long as it lasts.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises Place.DoesNotExist: when it is not on the list of the agency.
    """
    require_set_up(by, day(at))
    rows = Place.objects.unscoped("the agency's own list, by who sets it up")
    duty = put_in_team(
        account=membership.account,
        place=rows.get(pk=place_id, agency_id=by.agency_id),
        from_on=membership.from_on,
        until_on=membership.until_on,
        by=by,
        at=at,
    )
    return changed(duty, about=membership.account_id)


@operation("people.supervision.begun")
@upholds("R9")
def supervise(
    *,
    worker: Account,
    supervisor: Account,
    from_on: dt.date,
    until_on: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Duty]:
    """Let a supervisor answer for the files that a worker holds.

    :raises Forbidden: unless ``by`` sets up the agency.
    :raises OwnSupervisor: when the two are one person.
    """
    require_set_up(by, day(at))
    if worker == supervisor:
        raise OwnSupervisor(_("Nobody supervises herself. Choose two people."))
    if same := _held(supervisor, DutyKind.SUPERVISION, WORKER, worker.pk, from_on):
        return unchanged(same)
    duty = begin_duty(
        account=supervisor,
        kind=DutyKind.SUPERVISION,
        target_kind=WORKER,
        target_id=worker.pk,
        from_on=from_on,
        until_on=until_on,
        by=by,
        at=at,
    )
    return changed(duty, about=worker.pk)


@operation("people.team.left")
@upholds("R42")
def leave_team(*, duty: Duty, until_on: dt.date, by: Actor, at: dt.datetime) -> Outcome[Duty]:
    """Say until which day somebody belongs to the team of a place.

    :raises Refused: unless ``by`` sets up the agency to which the duty belongs.
    """
    return _until(duty, until_on, by, at)


@operation("people.supervision.ended")
@upholds("R42")
def end_supervision(*, duty: Duty, until_on: dt.date, by: Actor, at: dt.datetime) -> Outcome[Duty]:
    """Say until which day a supervisor answers for a worker.

    :raises Refused: unless ``by`` sets up the agency to which the duty belongs.
    """
    return _until(duty, until_on, by, at)


def _until(duty: Duty, until_on: dt.date, by: Actor, at: dt.datetime) -> Outcome[Duty]:
    require_set_up(by, day(at))
    require_at_home(by, duty)
    before = duty.until_on
    ended = end_duty(duty=duty, until_on=until_on, by=by, at=at)
    if ended.until_on == before:
        return unchanged(ended)
    return changed(ended, {"until_on": (before, ended.until_on)}, about=duty.target_id)


def _held(
    account: Account, kind: DutyKind, target_kind: str, target_id: UUID, on: dt.date
) -> Duty | None:
    rows = Duty.objects.unscoped("asked by who sets up the agency")
    return rows.filter(
        in_force(on), account=account, kind=kind, target_kind=target_kind, target_id=target_id
    ).first()

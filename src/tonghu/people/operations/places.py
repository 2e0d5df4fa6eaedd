"""Places, the teams that work there, and who supervises whom."""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.grants import require_set_up
from tonghu.access.models import Account, Duty, Organisation
from tonghu.access.operations.grounds import begin_duty
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.constants import PlaceKind
from tonghu.people.models import Place
from tonghu.people.policy import PLACE, WORKER


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
    """
    require_set_up(by, day(at))
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
    """
    require_set_up(by, day(at))
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

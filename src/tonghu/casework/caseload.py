"""How much somebody carries: cases weighted by risk, contacts overdue, days since supervision.

For who carries it and who answers for her. In the order of names: no league table (R89).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy

from tonghu.access.actors import Actor
from tonghu.access.models import Account, Duty
from tonghu.access.sheets import Action
from tonghu.casework.clocks import contacts
from tonghu.casework.constants import OPEN, CaseState, RiskLevel
from tonghu.casework.due import Due, answered_for, due_in, own_cases
from tonghu.casework.models import Case
from tonghu.casework.supervising import (
    SUPERVISION,
    supervised_workers,
    unscoped_last_supervised,
)
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force
from tonghu.people.policy import FILE, HOLDING
from tonghu.services.models import Contact

WEIGHTS: dict[str, int] = {
    RiskLevel.L1_URGENT: 4,
    RiskLevel.L2_HIGH: 3,
    RiskLevel.L3_MEDIUM: 2,
    RiskLevel.L4_WATCH: 1,
    RiskLevel.NONE: 0,
    "": 2,
}
"""Reference 4; a case nobody judged yet weighs as a medium one, as its rhythm does."""
HIGH = (RiskLevel.L1_URGENT, RiskLevel.L2_HIGH)


@dataclass(frozen=True)
class Load:
    """What one person carries on a day."""

    worker: Account
    cases: int
    weight: int
    overdue: int
    days_since_supervision: int | None


@dataclass(frozen=True)
class Team:
    """What a supervisor answers for, with what asks for her eyes first."""

    loads: list[Load]
    overdue: list[Due]
    high: list[Case]
    not_alone: list[Case]


def caseload_of(by: Actor, *, on: dt.date) -> Load | None:
    """Return what this worker carries herself, for the side of her Today."""
    if by.account is None:
        return None
    cases = _open(own_cases(by, on=on))
    last = unscoped_last_supervised([by.account.pk], by.agency_id)
    return _load(by.account, cases, _overdue_contacts(cases, on), last, on)


@upholds("R33", "R89", says=gettext_lazy("loads stand in the order of names, nobody is ranked"))
def team_of(by: Actor, *, on: dt.date) -> Team:
    """Return what the workers of a supervisor carry, by name, and what is urgent among it.

    :raises Forbidden: to who supervises nobody.
    """
    SUPERVISION.require_for_any(Action.WRITE, by, on=on)
    alive = answered_for(by, on=on)
    cases = _open(alive)
    workers = supervised_workers(by, on=on)
    held = _held_by(workers, cases, on)
    late = _overdue_contacts(cases, on)
    last = unscoped_last_supervised([one.pk for one in workers], by.agency_id)
    return Team(
        [_load(one, held[one.pk], late, last, on) for one in workers],
        [one for one in due_in(alive, on=on) if one.on < on],
        [one for one in cases if one.risk_level in HIGH],
        _not_seen_alone(cases, on),
    )


def _open(cases: Sequence[Case]) -> list[Case]:
    return [one for one in cases if one.state in OPEN]


def _load(
    worker: Account,
    cases: Sequence[Case],
    late: set[UUID],
    last: dict[UUID, dt.date],
    on: dt.date,
) -> Load:
    supervised = last.get(worker.pk)
    return Load(
        worker,
        len(cases),
        sum(WEIGHTS[one.risk_level] for one in cases),
        sum(one.pk in late for one in cases),
        (on - supervised).days if supervised else None,
    )


def _overdue_contacts(cases: Sequence[Case], on: dt.date) -> set[UUID]:
    return {one.case.pk for one in contacts(cases, on) if one.on < on}


def _held_by(
    workers: Sequence[Account], cases: Sequence[Case], on: dt.date
) -> dict[UUID, list[Case]]:
    """Return the cases whose file each of these workers holds on the day."""
    rows = Duty.objects.unscoped("of cases that were found under their Rule")
    rows = rows.filter(
        in_force(on),
        kind__in=HOLDING,
        target_kind=FILE,
        target_id__in=[one.child_id for one in cases],
        account__in=[one.pk for one in workers],
    )
    holding = set(rows.values_list("account_id", "target_id"))
    held: dict[UUID, list[Case]] = defaultdict(list)
    for worker in workers:
        held[worker.pk] = [one for one in cases if (worker.pk, one.child_id) in holding]
    return held


def _not_seen_alone(cases: Sequence[Case], on: dt.date) -> list[Case]:
    """Return the cases in which nobody talked with the child alone this month."""
    working = [one for one in cases if one.state != CaseState.SUSPENDED]
    rows = Contact.objects.unscoped("of files that were found under their Rule")
    rows = rows.filter(
        child__in=[one.child_id for one in working],
        seen_alone=True,
        happened_at__date__gte=on.replace(day=1),
    )
    seen = set(rows.values_list("child_id", flat=True))
    return [one for one in working if one.child_id not in seen]


def cases_of_worker(worker: Account, by: Actor, *, on: dt.date) -> list[Case]:
    """Return the open cases a worker holds, as far as who supervises her answers for them."""
    cases = _open(answered_for(by, on=on))
    return _held_by([worker], cases, on)[worker.pk]

"""Questions about handing cases over: the page that waits, and a colleague's whole caseload."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Account, Duty, Membership
from tonghu.access.roles import AgencyHead, SocialWorker, Supervisor
from tonghu.access.sheets import Action
from tonghu.casework.constants import ALIVE
from tonghu.casework.due import Due, offers_due
from tonghu.casework.models import Case, Handover
from tonghu.casework.policy import PARTS_OF_CASES
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Hidden
from tonghu.kernel.periods import in_force
from tonghu.look.addresses import address
from tonghu.people.models import Child
from tonghu.people.policy import ASSIGNMENTS, FILE

GIVES = (Supervisor.key, AgencyHead.key)
"""Who gives the files of others."""


@dataclass(frozen=True)
class Held:
    """One file of a caseload: the child, its case, whether the page for the next one waits."""

    child: Child
    case: Case | None
    is_written: bool


def waiting_of(case: Case) -> Handover | None:
    """Return the handover of a case that nobody has taken; the caller asked the case's Rule."""
    rows = Handover.objects.unscoped("of a case whose Rule was asked by the caller")
    return rows.filter(case=case, taken_at__isnull=True).first()


def handovers_of(case: Case, by: Actor, *, on: dt.date) -> "QuerySet[Handover]":
    """Return the handovers of a case that the actor may read, the newest first."""
    rows = Handover.objects.filter(case=case).select_related("handed_by", "taken_by")
    return PARTS_OF_CASES.rows(Action.READ, rows, by, on=on).order_by("-handed_at", "-pk")


def handover_for(by: Actor, pk: UUID, *, on: dt.date, action: Action = Action.READ) -> Handover:
    """Return one handover.

    :raises Hidden: when the actor may not know of it.
    :raises NeedsReason: when a written reason would open it.
    """
    rows = Handover.objects.select_related("case__child__person", "handed_by", "taken_by")
    return PARTS_OF_CASES.get(action, rows, by, pk, on=on)


def caseload_of(account_id: UUID, by: Actor, *, on: dt.date) -> list[Held]:
    """Return the files somebody holds that the actor may give to others, with their cases.

    :raises Hidden: when there is none: nobody is told who works elsewhere.
    """
    if by.role_key not in GIVES:
        raise Hidden(_("There is nothing here for you."))
    duties = Duty.objects.unscoped("the files' Rule is asked below").filter(
        in_force(on), kind=DutyKind.ASSIGNMENT, target_kind=FILE, account_id=account_id
    )
    rows = Child.objects.filter(pk__in=duties.values("target_id")).select_related("person")
    children = list(ASSIGNMENTS.rows(Action.WRITE, rows, by, on=on).order_by("person__name", "pk"))
    if not children:
        raise Hidden(_("There is nothing here for you."))
    cases = Case.objects.unscoped("of files that were found under their Rule")
    alive = {one.child_id: one for one in cases.filter(child__in=children, state__in=ALIVE)}
    waiting = Handover.objects.unscoped("of files that were found under their Rule")
    written = set(
        waiting.filter(case__in=list(alive.values()), taken_at__isnull=True).values_list(
            "case_id", flat=True
        )
    )
    return [
        Held(one, alive.get(one.pk), bool(one.pk in alive and alive[one.pk].pk in written))
        for one in children
    ]


def colleagues_of(account_id: UUID, by: Actor, *, on: dt.date) -> list[Account]:
    """Return the other social workers of the agency, to be offered to who gives files."""
    held = Membership.objects.unscoped("workers to be offered to who gives files")
    held = held.filter(in_force(on), agency_id=by.agency_id, role=SocialWorker.key)
    workers = Account.objects.filter(is_active=True, pk__in=held.values("account_id"))
    return list(workers.exclude(pk=account_id).order_by("name", "pk"))


def holder_of(case: Case, *, on: dt.date) -> UUID | None:
    """Return the account of who holds the file of a case; the caller asked its Rule."""
    rows = Duty.objects.unscoped("of a case whose Rule was asked by the caller")
    held = rows.filter(
        Q(kind=DutyKind.ASSIGNMENT), in_force(on), target_kind=FILE, target_id=case.child_id
    )
    return held.values_list("account_id", flat=True).first()


@offers_due
def handovers(cases: Sequence[Case], on: dt.date) -> Iterator[Due]:
    """Say which cases wait for the next worker to take them."""
    by_pk = {one.pk: one for one in cases}
    rows = Handover.objects.unscoped("of cases that were found under their Rule")
    for row in rows.filter(case__in=list(by_pk), taken_at__isnull=True).order_by("pk"):
        yield Due(
            by_pk[row.case_id],
            _("Read the handover and take the case"),
            _("A handover is done by both: one hands, the other takes."),
            row.warm_on or day(row.handed_at),
            _("Read the handover"),
            address("handover", row.pk),
            "arrows-right-left",
        )

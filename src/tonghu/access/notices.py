"""Who must be told at once of what happens to a file."""

import datetime as dt
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from tonghu.access.actors import Actor
from tonghu.access.constants import DutyKind
from tonghu.access.models import Closing, Deputy, Duty, Membership, Notice
from tonghu.access.roles import AgencyHead
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force


@upholds("R66", says=_("the file's people and the head are told, never somebody closed out"))
def concerned_with(target_id: UUID, *, agency_id: UUID, but: UUID | None, on: dt.date) -> set[UUID]:
    """Return the accounts of the file's worker and supervisor and the agency's heads.

    Where each head is in conflict the named deputies are told in her place (R55). Nobody to
    whom the file is closed is among them, nor the one who acts.
    """
    duties = Duty.objects.unscoped("notices go to those on duty").filter(
        in_force(on),
        target_id=target_id,
        kind__in=[DutyKind.ASSIGNMENT, DutyKind.COVER],
    )
    holders = duties.values("account_id")
    supervisors = Duty.objects.unscoped("notices go to their supervisors").filter(
        in_force(on), kind=DutyKind.SUPERVISION, target_id__in=holders
    )
    shut = Closing.objects.unscoped("never to those closed out").filter(
        target_id=target_id, lifted_at__isnull=True
    )
    found = set(holders.values_list("account_id", flat=True))
    found |= set(supervisors.values_list("account_id", flat=True))
    closed = set(shut.values_list("account_id", flat=True))
    heads = heads_of(agency_id, on=on)
    found |= heads if heads - closed else deputies_of(agency_id, on=on)
    return found - closed - {but}


def heads_of(agency_id: UUID, *, on: dt.date) -> set[UUID]:
    """Return the accounts of the agency's heads in office."""
    heads = Membership.objects.unscoped("notices go to the head").filter(
        in_force(on), agency_id=agency_id, role=AgencyHead.key
    )
    return set(heads.values_list("account_id", flat=True))


def deputies_of(agency_id: UUID, *, on: dt.date) -> set[UUID]:
    """Return the accounts of who acts where the head is in conflict."""
    rows = Deputy.objects.unscoped("notices go to who acts for the head")
    rows = rows.filter(in_force(on), agency_id=agency_id)
    return set(rows.values_list("account_id", flat=True))


@upholds("R65", "R66", says=_("a notice stands before each of them until she has seen it"))
def tell(accounts: set[UUID], of: Model, *, event: str, by: Actor, at: dt.datetime) -> None:
    """Put a notice before each of these persons, in the transaction of what it tells of."""
    Notice.objects.bulk_create(
        Notice(
            agency_id=by.agency_id,
            account_id=account_id,
            event=event,
            subject_kind=of._meta.label_lower,
            subject_id=of.pk,
            at=at,
        )
        for account_id in accounts
    )

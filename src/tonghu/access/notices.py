"""Who must be told at once of what happens to a file."""

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tonghu.access.constants import DutyKind
from tonghu.access.models import Closing, Duty, Membership
from tonghu.access.roles import AgencyHead
from tonghu.kernel.law import upholds
from tonghu.kernel.periods import in_force


@upholds("R66", says=_("the file's people and the head are told, never somebody closed out"))
def concerned_with(target_id: UUID, *, agency_id: UUID, but: UUID | None, on: dt.date) -> set[UUID]:
    """Return the accounts of the file's worker and supervisor and the agency's heads.

    Nobody to whom the file is closed is among them, nor the one who acts.
    """
    duties = Duty.objects.unscoped("notices go to those on duty").filter(
        in_force(on),
        target_id=target_id,
        kind__in=[DutyKind.ASSIGNMENT, DutyKind.COVER, DutyKind.SUPERVISION],
    )
    heads = Membership.objects.unscoped("notices go to the head").filter(
        in_force(on), agency_id=agency_id, role=AgencyHead.key
    )
    shut = Closing.objects.unscoped("never to those closed out").filter(
        target_id=target_id, lifted_at__isnull=True
    )
    found = set(duties.values_list("account_id", flat=True))
    found |= set(heads.values_list("account_id", flat=True))
    found -= set(shut.values_list("account_id", flat=True))
    return found - {but}

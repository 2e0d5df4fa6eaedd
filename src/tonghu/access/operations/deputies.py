"""The agency head names who stands in for her: for an absence, and where she is in conflict."""

import datetime as dt

from django.utils.translation import gettext as _

from tonghu.access.actors import Actor
from tonghu.access.deputies import can_stand_in
from tonghu.access.models import Account, Deputy, Organisation, Proposal
from tonghu.access.notices import tell
from tonghu.access.operations.people import propose_role
from tonghu.access.policy import DEPUTIES
from tonghu.access.roles import AgencyHead
from tonghu.access.sheets import Action
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, assign, changed, operation, unchanged


class NotASupervisor(Refused):
    """Who stands in for the head supervises at the agency."""


class DaysWrong(Refused):
    """An absence has a last day, not before its first nor before today."""


@operation("access.deputy.named")
@upholds("R10", "R55")
def name_deputy(
    *, account: Account, from_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Deputy]:
    """Let a supervisor act as head for every file on which the head is in conflict, from a day on.

    Named beforehand, so that nobody has to be looked for when it happens; the head is not told
    on which files. She who is named is told at once. Named twice, the first stands.

    :raises Forbidden: unless ``by`` is the head.
    :raises NotASupervisor: for anybody else, the head herself included.
    """
    DEPUTIES.require_for_any(Action.WRITE, by, on=day(at))
    _require_supervisor(account, by, at)
    rows = Deputy.objects.unscoped("the head's own naming, her Rule was asked above")
    held = rows.filter(agency_id=by.agency_id, account=account, until_on__isnull=True).first()
    if held:
        return unchanged(held)
    deputy = Deputy(
        agency_id=by.agency_id,
        account=account,
        from_on=max(from_on, day(at)),
        named_by=by.account,
        named_at=at,
    )
    deputy.save(force_insert=True)
    tell({account.pk}, deputy, event="access.deputy.named", by=by, at=at)
    return changed(deputy, about=account.pk)


@operation("access.deputy.ended")
@upholds("R10")
def end_deputy(*, deputy: Deputy, by: Actor, at: dt.datetime) -> Outcome[Deputy]:
    """Let somebody stand in no longer, from tomorrow on.

    :raises Forbidden: unless ``by`` is the head.
    :raises Hidden: for another agency's.
    """
    DEPUTIES.require(Action.WRITE, by, deputy, on=day(at))
    changes = assign(deputy, until_on=max(deputy.from_on, day(at)))
    return changed(deputy, changes, about=deputy.account_id) if changes else unchanged(deputy)


@operation("access.deputy.absence_proposed")
@upholds("R10", "R83")
def cover_absence(
    *, account: Account, from_on: dt.date, until_on: dt.date, by: Actor, at: dt.datetime
) -> Outcome[Proposal]:
    """Propose that a supervisor holds the head's role on the days of an absence.

    It is a role that sees names: the administrator, or another head, confirms it.

    :raises Forbidden: unless ``by`` is the head.
    :raises NotASupervisor: for anybody else, the head herself included.
    :raises DaysWrong: when the days are over, or the wrong way round.
    :raises Refused: whatever proposing a role refuses; then nothing is done.
    """
    DEPUTIES.require_for_any(Action.WRITE, by, on=day(at))
    _require_supervisor(account, by, at)
    if until_on < max(from_on, day(at)):
        raise DaysWrong(_("The last day lies before the first or has passed. Nothing was changed."))
    rows = Organisation.objects.unscoped("the head's own agency")
    proposal = propose_role(
        account=account,
        organisation=rows.get(pk=by.agency_id),
        role=AgencyHead.key,
        from_on=from_on,
        until_on=until_on,
        by=by,
        at=at,
    )
    return changed(proposal, about=account.pk)


def _require_supervisor(account: Account, by: Actor, at: dt.datetime) -> None:
    if account not in can_stand_in(by, on=day(at)):
        raise NotASupervisor(
            _("Only a supervisor of the agency stands in for the head. Nothing was changed.")
        )

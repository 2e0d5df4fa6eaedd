"""What can be done on pages that compose domains."""

import datetime as dt
from typing import Any

from django.db.models import Model

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import JOURNAL
from tonghu.access.roles import Auditor
from tonghu.access.sheets import Action
from tonghu.jobs import operations as jobs
from tonghu.kernel.clock import day
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.portals.journal_export import EXPORT, KIND


@operation("portals.journal.export_asked")
@upholds("R35", "R83")
def ask_for_journal(
    *, details: dict[str, Any], reason: str, by: Actor, at: dt.datetime
) -> Outcome[Model]:
    """Ask for the journal as Excel: the head with a second person, the auditor masked, at once.

    :raises Refused: unless ``by`` is one of the two; the head after a written reason.
    """
    JOURNAL.require_for_any(Action.EXPORT, by, on=day(at))
    if by.role_key == Auditor.key and by.account and by.membership:
        asked: Model = jobs.ask(
            kind=KIND.key,
            details=details,
            account=by.account,
            membership=by.membership,
            by=by,
            at=at,
        )
        return changed(asked)
    proposal = propose(
        act=EXPORT.key,
        subject=queries.agency_of(by),
        details=details,
        reason=reason,
        by=by,
        at=at,
    )
    return changed(proposal, reason=reason)

"""What can be done on pages that compose domains."""

import datetime as dt
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import JOURNAL
from tonghu.access.roles import Auditor
from tonghu.access.sheets import Action
from tonghu.jobs import operations as jobs
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.giving_back import back_for
from tonghu.people.models import Roster
from tonghu.portals import roster_back
from tonghu.portals.journal_export import EXPORT, KIND

MOST_ALONE = 50
"""Of so many children a sheet may leave the house with one person's word (R83)."""


class NothingToAsk(Refused):
    """A list of which every cell was read and nobody is missed asks its keeper nothing."""


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


@operation("portals.roster.back_asked")
@upholds("R17", "R83")
def ask_for_roster_back(*, roster: Roster, by: Actor, at: dt.datetime) -> Outcome[Model]:
    """Ask for what a list's keeper is asked, as Excel in the keeper's own layout.

    Up to fifty children the file is made at once; more take a second person.

    :raises Refused: unless ``by`` may take the list away, after a written reason.
    :raises NothingToAsk: when no cell is open and nobody is missed.
    """
    children = back_for(by, roster, on=day(at)).children
    if not children:
        raise NothingToAsk(_("There is nothing to ask about this list. No file was made."))
    details = {"roster": str(roster.pk), "children": children}
    if children <= MOST_ALONE and by.account and by.membership:
        asked: Model = jobs.ask(
            kind=roster_back.KIND.key,
            details=details,
            account=by.account,
            membership=by.membership,
            by=by,
            at=at,
        )
        return changed(asked)
    proposal = propose(act=roster_back.EXPORT.key, subject=roster, details=details, by=by, at=at)
    return changed(proposal)

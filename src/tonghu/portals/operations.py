"""What can be done on pages that compose domains."""

import datetime as dt
import json
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from tonghu.access import queries
from tonghu.access.actors import Actor
from tonghu.access.constants import ProposalState
from tonghu.access.models import Proposal
from tonghu.access.operations.two_persons import propose
from tonghu.access.policy import JOURNAL
from tonghu.access.roles import Auditor
from tonghu.access.sheets import Action
from tonghu.jobs import operations as jobs
from tonghu.kernel.clock import day
from tonghu.kernel.errors import Refused
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation, unchanged
from tonghu.people.giving_back import back_for
from tonghu.people.models import Child, Person, Roster
from tonghu.people.policy import CHILDREN
from tonghu.portals import roster_back, whole_file
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


class SafetyNotChecked(Refused):
    """One of the three questions before a file leaves was not answered with yes."""


@operation("portals.whole_file.asked")
@upholds("R83", "R88")
def ask_for_whole_file(
    *,
    child: Child,
    recipient: Person,
    language: str,
    identity_seen: bool,
    nobody_in_danger: bool,
    child_told: bool,
    by: Actor,
    at: dt.datetime,
) -> Outcome[Proposal]:
    """Put the copy of a whole file, for the child or a guardian, before a second person.

    Nothing leaves until she confirms. Asked twice, the first proposal stands.

    :raises Refused: unless ``by`` may take the file away, after a written reason.
    :raises NotEntitled: for a recipient who may not know the file.
    :raises SafetyNotChecked: unless all three questions are ticked.
    """
    CHILDREN.require(Action.EXPORT, by, child, on=day(at))
    whole_file.entitled(child, recipient.pk, on=day(at))
    if not (identity_seen and nobody_in_danger and child_told):
        raise SafetyNotChecked(
            _("Nothing has left. Tick the three questions once each of them is true.")
        )
    details = {
        "child": str(child.pk),
        "number": child.number,
        "recipient": str(recipient.pk),
        "language": language,
    }
    if waiting := _waiting(child, details, by):
        return unchanged(waiting)
    proposal = propose(act=whole_file.EXPORT.key, subject=child, details=details, by=by, at=at)
    return changed(proposal, about=child.pk)


def _waiting(child: Child, details: dict[str, str], by: Actor) -> Proposal | None:
    """Return what the same person has proposed already; the operation asked the file's Rule."""
    rows = Proposal.objects.unscoped("the file's Rule was asked by the operation")
    rows = rows.filter(
        act=whole_file.EXPORT.key,
        subject_id=child.pk,
        proposed_by=by.account_id,
        state=ProposalState.WAITING,
    )
    return next((one for one in rows if json.loads(one.details) == details), None)

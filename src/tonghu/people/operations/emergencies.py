"""Opening one child's file when life or limb is at stake (R66)."""

import datetime as dt

from tonghu.access.actors import Actor
from tonghu.access.models import BreakGlass
from tonghu.access.operations import grounds
from tonghu.access.sheets import BREAKERS
from tonghu.kernel.errors import Hidden
from tonghu.kernel.law import upholds
from tonghu.kernel.operations import Outcome, changed, operation
from tonghu.people.emergencies import Named, only_one
from tonghu.people.policy import FILE


@operation("people.emergency.opened")
@upholds("R66")
def open_in_emergency(
    *, named: Named, words: str, by: Actor, at: dt.datetime
) -> Outcome[BreakGlass]:
    """Open for 24 hours the one file that answers to a full name and year or telephone.

    Its worker, her supervisor and the head are told in the same transaction.

    :raises Hidden: for a role without break-glass.
    :raises NotNamedInFull: unless exactly one file that is not closed to ``by`` answers.
    :raises StillOpen: when the last emergency of ``by`` on it runs or was not reviewed.
    :raises NobodyToTell: when nobody would learn of it.
    :raises TooShort: when the sentence says nothing.
    """
    if by.role_key not in BREAKERS:
        raise Hidden
    child = only_one(named, by)
    glass = grounds.break_glass(target_kind=FILE, target_id=child.pk, words=words, by=by, at=at)
    return changed(glass, about=child.pk)
